package sample

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"time"
)

// machine is a device on a night.
type machine struct {
	number, owner int
	installed     int // how often the app was installed anew, each time under another GUID and name
	renamed       int // how often its name changed
	version       version
	form          int // how the console writes the version
	stores        []destination
	copies        int // rows of the report
	status        string
	os, osVersion string
	seen          sight
	named         bool // by its owner
	twin          bool // a second app of the same host and user; the first one is number-1
	hasWaiver     bool
	waived        int  // the day on which its waiver ends, counted from the first night
	gone          bool // in no report
}

// sight is a habit of being seen.
type sight int

const (
	daily  sight = iota
	weekly       // some days or weeks ago
	stale        // months ago, and never since
	never
)

// version is an app's version: its three numbers, its build, and the long number
// that some exports write instead. Unreadable ones have only a text.
type version struct{ short, build, long string }

var (
	current = []version{
		{"7.0.3", "55", "1525200006703"}, {"7.2.0", "1641", "1525200006720"}, {"7.2.0", "1641", "1525200006720"}, {"7.4.0", "216", "1525200006740"}, {"7.4.0", "216", "1525200006740"},
	}
	unsupported = []version{
		{"4.8.2", "18", "1436674800482"}, {"4.9.0", "33", "1436674888490"}, {"5.4.3", "25", "1465571600543"}, {"6.5.2", "28", "1508734800652"},
		{"6.6.0", "4347", ""}, {"6.7.1", "4615", "1512021600671"}, {"6.8.3", "15", "1525200006683"}, {"6.8.8", "12", "1525200006688"}, {"6.8.8", "12", "1525200006688"},
	}
	tooOld = []version{
		{"4.3.0", "262", "1427864400430"}, {"4.6.0", "403", "1435813200460"}, {"4.7.0", "333", ""}, {"4.10.0", "1", ""},
		{"5.1.2", "26", ""}, {"5.2.0", "30", ""}, {"5.2.0", "30", ""}, {"5.3.0", "88", ""},
	}
	unreadable = []version{{short: Null}, {short: Null}, {}, {short: "unknown"}, {short: "1268066820719"}, {short: "6.x"}}
)

// Null is how the export writes what is missing.
const Null = "null"

// destination is where a device stores.
type destination struct{ uid, name, server string }

var (
	clouds = []destination{
		{"632540230984925185", "PROe Cloud, US - West", "cloud-west-3"}, {"632540230984925185", "PROe Cloud, US - West", "cloud-west-3"},
		{"673679195225718785", "PROe Cloud, AMS", "cloud-ams-1"}, {"587738803578339329", "PROe Cloud, SIN", "cloud-sin-1"},
		{"42", "CrashPlan Central", "central-12"}, {"43", "PROe Cloud, US", "cloud-us-2"}, {Null, "PROe Cloud, AMS", "cloud-ams-1"},
	}
	ownServer = destination{"900123", "Backup Server 1", "backup1"}
	// Neither the policy nor the configuration knows these.
	unnamed = []destination{{"900777", "Vault B", "vault-b"}, {"900801", "Archive NAS", "nas-02"}, {"", "", ""}}
)

var (
	systems = [][2]string{
		{"win", "10.0.18362"}, {"win", "10.0.18362"}, {"win", "10.0.17763"}, {"win64", "10.0.18363"}, {"win64", "10.0.18363"}, {"win", "6.1"},
		{"mac", "10.14.6"}, {"mac", "10.15.2"}, {"mac", "10.6.8"}, {"linux", "4.15.0-72-generic"},
	}
	actives = []string{
		"Active", "Active", "Active", "Active", "Active", "Active", "Active", "Active, Deauthorized", "Active, Blocked", "Active, Blocked, Deauthorized",
	}
	deactivateds = []string{"Deactivated", "Deactivated", "Deactivated, Blocked", "Deactivated, Deauthorized"}
)

// What devices are made of, in hundredths. Archives are in parts of 100,000, so that
// 100,000 devices have 138,174 of them.
var (
	versions = []share[[]version]{{29, tooOld}, {55, unsupported}, {89, current}, {100, unreadable}}
	sights   = []share[sight]{{78, daily}, {92, weekly}, {99, stale}, {100, never}}
	archives = []share[int]{{2_000, 4}, {8_000, 3}, {28_174, 2}, {100_000, 1}}
)

// machine tells what has become of a device by a night.
func (f Fleet) machine(number, night int) machine {
	m := f.born(number)
	returns := 0
	for n := 1; n <= night; n++ {
		if m.gone && n >= returns {
			m.gone = false
		}
		if d := f.roll(aMachinesNight, number, n); !m.gone && d.chance(f.Changed) {
			returns = m.live(d, n)
		}
	}
	return m
}

// born gives the device as it is on the first night.
func (f Fleet) born(number int) machine {
	d := f.roll(aMachine, number, 0)
	m := machine{number: number, owner: f.owner(number), form: d.below(100), copies: draw(d, archives), status: pick(d, actives)}
	m.version = pick(d, draw(d, versions))
	m.stores = stores(d, m.copies)
	if d.below(20) == 0 {
		m.status = pick(d, deactivateds)
	}
	system := pick(d, systems)
	m.os, m.osVersion = system[0], system[1]
	m.seen = draw(d, sights)
	m.named = d.below(20) == 0
	if m.twin = number > 0 && f.owner(number-1) == m.owner && d.below(40) == 0; m.twin {
		m.seen = stale
	}
	waiver := 1_000 // one in so many has one
	if m.tooOld() {
		waiver = 150
	}
	if m.hasWaiver = d.below(waiver) == 0; m.hasWaiver {
		m.waived = d.below(190) - 10
	}
	return m
}

// stores gives the destinations. There is a second one only with a second archive.
func stores(d *dice, copies int) []destination {
	first := pick(d, clouds)
	switch n := d.below(100); {
	case n < 6:
		return []destination{ownServer}
	case n < 9:
		return []destination{pick(d, unnamed)}
	case copies > 1 && n < 16:
		return []destination{first, ownServer}
	case copies > 1 && n < 40:
		return []destination{first, pick(d, clouds)}
	}
	return []destination{first}
}

// live changes a device between two nights; n is the later one. It gives the night
// on which a device that is gone comes back.
func (m *machine) live(d *dice, n int) (returns int) {
	switch chance := d.below(100); {
	case chance < 52:
		m.version, m.seen = pick(d, current), daily
	case chance < 57:
		m.version, m.seen = pick(d, tooOld), daily
	case chance < 65:
		m.renamed++
	case chance < 68:
		m.stores = []destination{ownServer}
	case chance < 74:
		m.status = pick(d, deactivateds)
	case chance < 80:
		m.installed++
		m.version, m.seen, m.twin = pick(d, current), daily, false
	case chance < 83:
		m.hasWaiver, m.waived = !m.hasWaiver && m.tooOld(), n+10+d.below(170)
	case chance < 95:
		m.gone, returns = true, n+1+d.below(5)
	default:
		m.gone, returns = true, mostNights+1
	}
	return returns
}

// tooOld reports whether the app cannot connect from the effective date on. Such an
// app knows only the old port.
func (m *machine) tooOld() bool { return slices.Contains(tooOld, m.version) }

// guid gives 18 digits, different for each installation. A factor that has no
// divisor in common with the space spreads the numbers over it. None ends in 000,
// because that would look like a spreadsheet's rounding.
func (f Fleet) guid(m *machine) string {
	const (
		space  = 250_000_000_000_000
		factor = 96_893_741_207_963
	)
	high, low := bits.Mul64(uint64(m.number)<<8|uint64(m.installed&0xff), factor)
	_, spread := bits.Div64(high%space, low, space)
	spread = (spread + f.Seed*0x9e3779b97f4a7c15%space) % space
	return strconv.FormatUint(700_000_000_000_000_000+spread*1000+1+spread%997, 10)
}

// name is the name that the console shows: an inventory number, or a name that the
// owner gave it.
func (m *machine) name() string {
	if m.named {
		first, _, _ := names(m.owner)
		return FirstNames[first] + "'s MacBook Pro" + m.letters()
	}
	return "LT-" + m.inventory()
}

func (m *machine) host() string { return "lt-" + m.inventory() + ".corp." + mailDomain }

// inventory gives the number in the device's names. A twin has the number of the
// first app on its host.
func (m *machine) inventory() string {
	number := m.number
	if m.twin {
		number--
	}
	again := ""
	if m.installed > 0 {
		again = "-" + strconv.Itoa(m.installed+1)
	}
	return fmt.Sprintf("%06d", number) + again + m.letters()
}

// letters gives a letter for each time that the device was renamed.
func (m *machine) letters() string {
	text := ""
	for n := range m.renamed {
		text += "-" + string(rune('b'+n%25))
	}
	return text
}

// active is when the device was last active before the export of a night.
func (f Fleet) active(m *machine, night int) time.Time {
	d := f.roll(aMachine, m.number, 1)
	exported := f.day(night).Start().Add(11*time.Hour + 30*time.Minute)
	past := time.Duration(d.below(20*60*60*1000)) * time.Millisecond
	switch m.seen {
	case weekly:
		every := 2 + d.below(28)
		return exported.AddDate(0, 0, -((night + m.number) % every)).Add(-past)
	case stale:
		return f.day(0).Start().AddDate(0, 0, -95-d.below(300)).Add(past)
	case never:
		return time.Time{}
	}
	d = f.roll(aMachinesNight, m.number, night+mostNights)
	return exported.Add(-time.Duration(d.below(20*60*60*1000)) * time.Millisecond)
}
