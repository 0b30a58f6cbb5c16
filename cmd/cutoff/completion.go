package main

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"example.org/cutoff/generator/bundle"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/policy"
)

// completionCommand prints the script with which a shell completes command lines.
// The scripts do not know the commands. They ask the program.
type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish,powershell" placeholder:"SHELL" help:"bash, zsh, fish or powershell."`
}

//go:embed completion
var completionScripts embed.FS

func (c *completionCommand) Run(s *session) error {
	script, err := completionScripts.ReadFile("completion/" + c.Shell)
	if err != nil {
		return err
	}
	_, err = s.stdout.Write(script)
	return err
}

// completeCommand answers the scripts. Words are those after "cutoff" up to the
// cursor. The last one has a colon before it, so that it is never empty. The answer
// has one word a line, with its meaning after a tab. ":files" says that names of
// files fit too.
type completeCommand struct {
	Words []string `arg:"" optional:""`
}

func (c *completeCommand) Run(s *session) error {
	if len(c.Words) == 0 {
		return nil
	}
	last := len(c.Words) - 1
	for _, word := range complete(newParser().Model.Node, c.Words[:last], strings.TrimPrefix(c.Words[last], ":")) {
		fmt.Fprintln(s.stdout, word)
	}
	return nil
}

// values gives the words that fit a placeholder. ":files" stands for names of files.
var values = map[string]func() []string{
	"COLUMN=HEADER": func() (names []string) {
		for _, name := range config.Columns() {
			names = append(names, name+"=")
		}
		return names
	},
	"COMMAND": func() []string {
		return append(commandsOf(newParser().Model.Node), "config\tThe keys of the configuration.")
	},
	"KEY": func() (paths []string) {
		for _, key := range config.Keys() {
			paths = append(paths, key.Path+"\t"+key.Meaning)
		}
		return paths
	},
	"NAME|FILE": func() []string { return append(policy.BuiltIn(), ":files") },
	"PROFILE": func() (names []string) {
		for _, profile := range bundle.BuiltIn() {
			names = append(names, profile.Name)
		}
		return names
	},
	"VERDICT": func() []string { return strings.Split(verdictNames(), ", ") },
	"DIR":     onlyFiles, "FILE": onlyFiles, "FILE|GLOB": onlyFiles, "REPORT": onlyFiles, "SITE": onlyFiles, "ZIP": onlyFiles,
}

func onlyFiles() []string { return []string{":files"} }

// complete gives the words that fit at the cursor: after the words before it, and
// with the letters begun.
func complete(at *kong.Node, before []string, begun string) []string {
	var waiting *kong.Value // of a flag
	position := 0
	for _, word := range before {
		switch name, _, whole := strings.Cut(word, "="); {
		case waiting != nil:
			waiting = nil
		case strings.HasPrefix(word, "-"):
			if flag := flagOf(at, name); flag != nil && !whole && !flag.IsBool() {
				waiting = flag.Value
			}
		default:
			if i := slices.IndexFunc(at.Children, func(n *kong.Node) bool { return n.Name == word }); i >= 0 {
				at = at.Children[i]
			} else {
				position++
			}
		}
	}
	var fit []string
	name, _, valued := strings.Cut(begun, "=")
	switch {
	case waiting != nil:
		fit = valuesOf(waiting)
	case strings.HasPrefix(begun, "-") && valued:
		if flag := flagOf(at, name); flag != nil {
			for _, value := range valuesOf(flag.Value) {
				if value != ":files" {
					value = name + "=" + value
				}
				fit = append(fit, value)
			}
		}
	case strings.HasPrefix(begun, "-"), at.Leaf() && len(at.Positional) == 0:
		for _, flag := range slices.Concat(at.AllFlags(true)...) {
			fit = append(fit, "--"+flag.Name+"\t"+flag.Help)
		}
	case at.Name == "help" && position > 0:
		fit = values["KEY"]()
	case len(at.Positional) > 0:
		fit = valuesOf(at.Positional[min(position, len(at.Positional)-1)])
	default:
		fit = commandsOf(at)
	}
	return slices.DeleteFunc(fit, func(word string) bool { return word != ":files" && !strings.HasPrefix(word, begun) })
}

// commandsOf gives the commands below a command.
func commandsOf(command *kong.Node) (names []string) {
	for _, child := range command.Children {
		if !child.Hidden {
			names = append(names, child.Name+"\t"+child.Help)
		}
	}
	return names
}

// flagOf gives the command's flag that was typed; nil if it has no such flag.
func flagOf(command *kong.Node, typed string) *kong.Flag {
	for _, flag := range slices.Concat(command.AllFlags(true)...) {
		if typed == "--"+flag.Name || flag.Short != 0 && typed == "-"+string(flag.Short) {
			return flag
		}
	}
	return nil
}

// valuesOf gives the words that a flag or an argument may have.
func valuesOf(value *kong.Value) []string {
	if value.Enum != "" {
		return strings.Split(value.Enum, ",")
	}
	if words := values[placeholder(value)]; words != nil {
		return words()
	}
	return nil
}

// placeholder is the name of a value in help.
func placeholder(value *kong.Value) string {
	if value.Flag != nil {
		return value.Flag.FormatPlaceHolder()
	}
	if value.Tag.PlaceHolder != "" {
		return value.Tag.PlaceHolder
	}
	return strings.ToUpper(value.Name)
}
