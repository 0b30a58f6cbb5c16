package generator

import (
	"fmt"
	"strings"

	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
)

// uncounted warns of files of evidence without a row that counts: whoever named
// one wanted to learn something about ports. It says why, as far as the file's
// notes do.
func uncounted(read *intake.Result) []string {
	var warnings []string
	for _, file := range read.Files {
		if file.Kind != intake.Connections || file.Devices+file.Merged > 0 {
			continue
		}
		var why []string
		for _, note := range file.Notes {
			if reason, found := strings.CutPrefix(note, "Not counted: "); found {
				why = append(why, strings.TrimSuffix(reason, "."))
			}
		}
		if file.Rejected > 0 {
			why = append(why, fmt.Sprintf("rows with a problem (%d)", file.Rejected))
		}
		text := fmt.Sprintf("%s: found nothing that counts in %s, want connections to the vendor's cloud",
			problem.Visible(file.Path), plural.Count(file.Rows, "row", "rows"))
		if len(why) > 0 {
			text += ": " + strings.Join(why, ", ")
		}
		warnings = append(warnings, text)
	}
	return warnings
}
