package site

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"

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
}

func (s *Site) find() *findPage {
	privacy := s.in.Config.Privacy
	page := &findPage{
		frame:   s.frame("Find a device", "find", "", "cutoff.js"),
		Index:   privacy.FleetFiles,
		Users:   privacy.UserNames,
		Devices: s.words.count(s.in.Fleet.Counts.Devices, "device", "devices"),
	}
	if page.Index {
		page.Scripts = []string{"find.js", findFolder + "/" + findDirectory}
	}
	for _, verdict := range policy.Verdicts() {
		page.Words = append(page.Words, findWord{verdict, verdictWord(verdict), tone(verdict)})
	}
	return page
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
	bytesPerPart = 48 << 10
)

// findKey is one way to find a device. begin has the key's first eight bytes,
// so that most comparisons need no more.
type findKey struct {
	begin  uint64
	key    string
	device int32
}

// writeFind writes the index: all keys in order, cut into parts of bounded
// size, and a directory with the first key of each part. The same fleet gives
// the same parts.
func (s *Site) writeFind(sink Sink) error {
	if !s.in.Config.Privacy.FleetFiles {
		return nil
	}
	w := &partWriter{site: s, sink: sink, verdicts: make(map[policy.Verdict]int), slugs: make(map[string]string)}
	for i, verdict := range policy.Verdicts() {
		w.verdicts[verdict] = i
	}
	for _, d := range s.in.Fleet.Departments {
		w.slugs[d.Name] = d.Slug
	}
	w.reset()
	for _, key := range s.findKeys() {
		if err := w.add(key.key, s.in.Fleet.Devices[key.device]); err != nil {
			return err
		}
	}
	return w.finish()
}

// findKeys gives every device under each of its names once, in order.
func (s *Site) findKeys() []findKey {
	users := s.in.Config.Privacy.UserNames
	keys := make([]findKey, 0, 2*len(s.in.Fleet.Devices))
	for i, d := range s.in.Fleet.Devices {
		name, host := foldKey(d.Name), foldKey(d.Hostname)
		user := ""
		if users {
			user = foldKey(userName(d.Username, s.in.Config.Privacy))
		}
		if name != "" {
			keys = append(keys, newFindKey(name, i))
		}
		if host != "" && host != name {
			keys = append(keys, newFindKey(host, i))
		}
		if user != "" && user != name && user != host {
			keys = append(keys, newFindKey(user, i))
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

func newFindKey(key string, device int) findKey {
	var begin [8]byte
	copy(begin[:], key)
	return findKey{binary.BigEndian.Uint64(begin[:]), key, int32(device)}
}

// foldKey gives a name as it is searched for: lower case, without what does
// not show, cut to what a page shows of it. The script folds what is typed
// likewise.
func foldKey(name string) string {
	name = strings.ToLower(cut(strings.TrimSpace(name), longestText))
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
	site     *Site
	sink     Sink
	verdicts map[policy.Verdict]int
	slugs    map[string]string

	first []string // the first key of each part
	parts int
	rows  []byte
	// departments and actions are the part's own tables, so that each part is
	// bounded by itself.
	departments, actions   map[string]int
	departmentList, doList []byte
}

func (w *partWriter) reset() {
	w.rows = w.rows[:0]
	w.departments, w.actions = make(map[string]int), make(map[string]int)
	w.departmentList, w.doList = nil, nil
}

// add writes a row: key ("" when the name in lower case is the key), name,
// host, user, verdict, department, action.
func (w *partWriter) add(key string, d *fleet.Assessed) error {
	if len(w.rows) == 0 {
		w.first = append(w.first, key)
	} else {
		w.rows = append(w.rows, ",\n"...)
	}
	w.rows = append(w.rows, '[')
	w.rows = appendScript(w.rows, key)
	for _, text := range []string{deviceName(d.Device), d.Hostname, w.user(d)} {
		w.rows = append(w.rows, ',')
		w.rows = appendScript(w.rows, shown(text))
	}
	w.rows = append(w.rows, ',')
	w.rows = strconv.AppendInt(w.rows, int64(w.verdicts[d.Verdict]), 10)
	w.rows = append(w.rows, ',')
	w.rows = strconv.AppendInt(w.rows, int64(w.department(d.Department)), 10)
	w.rows = append(w.rows, ',')
	w.rows = strconv.AppendInt(w.rows, int64(w.action(d.Action)), 10)
	if d.Waiver != nil {
		w.rows = append(w.rows, ",1"...)
	}
	w.rows = append(w.rows, ']')
	if len(w.rows)+len(w.departmentList)+len(w.doList) >= bytesPerPart {
		return w.flush()
	}
	return nil
}

func (w *partWriter) user(d *fleet.Assessed) string {
	if !w.site.in.Config.Privacy.UserNames {
		return ""
	}
	return userName(d.Username, w.site.in.Config.Privacy)
}

func (w *partWriter) department(name string) int {
	n, known := w.departments[name]
	if !known {
		n = len(w.departments)
		w.departments[name] = n
		if n > 0 {
			w.departmentList = append(w.departmentList, ',')
		}
		w.departmentList = append(w.departmentList, '[')
		w.departmentList = appendScript(w.departmentList, shown(name))
		w.departmentList = append(w.departmentList, ',')
		w.departmentList = appendScript(w.departmentList, w.slugs[name])
		w.departmentList = append(w.departmentList, ']')
	}
	return n
}

func (w *partWriter) action(action string) int {
	n, known := w.actions[action]
	if !known {
		n = len(w.actions)
		w.actions[action] = n
		if n > 0 {
			w.doList = append(w.doList, ',')
		}
		w.doList = appendScript(w.doList, cut(visible(action), longestSentence))
	}
	return n
}

// flush writes a full part.
func (w *partWriter) flush() error {
	if len(w.rows) == 0 {
		return nil
	}
	out := make([]byte, 0, len(w.rows)+len(w.departmentList)+len(w.doList)+100)
	out = fmt.Appendf(out, "cutoffFind.part(%d,{\"departments\":[", w.parts)
	out = append(out, w.departmentList...)
	out = append(out, "],\n\"actions\":["...)
	out = append(out, w.doList...)
	out = append(out, "],\n\"rows\":[\n"...)
	out = append(out, w.rows...)
	out = append(out, "]});\n"...)
	name := fmt.Sprintf("static/%s/%04d.js", findFolder, w.parts)
	w.parts++
	w.reset()
	return writeFile(w.sink, name, out)
}

// finish writes the last part and the directory.
func (w *partWriter) finish() error {
	if err := w.flush(); err != nil {
		return err
	}
	out := []byte("cutoffFind.directory([")
	for i, key := range w.first {
		if i > 0 {
			out = append(out, ",\n"...)
		}
		out = appendScript(out, key)
	}
	out = append(out, "]);\n"...)
	return writeFile(w.sink, "static/"+findFolder+"/"+findDirectory, out)
}

// appendScript writes a string literal that is safe in a script and in HTML:
// quotes, backslashes, angle brackets, ampersands, line ends of any kind and
// everything that does not show are escapes.
func appendScript(dst []byte, text string) []byte {
	dst = append(dst, '"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\' || r == '<' || r == '>' || r == '&' || r == '\'' || r == '`' || r > 0x7f && unseen(r) && r <= 0xffff || r < ' ' || r == 0x7f:
			dst = fmt.Appendf(dst, `\u%04x`, r)
		default:
			dst = append(dst, string(r)...)
		}
	}
	return append(dst, '"')
}
