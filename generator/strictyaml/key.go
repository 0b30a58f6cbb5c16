package strictyaml

// Key documents one key of a kind of file. The tables of keys stand beside the
// code that reads them; the documentation is tested against them, and they
// against the code.
type Key struct {
	// Path is the key with the keys above it, parted by dots: evidence.window.
	// "[]" follows a list whose entries have keys of their own: contacts[].name.
	// "<name>" stands for a key that the author chooses.
	Path string
	// Form is what may stand there, in a few words.
	Form string
	// Default is what holds without the key, in a few words; "required" when
	// the file is refused without it.
	Default string
	// Meaning is one sentence.
	Meaning string
}
