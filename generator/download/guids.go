package download

import (
	"io"
	"strings"

	"example.org/cutoff/generator/fleet"
)

// writeGUIDs writes one GUID a line, for the scripts that push upgrades. A
// device without one, or with one that a shell or a command could read as
// something else, is left to the CSV file.
func writeGUIDs(w io.Writer, devices []*fleet.Assessed) error {
	var lines []byte
	for _, a := range devices {
		if plainGUID(a.GUID) {
			lines = append(append(lines, a.GUID...), '\n')
		}
	}
	_, err := w.Write(lines)
	return err
}

// plainGUID reports whether a GUID is letters, digits, hyphens, underscores,
// points and colons, and no command-line option.
func plainGUID(guid string) bool {
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:"
	return guid != "" && strings.Contains(letters, guid[:1]) && strings.Trim(guid, letters+"-.") == ""
}
