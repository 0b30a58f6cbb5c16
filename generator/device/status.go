package device

import "strings"

// Status is a device's state as a report writes it: "Active" or "Deactivated",
// then "Blocked" or "Deauthorized" or both in the same cell, with commas between.
type Status string

// Deactivated reports whether the status says that the device is deactivated.
// Blocked and deauthorized devices are not, because they can come back.
func (s Status) Deactivated() bool {
	for part := range strings.SplitSeq(string(s), ",") {
		if strings.EqualFold(strings.TrimSpace(part), "deactivated") {
			return true
		}
	}
	return false
}
