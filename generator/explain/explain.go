package explain

import (
	"strings"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/roster"
	"example.org/cutoff/generator/spelling"
)

// Facts are what the earlier stages found out about one device.
type Facts struct {
	*fleet.Assessed
	Rules *policy.Rules
	AsOf  calendar.Day
	// Trace has every row and observation of the device.
	Trace  intake.Trace
	Origin roster.Origin
	// Exemptions has every waiver of the run, Problems every problem.
	Exemptions []roster.Exemption
	Problems   []problem.Problem
	// Files are the run's inputs. Their notes say what evidence was left out.
	Files []intake.File
	// Named gives the name by which to call a file; nil uses the name that
	// pages use.
	Named func(file string) string
}

// Explanation is everything behind one verdict. Days look like 2020-02-04,
// times are RFC 3339 in UTC; either is "" where it is not known. Lists are
// never null.
type Explanation struct {
	Match
	AsOf string `json:"as_of"`
	// Former says that only older rows of the device have the name that was
	// asked for.
	Former          bool                   `json:"former"`
	Why             string                 `json:"why"`
	Action          string                 `json:"action"`
	Affected        bool                   `json:"affected"`
	Open            bool                   `json:"open"`
	WaivedUntil     string                 `json:"waived_until"` // the last day of the waiver that holds
	Stale           fleet.Staleness        `json:"stale"`        // true, false or unknown
	VersionStatus   policy.VersionStatus   `json:"version_status"`
	PortStatus      policy.PortStatus      `json:"port_status"`
	DestinationKind policy.DestinationKind `json:"destination_kind"`
	// Rows are the rows that were merged into the device, newest first.
	Rows []Row `json:"rows"`
	// Facts are the values that merging took from the rows.
	Facts        []Fact        `json:"facts"`
	Destinations []Destination `json:"destinations"`
	Origin       Department    `json:"department_from"`
	// Observations are newest first, and include those older than the policy's
	// window.
	Observations []Observation `json:"observations"`
	// EvidenceNotes say what evidence was left out. They are about whole files,
	// not about this device.
	EvidenceNotes []Note        `json:"evidence_notes"`
	Lines         []policy.Line `json:"lines"`
	Waivers       []Waiver      `json:"waivers"`
	Turns         []policy.Turn `json:"turns"`
	Problems      []Problem     `json:"problems"`
}

// Match is a device as a list of matches shows it.
type Match struct {
	GUID       string         `json:"device_guid"`
	Name       string         `json:"device_name"`
	Hostname   string         `json:"hostname"`
	Username   string         `json:"username"`
	Department string         `json:"department"`
	Verdict    policy.Verdict `json:"verdict"`
}

// Row is one row of a report. Place has the row number that a spreadsheet
// shows.
type Row struct {
	Place         string `json:"source"`
	Newest        bool   `json:"newest"` // the one that gives the version
	LastActivity  string `json:"last_activity"`
	LastConnected string `json:"last_connected"`
	Version       string `json:"app_version"`
	Status        string `json:"status"`
	Destination   string `json:"destination"` // several are joined with "; "
	Name          string `json:"device_name"`
	Hostname      string `json:"hostname"`
	Username      string `json:"username"`
}

// Fact is a merged value and the row that gave it. Source is "" where no row
// did.
type Fact struct {
	Name   string `json:"name"` // as in devices.csv
	Value  string `json:"value"`
	Source string `json:"source"`
}

// Destination is a place where the device stores, and its kind.
type Destination struct {
	UID    string                 `json:"uid"`
	Name   string                 `json:"name"`
	Kind   policy.DestinationKind `json:"kind"`
	Source string                 `json:"source"` // the newest row that names it
}

// Department says where the device's department comes from.
type Department struct {
	From  roster.From `json:"from"`
	Found string      `json:"found"` // as that input writes it
	// RosterRow is the roster's row of the user, which may name no department.
	RosterRow string `json:"roster_row"`
	Manager   string `json:"manager"`
}

// Observation is one observation of a port, and what it counts for.
type Observation struct {
	Port        int           `json:"port"`
	Time        string        `json:"time"`
	Network     string        `json:"network"`
	Destination string        `json:"destination"`
	Counts      bool          `json:"counts"`
	Weight      policy.Weight `json:"weight"`  // that it counts, or why not
	Decides     bool          `json:"decides"` // for its network
	Source      string        `json:"source"`
}

// Note is a sentence about a file.
type Note struct {
	File string `json:"file"`
	Text string `json:"text"`
}

// Waiver is an exemption that names the device.
type Waiver struct {
	Standing roster.Standing `json:"standing"`
	// Exempts is true for the waiver that the verdict takes into account.
	Exempts  bool   `json:"exempts"`
	Expires  string `json:"expires"`
	Reason   string `json:"reason"`
	Owner    string `json:"owner"`
	Approver string `json:"approver"`
	Source   string `json:"source"`
}

// Problem is a problem with a row of the device, in a report, the evidence or
// the waivers.
type Problem struct {
	Place   string       `json:"source"`
	Kind    problem.Kind `json:"kind"`
	Message string       `json:"message"`
}

// MatchOf gives a device as a list of matches shows it.
func MatchOf(a *fleet.Assessed) Match {
	return Match{a.GUID, a.Name, a.Hostname, a.Username, a.Department, a.Verdict}
}

// Explain gathers everything behind a device's verdict.
func Explain(f Facts) *Explanation {
	e := &Explanation{
		Match: MatchOf(f.Assessed), AsOf: f.AsOf.String(), Why: f.Why, Action: f.Action,
		Affected: f.Verdict.Affected(), Open: f.Open(), Stale: f.Stale,
		VersionStatus: f.VersionStatus, PortStatus: f.PortStatus, DestinationKind: f.DestinationKind,
		Rows: []Row{}, Observations: []Observation{}, EvidenceNotes: []Note{}, Waivers: []Waiver{}, Problems: []Problem{},
	}
	if f.Waiver != nil {
		e.WaivedUntil = f.Waiver.Expires.String()
	}
	for i, row := range f.Trace.Rows {
		e.Rows = append(e.Rows, Row{
			Place: f.place(row.Source, row.Sheet), Newest: i == 0,
			LastActivity: instant(row.LastActivity), LastConnected: instant(row.LastConnected),
			Version: row.Version.Text, Status: string(row.Status), Destination: joined(row.Destinations),
			Name: row.Name, Hostname: row.Hostname, Username: row.Username,
		})
	}
	e.Facts = f.merged()
	e.Destinations = destinations(f)
	e.Origin = Department{From: f.Origin.From, Found: f.Origin.Found}
	if p := f.Origin.Person; p != nil {
		e.Origin.RosterRow, e.Origin.Manager = f.place(p.Source, ""), p.Manager
	}
	e.observe(f)
	e.Lines = f.Rules.Explain(f.Device, f.AsOf)
	e.waive(f)
	e.Turns = f.Rules.Turns(f.Device, f.AsOf)
	e.complain(f)
	return e
}

func (f *Facts) place(s device.Source, sheet string) string {
	return f.position(problem.Position{File: s.File, Sheet: sheet, Row: s.Row}).String()
}

func (f *Facts) position(p problem.Position) problem.Position {
	if f.Named != nil {
		p.File = f.Named(p.File)
	}
	return p
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func joined(places []device.Destination) string {
	names := make([]string, len(places))
	for i, p := range places {
		names[i] = p.String()
	}
	return strings.Join(names, "; ")
}

// merged gives the device's facts, each with the newest row that has the same
// value. Merging takes the version from the newest row, a name from the newest
// row that has one, the status from the newest row whose file has the column,
// and a date from the latest of all rows.
func (f *Facts) merged() []Fact {
	d, rows := f.Device, f.Trace.Rows
	var facts []Fact
	add := func(name, value string, gave func(*intake.Row) bool) {
		fact := Fact{Name: name, Value: value}
		for i := range rows {
			if gave(&rows[i]) {
				fact.Source = f.place(rows[i].Source, rows[i].Sheet)
				break
			}
		}
		facts = append(facts, fact)
	}
	text := func(name, value string, of func(*intake.Row) string) {
		add(name, value, func(r *intake.Row) bool { return of(r) != "" && of(r) == value })
	}
	add("device_guid", d.GUID, func(*intake.Row) bool { return d.GUID != "" })
	text("device_name", d.Name, func(r *intake.Row) string { return r.Name })
	text("hostname", d.Hostname, func(r *intake.Row) string { return r.Hostname })
	text("username", d.Username, func(r *intake.Row) string { return r.Username })
	text("email", d.Email, func(r *intake.Row) string { return r.Email })
	text("department", d.Department, func(r *intake.Row) string { return r.Department })
	text("organization", d.Organization, func(r *intake.Row) string { return r.Organization })
	text("os", d.OS, func(r *intake.Row) string { return r.OS })
	text("os_version", d.OSVersion, func(r *intake.Row) string { return r.OSVersion })
	add("app_version", version(d.Version), func(*intake.Row) bool { return true })
	add("status", string(d.Status), func(r *intake.Row) bool { return r.Status == d.Status })
	add("last_activity", instant(d.LastActivity.Time()), func(r *intake.Row) bool {
		return !r.LastActivity.IsZero() && device.InstantOf(r.LastActivity) == d.LastActivity
	})
	add("last_connected", instant(d.LastConnected.Time()), func(r *intake.Row) bool {
		return !r.LastConnected.IsZero() && device.InstantOf(r.LastConnected) == d.LastConnected
	})
	return facts
}

// version gives a version as the program read it, and the report's text beside
// it where that looks different.
func version(v device.Version) string {
	if !v.Known || v.String() == v.Text {
		return v.Text
	}
	return v.String() + " (found as " + v.Text + ")"
}

func destinations(f Facts) []Destination {
	all := make([]Destination, len(f.Device.Destinations))
	for i, d := range f.Device.Destinations {
		all[i] = Destination{UID: d.UID, Name: d.Name, Kind: f.Rules.Classify(d)}
		for _, row := range f.Trace.Rows {
			if names(row.Destinations, d) {
				all[i].Source = f.place(row.Source, row.Sheet)
				break
			}
		}
	}
	return all
}

// names reports whether a row names a destination: by the same UID, or by the
// same name where the row has no UID.
func names(places []device.Destination, d device.Destination) bool {
	for _, p := range places {
		if p == d || d.UID != "" && p.UID == d.UID || p.UID == "" && p.Name != "" && spelling.Same(p.Name, d.Name) {
			return true
		}
	}
	return false
}

// observe weighs every observation. That includes those that merging dropped
// because a newer one has the same port and network.
func (e *Explanation) observe(f Facts) {
	every := *f.Device
	every.Connections = f.Trace.Seen
	for _, o := range f.Rules.Observations(&every, f.AsOf) {
		seen := Observation{
			Port: o.Port, Time: instant(o.Time), Destination: o.Host,
			Counts: o.Weight == policy.Counts, Weight: o.Weight, Decides: o.Decides,
			Source: f.place(o.Source, ""),
		}
		if o.Network.IsValid() {
			seen.Network = o.Network.String()
		}
		if o.Connection.Destination != nil {
			seen.Destination = o.Connection.Destination.String()
		}
		e.Observations = append(e.Observations, seen)
	}
	for _, file := range f.Files {
		if file.Kind != intake.Connections {
			continue
		}
		for _, note := range file.Notes {
			e.EvidenceNotes = append(e.EvidenceNotes, Note{f.position(problem.Position{File: file.Path}).File, note})
		}
	}
}

// waive lists the waivers that name the device. A waiver that fits several
// devices is listed too.
func (e *Explanation) waive(f Facts) {
	for _, x := range f.Exemptions {
		if x.Named != f.Device && !(x.Standing == roster.Ambiguous && Names(x.Device, f.GUID, f.Name, f.Hostname)) {
			continue
		}
		e.Waivers = append(e.Waivers, Waiver{
			Standing: x.Standing,
			Exempts:  f.Waiver != nil && x.Waiver == *f.Waiver,
			Expires:  x.Expires.String(),
			Reason:   x.Reason, Owner: x.Owner, Approver: x.Approver,
			Source: f.place(x.Source, ""),
		})
	}
}

// complain lists the problems on the device's rows, in reports, evidence and
// waivers.
func (e *Explanation) complain(f Facts) {
	own := map[device.Source]bool{}
	for _, row := range f.Trace.Rows {
		own[row.Source] = true
	}
	for _, c := range f.Trace.Seen {
		own[c.Source] = true
	}
	for _, x := range f.Exemptions {
		if x.Named == f.Device {
			own[x.Source] = true
		}
	}
	for _, p := range f.Problems {
		if p.Row > 0 && own[device.Source{File: p.File, Row: p.Row}] {
			e.Problems = append(e.Problems, Problem{f.position(p.Position).String(), p.Kind, p.Message})
		}
	}
}
