package download

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"io"
	"maps"
	"slices"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/roster"
)

//go:embed summary.schema.json
var summarySchema string

// SummaryJSON is data/summary.json: the totals of one day, for other programs.
// summary.schema.json describes it as JSON Schema. Days look like 2020-02-04
// and are null where they are not known; lists are never null.
type SummaryJSON struct {
	AsOf         string        `json:"as_of"`
	Phase        policy.Phase  `json:"phase"`
	DaysLeft     int           `json:"days_left"` // negative after the effective date
	Organization string        `json:"organization"`
	Tool         publish.Tool  `json:"tool"`
	Policy       string        `json:"policy"`
	Notice       NoticeSummary `json:"notice"`
	fleet.Counts
	// Newest is the latest day on which any device was seen; null when no
	// device is dated.
	Newest           *string                        `json:"newest"`
	VersionStatuses  map[policy.VersionStatus]int   `json:"version_statuses"`
	PortStatuses     map[policy.PortStatus]int      `json:"port_statuses"`
	DestinationKinds map[policy.DestinationKind]int `json:"destination_kinds"`
	// Versions counts the versions in use, lowest first.
	Versions    []VersionCount      `json:"versions"`
	Departments []DepartmentSummary `json:"departments"` // in the order of the pages
	Inputs      []InputSummary      `json:"inputs"`
	Evidence    EvidenceSummary     `json:"evidence"`
	// NetworkConfirmedOn is the day on which somebody vouched that an allowed
	// port is open everywhere; null when nobody did.
	NetworkConfirmedOn *string `json:"network_confirmed_on"`
	// Waivers counts every waiver by its standing.
	Waivers map[roster.Standing]int `json:"waivers"`
	// UnclassifiedDestinations counts destinations. UnlistedUsers counts users
	// who are missing from the roster.
	UnclassifiedDestinations int `json:"unclassified_destinations"`
	UnlistedUsers            int `json:"unlisted_users"`
	Problems                 int `json:"problems"`
	// Changes counts the devices that changed since the last night.
	Changes ChangesSummary `json:"changes"`
	// Forced has a sentence for each bound that was passed and overridden.
	Forced []string `json:"forced"`
}

// ChangesSummary counts the devices that changed since the last night, by kind.
type ChangesSummary struct {
	// Against is the last night; null when none is remembered.
	Against       *string `json:"against"`
	New           int     `json:"new"`
	Back          int     `json:"back"`
	Gone          int     `json:"gone"`
	Returned      int     `json:"returned"`
	NewlyAffected int     `json:"newly_affected"`
	Unclear       int     `json:"unclear"`
	Fixed         int     `json:"fixed"`
	Waived        int     `json:"waived"`
	WaiverEnded   int     `json:"waiver_ended"`
	Changed       int     `json:"changed"`
}

func changesSummary(account *memory.Account) ChangesSummary {
	if account == nil || account.Last == nil {
		return ChangesSummary{}
	}
	n := account.Last.Counts
	return ChangesSummary{
		Against: orNull(account.Last.Against.String()),
		New:     n[memory.New], Back: n[memory.Back], Gone: n[memory.Gone],
		Returned: n[memory.Returned], NewlyAffected: n[memory.NewlyAffected],
		Unclear: n[memory.Unclear], Fixed: n[memory.Fixed],
		Waived: n[memory.Waived], WaiverEnded: n[memory.WaiverEnded], Changed: n[memory.Changed],
	}
}

// NoticeSummary is what the policy says about its notice.
type NoticeSummary struct {
	Title string `json:"title"`
	// Announced is null when the policy names no day for it.
	Announced *string `json:"announced"`
	Effective string  `json:"effective"`
	Source    string  `json:"source"`
}

// VersionCount counts the devices with one version.
type VersionCount struct {
	// Version has all three numbers: 6.7.1, 5.4.0. It is null for all versions
	// that could not be read.
	Version *string              `json:"version"`
	Status  policy.VersionStatus `json:"status"`
	Devices int                  `json:"devices"`
}

// DepartmentSummary is one department.
type DepartmentSummary struct {
	Name string `json:"name"`
	Slug string `json:"slug"`
	fleet.Counts
}

// InputSummary is one file and its ledger: rows = devices + merged + rejected +
// other.
type InputSummary struct {
	File     string      `json:"file"`
	Kind     intake.Kind `json:"kind"`
	SHA256   string      `json:"sha256"`
	Bytes    int64       `json:"bytes"`
	Rows     int         `json:"rows"`
	Devices  int         `json:"devices"`
	Merged   int         `json:"merged"`
	Rejected int         `json:"rejected"`
	Other    int         `json:"other"`
}

// EvidenceSummary counts the observations of ports.
type EvidenceSummary struct {
	WindowDays int `json:"window_days"`
	Joined     int `json:"joined"`   // tied to a device
	Unjoined   int `json:"unjoined"` // not
}

// Summary gives the totals of an assessed fleet. Every status, kind and
// standing is among the counts, those with 0 too.
func Summary(in Input) SummaryJSON {
	f := in.Fleet
	s := SummaryJSON{
		AsOf:         f.AsOf.String(),
		Phase:        f.Phase,
		DaysLeft:     f.AsOf.Until(in.Policy.Effective),
		Organization: in.Config.Organization,
		Tool:         in.Tool,
		Policy:       in.Policy.ID,
		Notice: NoticeSummary{
			Title: in.Policy.Title, Source: in.Policy.Source,
			Announced: orNull(in.Policy.Announced.String()), Effective: in.Policy.Effective.String(),
		},
		Counts:           f.Counts,
		Newest:           orNull(f.Newest.String()),
		VersionStatuses:  map[policy.VersionStatus]int{policy.TooOld: 0, policy.Unsupported: 0, policy.Connects: 0, policy.Supported: 0, policy.UnknownVersion: 0},
		PortStatuses:     map[policy.PortStatus]int{policy.Retired: 0, policy.Allowed: 0, policy.Unverified: 0},
		DestinationKinds: map[policy.DestinationKind]int{policy.Cloud: 0, policy.Mixed: 0, policy.OnPremises: 0, policy.Unclassified: 0},
		Versions:         versions(f.Devices),
		Departments:      []DepartmentSummary{},
		Inputs:           []InputSummary{},
		Evidence:         EvidenceSummary{in.Config.Rules.WindowDays, in.Joined, in.Unjoined},
		Waivers: map[roster.Standing]int{roster.Holds: 0, roster.Expires: 0, roster.Expired: 0,
			roster.Refused: 0, roster.Ambiguous: 0, roster.Unused: 0},
		UnclassifiedDestinations: len(f.Unclassified),
		UnlistedUsers:            len(f.Unlisted),
		Problems:                 len(in.Problems),
		Changes:                  changesSummary(in.Memory),
		Forced:                   append([]string{}, in.Forced...),
	}
	if in.Config.Network != nil {
		s.NetworkConfirmedOn = orNull(in.Config.Network.On.String())
	}
	for _, a := range f.Devices {
		s.VersionStatuses[a.VersionStatus]++
		s.PortStatuses[a.PortStatus]++
		s.DestinationKinds[a.DestinationKind]++
	}
	for _, department := range f.Departments {
		s.Departments = append(s.Departments, DepartmentSummary{department.Name, department.Slug, department.Counts})
	}
	for _, file := range in.Files {
		s.Inputs = append(s.Inputs, InputSummary{file.Path, file.Kind, file.SHA256, file.Bytes,
			file.Rows, file.Devices, file.Merged, file.Rejected, file.Other})
	}
	for _, exemption := range f.Exemptions {
		s.Waivers[exemption.Standing]++
	}
	return s
}

func orNull(day string) *string {
	if day == "" {
		return nil
	}
	return &day
}

// versions counts the versions in use. All that could not be read are counted
// together.
func versions(devices []*fleet.Assessed) []VersionCount {
	type key struct {
		known               bool
		major, minor, patch int
		status              policy.VersionStatus
	}
	counts := map[key]int{}
	for _, a := range devices {
		v := a.Version
		counts[key{v.Known, v.Major, v.Minor, v.Patch, a.VersionStatus}]++
	}
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b key) int {
		return cmp.Or(cmp.Compare(a.major, b.major), cmp.Compare(a.minor, b.minor),
			cmp.Compare(a.patch, b.patch), cmp.Compare(a.status, b.status))
	})
	list := make([]VersionCount, 0, len(keys))
	for _, k := range keys {
		count := VersionCount{Status: k.status, Devices: counts[k]}
		if k.known {
			text := device.Version{Major: k.major, Minor: k.minor, Patch: k.patch, Known: true}.String()
			count.Version = &text
		}
		list = append(list, count)
	}
	return list
}

func writeSummary(w io.Writer, in Input) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(Summary(in))
}

// ResultJSON is the summary on standard output: the run's exit status comes
// first, and build adds a sentence about the pace.
type ResultJSON struct {
	Status int `json:"status"`
	SummaryJSON
	// Pace is a sentence; null on the first night.
	Pace *string `json:"pace"`
}
