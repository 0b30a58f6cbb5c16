// Package paste words the open decisions of a run as lines to paste:
// destinations that nobody classified, people who are missing from the roster,
// columns that mean nothing yet. The inputs page, cutoff check and cutoff init
// all take them from here, so they agree. The lines are safe in the file they
// are meant for and on a terminal, whatever the names hold.
package paste

import (
	"cmp"
	"fmt"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/roster"
	"example.org/cutoff/generator/spelling"
	"example.org/cutoff/generator/strictyaml"
)

// Most is how many lines of one kind are written; the rest are only counted.
const Most = 200

// Lines are ready to paste. Each ends with a line feed; Text is "" when nothing
// is left to decide. More counts the lines beyond [Most].
type Lines struct {
	Text string
	More int
}

// Text quotes text as a value of a YAML file.
func Text(text string) string { return strconv.QuoteToGraphic(text) }

// Fits reports whether a configuration can hold a text as it is. It cannot hold
// characters that do not print or that turn the direction of others, nor blanks
// at either end.
func Fits(text string) bool {
	return text == strings.TrimSpace(text) && text != "" && utf8.ValidString(text) && strictyaml.Printable(text)
}

// Destination gives the list entry that classifies a destination: its UID, or
// its name where it has no usable UID. A remark gives the number of devices,
// and the name beside a UID. It is "" for a destination that no configuration
// can name: a blank cell, or a name that it refuses or that is not shown as it
// is.
func Destination(d fleet.DestinationCount) string {
	mark, remark := d.UID, problem.Visible(d.Name)
	if !Fits(mark) {
		mark, remark = d.Name, ""
	}
	if !Fits(mark) || d.Hidden && mark == d.Name {
		return ""
	}
	if remark != "" {
		remark += ": "
	}
	return fmt.Sprintf("- %s  # %s%s", Text(mark), remark, plural.Count(d.Devices, "device", "devices"))
}

// Destinations gives the lines for destinations that nobody classified, in
// their order. A UID with several names has one line. Every line is below both
// lists, cloud and on_premises, and is a comment, so that nothing is decided
// until somebody decides. A key that the configuration already has is not
// written again: YAML allows each key once.
func Destinations(counts []fleet.DestinationCount, c *config.Config) Lines {
	var entries []string
	seen := map[string]bool{}
	for _, d := range counts {
		entry := Destination(d)
		if key := cmp.Or(d.UID, d.Name); entry != "" && !seen[key] {
			seen[key] = true
			entries = append(entries, "    # "+entry)
		}
	}
	var all Lines
	if !c.Has("destinations") && len(entries) > 0 {
		all.Text = "# destinations:\n"
	}
	for _, list := range []string{"cloud", "on_premises"} {
		head := "  # " + list + ":\n"
		if c.Has("destinations." + list) {
			head = "  # below your " + list + ":\n"
		}
		part := block(head, entries)
		all = Lines{all.Text + part.Text, part.More}
	}
	return all
}

// DestinationsPlace says where the lines for destinations go.
func DestinationsPlace(c *config.Config) string {
	return "Decide for each destination whether it is the vendor's cloud or a server of your own. Below the list where it belongs, take away the # before its line and before the list's name. " + place(c, "destinations")
}

// ColumnsPlace says where the lines for columns go.
func ColumnsPlace(c *config.Config) string {
	return "Where one of them matters, put the program's name of the column in place of COLUMN. " + place(c, "columns")
}

// place says where the lines for a key go: below the key, or at the end of the
// file where there is none yet.
func place(c *config.Config, key string) string {
	file := "the configuration"
	if c.File != "" {
		file = path.Base(c.File)
	}
	if line := c.Line(key); line > 0 {
		return fmt.Sprintf("The lines go under your %s: (%s line %d).", key, file, line)
	}
	return "The lines go to the end of " + file + "."
}

// People gives rows of a roster for the users that it lacks. Somebody has to
// fill in the rest. The apostrophe that keeps a spreadsheet from running a name
// is dropped again when the roster is read.
func People(users []roster.UserCount) Lines {
	var rows []string
	for _, user := range users {
		if user.Username != "" {
			rows = append(rows, string(csvcell.Append(nil, problem.Visible(user.Username)))+",,,,")
		}
	}
	return block("username,email,department,manager,manager_email\n", rows)
}

// Unlisted counts the user names that are missing from the roster, and the
// devices without a user name.
func Unlisted(users []roster.UserCount) (names, nameless int) {
	names = len(users)
	for _, user := range users {
		if user.Username == "" {
			names--
			nameless += user.Devices
		}
	}
	return names, nameless
}

// Header is a header text that means nothing yet, and the first file that has
// it.
type Header struct{ Text, File string }

// Headers gives the header texts that mean nothing yet, each once, in the order
// of the files.
func Headers(files []intake.File) []Header {
	var headers []Header
	seen := map[string]bool{}
	for _, file := range files {
		for _, text := range file.Unknown {
			if text != "" && !seen[text] {
				seen[text] = true
				headers = append(headers, Header{text, file.Path})
			}
		}
	}
	return headers
}

// Columns gives the lines that tell what header texts mean, once somebody has
// replaced COLUMN by a column of the program.
func Columns(headers []Header, c *config.Config) Lines {
	var lines []string
	for _, h := range headers {
		if Fits(h.Text) {
			lines = append(lines, "  COLUMN: ["+Text(h.Text)+"]")
		}
	}
	head := "columns:\n"
	if c.Has("columns") {
		head = ""
	}
	return block(head, lines)
}

// Version is a version text that could not be read, and how many devices have
// it. Text is "" for a blank cell.
type Version struct {
	Text    string
	Devices int
}

// Versions gives the version texts that could not be read, most devices first,
// then by text. It leaves out deactivated devices and those whose system is out
// of scope.
func Versions(devices []*fleet.Assessed) []Version {
	counts := map[string]int{}
	for _, d := range devices {
		otherSystem := d.Verdict == policy.NotAffected && d.SystemFamily != ""
		if !d.Version.Known && d.Verdict != policy.Inactive && !otherSystem {
			counts[d.Version.Text]++
		}
	}
	var versions []Version
	for _, text := range spelling.MostFirst(counts) {
		versions = append(versions, Version{text, counts[text]})
	}
	return versions
}

func block(head string, lines []string) Lines {
	if len(lines) == 0 {
		return Lines{}
	}
	shown := lines[:min(len(lines), Most)]
	return Lines{head + strings.Join(shown, "\n") + "\n", len(lines) - len(shown)}
}
