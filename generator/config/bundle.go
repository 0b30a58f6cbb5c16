package config

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/strictyaml"
)

// Bundle says what cutoff bundle makes, and which systems it is sent through.
type Bundle struct {
	// Budget is how many bytes one zip may have; default 7,000,000.
	Budget int64
	// Templates is a folder with the organisation's own templates of the ticket's
	// texts; "" if there is none.
	Templates string
	// Profiles are the organisation's own, in the order of the file.
	Profiles []Profile
}

// Profile is what a mail or ticket system lets through. A limit of 0 means that
// there is none.
type Profile struct {
	Name string
	// Message is how many bytes the files of one message may have together. File
	// is how many one file may have.
	Message, File int64
	// Base64 says that the limits count the bytes of an encoded mail.
	Base64 bool
	// Files is how many files one message may have. ArchivedFiles is how many one
	// archive may hold.
	Files, ArchivedFiles int
	// Blocked are endings of file names that do not get through. Held are those
	// that are often held back outside an archive. Both are in lower case without
	// a dot.
	Blocked, Held []string
	// Script says that files with script get through, Nested that archives in
	// archives do.
	Script, Nested bool
}

func (c *Config) readBundle(m *strictyaml.Mapping) {
	c.Bundle.Budget = m.At("budget").Bytes(c.Bundle.Budget)
	c.Bundle.Templates = m.At("templates").Text()
	m.At("profiles").Mapping().Each(func(name, v strictyaml.Value) {
		if text := name.Text(); text != "" {
			c.Bundle.Profiles = append(c.Bundle.Profiles, readProfile(text, v.Mapping()))
		}
	})
	if budget := m.At("budget"); c.Bundle.Budget < leastBudget || c.Bundle.Budget > mostBudget {
		budget.Want("a size from 256KiB to 1GiB")
	}
}

// Below leastBudget not even the files that every part has would fit. mostBudget
// stays well below the size from which a zip needs the zip64 form, which some
// systems cannot read.
const (
	leastBudget = 256 << 10
	mostBudget  = 1 << 30
)

func readProfile(name string, m *strictyaml.Mapping) Profile {
	return Profile{
		Name:          name,
		Message:       m.At("message").Bytes(0),
		File:          m.At("file").Bytes(0),
		Base64:        m.At("base64").Bool(true),
		Files:         m.At("files").Int(0, 1, 1_000_000),
		ArchivedFiles: m.At("archived_files").Int(0, 1, 1_000_000),
		Blocked:       readEndings(m.At("blocked")),
		Held:          readEndings(m.At("held")),
		Script:        m.At("script").Bool(false),
		Nested:        m.At("nested").Bool(false),
	}
}

// readEndings reads endings of file names, with or without the dot.
func readEndings(v strictyaml.Value) []string {
	var endings []string
	for _, entry := range v.List() {
		text := entry.Text()
		ending := strings.ToLower(strings.TrimPrefix(text, "."))
		switch {
		case text == "":
		case ending == "" || strings.ContainsAny(ending, `./\*?`):
			entry.Want("the ending of a file name, such as js")
		case !slices.Contains(endings, ending):
			endings = append(endings, ending)
		}
	}
	return endings
}
