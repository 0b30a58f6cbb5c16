package strictyaml

// Key documents one key of a kind of file. A table of keys is kept beside the code
// that reads them. The documentation is made from it, and a test holds it against
// the code.
type Key struct {
	// Path is the key with the keys above it and dots between: evidence.window.
	// "[]" follows a list whose entries have keys of their own: contacts[].name.
	// "<name>" is a key that the author chooses.
	Path string
	// Form is what the value may be, in a few words.
	Form string
	// Default is what holds without the key, in a few words; "required" when
	// the file is refused without it.
	Default string
	// Meaning is one sentence.
	Meaning string
}
