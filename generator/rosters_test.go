package generator

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/roster"
)

// A roster is of use when it has somebody of the reports. How user names are
// written is shown, and nobody's name.
func TestRosterBounds(t *testing.T) {
	users := func(names ...string) []*device.Device {
		var devices []*device.Device
		for _, name := range names {
			devices = append(devices, &device.Device{Home: &device.Home{}, Username: name})
		}
		return devices
	}
	people := func(names ...string) []device.Person {
		var all []device.Person
		for _, name := range names {
			all = append(all, device.Person{Username: name, Department: "Sales"})
		}
		return all
	}
	files := []intake.File{{Path: "a.csv", Kind: intake.Report}, {Path: "people.xlsx", Kind: intake.Roster}}
	for name, test := range map[string]struct {
		files   []intake.File
		devices []*device.Device
		people  []device.Person
		stop    string
		warning string
	}{
		"no roster":                  {files: files[:1], devices: users("ann")},
		"no person":                  {files: files, devices: users("ann"), stop: "people.xlsx: found a roster without a person, want rows with a user name or an e-mail address"},
		"nobody of the reports":      {files: files, devices: users("ann"), people: people("17"), stop: `people.xlsx: found no user of the reports in the roster (the reports have forms such as "xxx", the roster such as "99"), want user names or e-mail addresses that both have`},
		"reports that name no users": {files: files, devices: users("", ""), people: people("17")},
		"half of them":               {files: files, devices: users("ann", "bob"), people: people("ann")},
		"less than half":             {files: files, devices: users("ann", "bob", "cid", ""), people: people("ann"), warning: `people.xlsx: found the users of only 1 of 3 devices in the roster: the reports have forms such as "xxx", the roster such as "xxx"`},
	} {
		t.Run(name, func(t *testing.T) {
			run := &Run{Config: config.Default(), AsOf: calendar.New(2020, 1, 15)}
			read := &intake.Result{Files: test.files, Devices: test.devices, People: test.people}
			assignment := roster.Assign(read.Devices, read.People, nil)
			_, err := bounds(run, read.Files, len(read.Devices), calendar.Day{}, nil, unusable(read, assignment))
			if got := fmt.Sprint(err); got != cmp.Or(test.stop, "<nil>") {
				t.Errorf("found %s, want %s", got, test.stop)
			}
			if got := fewJoined(read, assignment); got != test.warning {
				t.Errorf("found the warning %q, want %q", got, test.warning)
			}
			run.Force = true
			if forced, err := bounds(run, read.Files, len(read.Devices), calendar.Day{}, nil, unusable(read, assignment)); err != nil || strings.Join(forced, "") != test.stop {
				t.Errorf("forced: found %q and error %v, want %q", forced, err, test.stop)
			}
		})
	}
}
