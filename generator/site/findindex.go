package site

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
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

// findKeys are ways to find a device: 100,000 devices have 800,000. A key says
// where in the text it begins, and a zero byte ends it there, so that keys take
// half the memory of texts of their own, and none that the collector reads.
type findKeys struct {
	text []byte // folded names, one after the other, four a device
	keys []findKey
}

// findKey is one of them. begin has the key's first eight bytes, so that most
// comparisons need no more.
type findKey struct {
	begin  uint64
	at     uint32 // in the text
	device int32  // as the parts number them
}

// writeFind writes the index. The same fleet gives the same parts.
func (s *Site) writeFind(sink publish.Sink) error {
	if !s.in.Config.Privacy.FleetFiles {
		return nil
	}
	devices := byName(s.in.Fleet.Devices)
	x := &findIndex{site: s, sink: sink, steps: make(map[stepsOf]int)}
	var both errgroup.Group // else the index takes longer than all departments beside it
	both.Go(func() error { return x.writeDevices(devices) })
	both.Go(func() error { return x.writeKeys(s.foldNames(devices)) })
	if err := both.Wait(); err != nil {
		return err
	}
	return x.writeDirectory()
}

// byName gives the devices in the order of their names: those that one search
// finds then stand in one part. Names are sorted apart from their devices, which
// lie far from one another in memory: reaching for two of them at each comparison
// took half of the index's time.
func byName(devices []*fleet.Assessed) []*fleet.Assessed {
	type called struct {
		begin  uint64
		name   string
		device int32
	}
	names := make([]called, len(devices))
	for i, d := range devices {
		name := d.Called()
		names[i] = called{beginning(name), name, int32(i)}
	}
	slices.SortFunc(names, func(a, b called) int {
		if a.begin != b.begin {
			return cmp.Compare(a.begin, b.begin)
		}
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.device, b.device))
	})
	sorted := make([]*fleet.Assessed, len(devices))
	for i, k := range names {
		sorted[i] = devices[k.device]
	}
	return sorted
}

// foldNames gives the names of all devices, without keys.
func (s *Site) foldNames(devices []*fleet.Assessed) *findKeys {
	names := func(d *fleet.Assessed) [namesEach]string {
		return [namesEach]string{d.Name, d.Hostname, s.in.Config.Privacy.User(d.Username), s.in.Config.Privacy.Email(d.Email)}
	}
	size := 0
	for _, d := range devices {
		for _, name := range names(d) {
			size += len(name) + 1
		}
	}
	x := &findKeys{text: make([]byte, 0, size)}
	for _, d := range devices {
		for _, name := range names(d) {
			x.text = append(appendFolded(x.text, name), 0)
		}
	}
	return x
}

// namesEach is how many names a device is found by.
const namesEach = 4

// shares parts the first bytes of keys, so that those of one part are about a
// quarter of all or begin alike. Parts are made and sorted one by one, which
// takes 31 MB of 170 off the peak of a build of 100,000 devices.
func (x *findKeys) shares() (upTo []int) {
	var words [256]int
	all := 0
	begins := true
	for _, c := range x.text {
		if begins && c != 0 {
			words[c]++
			all++
		}
		begins = c == ' ' || c == 0
	}
	share := 0
	for c, n := range words {
		if share > 0 && share+n > all/4 {
			upTo, share = append(upTo, c), 0
		}
		share += n
	}
	return append(upTo, len(words))
}

// part makes the keys whose first byte is at least from and below upTo: every
// device once under each word of its names, in order.
func (x *findKeys) part(from, upTo int) {
	x.keys = x.keys[:0]
	own, names := 0, 0
	for at := 0; at < len(x.text); {
		switch c := int(x.text[at]); {
		case c == 0:
			if names++; names%namesEach == 0 {
				own = len(x.keys)
			}
			at++
			continue
		case c >= from && c < upTo:
			if key := x.key(at); string(key) != unknownHost {
				x.add(own, findKey{beginning(key), uint32(at), int32(names / namesEach)})
			}
		}
		for x.text[at] != ' ' && x.text[at] != 0 {
			at++
		}
		if x.text[at] == ' ' {
			at++
		}
	}
	slices.SortFunc(x.keys, x.compare)
}

// key gives the key that begins somewhere in the text.
func (x *findKeys) key(at int) []byte {
	return x.text[at : at+bytes.IndexByte(x.text[at:], 0)]
}

// add adds a key to the device's own ones. One with which another begins finds
// nothing that the other does not.
func (x *findKeys) add(own int, k findKey) {
	key := x.key(int(k.at))
	for i := own; i < len(x.keys); i++ {
		other := x.key(int(x.keys[i].at))
		switch {
		case bytes.HasPrefix(other, key):
			return
		case bytes.HasPrefix(key, other):
			x.keys[i] = k
			return
		}
	}
	x.keys = append(x.keys, k)
}

// unknownHost is what a console writes for a host name that it does not know.
const unknownHost = "unknown"

// beginning gives the first eight bytes of a text as a number that compares like
// them.
func beginning[T string | []byte](text T) uint64 {
	var begin [8]byte
	copy(begin[:], text)
	return binary.BigEndian.Uint64(begin[:])
}

func (x *findKeys) compare(a, b findKey) int {
	if a.begin != b.begin {
		return cmp.Compare(a.begin, b.begin)
	}
	return cmp.Or(bytes.Compare(x.key(int(a.at)), x.key(int(b.at))), cmp.Compare(a.device, b.device))
}

// appendFolded appends a name as it is searched for: lower case, one blank between
// words, without what does not show, cut to what a page shows of it. The script
// folds what is typed likewise.
func appendFolded(folded []byte, name string) []byte {
	start, parted := len(folded), false
	for _, r := range prose.Cut(strings.TrimSpace(name), prose.LongestText) {
		if r < utf8.RuneSelf {
			r = rune(foldedASCII[r])
		} else {
			r = foldedRune(r)
		}
		switch {
		case r == ' ':
			parted = len(folded) > start
			continue
		case r == 0:
			continue
		case parted:
			folded = append(folded, ' ')
			parted = false
		}
		folded = utf8.AppendRune(folded, r)
	}
	return folded
}

// foldedASCII has what [foldedRune] gives, for the characters that nearly all
// names are made of: folding takes a third of the time.
var foldedASCII = func() (folded [utf8.RuneSelf]byte) {
	for r := range folded {
		folded[r] = byte(foldedRune(rune(r)))
	}
	return folded
}()

// foldedRune gives what a character is searched for as: a blank where a word
// ends, 0 for nothing.
func foldedRune(r rune) rune {
	switch r = unicode.ToLower(r); {
	case partsWords(r):
		return ' '
	case prose.Unseen(r) || spelling.Ignorable(r):
		return 0
	case r == 'ς':
		return 'σ'
	}
	return r
}

// partsWords reports whether a word of a name ends at a character.
func partsWords(r rune) bool {
	switch r {
	case '-', '.', '_', '\\':
		return true
	}
	return r == ' ' || r > ' ' && unicode.IsSpace(r) && !prose.Unseen(r)
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
	for i, verdict := range x.site.in.Fleet.Possible.Verdicts() {
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
		rows = appendScript(rows, prose.Shown(d.Called()))
		rows = append(rows, ',')
		rows = appendScript(rows, prose.Shown(x.site.in.Config.Privacy.User(d.Username)))
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
		x.words = append(x.words, prose.Cut(prose.Visible(yours), prose.LongestSentence), prose.Cut(prose.Visible(its), prose.LongestSentence))
	}
	return n
}

// writeKeys writes the keys, three values each: how many UTF-16 units it shares
// with the key before it, the rest, the number of the device. The first of a
// part shares none.
func (x *findIndex) writeKeys(all *findKeys) error {
	var rows, before []byte
	from := 0
	for _, upTo := range all.shares() {
		all.part(from, upTo)
		from = upTo
		for _, k := range all.keys {
			if len(rows) >= bytesPerPart {
				if err := x.writePart("keys", len(x.firstKeys)-1, rows); err != nil {
					return err
				}
				rows = rows[:0]
			}
			key := all.key(int(k.at))
			if len(rows) == 0 {
				x.firstKeys = append(x.firstKeys, string(key))
				before = nil
			} else {
				rows = append(rows, ",\n"...)
			}
			units, bytes := shared(before, key)
			rows = strconv.AppendInt(rows, int64(units), 10)
			rows = append(rows, ',')
			rows = appendScript(rows, string(key[bytes:]))
			rows = strconv.AppendInt(append(rows, ','), int64(k.device), 10)
			before = key
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return x.writePart("keys", len(x.firstKeys)-1, rows)
}

// shared is how much two texts have in common at the beginning, in the units in
// which a script counts and in bytes.
func shared(a, b []byte) (units, bytes int) {
	for bytes < len(a) && bytes < len(b) && a[bytes] == b[bytes] {
		bytes++
	}
	for bytes > 0 && bytes < len(b) && !utf8.RuneStart(b[bytes]) {
		bytes--
	}
	for _, r := range string(b[:bytes]) {
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
		departments = append(departments, prose.Shown(d.Name), d.Slug)
	}
	out = appendScripts(out, departments)
	out = append(out, "]});\n"...)
	return writeFile(x.sink, "static/"+findFolder+"/"+findDirectory, out)
}
