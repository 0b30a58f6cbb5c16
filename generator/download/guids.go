package download

import (
	"io"
	"strings"

	"example.org/cutoff/generator/fleet"
)

// writeGUIDs writes one GUID a line, for scripts that push upgrades. It leaves
// out devices without a GUID, and GUIDs that a shell or a command could read as
// something else. The CSV file has those.
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

// plainGUID reports whether a GUID has only letters, digits, hyphens,
// underscores, points and colons, and cannot be taken for a command-line
// option.
func plainGUID(guid string) bool {
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:"
	return guid != "" && strings.Contains(letters, guid[:1]) && strings.Trim(guid, letters+"-.") == ""
}
