package company

import "time"

// sketch describes one device. furnish fills in what is left out: a computer with a
// current app that stores in the cloud and that nobody saw connect.
type sketch struct {
	dept      *department
	name      string
	situation string
	verdict   string

	version   string
	os        string
	osVersion string
	status    string
	stores    []store
	seen      []sighting
	by        int    // how many days before the as-of date it was last active
	stale     string // true or unknown; false if left out
	sameUser  bool   // belongs to the person of the device before it
	exports   exports
	earlier   string // the version in the branch's older export; the same if left out
	activity  string // the text of the last activity; made from the time if left out
	port      string // the device's own listening port; 4242 if left out
	address   string // its inside address; any if left out
	byGUID    bool   // the firewall log names it by GUID
	unnamed   bool   // the firewall log has only its address and no name
	hold      bool   // its archive is kept twice, for a legal hold
	sets      int    // backup sets; each is a row
	repeated  bool   // its first row is in the export twice
	damaged   bool   // a spreadsheet rounded its GUID in the branch export
	waiver    *waiver
}

// exports says which of the three exports have a device.
type exports int

const (
	inStatus exports = 1 << iota
	inBranch
	inList
)

// store is a destination of a device. version and activity are set if they differ
// from row to row.
type store struct {
	destination
	version, activity string
}

// sighting is a connection that a firewall logged.
type sighting struct {
	from network
	to   string
	port int
	// days is how many days before the night it was, or undated.
	days int
	// at is the time of day.
	at time.Duration
}

const undated = -1

// waiver is a row of waivers.csv.
type waiver struct {
	byGUID                           bool
	reason, owner, approver, expires string
}

const (
	vendorHost    = "central.crashplan.com"
	vendorBelow   = "storage-west.crashplan.com"
	vendorCode42  = "edge.code42.com"
	vendorLogin   = "162.222.40.218"
	vendorStorage = "162.222.40.245"
	// vendorExtra is in the network that cutoff.yaml adds.
	vendorExtra = "198.51.100.24"
	// notVendor only begins like a host of the vendor.
	notVendor = "central.crashplan.com.example"
	ownBackup = "backup1.quillmoor.example"
	ownByIP   = "10.20.1.15"
	updates   = "updates.example.com"
	elsewhere = "203.0.113.200"
)

// The names of devices that other code needs.
const (
	onRetiredByLog = "QM-SUP-DESK-17"
	onTLSByLog     = "QM-INF-LOAN-02"
	sharedName     = "QM-MFG-SHARED-01"
)

func in(destinations ...destination) []store {
	stores := make([]store, len(destinations))
	for i, d := range destinations {
		stores[i].destination = d
	}
	return stores
}

// specials are the devices that each show one thing.
var specials = []sketch{
	// The versions on both sides of every boundary.
	{dept: manufacturing, name: "QM-MFG-V479", situation: "4.7.9, the last below 4.8", verdict: upgrade, version: "4.7.9"},
	{dept: research, name: "QM-RND-V48", situation: "4.8, the first that is excepted", verdict: upgradeRecommended, version: "4.8"},
	{dept: support, name: "QM-SUP-V499", situation: "4.9.9, the last that is excepted", verdict: upgradeRecommended, version: "4.9.9"},
	{dept: manufacturing, name: "QM-MFG-V410", situation: "4.10, above 4.9 and not excepted", verdict: upgrade, version: "4.10"},
	{dept: research, name: "QM-RND-V5399", situation: "5.3.99, the last below 5.4", verdict: upgrade, version: "5.3.99"},
	{dept: sales, name: "QM-SAL-V54", situation: "5.4, the first that connects again", verdict: upgradeRecommended, version: "5.4"},
	{dept: technology, name: "QM-INF-V540", situation: "5.40 is not 5.4", verdict: upgradeRecommended, version: "5.40"},
	{dept: technology, name: "QM-INF-V100", situation: "10.0 is above 9", verdict: ready, version: "10.0",
		seen: []sighting{{head, vendorCode42, 443, 3, 9 * time.Hour}}},
	{dept: finance, name: "QM-FIN-BUILD", situation: "version with its build in words", verdict: upgradeRecommended, version: "6.6.0 (Build: 4347)"},
	{dept: research, name: "QM-RND-LONG", situation: "long number on an unknown base", verdict: check, version: "1268066820719"},
	{dept: sales, name: "QM-SAL-NOVERSION", situation: "version null", verdict: check, version: "null"},
	{dept: support, name: "QM-SUP-UNKNOWN", situation: "version unknown", verdict: check, version: "unknown"},
	{dept: support, name: "QM-SUP-L1000", situation: "10.0.0 as a long number of 14 digits", verdict: verifyPort, version: "10.0.0", exports: inBranch, stores: in(amsterdam)},
	{dept: field, name: "QM-FLD-L482", situation: "4.8.2 as a long number", verdict: upgradeRecommended, version: "4.8.2", exports: inBranch, stores: in(amsterdam)},
	{dept: field, name: "QM-FLD-L460", situation: "4.6.0 as a long number", verdict: upgrade, version: "4.6.0", exports: inBranch, stores: in(amsterdam)},

	// Systems that need a newer system first.
	{dept: calibration, name: "CAL-BENCH-1", situation: "Mac OS X 10.6, which stops at 4.3", verdict: upgrade, version: "4.3.0.262", os: "mac", osVersion: "10.6.8",
		waiver: &waiver{true, "Controls the climate chamber; goes when the chamber is replaced in March", "Tariq Olander", "Mei Castellan", "2020-03-31"}},
	{dept: calibration, name: "CAL-BENCH-2", situation: "Mac OS X 10.6, which stops at 4.3", verdict: upgrade, version: "4.3.0.262", os: "mac", osVersion: "10.6.8",
		waiver: &waiver{false, "Replacement ordered", "Tariq Olander", "Mei Castellan", "2019-12-31"}},

	// Destinations.
	{dept: manufacturing, name: "QM-MFG-MIXED", situation: "cloud and own server, seen on 4282 in the cloud", verdict: upgradeAndChangePort, version: "5.2.0.30", stores: in(server1, west),
		seen: []sighting{{plant, vendorHost, 4282, 2, 10 * time.Hour}, {plant, ownBackup, 4282, 1, 10 * time.Hour}}},
	{dept: finance, name: "QM-FIN-HALFKNOWN", situation: "cloud and an unclassified destination", verdict: verifyPort, stores: in(west, vault)},
	{dept: research, name: "QM-RND-HALFOWN", situation: "own server and an unclassified destination, old app", verdict: check, version: "5.1.2.26", stores: in(server1, archive)},
	{dept: research, name: "QM-RND-VAULT", situation: "unclassified destination, current app", verdict: verifyPort, stores: in(vault)},
	{dept: manufacturing, name: "QM-MFG-VAULT", situation: "unclassified destination, seen on 4282", verdict: changePort, stores: in(vault),
		seen: []sighting{{plant, vendorHost, 4282, 4, 7 * time.Hour}}},
	{dept: sales, name: "QM-SAL-NOWHERE", situation: "blank destination", verdict: verifyPort, stores: in(blank)},
	{dept: support, name: "QM-SUP-BYNAME", situation: "cloud by the destination's name, UID null", verdict: upgrade, version: "5.2.0.30", stores: in(amsterdamByName)},
	{dept: manufacturing, name: "QM-MFG-OWNNAME", situation: "own server by its name, UID null", verdict: notAffected, version: "4.7.0.333", stores: in(server1ByName)},
	{dept: manufacturing, name: "QM-MFG-ODD", situation: "own server, yet seen on 4282 in the vendor's cloud", verdict: notAffected, version: "6.8.8.12", stores: in(server1),
		seen: []sighting{{plant, vendorStorage, 4282, 5, 8 * time.Hour}}},

	// Ports.
	{dept: research, name: "QM-RND-FIXED", situation: "4282 last week, 4287 since yesterday", verdict: ready,
		seen: []sighting{{head, vendorHost, 4282, 6, 9 * time.Hour}, {head, vendorHost, 4287, 1, 9 * time.Hour}}},
	{dept: field, name: "QM-FLD-ROAMS", situation: "4287 in the head office, 4282 in the plant", verdict: changePort,
		seen: []sighting{{plant, vendorHost, 4282, 7, 14 * time.Hour}, {head, vendorHost, 4287, 1, 11 * time.Hour}}},
	{dept: technology, name: "QM-INF-WINDOW", situation: "4282, but longer ago than the window", verdict: verifyPort,
		seen: []sighting{{head, vendorHost, 4282, 56, 9 * time.Hour}}},
	{dept: finance, name: "QM-FIN-LASTDAY", situation: "4287 on the window's first day", verdict: ready,
		seen: []sighting{{head, vendorHost, 4287, 30, 9 * time.Hour}, {head, vendorHost, 4282, 31, 9 * time.Hour}}},
	{dept: manufacturing, name: "QM-MFG-TIE", situation: "both ports at one instant", verdict: changePort,
		seen: []sighting{{plant, vendorHost, 4287, 2, 12 * time.Hour}, {plant, vendorStorage, 4282, 2, 12 * time.Hour}}},
	{dept: manufacturing, name: "QM-MFG-UNDATED", situation: "4282 without a time, nothing else", verdict: changePort,
		seen: []sighting{{plant, vendorHost, 4282, undated, 0}}},
	{dept: people, name: "QM-HUM-DATED", situation: "4282 without a time, 4287 with one", verdict: ready,
		seen: []sighting{{head, vendorHost, 4282, undated, 0}, {head, vendorHost, 4287, 12, 15 * time.Hour}}},
	{dept: sales, name: "QM-SAL-DECOY", situation: "4282 to a host that only begins like the vendor's", verdict: verifyPort,
		seen: []sighting{{head, notVendor, 4282, 3, 13 * time.Hour}}},
	{dept: technology, name: "QM-INF-OTHERPORT", situation: "4285 in the vendor's cloud, which is neither", verdict: verifyPort,
		seen: []sighting{{head, vendorHost, 4285, 3, 16 * time.Hour}}},
	{dept: finance, name: "QM-FIN-EXTRA", situation: "4287 to a network that the configuration adds", verdict: ready,
		seen: []sighting{{head, vendorExtra, 4287, 8, 8 * time.Hour}}},
	{dept: people, name: "QM-HUM-LISTENS", situation: "listens on 4282 itself, which says nothing", verdict: verifyPort, port: "4282"},
	{dept: support, name: "QM-SUP-BYADDRESS", situation: "named in the log by its inside address alone", verdict: ready, address: deskAddress, unnamed: true,
		seen: []sighting{{head, vendorHost, 4287, 4, 10 * time.Hour}}},
	{dept: field, name: "QM-FLD-48PORT", situation: "4.8, seen on 4282", verdict: changePort, version: "4.8.2.18",
		seen: []sighting{{plant, vendorLogin, 4282, 3, 7 * time.Hour}}},
	{dept: calibration, name: "QM-CAL-443", situation: "old app, seen on 443", verdict: upgrade, version: "5.3.0.88",
		seen: []sighting{{plant, vendorBelow, 443, 2, 11 * time.Hour}}},
	{dept: support, name: onRetiredByLog, situation: "storage on 4282, login on 4287, by its service.log", verdict: changePort},
	{dept: technology, name: onTLSByLog, situation: "storage on 4287, login on 4282, by its service.log", verdict: ready},

	// Status.
	{dept: sales, name: "QM-SAL-RETIRED", situation: "deactivated, though old and seen on 4282", verdict: inactive, version: "5.2.0.30", status: "Deactivated",
		seen: []sighting{{head, vendorHost, 4282, 20, 9 * time.Hour}}},
	{dept: field, name: "QM-FLD-DEAUTH", situation: "deauthorized counts", verdict: upgrade, version: "5.3.0.88", status: "Active, Deauthorized"},
	{dept: manufacturing, name: "QM-MFG-BLOCKED", situation: "blocked and deauthorized counts", verdict: upgrade, version: "4.7.0.333", status: "Active, Blocked, Deauthorized"},

	// Identity and rows.
	{dept: manufacturing, name: sharedName, situation: "one name, two apps: the first", verdict: ready, byGUID: true,
		seen: []sighting{{plant, vendorHost, 4287, 2, 6 * time.Hour}}},
	{dept: manufacturing, name: sharedName, situation: "one name, two apps: the second", verdict: upgrade, version: "5.2.0.30"},
	{dept: sales, name: "QM-SAL-UPGRADED", situation: "upgraded since the branch's export", verdict: verifyPort, version: "7.4.0.216", earlier: "5.4.3", exports: inStatus | inBranch, stores: in(amsterdam)},
	{dept: support, name: "QM-SUP-UPGRADED", situation: "upgraded since the branch's export", verdict: ready, version: "7.2.0.1641", earlier: "4.6.0", exports: inStatus | inBranch, stores: in(amsterdam),
		seen: []sighting{{head, vendorHost, 4287, 1, 17 * time.Hour}}},
	{dept: sales, name: "QM-SAL-ROUNDED", situation: "its GUID was rounded in the branch's export", verdict: verifyPort, exports: inStatus | inBranch, damaged: true, stores: in(amsterdam)},
	{dept: people, name: "QM-HUM-ZONES", situation: "newest row by instant, not by text", verdict: verifyPort, stores: []store{
		{west, "7.2.0.1641", "2020-01-14T20:45:10.120-06:00"},
		{central, "5.2.0.30", "2020-01-14T23:10:00.000Z"},
	}},
	{dept: technology, name: "QM-INF-FUTURE", situation: "active in the future, by a wrong clock", verdict: verifyPort, activity: "2031-05-05T08:00:00.000Z"},
	{dept: technology, name: "QM-INF-NEVER", situation: "never seen", verdict: verifyPort, activity: "null", stale: "unknown"},
	{dept: sales, name: "QM-SAL-DAY90", situation: "last seen 90 days ago: not stale yet", verdict: verifyPort, by: 90},
	{dept: sales, name: "QM-SAL-DAY91", situation: "last seen 91 days ago: stale", verdict: verifyPort, by: 91, stale: "true"},
	{dept: finance, name: "QM-FIN-HOLD", situation: "kept twice for a legal hold, two backup sets", verdict: verifyPort, hold: true, sets: 2},
	{dept: people, name: "QM-HUM-TWICE", situation: "one row stands in the export twice", verdict: verifyPort, repeated: true},
	{dept: research, name: "QM-RND-LISTONLY-1", situation: "only in the devices list, old app", verdict: check, version: "5.1.2", exports: inList},
	{dept: research, name: "QM-RND-LISTONLY-2", situation: "only in the devices list, current app", verdict: verifyPort, version: "7.2.0", exports: inList},
	{dept: research, name: "QM-RND-LISTONLY-3", situation: "only in the devices list, older app", verdict: upgradeRecommended, version: "6.7.1", exports: inList},
	{dept: research, name: "QM-RND-LISTONLY-4", situation: "only in the devices list, deactivated", verdict: inactive, version: "4.7.0", status: "Deactivated", exports: inList, by: 200, stale: "true"},

	// Names that software often gets wrong.
	{dept: research, name: "Maeve's MacBook Pro", situation: "apostrophe in the name", verdict: ready, os: "mac", osVersion: "10.14.6",
		seen: []sighting{{head, vendorHost, 4287, 2, 9 * time.Hour}}},
	{dept: sales, name: "Büro-PC-7", situation: "umlaut in the name", verdict: upgrade, version: "5.2.0.30", exports: inBranch, stores: in(amsterdam)},
	{dept: research, name: "設計室-01", situation: "Chinese characters in the name", verdict: upgradeRecommended, version: "6.8.8.12", stores: in(singapore)},
	{dept: sales, name: `24" screen "Lobby"`, situation: "quotes in the name", verdict: verifyPort},
	{dept: field, name: "-spare-laptop", situation: "name that begins with a minus sign", verdict: upgradeAndChangePort, version: "4.7.0.333", byGUID: true,
		seen: []sighting{{plant, vendorHost, 4282, 9, 12 * time.Hour}}},
	{dept: technology, name: "build server, Linux", situation: "comma in the name", verdict: ready, os: "linux", osVersion: "4.15.0-72-generic",
		seen: []sighting{{head, vendorHost, 443, 1, 23 * time.Hour}}},
}
