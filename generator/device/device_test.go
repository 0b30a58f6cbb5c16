package device

import (
	"net/netip"
	"testing"
)

func TestStatusDeactivated(t *testing.T) {
	for status, want := range map[Status]bool{
		"": false, "Active": false, "Active, Deauthorized": false, "Active, Blocked": false,
		"Deactivated": true, "deactivated": true, "Deactivated, Blocked, Deauthorized": true,
		"Active, Deactivated soon": false,
	} {
		if got := status.Deactivated(); got != want {
			t.Errorf("%q deactivated = %v, want %v", status, got, want)
		}
	}
}

func TestCutNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"198.51.100.7":         "198.51.100.0/24",
		"::ffff:198.51.100.7":  "198.51.100.0/24",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"fe80::1%eth0":         "fe80::/64",
	} {
		if got := CutNetwork(netip.MustParseAddr(address)).String(); got != want {
			t.Errorf("network of %s = %s, want %s", address, got, want)
		}
	}
	if got := CutNetwork(netip.Addr{}); got.IsValid() {
		t.Errorf("network of no address = %v, want none", got)
	}
}
