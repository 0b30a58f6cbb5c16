package roster

import (
	"strings"
	"unicode/utf8"
)

// attribute is one part of a distinguished name: CN=Weiß, Sabine.
type attribute struct{ name, value string }

// parseDN reads a distinguished name in the form of RFC 4514; nil for any other
// text.
func parseDN(text string) []attribute {
	var parts []attribute
	for text = strings.TrimSpace(text); text != ""; {
		name, rest, ok := strings.Cut(text, "=")
		name = strings.TrimSpace(name)
		if !ok || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") != "" {
			return nil
		}
		value, after, ok := unescape(rest)
		if !ok {
			return nil
		}
		parts = append(parts, attribute{strings.ToLower(name), value})
		text = after
	}
	return parts
}

// unescape reads a value up to the comma, plus or semicolon that ends it.
func unescape(text string) (value, rest string, ok bool) {
	text = strings.TrimLeft(text, " ")
	if strings.HasPrefix(text, `"`) { // the form of RFC 2253
		value, rest, ok = strings.Cut(text[1:], `"`)
		rest = strings.TrimLeft(rest, " ")
		return value, strings.TrimLeft(rest, ",;+ "), ok
	}
	var out []byte
	kept := 0 // blanks at the end count only if they were escaped
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case ',', ';', '+':
			return string(out[:max(kept, trimmed(out))]), text[i+1:], true
		case '\\':
			if i+1 >= len(text) {
				return "", "", false
			}
			if i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]) {
				out = append(out, unhex(text[i+1])<<4|unhex(text[i+2]))
				i += 2
			} else {
				out = append(out, text[i+1])
				i++
			}
			kept = len(out)
		default:
			out = append(out, c)
		}
	}
	value = string(out[:max(kept, trimmed(out))])
	return value, "", utf8.ValidString(value)
}

func trimmed(out []byte) int { return len(strings.TrimRight(string(out), " ")) }

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

func unhex(c byte) byte { return byte(strings.IndexByte("0123456789abcdef", c|0x20)) }

// commonName gives the name in a distinguished name: its CN, else its UID. It is
// false for any other text.
func commonName(text string) (string, bool) {
	parts := parseDN(text)
	for _, want := range []string{"cn", "uid"} {
		for _, part := range parts {
			if part.name == want {
				return part.value, true
			}
		}
	}
	return "", false
}

// canonicalDN gives a distinguished name in one spelling; "" for any other text.
func canonicalDN(text string) string {
	var out strings.Builder
	for _, part := range parseDN(text) {
		out.WriteString(part.name + "=" + strings.NewReplacer(`\`, `\\`, `,`, `\,`).Replace(part.value) + ",")
	}
	return out.String()
}
