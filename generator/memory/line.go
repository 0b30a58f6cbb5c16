package memory

import (
	"strconv"
	"strings"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// field is one value of a device's line.
type field struct {
	word   string
	same   func(a, b *Facts) bool
	append func(dst []byte, f *Facts) []byte
	// set sets the value from its text. It is false for a text that is no such
	// value.
	set func(f *Facts, text string) bool
}

// text gives a field that holds any text.
func text[T ~string](word string, of func(*Facts) *T) field {
	return field{
		word,
		func(a, b *Facts) bool { return *of(a) == *of(b) },
		func(dst []byte, f *Facts) []byte { return appendEscaped(dst, string(*of(f))) },
		func(f *Facts, text string) bool {
			*of(f) = T(text)
			return true
		},
	}
}

// fields has a device's values in the order in which they are written.
var fields = [...]field{
	{
		"verdict",
		func(a, b *Facts) bool { return a.Verdict == b.Verdict },
		func(dst []byte, f *Facts) []byte { return append(dst, f.Verdict...) },
		func(f *Facts, text string) bool {
			f.Verdict = verdicts[text]
			return f.Verdict != ""
		},
	},
	text("name", func(f *Facts) *string { return &f.Name }),
	text("user", func(f *Facts) *string { return &f.Username }),
	text("department", func(f *Facts) *string { return &f.Department }),
	text("version", func(f *Facts) *string { return &f.Version }),
	text("subject", func(f *Facts) *policy.Subject { return &f.Subject }),
	text("system", func(f *Facts) *string { return &f.SystemFamily }),
	text("is", func(f *Facts) *policy.VersionStatus { return &f.VersionStatus }),
	{"port", samePort, appendPort, setPort},
	text("kind", func(f *Facts) *policy.DestinationKind { return &f.DestinationKind }),
	text("destination", func(f *Facts) *string { return &f.Destination }),
	{
		"deactivated",
		func(a, b *Facts) bool { return a.Deactivated == b.Deactivated },
		func(dst []byte, f *Facts) []byte {
			if f.Deactivated {
				dst = append(dst, "yes"...)
			}
			return dst
		},
		func(f *Facts, text string) bool {
			f.Deactivated = text == "yes"
			return f.Deactivated || text == ""
		},
	},
	text("waived", func(f *Facts) *string { return &f.WaivedUntil }),
}

// verdicts finds a verdict by its text. A Facts then holds this constant and does
// not keep the line that it was read from in memory.
var verdicts = func() map[string]policy.Verdict {
	found := make(map[string]policy.Verdict)
	for _, verdict := range policy.Verdicts() {
		found[string(verdict)] = verdict
	}
	return found
}()

func samePort(a, b *Facts) bool { return a.Port == b.Port && a.PortStatus == b.PortStatus }

func appendPort(dst []byte, f *Facts) []byte {
	if f.Port != 0 {
		dst = append(strconv.AppendInt(dst, int64(f.Port), 10), ' ')
	}
	return append(dst, f.PortStatus...)
}

func setPort(f *Facts, text string) bool {
	number, status, both := strings.Cut(text, " ")
	if !both {
		f.Port, f.PortStatus = 0, policy.PortStatus(text)
		return true
	}
	port, err := strconv.Atoi(number)
	f.Port, f.PortStatus = port, policy.PortStatus(status)
	return err == nil && port > 0
}

// appendFields writes the values in which now differs from before.
func appendFields(dst []byte, before, now *Facts) []byte {
	for i := range fields {
		if field := &fields[i]; !field.same(before, now) {
			dst = append(append(append(dst, '\t'), field.word...), '=')
			dst = field.append(dst, now)
		}
	}
	return dst
}

// The words for a device that no report had, and that a report has again.
const (
	gone = "gone"
	back = "back"
)

// applyLine reads what follows the date in a line. It changes the facts and says
// whether the device was there. ok is false if the line cannot be read.
func applyLine(rest string, f *Facts) (present, ok bool) {
	if rest == gone {
		return false, true
	}
	for part := range strings.SplitSeq(rest, "\t") {
		if part == back {
			continue
		}
		word, value, found := strings.Cut(part, "=")
		i := fieldAt(word)
		if !found || i < 0 || !fields[i].set(f, unescape(value)) {
			return false, false
		}
	}
	return true, f.Verdict != ""
}

func fieldAt(word string) int {
	for i := range fields {
		if fields[i].word == word {
			return i
		}
	}
	return -1
}

// nameless starts the first line of a device without a GUID.
const nameless = "-\t"

// keyOf gives a device's first line in the log: its GUID, else its name and user
// in lower case. The user is the user name, else the e-mail address.
func keyOf(a *fleet.Assessed) string {
	if a.GUID != "" {
		if !strings.ContainsAny(a.GUID, special) {
			return a.GUID
		}
		return string(appendEscaped(nil, a.GUID))
	}
	user := a.Username
	if user == "" {
		user = a.Email
	}
	key := appendEscaped([]byte(nameless), strings.ToLower(a.Name))
	return string(appendEscaped(append(key, '\t'), strings.ToLower(user)))
}

// compareKeys orders devices as the log does: those without a GUID first.
func compareKeys(a, b string) int {
	if x, y := strings.HasPrefix(a, nameless), strings.HasPrefix(b, nameless); x != y {
		if x {
			return -1
		}
		return 1
	}
	return strings.Compare(a, b)
}

// guidOf gives the GUID in a device's first line; "" for one without.
func guidOf(key string) string {
	if strings.HasPrefix(key, nameless) {
		return ""
	}
	return unescape(key)
}
