package main

import (
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// dated finds the date in a file's name, with the time that may follow it:
// device-status-2020-01-15.csv, report_20200115T0230.csv, 15.01.2020.xlsx.
var dated = regexp.MustCompile(`(?:\d{4}[-_.]?\d{2}[-_.]?\d{2}|\d{2}[-_.]\d{2}[-_.]\d{4})(?:[-_T ]?\d{2,6}(?:[-_.]\d{2}){0,2}Z?)?`)

// globAgain makes a glob of files whose names differ only by a date. A shell has
// replaced the glob by the names, but tomorrow's file is meant too. The glob must
// find exactly these files.
func globAgain(exports []recognized, base string) {
	alike := map[string][]int{}
	for i, e := range exports {
		folder, name := path.Split(e.Path)
		at := dated.FindStringIndex(name)
		if e.glob != "" || at == nil || strings.ContainsAny(e.Path, "*?[{") {
			continue
		}
		pattern := folder + name[:at[0]] + "*" + name[at[1]:]
		alike[pattern] = append(alike[pattern], i)
	}
	for pattern, files := range alike {
		found, err := expand(base, filepath.FromSlash(pattern))
		if err != nil || len(files) < 2 || len(found) != len(files) {
			continue
		}
		same := !slices.ContainsFunc(files, func(i int) bool { return exports[i].Input.Kind != exports[files[0]].Input.Kind })
		for _, i := range files {
			if same {
				exports[i].glob = pattern
			}
		}
	}
}
