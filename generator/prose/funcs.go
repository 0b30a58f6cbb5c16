package prose

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/Masterminds/sprig/v3"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/plural"
)

// Funcs gives the functions that page templates and texts may call: our own,
// and those of sprig that always give the same result, without the ones in
// [withheld]. Days and numbers are in the organisation's form.
//
//	date DAY                  4 February 2020; nothing for no day
//	number N                  12,345
//	plural ONE MANY N         the word that fits N
//	devices N                 "no devices", "1 device", "12,345 devices"
//	truncRunes N TEXT         at most N characters, the last an ellipsis
//	joinAnd LIST, joinOr LIST "443, 4287 and 8443"
func Funcs(look config.Look) template.FuncMap {
	funcs := sprig.HermeticHtmlFuncMap()
	for _, name := range withheld {
		delete(funcs, name)
	}
	w := NewWords(look)
	funcs["date"] = w.anyDay
	funcs["number"] = w.Number
	funcs["plural"] = func(one, many string, n int) string { return plural.Of(n, one, many) }
	funcs["devices"] = w.devices
	funcs["truncRunes"] = truncRunes
	funcs["joinAnd"] = func(parts any) (string, error) { return joinWords(parts, "and") }
	funcs["joinOr"] = func(parts any) (string, error) { return joinWords(parts, "or") }
	return funcs
}

// withheld lists functions of sprig that templates do not get, by reason. A
// site must come out the same on every machine and every night, and a slip in a
// text must not use up the machine's memory.
var withheld = []string{
	// The clock, and the machine's time zone.
	"ago", "durationRound", "mustDateModify", "must_date_modify", "mustToDate", "toDate", "unixEpoch",
	// Randomness, keys and passwords.
	"bcrypt", "buildCustomCert", "decryptAES", "derivePassword", "encryptAES",
	"genCA", "genCAWithKey", "genPrivateKey", "genSelfSignedCert", "genSelfSignedCertWithKey",
	"genSignedCert", "genSignedCertWithKey", "htpasswd", "randInt", "shuffle",
	// Paths as this operating system writes them.
	"osBase", "osClean", "osDir", "osExt", "osIsAbs",
	// The order of a map.
	"keys", "values",
	// Changes to what they are given, which the next page shares.
	"merge", "mergeOverwrite", "mustMerge", "mustMergeOverwrite", "set", "unset",
	// Output without bound from one number.
	"indent", "nindent", "repeat", "seq", "until", "untilStep",
	// Cuts in the middle of a character; truncRunes does it right.
	"abbrev", "abbrevboth", "substr", "trunc",
}

// defaultDates is the form of days where the configuration names none.
const defaultDates = "2 January 2006"

// writeNumber gives 1,234 with the configured mark between thousands, or 1234
// when that is "".
func writeNumber(look config.Look, n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + look.Thousands + digits[i:]
	}
	return digits
}

// anyDay accepts a day of a page struct and a day of a text.
func (w Words) anyDay(day any) (string, error) {
	switch day := day.(type) {
	case calendar.Day:
		return w.Day(day), nil
	case Date:
		return w.Day(day.Day), nil
	}
	return "", fmt.Errorf("found %T, want a day", day)
}

// devices counts devices in a sentence: "no devices", "1 device".
func (w Words) devices(n int) string {
	if n == 0 {
		return "no devices"
	}
	return w.Count(n, "device", "devices")
}

// truncRunes cuts a text to a number of characters, including the ellipsis.
func truncRunes(limit int, text string) string {
	if limit < 1 {
		return ""
	}
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	runes := []rune(text)
	return string(runes[:limit-1]) + "…"
}

// joinWords joins a list as in a sentence: "a, b and c".
func joinWords(parts any, last string) (string, error) {
	switch parts := parts.(type) {
	case Versions:
		return Join(parts, last), nil
	case Ports:
		return Join(parts.words(), last), nil
	case []string:
		return Join(parts, last), nil
	case []any: // sprig's list
		words := make([]string, len(parts))
		for i, part := range parts {
			words[i] = fmt.Sprint(part)
		}
		return Join(words, last), nil
	}
	return "", fmt.Errorf("found %T, want a list of texts or ports", parts)
}

// Join gives "a, b and c"; "" for an empty list.
func Join(parts []string, last string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	end := len(parts) - 1
	return strings.Join(parts[:end], ", ") + " " + last + " " + parts[end]
}
