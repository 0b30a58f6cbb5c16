package memory

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/policy"
)

// nightsName is the file of records. format is the number of the format that this
// package writes, and the newest that it reads.
const (
	nightsName = "nights.txt"
	format     = 1
	firstWords = "cutoff memory, format "
)

// Record is what the memory keeps about one night besides its devices. Hashes are
// SHA-256 in lower-case hex.
type Record struct {
	Night calendar.Day
	// Tool is the program with its version.
	Tool                            string
	Devices, Affected, Open, Waived int
	Verdicts                        map[policy.Verdict]int // every verdict, even with zero
	// Policy is the hash of the policy's text, PolicyID is its name. Configuration
	// is the hash of the configuration's text; "" without a file.
	Policy, PolicyID, Configuration string
	// Settings is the hash of those settings that can change a verdict. Others
	// change the hash of the configuration but not this one.
	Settings string
	Inputs   []Input
	// Empty has the departments without a device.
	Empty []string
	// Forced is set when a bound was passed and overridden.
	Forced bool

	// facts is the hash of the night's devices, before is the hash of the previous
	// record.
	facts, before string
}

// Input is a file that was read. Name is without its folder, which does not matter.
type Input struct{ Kind, SHA256, Name string }

// append writes the record, a line for each word.
func (r *Record) append(dst []byte) []byte {
	line := func(word string, values ...string) {
		dst = append(dst, word...)
		for i, value := range values {
			dst = append(dst, separator(i))
			dst = appendEscaped(dst, value)
		}
		dst = append(dst, '\n')
	}
	line("night", r.Night.String())
	line("tool", r.Tool)
	for _, total := range r.totals() {
		line(total.word, strconv.Itoa(*total.count))
	}
	for _, verdict := range policy.Verdicts() {
		line(string(verdict), strconv.Itoa(r.Verdicts[verdict]))
	}
	line("policy", r.Policy, r.PolicyID)
	if r.Configuration != "" {
		line("configuration", r.Configuration)
	}
	line("settings", r.Settings)
	inputs := slices.SortedFunc(slices.Values(r.Inputs), func(a, b Input) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.SHA256, b.SHA256), cmp.Compare(a.Name, b.Name))
	})
	for _, input := range inputs {
		line("input", input.Kind, input.SHA256, input.Name)
	}
	for _, name := range slices.Sorted(slices.Values(r.Empty)) {
		line("empty", name)
	}
	if r.Forced {
		line("forced", "yes")
	}
	line("facts", r.facts)
	if r.before != "" {
		line("before", r.before)
	}
	return dst
}

// separator gives a blank after the word and a tab between values, so that a value
// may contain blanks.
func separator(i int) byte {
	if i == 0 {
		return ' '
	}
	return '\t'
}

type total struct {
	word  string
	count *int
}

func (r *Record) totals() []total {
	return []total{{"devices", &r.Devices}, {"affected", &r.Affected}, {"open", &r.Open}, {"waived", &r.Waived}}
}

// hash gives the value of "before" in the next record.
func (r *Record) hash() string {
	sum := sha256.Sum256(r.append(nil))
	return hex.EncodeToString(sum[:])
}

// formatNights chains the records and gives the text of their file.
func formatNights(records []Record) []byte {
	chain(records)
	text := fmt.Appendf(nil, "%s%d\n", firstWords, format)
	for i := range records {
		text = records[i].append(append(text, '\n'))
	}
	return text
}

// chain sets each record's hash of the one before, and gives the hash of the last.
func chain(records []Record) string {
	before := ""
	for i := range records {
		records[i].before = before
		before = records[i].hash()
	}
	return before
}

// parseNights reads the file of all records.
func parseNights(text []byte) ([]Record, error) {
	head, rest, _ := bytes.Cut(text, []byte("\n"))
	number, ours := strings.CutPrefix(string(head), firstWords)
	switch version, err := strconv.Atoi(number); {
	case !ours || err != nil || version < 1:
		return nil, damaged(nightsName, 1, "another first line", firstWords+strconv.Itoa(format))
	case version > format:
		return nil, &Fault{Reason: Newer, Place: nightsName, Found: fmt.Sprintf("format %d", version), Want: fmt.Sprintf("format %d, the newest that this program knows", format)}
	}
	var records []Record
	line, before := 3, "" // after the first line and a blank one
	for block := range strings.SplitSeq(strings.TrimPrefix(string(rest), "\n"), "\n\n") {
		if block == "" {
			continue
		}
		r, err := parseRecord(strings.TrimSuffix(block, "\n"))
		if err == nil && len(records) > 0 && !r.Night.After(records[len(records)-1].Night) {
			err = fmt.Errorf("night %s after %s", r.Night, records[len(records)-1].Night)
		}
		if err == nil && r.before != before {
			err = fmt.Errorf("a record before the night of %s that is not the one that it names", r.Night)
		}
		if err != nil {
			return nil, damaged(nightsName, line, err.Error(), "the records as they were written")
		}
		records, before = append(records, r), r.hash()
		line += strings.Count(block, "\n") + 2
	}
	return records, nil
}

// parseRecord reads one record. The error only says what was found.
func parseRecord(block string) (Record, error) {
	r := Record{Verdicts: make(map[policy.Verdict]int)}
	counts := make(map[string]*int)
	for _, total := range r.totals() {
		counts[total.word] = total.count
	}
	for line := range strings.SplitSeq(block, "\n") {
		word, rest, _ := strings.Cut(line, " ")
		values := strings.Split(rest, "\t")
		for i := range values {
			values[i] = unescape(values[i])
		}
		value := values[0]
		var err error
		if verdict := policy.Verdict(word); slices.Contains(policy.Verdicts(), verdict) {
			r.Verdicts[verdict], err = strconv.Atoi(value)
		} else if count := counts[word]; count != nil {
			*count, err = strconv.Atoi(value)
		} else if word == "night" {
			r.Night, err = calendar.Parse(value)
		} else {
			err = r.set(word, values)
		}
		if err != nil {
			return Record{}, fmt.Errorf("the line %q", line)
		}
	}
	return r, nil
}

// errLine is the error for a line that a record cannot have.
var errLine = fmt.Errorf("no such line")

func (r *Record) set(word string, values []string) error {
	value := values[0]
	switch {
	case word == "tool" && len(values) == 1:
		r.Tool = value
	case word == "policy" && len(values) == 2:
		r.Policy, r.PolicyID = value, values[1]
	case word == "configuration" && len(values) == 1:
		r.Configuration = value
	case word == "settings" && len(values) == 1:
		r.Settings = value
	case word == "input" && len(values) == 3:
		r.Inputs = append(r.Inputs, Input{value, values[1], values[2]})
	case word == "empty" && len(values) == 1:
		r.Empty = append(r.Empty, value)
	case word == "forced" && value == "yes":
		r.Forced = true
	case word == "facts" && len(values) == 1:
		r.facts = value
	case word == "before" && len(values) == 1:
		r.before = value
	default:
		return errLine
	}
	return nil
}
