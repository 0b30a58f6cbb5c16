package company

import (
	"slices"
	"time"

	"example.org/cutoff/generator/sample"
)

// earlier are the nights before the as-of date on which the company ran the program.
// A night is numbered by its place in this list. The as-of date is lastNight.
var earlier = []time.Time{
	time.Date(2019, 12, 18, 0, 0, 0, 0, time.UTC), time.Date(2019, 12, 30, 0, 0, 0, 0, time.UTC), time.Date(2020, 1, 6, 0, 0, 0, 0, time.UTC),
	time.Date(2020, 1, 10, 0, 0, 0, 0, time.UTC), time.Date(2020, 1, 14, 0, 0, 0, 0, time.UTC),
}

const lastNight = 5

// chapter says how a device was different on the earlier nights, beginning with the
// night from. was makes it so; daysBack is how many days before the as-of date the
// night is.
type chapter struct {
	name string
	from int
	was  func(m *machine, daysBack int)
}

// story has a device for each kind of change on the last night, and the devices of
// the app's own logs.
var story = []chapter{
	{"QM-SAL-NOWHERE", 0, absent},                                          // new
	{"QM-HUM-TWICE", 3, absent},                                            // back
	{"QM-FLD-DEAUTH", 3, app("7.2.0.1641")},                                // returned
	{"QM-SUP-BYNAME", 0, app("6.8.8.12")},                                  // newly affected
	{"QM-SAL-NOVERSION", 0, app("5.2.0.30")},                               // unclear: the version
	{"QM-INF-OTHERPORT", 0, lastSeen(31)},                                  // unclear: the evidence aged
	{"QM-SUP-UPGRADED", 0, app("4.6.0.403")},                               // fixed: upgraded
	{"QM-RND-FIXED", 0, using4282},                                         // fixed: port changed
	{"QM-FIN-EXTRA", 0, together(app("5.1.2.26"), using4282)},              // fixed: upgraded and port changed
	{"QM-SAL-RETIRED", 0, func(m *machine, _ int) { m.status = "Active" }}, // fixed: deactivated
	{"QM-MFG-OWNNAME", 0, func(m *machine, _ int) { m.stores = in(west) }}, // fixed: on-premises
	{"CAL-BENCH-1", 0, func(m *machine, _ int) { m.waiver = nil }},         // waived
	{"QM-MFG-V479", 0, exempt("2020-01-31")},                               // waiver ended: taken back
	{"QM-INF-V100", 0, app("6.9.4.12")},                                    // changed
	{"QM-INF-WINDOW", 0, lastSeen(56)},                                     // unclear on an earlier night
	// Only the as-of date has the app's own logs. On earlier nights the firewall
	// saw the same.
	{onRetiredByLog, 0, storing(4282)},
	{onTLSByLog, 0, storing(4287)},
}

// left are the devices that are in no report any more, each with the last night on
// which it was in one.
var left = []struct {
	sketch
	until int
}{
	{sketch{dept: support, name: "QM-LOANER-03", version: "7.2.0.1641", address: loanAddress}, 4},
	{sketch{dept: field, name: "QM-FLD-TRUCK-2", version: "4.7.0.333"}, 3},
}

func absent(m *machine, _ int) { m.exports = 0 }

func app(version string) func(*machine, int) {
	return func(m *machine, _ int) { m.version, m.earlier = version, "" }
}

func using4282(m *machine, _ int) {
	m.seen = []sighting{{m.dept.site, vendorHost, 4282, 3, 9 * time.Hour}}
}

func storing(port int) func(*machine, int) {
	return func(m *machine, _ int) { m.seen = []sighting{{head, vendorStorage, port, 2, 8 * time.Hour}} }
}

// lastSeen gives a device one connection over the old port, days before the as-of
// date.
func lastSeen(days int) func(*machine, int) {
	return func(m *machine, daysBack int) {
		m.seen = []sighting{{m.dept.site, vendorHost, 4282, days - daysBack, 9 * time.Hour}}
	}
}

func exempt(until string) func(*machine, int) {
	return func(m *machine, _ int) {
		m.waiver = &waiver{reason: "Runs the coordinate measuring machine", owner: m.dept.manager, approver: technology.manager, expires: until}
	}
}

func together(first, second func(*machine, int)) func(*machine, int) {
	return func(m *machine, daysBack int) { first(m, daysBack); second(m, daysBack) }
}

// onNight gives the devices as they were on an earlier night.
func (c *company) onNight(night int) []*machine {
	daysBack := int(asOf.Sub(earlier[night]).Hours() / 24)
	var machines []*machine
	add := func(m machine) {
		if !m.active.IsZero() {
			m.active = m.active.AddDate(0, 0, -daysBack)
		}
		if m.exports != 0 {
			machines = append(machines, &m)
		}
	}
	for _, today := range c.machines {
		m := *today
		m.ordinaryPast(night)
		for _, chapter := range story {
			if chapter.name == m.name && night >= chapter.from {
				chapter.was(&m, daysBack)
			}
		}
		add(m)
	}
	for _, gone := range left {
		if night <= gone.until {
			add(*furnish(gone.sketch, c.manager(gone.dept)))
		}
	}
	return machines
}

// ordinaryPast makes an ordinary device different on an earlier night. A fifth of
// the current apps were too old before, some devices used the old port, and a few
// were not there yet.
func (m *machine) ordinaryPast(night int) {
	r := dice("past" + m.guid)
	upgraded, moved, came := 1+r.IntN(lastNight), 1+r.IntN(lastNight), 1+r.IntN(lastNight)
	wasOld, was4282, wasAbsent := r.IntN(5) == 0, r.IntN(8) == 0, r.IntN(40) == 0
	version := pick(r, tooOld)
	if m.special() || m.verdict != ready && m.verdict != verifyPort {
		return
	}
	if wasOld && night < upgraded {
		m.version, m.earlier = version, ""
	}
	if was4282 && night < moved && m.verdict == ready {
		using4282(m, 0)
	}
	if wasAbsent && night < came {
		m.exports = 0
	}
}

func (m *machine) special() bool {
	return slices.ContainsFunc(specials, func(s sketch) bool { return s.name == m.name })
}

// manager gives the manager of a department, who is its first person.
func (c *company) manager(d *department) *person {
	return c.people[slices.IndexFunc(c.people, func(p *person) bool { return p.dept == d })]
}

// nightColumns are the columns of the earlier nights' exports, in the console's
// words.
var nightColumns = []string{
	"Device Name", "Device GUID", "Host Name", "Username", "E-Mail Address", "Organization", "Status", "OS", "OS Version", "Code42 App Version",
	"Destination", "Destination UID", "Address", "Last Activity",
}

// nightExport has a row for each destination of each device.
func nightExport(machines []*machine) []byte {
	var rows [][]string
	for _, m := range machines {
		stores := m.stores
		if m.exports == inList { // a list of devices knows no destination
			stores = in(blank)
		}
		for n, s := range stores {
			activity := sample.Null
			if m.activity != "" {
				activity = m.activity
			} else if !m.active.IsZero() {
				activity = m.active.Add(-time.Duration(n) * time.Hour).Format(sample.InstantLayout)
			}
			rows = append(rows, []string{
				m.name, m.guid, m.host, m.user.username, m.user.username, m.dept.org, m.status, m.os, m.osVersion, m.version,
				s.name, s.uid, m.inside, activity,
			})
		}
	}
	return csvFile(nightColumns, rows)
}

// nightFiles are the exports, the log and the waivers of the earlier nights.
func (c *company) nightFiles() []File {
	var files []File
	for night, day := range earlier {
		machines := c.onNight(night)
		folder := "nights/" + day.Format(time.DateOnly) + "/"
		files = append(files,
			File{folder + "device-status.csv", nightExport(machines)},
			File{folder + "firewall.csv", firewallLog(machines, day)},
			File{folder + "waivers.csv", waiverList(machines)},
		)
	}
	return files
}
