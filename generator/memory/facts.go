package memory

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// Facts are what the memory keeps about a device on a night: what the rules and
// waivers said about it, and what they decided from. Texts are as found. An empty
// one is not known or does not apply.
type Facts struct {
	Verdict                    policy.Verdict
	Name, Username, Department string
	// Version is as the report writes it.
	Version       string
	VersionStatus policy.VersionStatus
	// Subject says whose version it is; "" for the app's. SystemFamily is the kind
	// of operating system if the rules ask for it, else "".
	Subject      policy.Subject
	SystemFamily string
	// Port is the port that decided PortStatus; 0 for none.
	Port       int
	PortStatus policy.PortStatus
	// DestinationKind follows from Destination and the rules. Destination names
	// every place by its UID, else by its name. Both are kept to tell whether the
	// places or the rules changed.
	DestinationKind policy.DestinationKind
	Destination     string
	Deactivated     bool
	// WaivedUntil is the last day of the device's waiver, as 2020-02-04; "" if it
	// had none or was not affected.
	WaivedUntil string
}

// FactsOf gives what the memory keeps about a device.
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

// destinationText names every destination by its UID, else by its name. A UID
// stays the same when somebody renames the place.
func destinationText(destinations []device.Destination) string {
	if len(destinations) == 1 { // most devices, and this allocates nothing
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

// sameVersion reports whether two texts mean one version. The build does not count,
// and one version can be written in several forms.
func sameVersion(a, b string) bool {
	if a == b {
		return true
	}
	v, w := device.ParseVersion(a), device.ParseVersion(b)
	return v.Known && w.Known && v.Compare(w) == 0
}

// sameVersions reports whether a device kept its version between two nights. If
// one is the app's and the other the operating system's, the rules changed and not
// the device, so it is true.
func sameVersions(a, b *Facts) bool {
	return a.Subject != b.Subject || sameVersion(a.Version, b.Version)
}

// sameGround reports whether two nights knew the same about a device, as far as
// rules ask. If the verdicts differ even so, the rules changed.
func sameGround(a, b *Facts) bool {
	return a.Port == b.Port && a.Deactivated == b.Deactivated && a.Destination == b.Destination &&
		sameVersions(a, b) && !otherSystem(a, b)
}
