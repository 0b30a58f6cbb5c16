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

// The search index has every device once, and every word of its names together
// with what follows the word, in order. So a device is found by the beginning
// of any word. Devices and words are split into parts that load while people
// type. A directory says where each part begins.
const (
	findFolder    = "find"
	findDirectory = "directory.js"
	bytesPerPart  = 64 << 10
)

// findKeys are the ways to find a device; a large fleet has hundreds of
// thousands. A key only says where in the text it begins, and a zero byte ends
// it there. That takes less memory than texts of their own, and leaves the
// garbage collector nothing to follow.
type findKeys struct {
	text []byte // folded names, one after the other, four a device
	keys []findKey
}

// findKey is one key. begin has its first eight bytes, so that most comparisons
// need nothing else.
type findKey struct {
	begin  uint64
	at     uint32 // in the text
	device int32  // as the parts number them
}

// writeFind writes the index. The same fleet always gives the same parts. It
// writes nothing when the organisation keeps whole-fleet files private.
func (s *Site) writeFind(sink publish.Sink) error {
	if !s.in.Config.Privacy.FleetFiles {
		return nil
	}
	devices := byName(s.in.Fleet.Devices)
	x := &findIndex{site: s, sink: sink, steps: make(map[stepsOf]int)}
	var both errgroup.Group // one after the other, they could take longer than all departments
	both.Go(func() error { return x.writeDevices(devices) })
	both.Go(func() error { return x.writeKeys(s.foldNames(devices)) })
	if err := both.Wait(); err != nil {
		return err
	}
	return x.writeDirectory()
}

// byName gives the devices in the order of their names, so that the devices
// that one search finds are in one part. It sorts the names apart from the
// devices: devices are far from each other in memory, and reaching for two at
// each comparison is slow.
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

// foldNames gives the folded names of all devices. There are no keys yet.
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

// shares splits the keys by their first byte into about four shares, so that
// they can be made and sorted one share at a time, which takes less memory.
// Keys that begin with the same byte stay together.
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

// part makes the keys whose first byte is at least from and below upTo, in
// order: one for each word in a device's names, less those that [findKeys.add]
// leaves out.
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

// key gives the key that begins at a place in the text.
func (x *findKeys) key(at int) []byte {
	return x.text[at : at+bytes.IndexByte(x.text[at:], 0)]
}

// add adds a key to those of one device, which begin at own. A key that another
// one begins with is left out, because it finds nothing that the other does
// not.
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

// unknownHost is what a console writes when it does not know a host name.
const unknownHost = "unknown"

// beginning gives the first eight bytes of a text as a number. Numbers compare
// as the bytes do.
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

// appendFolded appends a name in the form in which it is searched for: lower
// case, one blank between words, nothing that does not show, and cut to what a
// page shows. The script folds what people type in the same way.
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

// foldedASCII has the results of [foldedRune] for the characters that nearly
// all names consist of, to save time.
var foldedASCII = func() (folded [utf8.RuneSelf]byte) {
	for r := range folded {
		folded[r] = byte(foldedRune(rune(r)))
	}
	return folded
}()

// foldedRune gives the form of a character in searches: a blank where a word
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

// partsWords reports whether a character ends a word of a name.
func partsWords(r rune) bool {
	switch r {
	case '-', '.', '_', '\\':
		return true
	}
	return r == ' ' || r > ' ' && unicode.IsSpace(r) && !prose.Unseen(r)
}

// findIndex writes the parts and remembers what the directory needs.
type findIndex struct {
	site *Site
	sink publish.Sink
	// steps gives a number to each pair of steps; the directory has the pairs
	// in that order.
	steps map[stepsOf]int
	words []string // two for each number: your step, IT's step
	// firstKeys and firstDevices are where each part begins.
	firstKeys    []string
	firstDevices []int
}

// writeDevices writes six values for each device: its name, its user, its
// verdict, department and steps by their numbers, and 1 when it is waived or 2
// when another device probably replaced it, otherwise 0.
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

// writeKeys writes three values for each key: how many UTF-16 units it shares
// with the key before it, the rest of the key, and the number of the device.
// The first key of a part shares nothing.
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

// shared gives how much two texts have in common at the beginning, in UTF-16
// units, which a script counts in, and in bytes.
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
