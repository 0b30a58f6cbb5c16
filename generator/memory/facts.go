package memory

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// Facts are what the memory keeps of a device on a night: what the rules and
// the waivers said of it, and what they said it from. Texts are as found; an
// empty one is not known or does not apply.
type Facts struct {
	Verdict                    policy.Verdict
	Name, Username, Department string
	// Version is the text of the report.
	Version       string
	VersionStatus policy.VersionStatus
	// Subject says whose version it is; "" for the app's. SystemFamily is the
	// kind of operating system where the rules ask for it.
	Subject      policy.Subject
	SystemFamily string
	// Port is the port that decided PortStatus; 0 for none.
	Port       int
	PortStatus policy.PortStatus
	// DestinationKind follows from Destination and the rules: Destination names
	// every place by its UID, else by its name, so that it is known which of the
	// two changed.
	DestinationKind policy.DestinationKind
	Destination     string
	Deactivated     bool
	// WaivedUntil is the last day of the waiver that held, as 2020-02-04; ""
	// when none did or the device was not affected.
	WaivedUntil string
}

// FactsOf gives what is kept of a device.
func FactsOf(a *fleet.Assessed) Facts {
	f := Facts{
		Verdict: a.Verdict, Name: a.Name, Username: a.Username, Department: a.Department,
		Version: a.Version.Text, VersionStatus: a.VersionStatus,
		Port: a.Port, PortStatus: a.PortStatus,
		DestinationKind: a.DestinationKind, Destination: destinationText(a.Destinations),
		Subject: a.Subject, SystemFamily: a.SystemFamily,
		Deactivated: a.Status != "" && a.Status.Deactivated(),
	}
	if a.Waiver != nil && a.Verdict.Affected() {
		f.WaivedUntil = a.Waiver.Expires.String()
	}
	return f
}

// destinationText names every destination by its UID, else by its name: a UID
// stays when somebody renames the place.
func destinationText(destinations []device.Destination) string {
	if len(destinations) == 1 { // no text of its own for most devices
		return cmp.Or(destinations[0].UID, destinations[0].Name)
	}
	var texts []string
	for _, d := range destinations {
		texts = append(texts, cmp.Or(d.UID, d.Name))
	}
	return strings.Join(texts, "; ")
}

func (f *Facts) affected() bool { return f.Verdict.Affected() }

func (f *Facts) waived() bool { return f.WaivedUntil != "" }

// otherSystem reports whether the device has another kind of system than then.
func otherSystem(a, b *Facts) bool {
	return a.SystemFamily != "" && b.SystemFamily != "" && a.SystemFamily != b.SystemFamily
}

// sameVersion reports whether two texts are one version: the build decides
// nothing, and one version has several forms.
func sameVersion(a, b string) bool {
	if a == b {
		return true
	}
	v, w := device.ParseVersion(a), device.ParseVersion(b)
	return v.Known && w.Known && v.Compare(w) == 0
}

// sameVersions reports whether the versions of two nights are one. Those of an
// app and of an operating system cannot be compared: that they differ is because
// of the rules.
func sameVersions(a, b *Facts) bool {
	return a.Subject != b.Subject || sameVersion(a.Version, b.Version)
}

// sameGround reports whether two nights knew the same of a device, as far as
// rules can ask: a verdict that differs all the same differs because of them.
func sameGround(a, b *Facts) bool {
	return a.Port == b.Port && a.Deactivated == b.Deactivated && a.Destination == b.Destination &&
		sameVersions(a, b) && !otherSystem(a, b)
}
