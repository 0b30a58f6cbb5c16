package policy

import (
	"cmp"
	"sync"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
)

// Rules are a policy joined with an organisation's settings, ready to judge.
// They are safe for use by several goroutines at once.
type Rules struct {
	policy   *Policy
	settings Settings
	places   places

	// aim, tooOld, allowed and effective are parts of sentences; tooOld is ""
	// when every version connects.
	aim, tooOld, allowed, effective string

	mu   sync.RWMutex
	kept map[situation]string // sentences, made once for all devices that share them
}

// New joins a policy with the settings of an organisation. Neither may change
// afterwards.
func New(p *Policy, s Settings) *Rules {
	return &Rules{
		policy: p, settings: s, places: newPlaces(p, s),
		aim: aim(p, s), tooOld: tooOldInWords(p), allowed: portsInWords(p.Ports.Allowed),
		effective: p.Effective.Format(cmp.Or(s.DateLayout, "2 January 2006")),
		kept:      map[situation]string{},
	}
}

// Policy gives the policy that the rules come from.
func (r *Rules) Policy() *Policy { return r.policy }

// Settings gives what the organisation added.
func (r *Rules) Settings() Settings { return r.settings }

// AssessAll judges devices for one day, in their order. Devices with the same
// assessment share one value, because a large fleet has few different ones.
func (r *Rules) AssessAll(devices []*device.Device, asOf calendar.Day) []*Assessment {
	shared := map[Assessment]*Assessment{}
	all := make([]*Assessment, len(devices))
	for i, d := range devices {
		a := r.Assess(d, asOf)
		if i > 0 && a == *all[i-1] {
			all[i] = all[i-1]
			continue
		}
		if shared[a] == nil {
			shared[a] = new(a)
		}
		all[i] = shared[a]
	}
	return all
}

// Assess judges one device for one day.
func (r *Rules) Assess(d *device.Device, asOf calendar.Day) Assessment {
	a := Assessment{VersionStatus: UnknownVersion, DestinationKind: Unclassified}
	if r.policy.Subject == SystemVersion {
		a.Subject = SystemVersion
	}
	if a.Subject == "" || !r.policy.Scope.leavesOut(d) { // other systems have other versions
		a.VersionStatus = r.versionStatus(d.Version)
	}
	if len(r.policy.Scope.Families) > 0 {
		a.SystemFamily = d.Family()
	}
	if r.policy.Scope.Destinations {
		a.DestinationKind = r.places.kind(d.Destinations)
	}
	r.judgePort(&a, d, asOf)
	a.Verdict = verdictOf(r.facts(d, a))
	return a
}

func (r *Rules) facts(d *device.Device, a Assessment) facts {
	return facts{
		otherSystem:         r.policy.Scope.leavesOut(d),
		stores:              r.policy.Scope.Destinations,
		deactivated:         d.Status != "" && d.Status.Deactivated(),
		kind:                a.DestinationKind,
		version:             a.VersionStatus,
		port:                a.PortStatus,
		unclassifiedIsCloud: r.settings.UnclassifiedIsCloud,
	}
}

// versionStatus judges a version. If only a release is known, such as Windows 10,
// it is judged when all versions of the release are judged alike. Otherwise the
// version counts as unknown.
func (r *Rules) versionStatus(v device.Version) VersionStatus {
	if !v.IsRelease() {
		return r.statusOf(v)
	}
	first, last := v.Span()
	lists := [][]Range{r.policy.Versions.Connects, r.policy.Versions.Unsupported}
	if r.settings.Supported != nil {
		lists = append(lists, r.settings.Supported.Versions)
	}
	after := last
	after.Patch++
	span := []Range{{From: &first, Below: &after}}
	for _, list := range lists {
		if len(common(span, list)) > 0 && len(without(span, list)) > 0 {
			return UnknownVersion
		}
	}
	return r.statusOf(first)
}

func (r *Rules) statusOf(v device.Version) VersionStatus {
	rule := &r.policy.Versions
	switch {
	case !v.Known:
		return UnknownVersion
	case !inAny(rule.Connects, v):
		return TooOld
	case inAny(rule.Unsupported, v):
		return Unsupported
	case r.settings.Supported == nil:
		return Connects
	case inAny(r.settings.Supported.Versions, v):
		return Supported
	}
	return Unsupported
}
