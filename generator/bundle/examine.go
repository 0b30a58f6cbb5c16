package bundle

import (
	"bytes"
	"encoding/binary"

	"example.org/cutoff/generator/inert"
)

// remarks is what mail and ticket systems look for in a file.
type remarks struct {
	// script: something in it runs. archive: it is an archive. protected: it
	// needs a password.
	script, archive, protected bool
}

// examine looks at a file's content as well as its name, as mail systems do. The
// first headSize bytes are enough, except for a page or a picture.
func examine(name string, content []byte) remarks {
	switch ending := endingOf(name); {
	case inert.Script(name, content):
		return remarks{script: true}
	case ending == "html" || ending == "htm" || ending == "xhtml":
		return remarks{script: inert.Runs(content)}
	}
	return remarks{archive: isArchive(name, content), protected: isProtected(content)}
}

var zipMagic = []byte("PK\x03\x04")

// headSize is how many bytes at the start show what kind of file it is.
const headSize = 512

// isArchive recognises archives by their first bytes. An office document is a zip
// by its bytes, but it does not count, because systems treat it as a document.
func isArchive(name string, content []byte) bool {
	for _, magic := range []string{"Rar!\x1a\x07", "7z\xbc\xaf\x27\x1c", "\x1f\x8b", "BZh", "\xfd7zXZ\x00", "MSCF"} {
		if bytes.HasPrefix(content, []byte(magic)) {
			return true
		}
	}
	if bytes.HasPrefix(content, zipMagic) {
		switch endingOf(name) {
		case "xlsx", "docx", "pptx":
			return false
		}
		return true
	}
	return len(content) > 262 && string(content[257:262]) == "ustar"
}

// isProtected reads the flags of a zip's first entry: bit 0 is encryption.
func isProtected(content []byte) bool {
	return bytes.HasPrefix(content, zipMagic) && len(content) > 8 && binary.LittleEndian.Uint16(content[6:])&1 != 0
}
