package intake

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/evidence"
	"example.org/cutoff/generator/intake/value"
)

var update = flag.Bool("update", false, "write what the stories in testdata give as what they want")

// TestStories reads the inputs of each archive in testdata. A file's first folder
// is its kind. "settings" has options, one a line, and always the number of
// problems: a person writes that by hand, no update does. "want" is what comes out.
func TestStories(t *testing.T) {
	stories, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(stories) == 0 {
		t.Fatalf("found %d stories (%v), want some", len(stories), err)
	}
	for _, path := range stories {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			opts := storyOptions()
			problems := -1
			var inputs []Input
			want := -1
			for i, file := range archive.Files {
				switch kind, _, _ := strings.Cut(file.Name, "/"); kind {
				case "settings":
					problems = storySettings(t, &opts, string(file.Data))
				case "want":
					want = i
				case "reports", "rosters":
					inputs = append(inputs, bytesInput(Kind(strings.TrimSuffix(kind, "s")), file.Name, storyBytes(file)))
				case "connections", "waivers":
					inputs = append(inputs, bytesInput(Kind(kind), file.Name, storyBytes(file)))
				default:
					t.Fatalf("found the file %s, want settings, want or a kind of input", file.Name)
				}
			}
			got, n := story(Read(inputs, opts))
			if n != problems {
				t.Errorf("found %d problems, want %d as settings say:\n%s", n, problems, got)
			}
			slices.Reverse(inputs)
			if again, _ := story(Read(inputs, opts)); again != got {
				t.Errorf("the order in which inputs are named decides something (-as written, +reversed):\n%s", cmp.Diff(got, again))
			}
			if *update {
				if want < 0 {
					archive.Files = append(archive.Files, txtar.File{Name: "want"})
					want = len(archive.Files) - 1
				}
				archive.Files[want].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatal("found no file want in the story")
			}
			if diff := cmp.Diff(string(archive.Files[want].Data), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func storyOptions() Options {
	return Options{
		AsOf: day("2020-01-31"),
		Evidence: evidence.Options{
			WindowDays:    30,
			Ports:         []int{4282, 443, 4287},
			Retired:       []int{4282},
			CloudDomains:  []string{"crashplan.com", "code42.com"},
			CloudNetworks: []netip.Prefix{netip.MustParsePrefix("162.222.40.0/21")},
		},
	}
}

// storyBytes gives a file's bytes. In an archive a tab is written as a word.
func storyBytes(file txtar.File) []byte {
	return bytes.ReplaceAll(file.Data, []byte("<TAB>"), []byte("\t"))
}

func storySettings(t *testing.T, opts *Options, text string) (problems int) {
	t.Helper()
	problems = -1
	for line := range strings.Lines(text) {
		key, setting, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch key {
		case "problems":
			problems, _ = strconv.Atoi(setting)
		case "system":
			opts.System = true
		case "order":
			opts.DateOrder = value.DateOrder(setting)
		case "column":
			name, header, _ := strings.Cut(setting, " ")
			if opts.Columns == nil {
				opts.Columns = map[string][]string{}
			}
			opts.Columns[name] = append(opts.Columns[name], header)
		case "evidence":
			path, name, _ := strings.Cut(setting, " ")
			opts.Evidence.Devices = map[string]string{path: name}
		default:
			t.Fatalf("found the setting %q, want problems, system, order, column or evidence", key)
		}
	}
	return problems
}

// story writes a result as text, and counts its problems.
func story(result *Result, err error) (string, int) {
	var b strings.Builder
	var refused *Refused
	if errors.As(err, &refused) {
		for _, p := range refused.Problems {
			fmt.Fprintf(&b, "refused %s: %s\n", p.Kind, p)
		}
		return b.String(), len(refused.Problems)
	}
	if err != nil {
		return "error: " + err.Error() + "\n", 0
	}
	for _, f := range result.Files {
		fmt.Fprintf(&b, "file %s: %d rows = %d devices + %d merged + %d rejected + %d other\n", f.Path, f.Rows, f.Devices, f.Merged, f.Rejected, f.Other)
		for _, name := range f.Unknown {
			fmt.Fprintf(&b, "\tunknown %q\n", name)
		}
		for _, note := range f.Notes {
			fmt.Fprintf(&b, "\tnote %s\n", note)
		}
	}
	for _, note := range result.Notes {
		fmt.Fprintf(&b, "note %s\n", note)
	}
	for _, d := range result.Devices {
		storyDevice(&b, d)
	}
	for _, p := range result.People {
		fmt.Fprintf(&b, "person %s: %q\n", p.Source, []string{p.Username, p.Email, p.Department, p.Manager, p.ManagerEmail, p.Name, p.DN})
	}
	for _, w := range result.Waivers {
		fmt.Fprintf(&b, "waiver %s: %q until %s\n", w.Source, []string{w.Device, w.Reason, w.Owner, w.Approver}, w.Expires)
	}
	if result.Joined+result.Unjoined > 0 {
		fmt.Fprintf(&b, "evidence: %d joined, %d not\n", result.Joined, result.Unjoined)
	}
	for _, p := range result.Problems {
		fmt.Fprintf(&b, "problem %s: %s\n", p.Kind, p)
	}
	return b.String(), len(result.Problems)
}

func storyDevice(b *strings.Builder, d *device.Device) {
	fmt.Fprintf(b, "device %q from %s\n", d.GUID, d.Source)
	for _, field := range []struct{ name, value string }{
		{"name", d.Name}, {"hostname", d.Hostname}, {"username", d.Username}, {"email", d.Email},
		{"organization", d.Organization}, {"department", d.Department}, {"os", d.OS}, {"os version", d.OSVersion},
		{"status", string(d.Status)},
	} {
		if field.value != "" {
			fmt.Fprintf(b, "\t%s %q\n", field.name, field.value)
		}
	}
	if d.Version.Known {
		fmt.Fprintf(b, "\tversion %s (%q)\n", d.Version, d.Version.Text)
	} else {
		fmt.Fprintf(b, "\tversion unknown (%q)\n", d.Version.Text)
	}
	for _, place := range d.Destinations {
		fmt.Fprintf(b, "\tdestination %q %q\n", place.Name, place.UID)
	}
	for _, c := range d.Connections {
		fmt.Fprintf(b, "\tport %d at %s from %s to %q", c.Port, storyTime(c.Time), storyNetwork(c.Network), c.Host)
		if c.Destination != nil {
			fmt.Fprintf(b, " of destination %q", c.Destination.String())
		}
		fmt.Fprintf(b, " (%s)\n", c.Source)
	}
	if d.LastActivity != 0 {
		fmt.Fprintf(b, "\tactive %s\n", storyTime(d.LastActivity.Time()))
	}
	if d.LastConnected != 0 {
		fmt.Fprintf(b, "\tconnected %s\n", storyTime(d.LastConnected.Time()))
	}
	for o := d.Further().Other; o != nil; o = o.Next {
		fmt.Fprintf(b, "\tother owner at %s: version %s, status %q, %v\n", o.Source, o.Version, o.Status, o.Destinations)
	}
	if d.RemoteNetwork != nil {
		fmt.Fprintf(b, "\tremote network %s\n", d.RemoteNetwork)
	}
}

func day(text string) calendar.Day {
	d, err := calendar.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

func storyTime(t time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	return t.Format("2006-01-02T15:04:05.999Z07:00")
}

func storyNetwork(network netip.Prefix) string {
	if !network.IsValid() {
		return "no network"
	}
	return network.String()
}

func bytesInput(kind Kind, path string, content []byte) Input {
	return Input{Path: path, Kind: kind, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}
