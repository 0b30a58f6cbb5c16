package generator

import (
	"fmt"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/roster"
)

// unusable says why the roster is of no use: it has nobody, or nobody of the
// reports; "" when it is of use, or there is none.
func unusable(read *intake.Result, assignment roster.Assignment) string {
	place := rosters(read)
	switch {
	case place == "":
		return ""
	case len(read.People) == 0:
		return place + ": found a roster without a person, want rows with a user name or an e-mail address"
	case assignment.Named > 0 && assignment.Joined == 0:
		return fmt.Sprintf("%s: found no user of the reports in the roster (%s), want user names or e-mail addresses that both have",
			place, roster.Forms(read.Devices, everyone(read)))
	}
	return ""
}

// fewJoined warns of a roster that has less than half of the devices' users; ""
// when it has more, or none.
func fewJoined(read *intake.Result, assignment roster.Assignment) string {
	place := rosters(read)
	if place == "" || assignment.Joined == 0 || 2*assignment.Joined >= assignment.Named {
		return ""
	}
	return fmt.Sprintf("%s: found the users of only %d of %d devices in the roster: %s",
		place, assignment.Joined, assignment.Named, roster.Forms(read.Devices, everyone(read)))
}

// managersOf gives the names of those who answer for each department.
func managersOf(departments []string, managers *roster.Managers) map[string][]string {
	names := make(map[string][]string, len(departments))
	for _, department := range departments {
		names[department] = managers.Names(department)
	}
	return names
}

// rosters names the files of the roster.
func rosters(read *intake.Result) string {
	var paths []string
	for _, file := range read.Files {
		if file.Kind == intake.Roster {
			paths = append(paths, problem.Visible(file.Path))
		}
	}
	return strings.Join(paths, ", ")
}

// everyone gives all people of the roster, also those whom nothing needs.
func everyone(read *intake.Result) []device.Person {
	if read.Everyone == nil {
		return read.People
	}
	var all []device.Person
	for p := range read.Everyone {
		all = append(all, device.Person{Username: strings.Clone(p.Username), Email: strings.Clone(p.Email)})
	}
	return all
}
