package strictyaml

// Key documents one key of a kind of file. The table of keys is beside the code that
// reads them. The documentation is made from the table, and a test compares it with
// the code.
type Key struct {
	// Path is the key with the keys above it and dots between: evidence.window.
	// "[]" follows a list whose entries have keys of their own: contacts[].name.
	// "<name>" is a key that the author chooses.
	Path string
	// Form is what the value may be, in a few words.
	Form string
	// Default is what holds without the key, in a few words. It begins with
	// "required" if the key must be there.
	Default string
	// Meaning is one sentence.
	Meaning string
}
