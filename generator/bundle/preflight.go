package bundle

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"example.org/cutoff/generator/config"
)

// Finding is one thing that a system refuses, or takes only with a remark.
type Finding struct {
	Profile string
	// Files is what was checked: a file, or files that are sent together.
	Files string
	// Found is what there is, Want is the limit, Advice is what to do.
	Found, Want, Advice string
	// Remark says that it may get through anyway.
	Remark bool
}

// String gives "gmail: a.zip: found 26.1 MB in a mail, want at most 25 MB; ...".
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: found %s, want %s; %s", f.Profile, f.Files, f.Found, f.Want, f.Advice)
}

// preflight says which system would refuse what. It takes each message as sent by
// itself.
func preflight(profiles []config.Profile, messages []message, budget int64) []Finding {
	var findings []Finding
	for _, p := range profiles {
		c := checker{profile: p, budget: budget}
		for _, m := range messages {
			c.message(m)
		}
		findings = append(findings, c.findings...)
	}
	return findings
}

// examinedFile is a file of the bundle with what was found in it.
type examinedFile struct {
	name    string
	size    int64
	inside  []entry // nil unless it is one of our zips
	remarks remarks
}

type checker struct {
	profile  config.Profile
	budget   int64
	findings []Finding
}

func (c *checker) message(m message) {
	p := c.profile
	var sum int64
	for _, f := range m.files {
		size := c.size(f.size)
		sum += size
		if p.File > 0 && size > p.File {
			c.add(f.name, c.amount(size), "at most "+Size(p.File)+" a file", c.smaller(f))
		}
		c.file(f)
	}
	if p.Message > 0 && sum > p.Message {
		advice := "send its files one by one"
		if len(m.files) == 1 {
			advice = c.smaller(m.files[0])
		}
		c.add(m.name, c.amount(sum), "at most "+Size(p.Message)+" a message", advice)
	}
	if p.Files > 0 && len(m.files) > p.Files {
		c.add(m.name, fmt.Sprintf("%d files", len(m.files)), fmt.Sprintf("at most %d a message", p.Files), "send them in several messages")
	}
}

// file checks what a file is and what is inside it.
func (c *checker) file(f examinedFile) {
	p := c.profile
	c.content(f.name, f.name, f.remarks)
	if ending := endingOf(f.name); slices.Contains(p.Held, ending) {
		c.findings = append(c.findings, Finding{p.Name, f.name, "a file that ends in ." + ending,
			"one that is not often denied or only downloaded", "attach the workbook or the zip, and mail this one", true})
	}
	if p.ArchivedFiles > 0 && len(f.inside) > p.ArchivedFiles {
		c.add(f.name, fmt.Sprintf("%d files in it", len(f.inside)), fmt.Sprintf("at most %d in an archive", p.ArchivedFiles), "lower bundle.budget, so that the site is split into more parts")
	}
	for _, e := range f.inside {
		c.content(f.name+": "+e.Name, e.Name, e.remarks)
		if e.remarks.archive && !p.Nested {
			c.add(f.name+": "+e.Name, "an archive in an archive", "none", "leave it out of the site, or unpack it there")
		}
	}
}

// content checks a file's type, script and password, in a zip or outside.
func (c *checker) content(place, name string, r remarks) {
	if ending := endingOf(name); slices.Contains(c.profile.Blocked, ending) {
		c.add(place, "a file that ends in ."+ending, "none of that type, in a zip as little as beside it", "leave it out of the site")
	} else if r.script && !c.profile.Script {
		c.add(place, "script in it", "none", "take it out of the template, text or picture that it comes from")
	}
	if r.protected {
		c.add(place, "an archive with a password", "none", "leave it out of the site")
	}
}

func (c *checker) add(files, found, want, advice string) {
	c.findings = append(c.findings, Finding{Profile: c.profile.Name, Files: files, Found: found, Want: want, Advice: advice})
}

// smaller advises how to make a file smaller, or what to send instead.
func (c *checker) smaller(f examinedFile) string {
	if len(f.inside) == 0 {
		if endingOf(f.name) == "html" {
			return "send the workbook or the zip, which have the same lists"
		}
		return "share it as a link instead"
	}
	largest := slices.MaxFunc(f.inside, func(a, b entry) int { return cmp.Compare(a.packed, b.packed) })
	if size := largest.packed; size > c.budget/2 {
		advice := "it is " + largest.Name + " that takes up " + Size(size)
		if path.Dir(largest.Name) == "data" {
			return advice + "; leave the whole-fleet files out (privacy.fleet_files) or share this part as a link"
		}
		return advice + "; share this part as a link"
	}
	return "lower bundle.budget (" + Size(c.budget) + "), so that the site is split into more parts"
}

// size gives a file's bytes as the system counts them. In a mail, 57 bytes take a
// line of 76 characters and its end, which is 37% more.
func (c *checker) size(bytes int64) int64 {
	if !c.profile.Base64 {
		return bytes
	}
	return (bytes+56)/57*78 + 512 // for the attachment's own header
}

func (c *checker) amount(size int64) string {
	if c.profile.Base64 {
		return Size(size) + " as mail carries it"
	}
	return Size(size)
}

func endingOf(name string) string { return strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")) }

// Size gives a number of bytes for reading: 6.4 MB.
func Size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1000*1000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
