package device

import (
	"regexp"
	"strings"
)

// SystemVersion reads the version of an operating system from the two texts that
// reports have about it: "Windows" and "10.0.19045.3803", "Windows 10 22H2 (19045)"
// and "", "" and "macOS 14.2.1". Windows is compared by its kernel's version with
// the build: Windows 10 22H2 is 10.0.19045, Windows 11 begins with 10.0.22000.
//
// A text that names only a release ("Windows 10", "macOS 14") gives the first
// version of that release. [Version.Span] gives the last one. The version's text is
// the part that was read.
func SystemVersion(system, version string) Version {
	family := orElse(FamilyOf(system), FamilyOf(version))
	for _, text := range []string{version, system} {
		if v := systemVersion(family, text); v.Known {
			return v
		}
	}
	return Version{Text: orElse(strings.TrimSpace(version), strings.TrimSpace(system))}
}

var (
	// 10.0.19045.3803, and a directory's 10.0 (19045)
	windowsVersion = regexp.MustCompile(`\b(\d{1,2}\.\d)(?:\.|\s*\()(\d{3,5})(\.\d{1,6})?\b`)
	// 22H2 (19045), OS Build 19045.3803
	windowsBuild = regexp.MustCompile(`\b(\d{5})(\.\d{1,6})?\b`)
	// Windows 10 Pro, Windows Server 2012 R2; a bare 10 beside the system's name
	windowsRelease = regexp.MustCompile(`(?i)^(?:.*\bwindows\s+)?(server\s+)?(xp|vista|7|8\.1|8|10|11|20\d\d)(\s+r2)?\b(?:[^.]|$)`)
	oldWindows     = regexp.MustCompile(`\b[56]\.\d\b`)

	dottedVersion = regexp.MustCompile(`\b\d{1,4}(?:\.\d{1,6}){1,3}\b`)
	majorVersion  = regexp.MustCompile(`\b\d{1,3}\b`)
)

func systemVersion(family, text string) Version {
	if family == "Windows" || family == "" {
		if part := windowsVersion.FindStringSubmatch(text); part != nil {
			return ParseVersion(part[1] + "." + part[2] + part[3])
		}
	}
	if family != "Windows" {
		if dotted := dottedVersion.FindString(text); dotted != "" {
			return ParseVersion(dotted)
		}
		return releaseVersion(majorVersion.FindString(text))
	}
	if part := windowsBuild.FindStringSubmatch(text); part != nil {
		return ParseVersion("10.0." + part[1] + part[2])
	}
	if part := windowsRelease.FindStringSubmatch(text); part != nil {
		name := "Windows " + part[2]
		if part[1] != "" || len(part[2]) == 4 {
			name = "Windows Server " + part[2] + strings.ToUpper(part[3])
		}
		if v := releaseVersion(name); v.Known {
			return v
		}
	}
	// 10.0 alone may be Windows 10 or 11, so only older versions are read here.
	return ParseVersion(oldWindows.FindString(text))
}

// releases have the first and the last version of each named release. Source:
// learn.microsoft.com, Windows 10 and 11 release information, operating system
// versions, Windows Server release information.
var releases = []struct {
	name        string
	first, last [3]int
}{
	{"Windows XP", [3]int{5, 1, 0}, [3]int{5, 1, 9999}},
	{"Windows Vista", [3]int{6, 0, 0}, [3]int{6, 0, 9999}},
	{"Windows 7", [3]int{6, 1, 0}, [3]int{6, 1, 9999}},
	{"Windows 8", [3]int{6, 2, 0}, [3]int{6, 2, 9999}},
	{"Windows 8.1", [3]int{6, 3, 0}, [3]int{6, 3, 9999}},
	{"Windows 10", [3]int{10, 0, 10240}, [3]int{10, 0, 19045}},
	{"Windows 11", [3]int{10, 0, firstBuildOf11}, [3]int{10, 0, 99999}},
	{"Windows Server 2003", [3]int{5, 2, 0}, [3]int{5, 2, 9999}},
	{"Windows Server 2008", [3]int{6, 0, 0}, [3]int{6, 0, 9999}},
	{"Windows Server 2008 R2", [3]int{6, 1, 0}, [3]int{6, 1, 9999}},
	{"Windows Server 2012", [3]int{6, 2, 0}, [3]int{6, 2, 9999}},
	{"Windows Server 2012 R2", [3]int{6, 3, 0}, [3]int{6, 3, 9999}},
	{"Windows Server 2016", [3]int{10, 0, 14393}, [3]int{10, 0, 14393}},
	{"Windows Server 2019", [3]int{10, 0, 17763}, [3]int{10, 0, 17763}},
	{"Windows Server 2022", [3]int{10, 0, 20348}, [3]int{10, 0, 20348}},
	{"Windows Server 2025", [3]int{10, 0, 26100}, [3]int{10, 0, 26100}},
}

// releaseVersion gives the first version of a release; an unknown version for any
// other name.
func releaseVersion(name string) Version {
	v := Version{Text: name, Known: true}
	if v.IsRelease() {
		first, _ := v.Span()
		return first
	}
	return Version{Text: name}
}

// IsRelease reports whether a known version stands for a whole release, because the
// text says no more: "Windows 10", "14".
func (v Version) IsRelease() bool {
	if !v.Known || v.Text == "" || len(v.Text) > 3 && v.Text[0] != 'W' {
		return false
	}
	if v.Text[0] != 'W' {
		return strings.Trim(v.Text, "0123456789") == ""
	}
	for i := range releases {
		if releases[i].name == v.Text {
			return true
		}
	}
	return false
}

// Span gives the first and the last version that a known version can be. They differ
// only for a release: "Windows 10" is 10.0.10240 to 10.0.19045.
func (v Version) Span() (first, last Version) {
	if !v.IsRelease() {
		return v, v
	}
	for _, r := range releases {
		if r.name == v.Text {
			return Version{r.first[0], r.first[1], r.first[2], true, v.Text}, Version{r.last[0], r.last[1], r.last[2], true, v.Text}
		}
	}
	major, _ := parsePart(v.Text)
	return Version{major, 0, 0, true, v.Text}, Version{major, 9999, 9999, true, v.Text}
}
