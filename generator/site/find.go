package site

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// findPage answers "is my computer affected?". The index is in parts below
// static/find/, each a script that hands over its rows: a page that was opened
// from disk may load scripts, but may not fetch.
type findPage struct {
	frame
	// Index is whether there is one; the configuration may leave it out.
	Index bool
	// Users is whether user names can be searched for.
	Users   bool
	Devices string
	Words   []findWord
}

// findWord is a verdict's word for the script, by its place in the index.
type findWord struct {
	Verdict policy.Verdict
	Word    string
	Tone    string // affected, unclear or fine
	Answer  string // to the page's question
}

func (s *Site) find() *findPage {
	privacy := s.in.Config.Privacy
	page := &findPage{
		frame:   s.frame("Find a device", "find", "", "cutoff.js"),
		Index:   privacy.FleetFiles,
		Users:   privacy.UserNames,
		Devices: s.words.count(s.in.Fleet.Counts.Devices, "device", "devices"),
	}
	page.Notes = s.assumptions("")
	if page.Index {
		page.Scripts = []string{"find.js", findFolder + "/" + findDirectory}
	}
	for _, verdict := range policy.Verdicts() {
		page.Words = append(page.Words, findWord{verdict, verdictWord(verdict), tone(verdict), s.findAnswer(verdict)})
	}
	return page
}

// findAnswer answers the page's question for a device; what to do follows it.
func (s *Site) findAnswer(v policy.Verdict) string {
	effective := s.words.day(s.in.Policy.Effective)
	cloud := visible(s.in.Policy.Vendor) + " cloud"
	inForce := s.in.Fleet.Phase == policy.InForce
	switch {
	case v.Affected() && inForce && s.in.Fleet.AsOf == s.in.Policy.Effective:
		return fmt.Sprintf("Yes, affected: from today, %s, it cannot connect to the %s.", effective, cloud)
	case v.Affected() && inForce:
		return fmt.Sprintf("Yes, affected: since %s it cannot connect to the %s.", effective, cloud)
	case v.Affected():
		return fmt.Sprintf("Yes, affected: from %s on it cannot connect to the %s, unless somebody acts.", effective, cloud)
	}
	switch v {
	case policy.Check:
		return "Perhaps: too little is known of it."
	case policy.UpgradeRecommended:
		return "No: it keeps connecting, but without the vendor’s support."
	case policy.VerifyPort:
		return "No, as far as is known; nothing was seen of its port."
	case policy.NotAffected:
		return "No: it stores on-premises only."
	case policy.Inactive:
		return "No: it is deactivated."
	}
	return "No."
}

// tone parts verdicts into three answers.
func tone(v policy.Verdict) string {
	switch {
	case v.Affected():
		return "affected"
	case v == policy.Check || v == policy.VerifyPort || v == policy.UpgradeRecommended:
		return "unclear"
	}
	return "fine"
}

const (
	findFolder    = "find"
	findDirectory = "directory.js"
	// bytesPerPart is how long a part of the index grows: one is loaded for a
	// key press, so it has to arrive while people type.
	bytesPerPart = 64 << 10
)

// findKey is one way to find a device. begin has the key's first eight bytes,
// so that most comparisons need no more.
type findKey struct {
	begin  uint64
	key    string
	device int32
	// field is the name that the key comes from: 0 device, 1 host, 2 user.
	field uint8
}

// mostActions bounds the sentences in the directory. A device whose own one is
// beyond it has its verdict's, which names no version.
const mostActions = 2_000

// writeFind writes the index: all keys in order, cut into parts of bounded
// size, and a directory with the first key of each part and with what the rows
// refer to by number. The same fleet gives the same parts.
func (s *Site) writeFind(sink Sink) error {
	if !s.in.Config.Privacy.FleetFiles {
		return nil
	}
	w := s.newPartWriter(sink)
	for _, key := range s.findKeys() {
		if err := w.add(key, s.in.Fleet.Devices[key.device]); err != nil {
			return err
		}
	}
	return w.finish()
}

// findKeys gives every device under each of its names once, in order.
func (s *Site) findKeys() []findKey {
	keys := make([]findKey, 0, 2*len(s.in.Fleet.Devices))
	for i, d := range s.in.Fleet.Devices {
		name, host := foldKey(d.Name), foldKey(d.Hostname)
		user := foldKey(s.in.Config.Privacy.User(d.Username))
		if name != "" {
			keys = append(keys, newFindKey(name, i, 0))
		}
		if host != "" && host != name && host != unknownHost {
			keys = append(keys, newFindKey(host, i, 1))
		}
		if user != "" && user != name && user != host {
			keys = append(keys, newFindKey(user, i, 2))
		}
	}
	slices.SortFunc(keys, func(a, b findKey) int {
		if a.begin != b.begin {
			return cmp.Compare(a.begin, b.begin)
		}
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.device, b.device))
	})
	return keys
}

// unknownHost is what a console writes for a host name that it does not know.
const unknownHost = "unknown"

func newFindKey(key string, device int, field uint8) findKey {
	var begin [8]byte
	copy(begin[:], key)
	return findKey{binary.BigEndian.Uint64(begin[:]), key, int32(device), field}
}

// foldKey gives a name as it is searched for: lower case, without what does
// not show, cut to what a page shows of it. The script folds what is typed
// likewise.
func foldKey(name string) string {
	name = strings.ToLower(cut(strings.TrimSpace(name), longestText))
	if plainLength(name) == len(name) {
		return name
	}
	name = strings.ReplaceAll(name, "ς", "σ")
	return strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, name)
}

// partWriter collects rows until a part is full.
type partWriter struct {
	site *Site
	sink Sink
	// verdicts, departments and actions are numbered as the directory has them.
	verdicts    map[policy.Verdict]int
	departments map[string]int
	actions     map[string]int
	sentences   []string
	first       []string // the first key of each part
	rows        []byte
}

func (s *Site) newPartWriter(sink Sink) *partWriter {
	w := &partWriter{
		site: s, sink: sink,
		verdicts: make(map[policy.Verdict]int), departments: make(map[string]int), actions: make(map[string]int),
	}
	for i, verdict := range policy.Verdicts() {
		w.verdicts[verdict] = i
		w.sentences = append(w.sentences, s.groupAction(verdict))
	}
	for i, d := range s.in.Fleet.Departments {
		w.departments[d.Name] = i
	}
	return w
}

// action numbers what to do about a device.
func (w *partWriter) action(d *fleet.Assessed) int {
	n, known := w.actions[d.Action]
	switch {
	case known:
		return n
	case len(w.actions) == mostActions:
		return w.verdicts[d.Verdict]
	}
	n = len(w.sentences)
	w.actions[d.Action] = n
	w.sentences = append(w.sentences, cut(visible(d.Action), longestSentence))
	return n
}

// add writes a row: which name it is found by, that name, the user name of a
// device's and the device name of the others, the number of the device, then
// verdict, department, action, and 1 when it is waived. The script has the
// name in lower case itself; where that is not the key, the key follows.
func (w *partWriter) add(key findKey, d *fleet.Assessed) error {
	if len(w.rows) == 0 {
		w.first = append(w.first, key.key)
	} else {
		w.rows = append(w.rows, ",\n"...)
	}
	names := [...]string{d.Called(), d.Hostname, w.user(d)}
	name, other := shown(names[key.field]), shown(names[0])
	if key.field == 0 {
		other = shown(names[2])
	}
	w.rows = append(w.rows, '[', '0'+key.field, ',')
	w.rows = appendScript(w.rows, name)
	w.rows = append(w.rows, ',')
	w.rows = appendScript(w.rows, other)
	w.rows = append(w.rows, ',')
	w.rows = strconv.AppendInt(w.rows, int64(key.device), 10)
	w.rows = append(w.rows, ',')
	w.rows = strconv.AppendInt(w.rows, int64(w.verdicts[d.Verdict]), 10)
	w.rows = append(w.rows, ',')
	w.rows = strconv.AppendInt(w.rows, int64(w.departments[d.Department]), 10)
	w.rows = append(w.rows, ',')
	w.rows = strconv.AppendInt(w.rows, int64(w.action(d)), 10)
	plainKey := len(name) == len(key.key) && plainLength(name) == len(name)
	switch {
	case !plainKey && d.Waiver != nil:
		w.rows = append(w.rows, ",1,"...)
		w.rows = appendScript(w.rows, key.key)
	case !plainKey:
		w.rows = append(w.rows, ",0,"...)
		w.rows = appendScript(w.rows, key.key)
	case d.Waiver != nil:
		w.rows = append(w.rows, ",1"...)
	}
	w.rows = append(w.rows, ']')
	if len(w.rows) >= bytesPerPart {
		return w.flush()
	}
	return nil
}

func (w *partWriter) user(d *fleet.Assessed) string {
	return w.site.in.Config.Privacy.User(d.Username)
}

// flush writes a full part.
func (w *partWriter) flush() error {
	if len(w.rows) == 0 {
		return nil
	}
	number := len(w.first) - 1
	out := make([]byte, 0, len(w.rows)+40)
	out = fmt.Appendf(out, "cutoffFind.part(%d,[\n", number)
	out = append(out, w.rows...)
	out = append(out, "]);\n"...)
	w.rows = w.rows[:0]
	return writeFile(w.sink, fmt.Sprintf("static/%s/%04d.js", findFolder, number), out)
}

// finish writes the last part and the directory.
func (w *partWriter) finish() error {
	if err := w.flush(); err != nil {
		return err
	}
	out := []byte("cutoffFind.directory({\"keys\":[\n")
	out = appendScripts(out, w.first)
	out = append(out, "],\n\"actions\":[\n"...)
	out = appendScripts(out, w.sentences)
	out = append(out, "],\n\"departments\":[\n"...)
	departments := make([]string, 0, 2*len(w.site.in.Fleet.Departments))
	for _, d := range w.site.in.Fleet.Departments {
		departments = append(departments, shown(d.Name), d.Slug)
	}
	out = appendScripts(out, departments)
	out = append(out, "]});\n"...)
	return writeFile(w.sink, "static/"+findFolder+"/"+findDirectory, out)
}

// appendScripts writes the elements of an array of strings.
func appendScripts(dst []byte, texts []string) []byte {
	for i, text := range texts {
		if i > 0 {
			dst = append(dst, ",\n"...)
		}
		dst = appendScript(dst, text)
	}
	return dst
}

// appendScript writes a string literal that is safe in a script and in HTML:
// quotes, backslashes, angle brackets, ampersands and everything that does not
// show are escapes.
func appendScript(dst []byte, text string) []byte {
	dst = append(dst, '"')
	for len(text) > 0 {
		length := plainLength(text)
		dst = append(dst, text[:length]...)
		text = text[length:]
		if text == "" {
			break
		}
		r, size := utf8.DecodeRuneInString(text)
		if r < utf8.RuneSelf || unseen(r) || r == utf8.RuneError {
			for _, unit := range utf16.AppendRune(nil, r) {
				dst = fmt.Appendf(dst, `\u%04x`, unit)
			}
		} else {
			dst = append(dst, text[:size]...)
		}
		text = text[size:]
	}
	return append(dst, '"')
}
