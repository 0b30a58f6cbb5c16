package policy

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/strictyaml"
)

// Subject says which version the rule reads.
type Subject string

// The subjects of a rule.
const (
	AppVersion    Subject = "app_version" // the product's, or the app's
	SystemVersion Subject = "os_version"  // the operating system's
)

// Scope says which devices the notice is about.
type Scope struct {
	// Destinations: those that store in the vendor's cloud.
	Destinations bool
	// Families: those that run one of these kinds of system, and those whose
	// system no report names; empty for any.
	Families []string
}

// families are the kinds of operating system that a scope may name, each with its
// name in a sentence.
var families = []struct{ key, word string }{{"windows", "Windows"}, {"mac", "macOS"}, {"linux", "Linux"}}

// readScope reads destinations, all, or {os: [windows]}. Without the key, where a
// device stores matters when the policy lists destinations.
func readScope(v strictyaml.Value, listed bool) Scope {
	if !v.IsSet() {
		return Scope{Destinations: listed}
	}
	if !v.IsMapping() {
		word := v.Quiet()
		if word != "destinations" && word != "all" {
			v.Want("destinations, all, or the key os with families of systems: {os: [windows]}")
		}
		return Scope{Destinations: word == "destinations"}
	}
	return Scope{Families: strictyaml.Entries(v.Mapping().Need("os", "a list of windows, mac or linux"), func(family strictyaml.Value) string {
		return family.OneOf("", "windows", "mac", "linux")
	})}
}

// leavesOut reports whether a device's system puts it out of scope.
func (s Scope) leavesOut(d *device.Device) bool {
	if len(s.Families) == 0 {
		return false
	}
	family := d.Family()
	return family != "" && !slices.Contains(s.Families, strings.ToLower(family))
}

// systems names the families for a sentence: "Windows or macOS".
func (s Scope) systems() string {
	var words []string
	for _, f := range families {
		if slices.Contains(s.Families, f.key) {
			words = append(words, f.word)
		}
	}
	return either(words)
}
