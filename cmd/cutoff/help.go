package main

import (
	"fmt"
	"io"
	"strings"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/strictyaml"
)

// helpCommand shows the help of the configuration's keys. For commands,
// helpArguments has turned it into --help, which kong answers.
type helpCommand struct {
	Command []string `arg:"" optional:"" help:"The command to explain; or config, with a key of the configuration or none for all."`
}

func (c helpCommand) Run(s *session) error {
	path := strings.Join(c.Command[1:], ".")
	if found, err := printKeys(s.stdout, config.Keys(), path); found || err != nil {
		return err
	}
	return hinted{usagef("help config: found no key %s, want one of the configuration's", problem.Quote(path)), "cutoff help config"}
}

// printKeys explains a key and those below it; all keys for "". It reports false if
// there is no such key.
func printKeys(w io.Writer, keys []strictyaml.Key, path string) (found bool, err error) {
	for _, key := range keys {
		if path != "" && key.Path != path && !strings.HasPrefix(key.Path, path+".") && !strings.HasPrefix(key.Path, path+"[]") {
			continue
		}
		found = true
		if _, err := fmt.Fprintf(w, "%s\n    %s\n    %s; default: %s\n", key.Path, key.Meaning, key.Form, key.Default); err != nil {
			return found, err
		}
	}
	return found, nil
}
