package policy

import "example.org/cutoff/generator/device"

// Range is a run of versions: From and all above it, up to but not including
// Below. nil is no bound on that side.
type Range struct {
	From, Below *device.Version
	// Text is the range as written: ">= 4.8, < 4.10".
	Text string
}

// Contains reports whether a known version is in the range. An unknown version
// is in none.
func (r Range) Contains(v device.Version) bool {
	return v.Known &&
		(r.From == nil || v.Compare(*r.From) >= 0) &&
		(r.Below == nil || v.Compare(*r.Below) < 0)
}
