package value

import (
	"net/netip"
	"strconv"
	"strings"
)

// Address reads an address with or without a port, or the first of several.
func Address(text string) (netip.Addr, bool) {
	if i := strings.IndexAny(text, ",; "); i > 0 {
		text = text[:i]
	}
	if host, _, found := strings.Cut(text, ":"); found && strings.Count(text, ":") == 1 {
		text = host
	} else if found && text[0] == '[' {
		text, _, _ = strings.Cut(text[1:], "]")
	}
	a, err := netip.ParseAddr(text)
	return a.Unmap().WithZone(""), err == nil
}

// Port reads a port; a workbook may write it 4287.0, a listing 4287/tcp.
func Port(text string) (int, bool) {
	text = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(text), "/tcp"), ".0")
	port, err := strconv.Atoi(text)
	return port, err == nil && port > 0 && port < 1<<16
}

// CutPort parts a destination from its port: "162.222.40.218:4287",
// "central.crashplan.com:4287", "[2001:db8::1]:4287", "host/162.222.40.218:4287".
func CutPort(destination string) (host, port string) {
	if i := strings.LastIndexByte(destination, '/'); i >= 0 && !strings.HasSuffix(destination, "/tcp") {
		destination = destination[i+1:]
	}
	if p, err := netip.ParseAddrPort(destination); err == nil {
		return p.Addr().Unmap().String(), strconv.Itoa(int(p.Port()))
	}
	if head, tail, found := strings.Cut(destination, ":"); found && Digits(tail) {
		return head, tail
	}
	return strings.Trim(destination, "[]"), ""
}
