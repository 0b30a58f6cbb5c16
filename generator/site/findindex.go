package site

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/spelling"
)

// The search index: every device once, and every word that one of its names has,
// with what follows it, in order, so that a device is found by how any of its
// words begins. Both are cut into parts that load while people type. A directory
// has what is needed to find the part: where each begins.
const (
	findFolder    = "find"
	findDirectory = "directory.js"
	bytesPerPart  = 64 << 10
)

// findKey is one way to find a device. begin has the key's first eight bytes,
// so that most comparisons need no more.
type findKey struct {
	begin  uint64
	key    string
	device int32 // as the parts number them
}

// writeFind writes the index. The same fleet gives the same parts.
func (s *Site) writeFind(sink publish.Sink) error {
	if !s.in.Config.Privacy.FleetFiles {
		return nil
	}
	devices := byName(s.in.Fleet.Devices)
	x := &findIndex{site: s, sink: sink, steps: make(map[stepsOf]int)}
	if err := x.writeDevices(devices); err != nil {
		return err
	}
	if err := x.writeKeys(s.findKeys(devices)); err != nil {
		return err
	}
	return x.writeDirectory()
}

// byName gives the devices in the order of their names: those that one search
// finds then stand in one part. Names are sorted apart from their devices, which
// lie far from one another in memory: reaching for two of them at each comparison
// took half of the index's time.
func byName(devices []*fleet.Assessed) []*fleet.Assessed {
	keys := make([]findKey, len(devices))
	for i, d := range devices {
		keys[i] = newFindKey(d.Called(), i)
	}
	slices.SortFunc(keys, findKey.compare)
	sorted := make([]*fleet.Assessed, len(devices))
	for i, k := range keys {
		sorted[i] = devices[k.device]
	}
	return sorted
}

// findKeys gives every device under each word of its names once, in order.
func (s *Site) findKeys(devices []*fleet.Assessed) []findKey {
	privacy := s.in.Config.Privacy
	keys := make([]findKey, 0, 6*len(devices))
	for i, d := range devices {
		own := len(keys)
		for _, name := range [...]string{d.Name, d.Hostname, privacy.User(d.Username), privacy.Email(d.Email)} {
			for suffix := foldName(name); suffix != ""; {
				if suffix != unknownHost {
					keys = addKey(keys, own, newFindKey(suffix, i))
				}
				_, suffix, _ = strings.Cut(suffix, " ")
			}
		}
	}
	slices.SortFunc(keys, findKey.compare)
	return keys
}

// addKey adds a key to the device's own ones. One with which another begins finds
// nothing that the other does not.
func addKey(keys []findKey, own int, k findKey) []findKey {
	for i := own; i < len(keys); i++ {
		switch {
		case strings.HasPrefix(keys[i].key, k.key):
			return keys
		case strings.HasPrefix(k.key, keys[i].key):
			keys[i] = k
			return keys
		}
	}
	return append(keys, k)
}

// unknownHost is what a console writes for a host name that it does not know.
const unknownHost = "unknown"

func newFindKey(key string, device int) findKey {
	var begin [8]byte
	copy(begin[:], key)
	return findKey{binary.BigEndian.Uint64(begin[:]), key, int32(device)}
}

func (k findKey) compare(other findKey) int {
	if k.begin != other.begin {
		return cmp.Compare(k.begin, other.begin)
	}
	return cmp.Or(cmp.Compare(k.key, other.key), cmp.Compare(k.device, other.device))
}

// foldName gives a name as it is searched for: lower case, one blank between
// words, without what does not show, cut to what a page shows of it. The script
// folds what is typed likewise.
func foldName(name string) string {
	folded := make([]byte, 0, 64) // on the stack; most names fit
	parted := false
	for _, r := range cut(strings.TrimSpace(name), longestText) {
		switch r = unicode.ToLower(r); {
		case partsWords(r):
			parted = len(folded) > 0
			continue
		case unseen(r) || spelling.Ignorable(r):
			continue
		case r == 'ς':
			r = 'σ'
		}
		if parted {
			folded = append(folded, ' ')
			parted = false
		}
		folded = utf8.AppendRune(folded, r)
	}
	return string(folded)
}

// partsWords reports whether a word of a name ends at a character.
func partsWords(r rune) bool {
	switch r {
	case '-', '.', '_', '\\':
		return true
	}
	return r == ' ' || r > ' ' && unicode.IsSpace(r) && !unseen(r)
}

// findIndex writes the parts.
type findIndex struct {
	site *Site
	sink publish.Sink
	// steps numbers what the directory says of devices, in the order of words.
	steps map[stepsOf]int
	words []string // two a number: your step, IT's step
	// firstKeys and firstDevices say where each part begins.
	firstKeys    []string
	firstDevices []int
}

// writeDevices writes every device: its name, its user, its verdict, its
// department, its steps, each of the last three as the directory numbers them,
// then 1 when it is waived, 2 when another one probably replaced it.
func (x *findIndex) writeDevices(devices []*fleet.Assessed) error {
	verdicts, departments := make(map[policy.Verdict]int), make(map[string]int)
	for i, verdict := range policy.Verdicts() {
		verdicts[verdict] = i
	}
	for i, d := range x.site.in.Fleet.Departments {
		departments[d.Name] = i
	}
	var rows []byte
	for i, d := range devices {
		if len(rows) == 0 {
			x.firstDevices = append(x.firstDevices, i)
		} else {
			rows = append(rows, ",\n"...)
		}
		rows = append(rows, '[')
		rows = appendScript(rows, shown(d.Called()))
		rows = append(rows, ',')
		rows = appendScript(rows, shown(x.site.in.Config.Privacy.User(d.Username)))
		mark := 0
		switch d.Turn() {
		case fleet.Exempt:
			mark = 1
		case fleet.Replaced:
			mark = 2
		}
		for _, n := range [...]int{verdicts[d.Verdict], departments[d.Department], x.stepsNumber(d), mark} {
			rows = strconv.AppendInt(append(rows, ','), int64(n), 10)
		}
		rows = append(rows, ']')
		if len(rows) >= bytesPerPart || i == len(devices)-1 {
			if err := x.writePart("devices", len(x.firstDevices)-1, rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	return nil
}

func (x *findIndex) stepsNumber(d *fleet.Assessed) int {
	of := stepsOf{d.Verdict, d.Task, d.OldSystem}
	n, known := x.steps[of]
	if !known {
		n = len(x.words) / 2
		x.steps[of] = n
		yours, its := x.site.steps(of)
		x.words = append(x.words, cut(visible(yours), longestSentence), cut(visible(its), longestSentence))
	}
	return n
}

// writeKeys writes the keys, three values each: how many UTF-16 units it shares
// with the key before it, the rest, the number of the device. The first of a
// part shares none.
func (x *findIndex) writeKeys(keys []findKey) error {
	var rows []byte
	before := ""
	for i, k := range keys {
		if len(rows) == 0 {
			x.firstKeys = append(x.firstKeys, k.key)
			before = ""
		} else {
			rows = append(rows, ",\n"...)
		}
		units, bytes := shared(before, k.key)
		rows = strconv.AppendInt(rows, int64(units), 10)
		rows = append(rows, ',')
		rows = appendScript(rows, k.key[bytes:])
		rows = strconv.AppendInt(append(rows, ','), int64(k.device), 10)
		before = k.key
		if len(rows) >= bytesPerPart || i == len(keys)-1 {
			if err := x.writePart("keys", len(x.firstKeys)-1, rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	return nil
}

// shared is how much two texts have in common at the beginning, in the units in
// which a script counts and in bytes.
func shared(a, b string) (units, bytes int) {
	for bytes < len(a) && bytes < len(b) && a[bytes] == b[bytes] {
		bytes++
	}
	for bytes > 0 && bytes < len(b) && !utf8.RuneStart(b[bytes]) {
		bytes--
	}
	for _, r := range b[:bytes] {
		units += utf16.RuneLen(r)
	}
	return units, bytes
}

func (x *findIndex) writePart(kind string, number int, rows []byte) error {
	out := make([]byte, 0, len(rows)+40)
	out = fmt.Appendf(out, "cutoffFind.part(%q,%d,[\n", kind, number)
	out = append(append(out, rows...), "]);\n"...)
	return writeFile(x.sink, fmt.Sprintf("static/%s/%s-%04d.js", findFolder, kind, number), out)
}

func (x *findIndex) writeDirectory() error {
	out := []byte("cutoffFind.directory({\"keys\":[\n")
	out = appendScripts(out, x.firstKeys)
	out = append(out, "],\n\"devices\":["...)
	for i, first := range x.firstDevices {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, int64(first), 10)
	}
	out = append(out, "],\n\"steps\":[\n"...)
	out = appendScripts(out, x.words)
	out = append(out, "],\n\"departments\":[\n"...)
	departments := make([]string, 0, 2*len(x.site.in.Fleet.Departments))
	for _, d := range x.site.in.Fleet.Departments {
		departments = append(departments, shown(d.Name), d.Slug)
	}
	out = appendScripts(out, departments)
	out = append(out, "]});\n"...)
	return writeFile(x.sink, "static/"+findFolder+"/"+findDirectory, out)
}
