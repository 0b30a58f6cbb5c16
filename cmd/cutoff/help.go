package main

import (
	"fmt"
	"io"
	"strings"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/strictyaml"
)

// helpCommand shows the help of a command, which kong has; or that of the
// configuration's keys.
type helpCommand struct {
	Command []string `arg:"" optional:"" help:"The command to explain; or config, with a key of the configuration or none for all."`
}

func (c helpCommand) Run(s *session) error {
	path := strings.Join(c.Command[1:], ".")
	found := false
	for _, key := range config.Keys() {
		if path == "" || key.Path == path || strings.HasPrefix(key.Path, path+".") || strings.HasPrefix(key.Path, path+"[]") {
			found = true
			if err := printKey(s.stdout, key); err != nil {
				return err
			}
		}
	}
	if !found {
		return hinted{usagef("help config: found no key %s, want one of the configuration's", problem.Quote(path)), "cutoff help config"}
	}
	return nil
}

func printKey(w io.Writer, key strictyaml.Key) error {
	_, err := fmt.Fprintf(w, "%s\n    %s\n    %s; default: %s\n", key.Path, key.Meaning, key.Form, key.Default)
	return err
}
