package device

import "strings"

// windows names the releases by the first two numbers of their version; 10.0 has
// the build as a third, from which Windows 11 is told.
var windows = map[[2]int]string{{6, 0}: "Vista", {6, 1}: "7", {6, 2}: "8", {6, 3}: "8.1", {10, 0}: "10"}

// firstBuildOf11 is the first build of Windows 11.
// Source: learn.microsoft.com, Windows 11 release information.
const firstBuildOf11 = 22000

// System names the operating system as people do: "Windows 10", "macOS 10.14.6",
// "Linux 4.15.0". What it does not recognise stays as exported; "" is unknown.
func (d *Device) System() string {
	version := ParseVersion(d.OSVersion)
	switch strings.ToLower(d.OS) {
	case "win", "win64", "windows":
		release, named := windows[[2]int{version.Major, version.Minor}]
		switch {
		case named && version.Major == 10 && version.Patch >= firstBuildOf11:
			return "Windows 11"
		case named:
			return "Windows " + release
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
	return strings.TrimSpace(d.OS + " " + d.OSVersion)
}

// Family names the kind of operating system: "Windows", "Mac", "Linux". What it
// does not recognise stays as exported; "" is unknown.
func (d *Device) Family() string {
	switch strings.ToLower(d.OS) {
	case "win", "win64", "windows":
		return "Windows"
	case "mac", "macos":
		return "Mac"
	case "linux":
		return "Linux"
	}
	return d.OS
}
