package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The notices name what go.mod names, in its version, with a licence that is
// known; a library that is new is in them without anybody's doing.
func TestNoticesAgainstModules(t *testing.T) {
	text, err := os.ReadFile("../../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string]string{}
	for _, module := range regexp.MustCompile(`(?m)^\t(\S+) (v\S+)( // indirect)?$`).FindAllStringSubmatch(string(text), -1) {
		versions[module[1]] = module[2]
	}
	components, err := linked("example.org/cutoff/cmd/cutoff")
	if err != nil {
		t.Fatal(err)
	}
	if len(components) < 20 {
		t.Errorf("found %d components, want all that are linked", len(components))
	}
	for _, c := range components[1:] {
		if versions[c.name] != c.version {
			t.Errorf("%s: found version %s, want go.mod's %q", c.name, c.version, versions[c.name])
		}
	}
	var notices strings.Builder
	if err := write(&notices, components); err != nil {
		t.Error(err)
	}
	for _, word := range []string{"\ngithub.com/alecthomas/kong v", "\nthe Go standard library go1", "Copyright (C) 2018 Alec Thomas"} {
		if !strings.Contains(notices.String(), word) {
			t.Errorf("found no %q in the notices", word)
		}
	}
}

func TestNoticesRefuse(t *testing.T) {
	unknown := filepath.Join(t.TempDir(), "LICENSE")
	if err := os.WriteFile(unknown, []byte("All rights reserved."), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, files := range map[string][]string{"no licence": nil, "an unknown one": {unknown}} {
		if err := write(new(strings.Builder), []component{{name, "v1.0.0", files}}); err == nil {
			t.Errorf("found nothing wrong with %s", name)
		}
	}
}
