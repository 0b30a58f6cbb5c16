package main

import (
	"path/filepath"
	"strings"

	"example.org/cutoff/generator/problem"
)

// memoryFolder is the absolute folder for what is remembered between nights:
// the configuration's, else the one beside the site. It must not be inside the
// site, which is replaced as a whole.
func (set *settings) memoryFolder(site string) (string, error) {
	if set.Memory == "" {
		return filepath.Clean(site) + "-memory", nil
	}
	folder := within(set.base, set.Memory)
	inside, err := filepath.Rel(site, folder)
	if err != nil || inside == ".." || strings.HasPrefix(inside, ".."+string(filepath.Separator)) {
		return folder, nil
	}
	return "", usageError{problem.List{set.Problem("memory", "found a folder inside the site, want one outside it: the site is replaced as a whole")}}
}
