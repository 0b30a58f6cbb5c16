package device

import "testing"

func TestSystem(t *testing.T) {
	for _, c := range []struct{ os, version, want string }{
		{"win", "6.1", "Windows 7"},
		{"win64", "10.0.18362", "Windows 10"},
		{"WIN", "10.0.21999", "Windows 10"},
		{"win64", "10.0.22000", "Windows 11"},
		{"win", "6.3.9600", "Windows 8.1"},
		{"win", "5.1", "Windows 5.1"},
		{"win", "", "Windows"},
		{"Windows", "10.0 (22631)", "Windows 11"},
		{"Microsoft Windows 10 Enterprise", "", "Windows 10"},
		{"Windows 10 22H2 (19045)", "", "Windows 10"},
		{"Windows Server 2019 Standard", "10.0.17763", "Windows Server 2019 Standard 10.0.17763"},
		{"mac", "10.6.8", "Mac OS X 10.6.8"},
		{"mac", "10.11.6", "Mac OS X 10.11.6"},
		{"mac", "10.12", "macOS 10.12"},
		{"mac", "11", "macOS 11"},
		{"mac", "", "macOS"},
		{"linux", "4.15.0-72-generic", "Linux 4.15.0"},
		{"solaris", "5.11", "solaris 5.11"},
		{"", "", ""},
	} {
		if got := (&Device{Software: &Software{OS: c.os, OSVersion: c.version}}).System(); got != c.want {
			t.Errorf("%s %s: found %q, want %q", c.os, c.version, got, c.want)
		}
	}
}
