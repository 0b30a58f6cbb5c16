package value

import "strings"

// Failed reports whether a firewall or a sensor says that there was no
// connection: an attempt says nothing about the port that a device uses. The
// words are those of PAN-OS and FortiOS for the action, and Zeek's states of a
// connection that was never established.
func Failed(outcome string) bool {
	if outcome == "" {
		return false
	}
	switch outcome {
	case "S0", "REJ", "RSTOS0", "RSTRH", "SH", "SHR":
		return true
	}
	outcome = strings.ToLower(outcome)
	for _, word := range []string{"den", "drop", "block", "reject", "reset-", "ip-conn", "discard"} {
		if strings.HasPrefix(outcome, word) {
			return true
		}
	}
	return false
}
