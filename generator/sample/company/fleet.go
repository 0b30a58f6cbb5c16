package company

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/cutoff/generator/sample"
)

// company has all people and devices of the description.
type company struct {
	people   []*person
	machines []*machine
}

// person is somebody with devices. The username is the console's.
type person struct {
	dept     *department
	username string
	// unlisted people are not in the roster.
	unlisted bool
}

// machine is a sketch with everything filled in.
type machine struct {
	sketch
	user       *person
	guid, host string
	// active is when the device was last active; the zero time is never.
	active time.Time
	// inside and outside are addresses without a port.
	inside, outside string
}

// dice gives random numbers that depend only on the name, so that adding a device
// changes no other.
func dice(name string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(0x515549_4c4c4d, h.Sum64()))
}

func newCompany() *company {
	c := &company{}
	staff := make(map[*department][]*person)
	serial := make(map[*department]int)
	for _, s := range append(ordinary(), specials...) {
		serial[s.dept]++
		if s.name == "" {
			s.name = fmt.Sprintf("QM-%s-%03d", s.dept.code, serial[s.dept])
		}
		there := staff[s.dept]
		if !s.sameUser || len(there) < 2 {
			p := &person{dept: s.dept, username: userName(len(c.people)), unlisted: len(there)+1 == s.dept.unlisted}
			if len(there) == 0 {
				p.username = mailOf(s.dept.manager)
			}
			there = append(there, p)
			staff[s.dept] = there
			c.people = append(c.people, p)
		}
		c.machines = append(c.machines, furnish(s, there[len(there)-1]))
	}
	slices.SortStableFunc(c.machines, func(a, b *machine) int {
		return cmp.Or(cmp.Compare(a.dept.org, b.dept.org), cmp.Compare(a.user.username, b.user.username), cmp.Compare(a.guid, b.guid))
	})
	return c
}

// ordinary sketches the devices of the plan.
func ordinary() []sketch {
	var sketches []sketch
	for row, k := range kinds {
		for column, d := range departments {
			for n := range k.count[column] {
				sketches = append(sketches, k.sketch(d, dice(fmt.Sprint("kind", row, d.code, n)), n))
			}
		}
	}
	return sketches
}

func (k kind) sketch(d *department, r *rand.Rand, n int) sketch {
	s := sketch{
		dept: d, situation: k.situation, verdict: k.verdict,
		version: pick(r, k.versions), status: pick(r, k.statuses), stores: in(pick(r, k.stores)...),
		sameUser: n%6 == 5, hold: r.IntN(15) == 0,
	}
	if r.IntN(6) == 0 {
		s.sets = 2
	}
	if r.IntN(12) == 0 {
		s.port = "4282"
	}
	if k.unseen {
		s.by, s.stale = 95+r.IntN(200), "true"
	}
	if d.branch && n%3 > 0 && k.seen == nothing && k.verdict != inactive {
		s.exports = inBranch
		if r.IntN(3) == 0 {
			s.exports = inBranch | inStatus
		}
		if s.stores[0].destination == west {
			s.stores = in(amsterdam)
		}
	}
	s.seen = k.seen.sightings(d.site, r)
	return s
}

// sightings makes the log of an ordinary device, which stays in one network.
func (k sight) sightings(from network, r *rand.Rand) []sighting {
	var seen []sighting
	add := func(to string, port int) {
		at := time.Duration(6*60*60+r.IntN(12*60*60)) * time.Second
		seen = append(seen, sighting{from, to, port, 1 + r.IntN(25), at})
	}
	switch k {
	case onTLS:
		for range 1 + r.IntN(2) {
			add(pick(r, []string{vendorHost, vendorHost, vendorBelow, vendorLogin, vendorStorage}), pick(r, []int{4287, 4287, 4287, 443}))
		}
	case on4282:
		for range 1 + r.IntN(3) {
			add(pick(r, []string{vendorHost, vendorLogin, vendorStorage}), 4282)
		}
	case toServer:
		add(pick(r, []string{ownBackup, ownByIP}), 4282)
	}
	if r.IntN(5) == 0 {
		add(pick(r, []string{updates, elsewhere}), pick(r, []int{443, 80}))
	}
	return seen
}

// furnish fills in what a sketch leaves out.
func furnish(s sketch, user *person) *machine {
	r := dice(s.name + user.username)
	m := &machine{sketch: s, user: user, guid: longNumber(r)}
	m.version = cmp.Or(s.version, "7.2.0.1641")
	m.status = cmp.Or(s.status, "Active")
	m.stale = cmp.Or(s.stale, "false")
	m.port = cmp.Or(s.port, "4242")
	m.exports = cmp.Or(s.exports, inStatus)
	m.sets = max(1, s.sets)
	if m.stores == nil {
		m.stores = in(west)
	}
	if m.dept.listed && m.exports == inStatus {
		m.exports |= inList
	}
	if m.os == "" {
		m.os, m.osVersion = system(r)
	}
	m.host = m.hostName(r)
	m.active = m.lastActive(r)
	m.inside, m.outside = m.addresses(r)
	return m
}

// system gives an operating system as the console spells it. Windows has two names.
func system(r *rand.Rand) (string, string) {
	all := [][2]string{
		{"win", "10.0.18362"}, {"win", "10.0.18362"}, {"win", "10.0.17763"}, {"win64", "10.0.18363"}, {"win64", "10.0.18363"}, {"win", "6.1"},
		{"mac", "10.14.6"}, {"mac", "10.15.2"}, {"mac", "10.13.6"}, {"linux", "4.15.0-72-generic"},
	}
	s := pick(r, all)
	return s[0], s[1]
}

func (m *machine) hostName(r *rand.Rand) string {
	if strings.ContainsFunc(m.name, func(c rune) bool { return c >= 0x80 || strings.ContainsRune(`'", `, c) }) {
		return "qm-" + strings.ToLower(m.dept.code) + "-" + m.guid[:4]
	}
	if strings.HasPrefix(m.name, "QM-") && r.IntN(30) == 0 && m.name != sharedName {
		return "null"
	}
	return strings.ToLower(strings.Trim(m.name, "-"))
}

// lastActive gives the device's last activity. For most it is in the last three days
// before the newest export that has the device, and never later than that.
func (m *machine) lastActive(r *rand.Rand) time.Time {
	if m.activity == "null" {
		return time.Time{}
	}
	last := exported
	if m.exports&inStatus == 0 {
		last = branchExport
	}
	if m.exports == inList {
		last = listExport
	}
	if m.by > 0 {
		return asOf.AddDate(0, 0, -m.by).Add(time.Duration(8*60*60_000+r.IntN(9*60*60_000)) * time.Millisecond)
	}
	days := []int{0, 0, 0, 0, 0, 1, 1, 2, 3, 6, 11}
	return last.AddDate(0, 0, -pick(r, days)).Add(-time.Duration(r.IntN(10*60*60_000)) * time.Millisecond)
}

// Inside addresses that belong to one device or one row of the firewall log.
const (
	loanAddress = "10.20.30.250"
	deskAddress = "10.20.30.9"
)

func (m *machine) addresses(r *rand.Rand) (inside, from string) {
	at := office
	switch {
	case len(m.seen) > 0:
		at = m.seen[len(m.seen)-1].from
	case m.exports&inBranch != 0:
		at = branch
	case r.IntN(3) == 0:
		at = home
	case m.dept.site == plant:
		at = plant
	}
	if m.address != "" {
		return m.address, outside[at]
	}
	return at.address(r), outside[at]
}

func (n network) address(r *rand.Rand) string {
	return string(n) + strconv.Itoa(20+r.IntN(220))
}

// How many of the made-up names the company uses.
const (
	firstNames = 31
	lastNames  = 29
)

// userName names the nth person. Each has another name.
func userName(n int) string {
	return mailOf(sample.FirstNames[n%firstNames] + " " + sample.LastNames[(n*7+n/firstNames)%lastNames])
}

func mailOf(name string) string {
	return strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@" + mailDomain
}

// longNumber gives 18 digits, as GUIDs have. None ends in 000, because that would
// look like a spreadsheet's rounding.
func longNumber(r *rand.Rand) string {
	n := 700_000_000_000_000_000 + r.Int64N(250_000_000_000_000_000)
	if n%1000 == 0 {
		n++
	}
	return strconv.FormatInt(n, 10)
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// named gives the first device with a name, which must exist.
func (c *company) named(name string) *machine {
	return c.machines[slices.IndexFunc(c.machines, func(m *machine) bool { return m.name == name })]
}
