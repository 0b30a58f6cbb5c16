package roster

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/device"
)

// From says which input named a device's department.
type From string

// The inputs that can name a department. An earlier one goes before a later one.
const (
	FromRoster       From = "roster"
	FromReport       From = "report"
	FromOrganization From = "organization"
	FromNothing      From = "nothing" // the device is in Unassigned
)

// Origin says where a device's department comes from.
type Origin struct {
	From From
	// Found is the department as that input writes it; "" for FromNothing.
	Found string
	// Person is the roster's row of the device's user; nil if the roster has none.
	// The row may name no department.
	Person *device.Person
}

// Trace says from which input [Assign] takes the department of d, which is one of
// the devices.
func Trace(d *device.Device, devices []*device.Device, people []device.Person) Origin {
	var origin Origin
	var person device.Person
	if i := slices.Index(devices, d); i >= 0 {
		directory := newDirectory(people)
		origin.Person = directory.person(directory.findAll(devices)[i])
	}
	if origin.Person != nil {
		person = *origin.Person
	}
	for _, from := range []struct {
		name From
		text string
	}{
		{FromRoster, person.Department}, {FromReport, d.Department}, {FromOrganization, d.Organization},
	} {
		if text := strings.TrimSpace(from.text); text != "" {
			origin.From, origin.Found = from.name, text
			return origin
		}
	}
	origin.From = FromNothing
	return origin
}
