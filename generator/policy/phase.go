package policy

import "example.org/cutoff/generator/calendar"

// Phase says how near the effective date is on a day. The effective date itself
// is in force, because notices give no time of day. A notice without a known day
// of announcement never has the phase Before.
func (r *Rules) Phase(asOf calendar.Day) Phase {
	left := asOf.Until(r.policy.Effective)
	switch {
	case left <= 0:
		return InForce
	case asOf.Before(r.policy.Announced):
		return Before
	case left <= r.settings.ImminentDays:
		return Imminent
	case left <= r.settings.ApproachingDays:
		return Approaching
	}
	return Announced
}
