package site

import (
	"strings"
	"testing"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
)

// Every page says above its heading that the data is old, once it is older than
// the configured number of days.
func TestOldDataIsSaidOnEveryPage(t *testing.T) {
	for _, c := range []struct {
		name string
		age  int
		days int
		want string
	}{
		{"of today", 0, 3, ""},
		{"at the bound", 3, 3, ""},
		{"older", 4, 3, "The newest data is 4 days old: the reports end on 12 December 2019. Later upgrades are not counted."},
		{"another bound", 4, 5, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := render(t, made{devices: 30, departments: 2, change: func(_ int, d *device.Device) {
				d.LastActivity = device.InstantOf(midDecember.Add(-c.age).Start().Add(time.Hour))
			}, configure: func(conf *config.Config) { conf.OldDays = c.days }}.input(t))
			for _, d := range out.documents(t) {
				page := string(out.files[d.name])
				head, _, _ := strings.Cut(page, "<h1")
				if said := strings.Contains(head, "The newest data is"); said != (c.want != "") || !strings.Contains(head, c.want) {
					t.Errorf("%s: says so: %v, want %q", d.name, said, c.want)
				}
				// A file that has left the site is never updated.
				if alone := strings.HasPrefix(d.name, "data/"); strings.Contains(page, "data-day=") == alone {
					t.Errorf("%s: compares the reader's clock: %v", d.name, !alone)
				}
			}
		})
	}
}

// No page says that a device is cut off without saying that its last sign is
// old.
func TestCutOffAsLastSeen(t *testing.T) {
	onTheDay := calendar.New(2020, time.February, 4)
	for _, c := range []struct {
		name         string
		asOf         calendar.Day
		age          int
		figure, lead string
	}{
		{"seen today", onTheDay, 0, "of 2 devices at Northwind Traders are cut off", "Both devices are cut off from today, 4 February 2020."},
		{"seen some days ago", onTheDay, 4, "of 2 devices at Northwind Traders are cut off, judging by data more than 3 days old",
			"Both devices are cut off from today, 4 February 2020, judging by data more than 3 days old."},
		{"before the date", onTheDay.Add(-1), 4, "of 2 devices at Northwind Traders will be cut off on 4 February 2020 unless somebody acts", "Both devices need action before 4 February 2020."},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := New(made{devices: 2, asOf: c.asOf, change: func(i int, d *device.Device) {
				only("4.7.1", 443)(i, d)
				d.LastActivity = device.InstantOf(c.asOf.Add(-c.age).Start().Add(time.Hour))
			}}.input(t))
			if err != nil {
				t.Fatal(err)
			}
			if got := s.fleetFigure().Text; got != c.figure {
				t.Errorf("found %q, want %q", got, c.figure)
			}
			if got := s.departmentLead(s.in.Fleet.Departments[0]); got != c.lead {
				t.Errorf("found %q, want %q", got, c.lead)
			}
		})
	}
}
