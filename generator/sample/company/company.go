// Package company makes the sample: Quillmoor Instruments, a company that does not
// exist, in the formats that administrators have. This file describes the company.
// special.go has the devices that each show one thing, and nights.go says what
// happened to them. The other files turn that into exports. The same description
// gives the same bytes.
//
// The expected verdict of each device is written beside it and not computed by the
// rules. Tests compare the site with it.
package company

import "time"

// The days of the sample. The status report was exported in the morning of the as-of
// date. The branch's workbook and the devices list are one and two days older.
var (
	asOf         = time.Date(2020, 1, 15, 0, 0, 0, 0, time.UTC)
	exported     = time.Date(2020, 1, 15, 11, 30, 0, 0, time.UTC)
	branchExport = time.Date(2020, 1, 14, 15, 0, 0, 0, time.UTC)
	listExport   = time.Date(2020, 1, 13, 17, 0, 0, 0, time.UTC)
)

const mailDomain = "quillmoor.example"

// department is one of the nine. Its people have one manager, and their devices are
// at one site, except those in the branch.
type department struct {
	name    string
	code    string // in the names of its devices
	org     string // its organisation in the console
	site    network
	manager string
	// branch says that some of its devices are in Amsterdam, whose
	// devices another person exports.
	branch bool
	// listed says that its devices are in the output of code42 devices list.
	listed bool
	// unlisted is the number, from 1, of its person whom the roster lacks; 0 for
	// none.
	unlisted int
}

var (
	research      = &department{name: "Research and Development", code: "RND", org: "Quillmoor Engineering", site: head, manager: "Priya Lindqvist", listed: true}
	manufacturing = &department{name: "Manufacturing", code: "MFG", org: "Manufacturing", site: plant, manager: "Goran Adeyemi", unlisted: 9}
	sales         = &department{name: "Sales", code: "SAL", org: "Quillmoor Corporate", site: head, manager: "Camila Hartono", branch: true}
	support       = &department{name: "Customer Support", code: "SUP", org: "Quillmoor Corporate", site: head, manager: "Nils Karimi", branch: true}
	field         = &department{name: "Field Service", code: "FLD", org: "Quillmoor Field Service", site: plant, manager: "Leyla Novotny", branch: true, unlisted: 5}
	finance       = &department{name: "Finance", code: "FIN", org: "Quillmoor Corporate", site: head, manager: "Emeka Strand"}
	technology    = &department{name: "Information Technology", code: "INF", org: "Quillmoor Corporate", site: head, manager: "Mei Castellan"}
	people        = &department{name: "Human Resources", code: "HUM", org: "Quillmoor Corporate", site: head, manager: "Rosa Pellinen"}
	calibration   = &department{name: "Calibration Laboratory", code: "CAL", org: "Manufacturing", site: plant, manager: "Tariq Olander"}

	departments = []*department{research, manufacturing, sales, support, field, finance, technology, people, calibration}
)

// network is one of the two whose firewalls log connections, or another.
type network string

const (
	head   network = "10.20.30."    // the head office, logged
	plant  network = "172.16.40."   // the plant, logged
	office network = "10.20.31."    // the head office's other floor, not logged
	branch network = "10.60.5."     // Amsterdam, not logged
	home   network = "192.168.178." // at home
)

// outside has the address at which the vendor sees each network.
var outside = map[network]string{head: "203.0.113.7", plant: "203.0.113.129", office: "203.0.113.7", branch: "192.0.2.44", home: "192.0.2.18"}

// destination is where a device stores. Some names are the company's own, so the
// rules need the UID.
type destination struct{ uid, name, server string }

var (
	west      = destination{"632540230984925185", "Quillmoor Cloud West", "cloud-west-3"}
	amsterdam = destination{"673679195225718785", "Quillmoor Cloud Amsterdam", "cloud-ams-1"}
	singapore = destination{"587738803578339329", "Quillmoor Cloud Singapore", "cloud-sin-1"}
	central   = destination{"42", "CrashPlan Central", "central-12"}
	cloudUS   = destination{"43", "PROe Cloud, US", "cloud-us-2"}
	// Without a UID the name decides.
	amsterdamByName = destination{"null", "PROe Cloud, AMS", "cloud-ams-1"}

	server1       = destination{"900123", "Backup Server 1", "backup1"}
	server1ByName = destination{"null", "Backup Server 1", "backup1"}

	// Neither the policy nor the configuration knows these.
	vault   = destination{"900777", "Vault B", "vault-b"}
	archive = destination{"900801", "Archive NAS", "nas-02"}
	blank   = destination{"", "", ""}
)

// The verdicts that devices are made for.
const (
	inactive             = "inactive"
	notAffected          = "not-affected"
	upgradeAndChangePort = "upgrade-and-change-port"
	upgrade              = "upgrade"
	check                = "check"
	changePort           = "change-port"
	upgradeRecommended   = "upgrade-recommended"
	verifyPort           = "verify-port"
	ready                = "ready"
)

// The apps in use in January 2020, with builds.
var (
	current    = []string{"7.0.3.55", "7.2.0.1641", "7.2.0.1641", "7.4.0.216", "7.4.0.216", "7.4.0.216"}
	older      = []string{"6.5.2.28", "6.7.1.4615", "6.8.3.15", "6.8.8.12", "6.8.8.12", "6.9.4.12", "5.4.3.25"}
	noSupport  = []string{"4.8.2.18", "4.8.4.15", "4.9.0.33"}
	tooOld     = []string{"4.3.0.262", "4.5.2.87", "4.6.0.403", "4.7.0.333", "5.1.2.26", "5.2.0.30", "5.2.0.30", "5.3.0.88"}
	everything = []string{"4.7.0.333", "5.2.0.30", "6.8.8.12", "7.0.3.55", "7.2.0.1641"}
)

// kind is a sort of ordinary device: what all devices of the kind have in common,
// the expected verdict, and how many each department has.
type kind struct {
	situation string
	verdict   string
	versions  []string
	stores    [][]destination
	seen      sight
	statuses  []string
	unseen    bool // for more than 90 days
	// count is parallel to departments.
	count [9]int
}

// sight is what the firewalls saw of a device's port.
type sight int

const (
	nothing  sight = iota
	onTLS          // 4287 or 443
	on4282         // 4282
	toServer       // 4282, but to the company's own server
)

var (
	cloud      = [][]destination{{west}, {west}, {west}, {west}, {singapore}, {central}, {cloudUS}, {west, amsterdam}}
	ownServer  = [][]destination{{server1}}
	both       = [][]destination{{west, server1}, {server1, west}}
	notNamed   = [][]destination{{vault}, {archive}}
	active     = []string{"Active", "Active", "Active", "Active", "Active", "Active", "Active", "Active, Deauthorized", "Active", "Active, Blocked"}
	deactivate = []string{"Deactivated", "Deactivated", "Deactivated, Blocked", "Deactivated, Deauthorized"}
)

// kinds is the plan of the fleet. One department has no device to fix among these,
// and the smallest has the most for its size.
var kinds = []kind{
	//                                                                                                     RND MFG SAL SUP FLD FIN INF HUM CAL
	{"current app, seen on 443 or 4287", ready, current, cloud, onTLS, active, false, [9]int{27, 13, 17, 15, 4, 13, 16, 9, 0}},
	{"current app, port not seen", verifyPort, current, cloud, nothing, active, false, [9]int{17, 8, 16, 9, 5, 7, 4, 6, 1}},
	{"current app, not seen for months", verifyPort, current, cloud, nothing, active, true, [9]int{2, 1, 3, 1, 2, 1, 0, 1, 0}},
	{"older app that still connects", upgradeRecommended, older, cloud, nothing, active, false, [9]int{6, 4, 5, 4, 3, 4, 1, 3, 1}},
	{"older app that still connects, seen on 443 or 4287", upgradeRecommended, older, cloud, onTLS, active, false, [9]int{4, 4, 3, 3, 1, 2, 1, 1, 0}},
	{"4.8 or 4.9, which connect without support", upgradeRecommended, noSupport, cloud, nothing, active, false, [9]int{1, 3, 1, 1, 2, 0, 1, 0, 0}},
	{"app that connects, seen on 4282", changePort, append(current[:3:3], older...), cloud, on4282, active, false, [9]int{1, 4, 0, 1, 2, 0, 0, 0, 0}},
	{"old app, port not seen", upgrade, tooOld, cloud, nothing, active, false, [9]int{1, 3, 2, 2, 4, 1, 1, 0, 3}},
	{"old app, not seen for months", upgrade, tooOld, cloud, nothing, active, true, [9]int{0, 2, 1, 0, 2, 1, 0, 0, 1}},
	{"old app, seen on 4282", upgradeAndChangePort, tooOld, cloud, on4282, active, false, [9]int{1, 3, 0, 1, 3, 0, 0, 0, 3}},
	{"old app, in the cloud and on a server of our own", upgrade, tooOld, both, nothing, active, false, [9]int{0, 1, 0, 0, 0, 0, 0, 0, 0}},
	{"current app, in the cloud and on a server of our own", ready, current, both, onTLS, active, false, [9]int{2, 2, 0, 0, 0, 0, 1, 0, 0}},
	{"old app, destination not classified", check, tooOld, notNamed, nothing, active, false, [9]int{0, 2, 0, 0, 1, 0, 0, 0, 0}},
	{"on a server of our own, over 4282", notAffected, everything, ownServer, toServer, active, false, [9]int{4, 9, 0, 0, 0, 2, 3, 0, 1}},
	{"deactivated", inactive, everything, cloud, nothing, deactivate, true, [9]int{3, 3, 3, 2, 2, 1, 1, 1, 0}},
}
