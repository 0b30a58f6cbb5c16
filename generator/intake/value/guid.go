package value

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// GUIDs are numbers of up to 19 digits. A spreadsheet keeps 15 of them.
const (
	guidDigits  = 19
	ExactDigits = 15
	// identifierLimit is how long an identity that is no number may be.
	identifierLimit = 64
	// exponentDigits is how many digits the exponent of a number may have.
	exponentDigits = 3
)

// Identity says what a GUID cell holds.
type Identity int

// What a GUID cell holds.
const (
	NoGUID      Identity = iota // nothing
	SoundGUID                   // an identity
	RoundedGUID                 // an identity that may have been rounded: it ends in 000
	WordGUID                    // an identity, or a note if it is alone in its row
	DamagedGUID                 // a number that lost digits
	ForeignText                 // something else: a total, a note
)

// GUID gives the identity in a GUID cell. It is "" if there is none, or if it is
// damaged. In a workbook a number in scientific form is restored if it lost no
// digits.
func GUID(cell string, workbook bool) (string, Identity) {
	guid := strings.TrimFunc(cell, Ignorable)
	guid = strings.TrimPrefix(guid, "'") // a spreadsheet's mark for text
	guid = unwrap(strings.TrimFunc(guid, Ignorable))
	if Digits(guid) {
		switch {
		case len(guid) > guidDigits:
			return "", DamagedGUID
		case len(guid) > ExactDigits && strings.HasSuffix(guid, "000"):
			return guid, RoundedGUID
		}
		return guid, SoundGUID
	}
	switch {
	case empty(guid), noIdentity(guid):
		return "", NoGUID
	case virtual(guid):
		return guid, SoundGUID
	case numeric(guid):
		if exact, ok := wholeNumber(guid); workbook && ok && len(exact) <= ExactDigits {
			return exact, SoundGUID
		}
		return "", DamagedGUID
	case identifier(guid):
		return guid, SoundGUID
	case word(guid) && !TotalWord(guid):
		return guid, WordGUID
	}
	return "", ForeignText
}

// PassedFloat reports whether a GUID of 18 or 19 digits may have been a
// floating-point number in a workbook or a script, because such a number holds
// exactly this value. By chance that is so for one in 16 of the smallest and one
// in 1,024 of the largest.
func PassedFloat(guid string) bool {
	if len(guid) < guidDigits-1 {
		return false
	}
	n, err := strconv.ParseUint(guid, 10, 64)
	if err != nil {
		return false
	}
	f := float64(n)
	return uint64(f) == n || guid[len(guid)-1] == '0' && strconv.FormatFloat(f, 'f', -1, 64) == guid
}

// Digits reports whether text is digits only.
func Digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// numeric reports whether text, which is not digits alone, is a number as a
// spreadsheet writes it: "8.39648E+17", "8,39648E+17", "839,648,314", "12.0".
func numeric(text string) bool {
	digits := false
	exponent := -1 // how many digits it has; -1 for none
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits = true
			if exponent >= 0 {
				exponent++
			}
		case c == 'e' || c == 'E':
			if exponent >= 0 || !digits || i == len(text)-1 {
				return false
			}
			exponent = 0
		case c == '.' || c == ',' || c == '+' || c == '-' || c == ' ':
		default:
			return false
		}
	}
	if exponent > exponentDigits {
		return false // a serial number: 5E12345
	}
	// Without an exponent, digits with hyphens between them are an identifier.
	return digits && (exponent >= 0 || !strings.Contains(text[1:], "-"))
}

// wholeNumber gives the digits of a whole number that a float holds exactly. It
// reports false for any other number.
func wholeNumber(text string) (string, bool) {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || number != math.Trunc(number) || number < 0 || number >= 1<<53 {
		return "", false
	}
	return strconv.FormatFloat(number, 'f', 0, 64), true
}

// identifier reports whether text is surely an identity, such as a UUID: letters,
// hyphens and at least one digit.
func identifier(text string) bool {
	digits := false
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits = true
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-':
		default:
			return false
		}
	}
	return digits && len(text) <= identifierLimit
}

// virtual reports whether text is the serial number of a virtual machine, which
// has blanks in it: "VMware-56 4d 35 9b ...".
func virtual(text string) bool {
	maker, serial, _ := strings.Cut(text, "-")
	return (maker == "VMware" || maker == "Parallels") && identifier(strings.ReplaceAll(serial, " ", ""))
}

// word reports whether text may be an identity of some other form: one visible
// word, without characters that mean something to a spreadsheet or in HTML.
func word(text string) bool {
	for _, r := range text {
		if !unicode.IsGraphic(r) || unicode.IsSpace(r) || r == utf8.RuneError || strings.ContainsRune("<>\"'`&|,;\\", r) {
			return false
		}
	}
	return len(text) <= identifierLimit && !strings.ContainsRune("=+@#", rune(text[0]))
}

// noIdentity reports whether text says that there is no GUID: it is a word for
// that, or has neither letters nor digits.
func noIdentity(text string) bool {
	switch strings.ToLower(text) {
	case "n/a", "na", "nan", "nil", "unknown", "undefined", "missing", "(blank)", "(null)", "<null>", "(none)",
		// What manufacturers leave in place of a serial number.
		"to be filled by o.e.m.", "default string", "system serial number", "not specified", "not available", "invalid",
		"ffffffff-ffff-ffff-ffff-ffffffffffff", "03000200-0400-0500-0006-000700080009", "00000000-0000-0000-0000-000000000000":
		return true
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// UID gives a destination's UID; "" for none. It reports false for one that a
// spreadsheet rounded, which counts as none.
func UID(cell string, workbook bool) (string, bool) {
	uid := Clean(cell)
	if Digits(uid) || !numeric(uid) {
		return uid, true
	}
	exact, ok := wholeNumber(uid)
	if !workbook || !ok || len(exact) > ExactDigits {
		return "", false
	}
	return exact, true
}
