package device

import "strings"

// windows names the releases by the first two numbers of their version. Windows 11
// is 10.0 too and differs only in the build, which is the third number.
var windows = map[[2]int]string{{6, 0}: "Vista", {6, 1}: "7", {6, 2}: "8", {6, 3}: "8.1", {10, 0}: "10"}

// firstBuildOf11 is the first build of Windows 11.
// Source: learn.microsoft.com, Windows 11 release information.
const firstBuildOf11 = 22000

// System names the operating system as people do: "Windows 10", "macOS 10.14.6",
// "Linux 4.15.0". A system that it does not recognise stays as exported; "" if
// unknown.
func (d *Device) System() string {
	version := ParseVersion(d.OSVersion)
	switch strings.ToLower(d.OS) {
	case "win", "win64", "windows":
		if !version.Known {
			version = SystemVersion(d.OS, d.OSVersion)
		}
		if name := windowsName(version); name != "" {
			return name
		}
		return strings.TrimSpace("Windows " + d.OSVersion)
	case "mac", "macos":
		if version.Known && (version.Major < 10 || version.Major == 10 && version.Minor < 12) {
			return "Mac OS X " + d.OSVersion
		}
		return strings.TrimSpace("macOS " + d.OSVersion)
	case "linux":
		kernel, _, _ := strings.Cut(d.OSVersion, "-")
		return strings.TrimSpace("Linux " + kernel)
	}
	exported := strings.TrimSpace(d.OS + " " + d.OSVersion)
	// Windows Server has the version numbers of a desktop Windows, so it keeps its
	// exported name.
	if d.Family() == "Windows" && !strings.Contains(strings.ToLower(exported), "server") {
		return orElse(windowsName(SystemVersion(d.OS, d.OSVersion)), exported)
	}
	return exported
}

// windowsName gives "Windows 10"; "" if the version is not one of Windows.
func windowsName(version Version) string {
	release, named := windows[[2]int{version.Major, version.Minor}]
	switch {
	case !named:
		return ""
	case version.Major == 10 && version.Patch >= firstBuildOf11:
		return "Windows 11"
	}
	return "Windows " + release
}

// Family names the kind of operating system: "Windows", "Mac", "Linux". A system
// that it does not recognise stays as exported; "" if unknown.
func (d *Device) Family() string {
	if family := FamilyOf(d.OS); family != "" || d.OS != "" && !noSystem(d.OS) {
		return orElse(family, d.OS)
	}
	return FamilyOf(d.OSVersion)
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// familyWords are the words that reports use for a family. Source: exports of device
// management, inventories and directories, and the names of systems.
var familyWords = map[string]string{
	"win": "Windows", "windows": "Windows", "winnt": "Windows",
	"mac": "Mac", "macos": "Mac", "macosx": "Mac", "osx": "Mac", "darwin": "Mac",
	"linux": "Linux", "ubuntu": "Linux", "debian": "Linux", "rhel": "Linux", "centos": "Linux", "fedora": "Linux",
	"suse": "Linux", "sles": "Linux", "opensuse": "Linux", "rocky": "Linux", "almalinux": "Linux", "hat": "Linux",
}

// FamilyOf gives the family that a text names: "Windows" for "Microsoft Windows 10
// Enterprise"; "" if it names none of the three.
func FamilyOf(text string) string {
	switch text {
	case "win", "win64":
		return "Windows"
	case "mac":
		return "Mac"
	case "linux":
		return "Linux"
	}
	previous := ""
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(c rune) bool { return c < 'a' || c > 'z' }) {
		if family := familyWords[word]; family != "" {
			return family
		}
		if previous == "os" && word == "x" {
			return "Mac"
		}
		previous = word
	}
	return ""
}

// noSystem reports whether the text means that the system is not known.
func noSystem(text string) bool {
	switch strings.ToLower(text) {
	case "unknown", "n/a", "na", "-", "other", "none":
		return true
	}
	return false
}
