package device

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Version is an app's version. Two versions compare by major, minor and patch,
// each as a number: 4.10 is above 4.9, 5.04 equals 5.4. The fourth number is
// the build and decides nothing.
type Version struct {
	Major, Minor, Patch int
	// Known is false when the text could not be read; the numbers are then 0
	// and mean nothing.
	Known bool
	// Text is the version as the report has it, trimmed.
	Text string
}

// longBases are the numbers before the last three or four digits of a version in
// its long form. The last digits are major, minor and patch: 1512021600671 is 6.7.1.
// They come from 37 published pairs of long and short versions. A number with
// another base is unreadable and never guessed.
var longBases = []int64{
	1427864400, 1435726800, 1435813200, 1436674800, 1436674888,
	1465571600, 1506661200, 1508734800, 1512021600, 1525200006,
}

// partLimit is how many digits one number of a version may have. A longer one is
// hardly a version, and would not fit an int on every system.
const partLimit = 9

// ParseVersion reads a version in any form that exports use: "5.4", "6.8.8.12",
// "6.6.0 (Build: 4347)", "1512021600671". Anything else, "null" and "" included,
// gives an unknown version that keeps its text.
func ParseVersion(text string) Version {
	text = strings.TrimSpace(text)
	unknown := Version{Text: text}
	short := cutBuild(text)
	parts := strings.Split(short, ".")
	if len(parts) == 1 {
		if v, ok := parseLong(short); ok {
			v.Text = text
			return v
		}
		return unknown
	}
	if len(parts) > 4 {
		return unknown
	}
	var numbers [4]int
	for i, part := range parts {
		n, ok := parsePart(part)
		if !ok {
			return unknown
		}
		numbers[i] = n
	}
	return Version{numbers[0], numbers[1], numbers[2], true, text}
}

// cutBuild removes "(Build: 4347)" from the end.
func cutBuild(text string) string {
	head, tail, found := strings.Cut(text, "(")
	if !found {
		return text
	}
	tail = strings.ToLower(strings.Join(strings.Fields(tail), ""))
	build, ok := strings.CutPrefix(tail, "build:")
	build, closed := strings.CutSuffix(build, ")")
	if _, number := parsePart(build); !ok || !closed || !number {
		return text
	}
	return strings.TrimSpace(head)
}

func parsePart(part string) (int, bool) {
	digits := strings.TrimLeft(part, "0")
	if part == "" || len(digits) > partLimit || len(part) > 4*partLimit {
		return 0, false
	}
	for _, c := range []byte(part) {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(part)
	return n, err == nil
}

// parseLong reads the long form. The version is in the last three digits up to
// 9.9.9, and in the last four from 10.0.0 on, where major has two.
func parseLong(text string) (Version, bool) {
	if len(text) != 13 && len(text) != 14 {
		return Version{}, false
	}
	number, err := strconv.ParseUint(text, 10, 63)
	if err != nil || strconv.FormatUint(number, 10) != text {
		return Version{}, false
	}
	base, _ := strconv.ParseInt(text[:10], 10, 64)
	if !slices.Contains(longBases, base) {
		return Version{}, false
	}
	last := text[10:]
	major, _ := strconv.Atoi(last[:len(last)-2])
	if major == 0 || len(last) == 4 && major < 10 {
		return Version{}, false
	}
	return Version{Major: major, Minor: int(last[len(last)-2] - '0'), Patch: int(last[len(last)-1] - '0'), Known: true}, true
}

// Compare orders two known versions by major, minor and patch.
func (v Version) Compare(w Version) int {
	return cmp.Or(cmp.Compare(v.Major, w.Major), cmp.Compare(v.Minor, w.Minor), cmp.Compare(v.Patch, w.Patch))
}

// Short gives a known version as people say it, without a patch of 0: 5.4, 7.0,
// 4.8.2.
func (v Version) Short() string {
	if v.Patch == 0 {
		return fmt.Sprintf("%d.%d", v.Major, v.Minor)
	}
	return v.String()
}

// Shown gives the version as a list shows it: the text as found, but the three
// numbers for one in the long form, which nobody can read.
func (v Version) Shown() string {
	if v.Known && !strings.Contains(v.Text, ".") {
		return v.String()
	}
	return v.Text
}

// String gives the version with its three numbers, "6.7.1". It gives the text as
// found if the version is unknown or a whole release.
func (v Version) String() string {
	if !v.Known || v.IsRelease() {
		return v.Text
	}
	return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch)
}
