package device

import "testing"

// Texts for systems as device management, directories and inventories write them.
func TestSystemVersion(t *testing.T) {
	for _, c := range []struct{ system, version, want, last, text string }{
		{"Windows", "10.0.19045.3803", "10.0.19045", "10.0.19045", "10.0.19045.3803"},
		{"Windows", "10.0.22000.1", "10.0.22000", "10.0.22000", "10.0.22000.1"},
		{"Windows", "10.0 (19045)", "10.0.19045", "10.0.19045", "10.0.19045"},
		{"", "10.0 (22631)", "10.0.22631", "10.0.22631", "10.0.22631"},
		{"Windows 10 22H2 (19045)", "", "10.0.19045", "10.0.19045", "10.0.19045"},
		{"", "Microsoft Windows 10 Enterprise 10.0.19045", "10.0.19045", "10.0.19045", "10.0.19045"},
		{"Windows 10 Pro", "19045.3803", "10.0.19045", "10.0.19045", "10.0.19045.3803"},
		{"Windows", "Version 22H2 (OS Build 19045.3803)", "10.0.19045", "10.0.19045", "10.0.19045.3803"},
		{"Microsoft Windows 10 Enterprise", "", "10.0.10240", "10.0.19045", "Windows 10"},
		{"Microsoft Windows 11 Pro", "10.0", "10.0.22000", "10.0.99999", "Windows 11"},
		{"Windows 11 Pro", "22H2", "10.0.22000", "10.0.99999", "Windows 11"},
		{"Windows", "10", "10.0.10240", "10.0.19045", "Windows 10"},
		{"Windows 8.1 Enterprise", "", "6.3.0", "6.3.9999", "Windows 8.1"},
		{"Windows Server 2012 R2 Standard", "", "6.3.0", "6.3.9999", "Windows Server 2012 R2"},
		{"Windows Server 2022", "10.0.20348", "10.0.20348", "10.0.20348", "10.0.20348"},
		{"win", "6.1", "6.1.0", "6.1.0", "6.1"},
		{"Windows", "6.1 (7601)", "6.1.7601", "6.1.7601", "6.1.7601"},
		{"macOS", "14.2.1 (23C71)", "14.2.1", "14.2.1", "14.2.1"},
		{"macOS 14.2.1", "", "14.2.1", "14.2.1", "14.2.1"},
		{"macOS", "14", "14.0.0", "14.9999.9999", "14"},
		{"mac", "10.6.8", "10.6.8", "10.6.8", "10.6.8"},
		{"Ubuntu 22.04.3 LTS", "", "22.4.3", "22.4.3", "22.04.3"},
		{"linux", "4.15.0-72-generic", "4.15.0", "4.15.0", "4.15.0"},
		{"Debian GNU/Linux 12 (bookworm)", "", "12.0.0", "12.9999.9999", "12"},

		{"Windows", "10.0", "", "", "10.0"}, // 10 or 11
		{"Windows", "", "", "", "Windows"},
		{"Windows", "22H2", "", "", "22H2"},
		{"", "", "", "", ""},
	} {
		v := SystemVersion(c.system, c.version)
		first, last := v.Span()
		first.Text, last.Text = "-", "-"
		if v.Known != (c.want != "") || v.Text != c.text || v.Known && (first.String() != c.want || last.String() != c.last) {
			t.Errorf("%q %q: found %s to %s (%q, known %v), want %s to %s (%q)", c.system, c.version, first, last, v.Text, v.Known, c.want, c.last, c.text)
		}
	}
}

func TestFamily(t *testing.T) {
	for _, c := range []struct{ os, version, want string }{
		{"win64", "", "Windows"}, {"Microsoft Windows 10 Enterprise", "", "Windows"},
		{"", "Windows 10", "Windows"}, {"Unknown", "macOS 14", "Mac"},
		{"Mac OS X", "", "Mac"}, {"OS X 10.11", "", "Mac"}, {"darwin", "", "Mac"}, {"macOS", "", "Mac"},
		{"Red Hat Enterprise Linux 8", "", "Linux"}, {"Ubuntu", "", "Linux"},
		{"iOS", "17.1", "iOS"}, {"Android", "13", "Android"}, {"solaris", "", "solaris"}, {"", "", ""}, {"N/A", "", ""},
	} {
		if got := (&Device{Software: &Software{OS: c.os, OSVersion: c.version}}).Family(); got != c.want {
			t.Errorf("%q %q: found %q, want %q", c.os, c.version, got, c.want)
		}
	}
}
