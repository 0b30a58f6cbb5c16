package value

import (
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

// Address reads an address, with or without a port. Of several it reads the first.
// It reports false for a text that is no address.
func Address(text string) (netip.Addr, bool) {
	if strings.Count(text, ":") == 1 { // 10.2.3.4:4242, as most are
		if p, err := netip.ParseAddrPort(text); err == nil {
			return p.Addr(), true
		}
	}
	if a, err := netip.ParseAddr(text); err == nil {
		return a.Unmap().WithZone(""), true
	}
	if i := strings.IndexAny(text, ",; "); i > 0 {
		text = text[:i]
	}
	end, ok := ParseEndpoint(text)
	a, err := netip.ParseAddr(end.Host)
	return a, ok && err == nil
}

// Endpoint is one end of a connection.
type Endpoint struct {
	// Host is the address, or the host name if there is no address. Name is the
	// host name if there is an address too. Both are "" for an empty text.
	Host, Name string
	// Port is 0 if there is none.
	Port int
}

// ParseEndpoint reads an end as tools print it:
//
//	162.222.40.218         162.222.40.218:4287    [2001:db8::1]:4287
//	162.222.40.218/4287    162.222.40.218.4287    central.crashplan.com:https
//	https://central.crashplan.com/x               central.crashplan.com (162.222.40.218)
//	central.crashplan.com/162.222.40.218:4287     162.222.40.218/32
//
// After an address and a slash, a number up to the address's length in bits is a
// prefix length, not a port. ParseEndpoint reports false for a text that is
// neither a host nor an address. An empty text is an end without a host.
func ParseEndpoint(text string) (Endpoint, bool) {
	text = strings.TrimSpace(text)
	if a, err := netip.ParseAddr(text); err == nil {
		return Endpoint{Host: a.Unmap().WithZone("").String()}, true
	}
	if p, err := netip.ParseAddrPort(text); err == nil {
		return Endpoint{Host: p.Addr().Unmap().WithZone("").String(), Port: int(p.Port())}, true
	}
	switch {
	case text == "":
		return Endpoint{}, true
	case len(text) > 300: // a name has 253 at most
		return Endpoint{}, false
	}
	if scheme, rest, found := strings.Cut(text, "://"); found {
		rest, _, _ = strings.Cut(rest, "/")
		end, ok := ParseEndpoint(rest)
		if end.Port == 0 {
			end.Port = services[strings.ToLower(scheme)]
		}
		return end, ok
	}
	if head, tail, found := strings.Cut(text, "("); found { // a name and an address, in either order
		inner, behind, closed := strings.Cut(tail, ")")
		one, ok := ParseEndpoint(head + behind)
		other, ok2 := ParseEndpoint(inner)
		return join(one, other), ok && ok2 && closed
	}
	if head, tail, found := strings.Cut(text, " "); found {
		end, ok := ParseEndpoint(head)
		port, ok2 := Port(strings.TrimLeft(tail, " "))
		if end.Port == 0 {
			end.Port = port
		}
		return end, ok && ok2
	}
	if head, tail, found := cutLast(text, "/"); found {
		end, ok := ParseEndpoint(head)
		if a, err := netip.ParseAddr(end.Host); err == nil && Digits(tail) {
			if bits, err := strconv.Atoi(tail); err == nil && bits <= a.BitLen() {
				return end, ok
			}
		}
		if port, isPort := Port(tail); isPort && ok && end.Port == 0 && !strings.Contains(tail, ".") {
			end.Port = port
			return end, true
		}
		other, ok2 := ParseEndpoint(tail)
		return join(end, other), (ok || head == "") && ok2
	}
	if head, tail, found := cutLast(text, ":"); found && !strings.Contains(head, ":") {
		end, ok := ParseEndpoint(strings.Trim(head, "[]"))
		port, ok2 := Port(tail)
		end.Port = port
		return end, ok && ok2
	}
	if head, tail, found := cutLast(text, "."); found { // as BSD's netstat and tcpdump print it
		if a, err := netip.ParseAddr(head); err == nil {
			port, ok := Port(tail)
			return Endpoint{Host: a.Unmap().WithZone("").String(), Port: port}, ok
		}
	}
	if a, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return Endpoint{Host: a.Unmap().WithZone("").String()}, true
	}
	if !hostName.MatchString(text) || !strings.ContainsFunc(text, isLetter) {
		return Endpoint{}, false
	}
	return Endpoint{Host: text}, true
}

var hostName = regexp.MustCompile(`^[\pL\pN_]([\pL\pN_-]*[\pL\pN_])?(\.[\pL\pN_]([\pL\pN_-]*[\pL\pN_])?)*\.?$`)

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7f }

// join makes one end of a name and an address, in either order.
func join(one, other Endpoint) Endpoint {
	if _, err := netip.ParseAddr(one.Host); err == nil || one.Host == "" {
		one, other = other, one
	}
	joined := Endpoint{Host: other.Host, Name: one.Host, Port: max(one.Port, other.Port)}
	if joined.Host == "" {
		joined.Host, joined.Name = joined.Name, ""
	}
	return joined
}

func cutLast(text, mark string) (head, tail string, found bool) {
	i := strings.LastIndex(text, mark)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(mark):], true
}

// services are the ports by the names that listings print for them.
var services = map[string]int{"https": 443, "http": 80}

// Port reads a port as tools print it: 4287, 4287.0 and 4,287 from a
// spreadsheet, tcp/4287, 4287/tcp, TCP_4287, https, "https (TCP/443)". It reports
// false for anything else, and for a number outside 1 to 65535.
func Port(text string) (int, bool) {
	if text == "" {
		return 0, false
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		if port, err = portIn(strings.ToLower(text)); err != nil {
			return 0, false
		}
	}
	return port, port > 0 && port < 1<<16
}

var (
	portNumber    = regexp.MustCompile(`^(\d{1,2})[,.](\d{3})$|^(\d{1,5})\.0+$`)
	portAndWords  = regexp.MustCompile(`^(?:(?:tcp|port|ssl|tls|https?|service|dst|custom|[-_/: ()])*)(\d{1,5})(?:(?:tcp|ssl|tls|https?|[-_/: ()])*)$`)
	portBehindTCP = regexp.MustCompile(`\btcp[-_/: ]?(\d{1,5})\b`)
)

func portIn(text string) (int, error) {
	if port, known := services[text]; known {
		return port, nil
	}
	for _, form := range []*regexp.Regexp{portNumber, portAndWords, portBehindTCP} {
		if m := form.FindStringSubmatch(text); m != nil {
			return strconv.Atoi(strings.Join(m[1:], ""))
		}
	}
	return 0, strconv.ErrSyntax
}
