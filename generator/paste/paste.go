// Package paste words what a run leaves for a person to decide as lines to
// paste: destinations that nobody classified, people whom the roster lacks,
// columns that mean nothing yet. The inputs page, cutoff check and cutoff init
// all take them from here, so that none says anything else. The lines are safe
// for the file that they are meant for and for a terminal, whatever the names
// hold.
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

// Most is how many lines of one kind are worded; the rest are counted.
const Most = 200

// Lines are ready to paste, each ended by a line feed; "" when nothing is left
// to decide. More counts what Most left out.
type Lines struct {
	Text string
	More int
}

// Text quotes text as a value of a YAML file.
func Text(text string) string { return strconv.QuoteToGraphic(text) }

// Fits reports whether a configuration can hold a text as it is: it refuses
// characters that do not print or that turn the direction of others.
func Fits(text string) bool {
	return text == strings.TrimSpace(text) && text != "" && utf8.ValidString(text) && strictyaml.Printable(text)
}

// Destination is the list entry that classifies a destination, with its name
// and its devices as a remark; "" for one that no configuration can name: a
// blank cell, text that it refuses, or that is not shown as it is. The UID goes before the name.
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

// Destinations are the lines for destinations that nobody classified, in their
// order, each once: a UID may go by several names. They are below both lists, and
// all of them are comments, so that none says anything before somebody has
// decided. A key that the configuration has already is left out: YAML must not
// have it twice.
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

// place says where lines for a key go: below it where it is there.
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

// People are rows of a roster, to be completed, for the users that it lacks. The
// apostrophe with which a spreadsheet runs none as a formula is not read back.
func People(users []roster.UserCount) Lines {
	var rows []string
	for _, user := range users {
		if user.Username != "" {
			rows = append(rows, string(csvcell.Append(nil, problem.Visible(user.Username)))+",,,,")
		}
	}
	return block("username,email,department,manager,manager_email\n", rows)
}

// Unlisted counts the user names that the roster lacks, and the devices that
// have no user name.
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

// Header is a header text that means nothing yet, with the first file that has
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

// Columns are the lines that give header texts a meaning, once COLUMN is
// replaced by a column of the program.
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

// Version is a version text that could not be read, "" for a blank one, with
// the number of its devices.
type Version struct {
	Text    string
	Devices int
}

// Versions gives the version texts of devices that could not be read, those of
// most devices first, then by text. Deactivated devices are left out.
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
