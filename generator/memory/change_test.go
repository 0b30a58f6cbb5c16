package memory

import (
	"testing"

	"example.org/cutoff/generator/policy"
)

// like gives a device with some facts changed.
func like(f Facts, change func(*Facts)) *Facts {
	change(&f)
	return &f
}

var (
	tooOld = Facts{Verdict: policy.Upgrade, Version: "5.3.1", VersionStatus: policy.TooOld,
		PortStatus: policy.Unverified, DestinationKind: policy.Cloud, Destination: "42 CrashPlan Central"}
	onOldPort = Facts{Verdict: policy.ChangePort, Version: "7.0.3", VersionStatus: policy.Connects,
		Port: 4282, PortStatus: policy.Retired, DestinationKind: policy.Cloud, Destination: "42 CrashPlan Central"}
	both = Facts{Verdict: policy.UpgradeAndChangePort, Version: "5.3.1", VersionStatus: policy.TooOld,
		Port: 4282, PortStatus: policy.Retired, DestinationKind: policy.Cloud, Destination: "42 CrashPlan Central"}
	ready = Facts{Verdict: policy.Ready, Version: "7.0.3", VersionStatus: policy.Connects,
		Port: 4287, PortStatus: policy.Allowed, DestinationKind: policy.Cloud, Destination: "42 CrashPlan Central"}
)

func TestKindOfChange(t *testing.T) {
	waived := like(tooOld, func(f *Facts) { f.WaivedUntil = "2020-03-01" })
	later := like(tooOld, func(f *Facts) { f.WaivedUntil = "2020-04-01" })
	check := like(ready, func(f *Facts) { f.Verdict, f.VersionStatus = policy.Check, policy.UnknownVersion })
	unverified := like(ready, func(f *Facts) { f.Verdict, f.Port, f.PortStatus = policy.VerifyPort, 0, policy.Unverified })
	recommended := like(*unverified, func(f *Facts) { f.Verdict, f.VersionStatus = policy.UpgradeRecommended, policy.Unsupported })
	inactive := like(tooOld, func(f *Facts) { f.Verdict, f.Deactivated = policy.Inactive, true })
	agedAndOld := like(both, func(f *Facts) { f.Verdict, f.Port, f.PortStatus = policy.Upgrade, 0, policy.Unverified })
	never, seen, had := earlier{}, earlier{seen: true}, earlier{seen: true, affected: true}
	for name, c := range map[string]struct {
		then, now *Facts
		before    earlier
		want      Kind
	}{
		"in no report on both nights":                        {nil, nil, had, ""},
		"never there before":                                 {nil, &tooOld, never, New},
		"there on some earlier night":                        {nil, &tooOld, seen, Back},
		"affected on some earlier night, and then not there": {nil, &tooOld, had, Back},
		"in no report now":                                   {&tooOld, nil, had, Gone},
		"affected for the first time":                        {&ready, &tooOld, seen, NewlyAffected},
		"affected again":                                     {&ready, &tooOld, had, Returned},
		"affected again and waived at once":                  {&ready, waived, had, Returned},
		"version cannot be read any more":                    {&tooOld, check, had, Unclear},
		"evidence aged, the port alone":                      {&onOldPort, unverified, had, Unclear},
		"evidence aged, unsupported":                         {&onOldPort, recommended, had, Unclear},
		"evidence aged while upgraded":                       {&both, unverified, had, Unclear},
		"evidence aged, still too old":                       {&both, agedAndOld, had, Changed},
		"evidence aged, deactivated":                         {&onOldPort, inactive, had, Fixed},
		"upgraded, nobody knows the port as before":          {&tooOld, unverified, had, Fixed},
		"upgraded, unsupported":                              {&tooOld, recommended, had, Fixed},
		"upgraded and seen on the new port":                  {&both, &ready, had, Fixed},
		"waiver began":                                       {&tooOld, waived, had, Waived},
		"waiver began with another verdict":                  {&onOldPort, waived, had, Waived},
		"waiver ended":                                       {waived, &tooOld, had, WaiverEnded},
		"waiver ended because the device is fixed":           {waived, &ready, had, Fixed},
		"waiver prolonged":                                   {waived, later, had, ""},
		"affected by something else":                         {&both, &tooOld, had, Changed},
		"not affected, another verdict":                      {unverified, &ready, seen, Changed},
		"not affected, was affected before":                  {unverified, &ready, had, Changed},
		"check, then ready":                                  {check, &ready, seen, Changed},
		"ready, then check":                                  {&ready, check, seen, Changed},
		"the same":                                           {&tooOld, &tooOld, had, ""},
		"renamed and moved":                                  {&tooOld, like(tooOld, func(f *Facts) { f.Name, f.Department = "PC-2", "Sales" }), had, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := kindOf(c.then, c.now, c.before); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

func TestHowFixed(t *testing.T) {
	onPremises := like(ready, func(f *Facts) {
		f.Verdict, f.DestinationKind, f.Destination = policy.NotAffected, policy.OnPremises, "Backup Server 1"
	})
	for name, c := range map[string]struct {
		then, now *Facts
		want      How
	}{
		"upgraded": {&tooOld, &ready, ByUpgrade},
		"upgraded to an unsupported one": {&tooOld, like(ready, func(f *Facts) {
			f.Verdict, f.Version, f.VersionStatus = policy.UpgradeRecommended, "4.8.2", policy.Unsupported
		}), ByUpgrade},
		"upgraded to a supported one":              {&tooOld, like(ready, func(f *Facts) { f.VersionStatus = policy.Supported }), ByUpgrade},
		"upgraded, was never seen on the old port": {like(tooOld, func(f *Facts) { f.Port, f.PortStatus = 443, policy.Allowed }), &ready, ByUpgrade},
		"port changed":                             {&onOldPort, &ready, ByPort},
		"port changed, and a new build":            {&onOldPort, like(ready, func(f *Facts) { f.Version = "7.2.0" }), ByPort},
		"evidence aged, the network is confirmed":  {&onOldPort, like(ready, func(f *Facts) { f.Port = 0 }), ByPort},
		"upgraded and port changed":                {&both, &ready, ByBoth},
		"both, the port by rules":                  {&both, like(ready, func(f *Facts) { f.Port = 4282 }), ByUpgrade},
		"both, the version by rules":               {&both, like(ready, func(f *Facts) { f.Version = "5.3.1" }), ByPort},
		"deactivated":                              {&tooOld, like(tooOld, func(f *Facts) { f.Verdict, f.Deactivated = policy.Inactive, true }), ByDeactivation},
		"deactivated after an upgrade":             {&tooOld, like(ready, func(f *Facts) { f.Verdict, f.Deactivated = policy.Inactive, true }), ByDeactivation},
		"moved on premises":                        {&tooOld, onPremises, ByMoving},
		"moved on premises and upgraded":           {&both, onPremises, ByMoving},
		"destination reclassified":                 {&tooOld, like(tooOld, func(f *Facts) { f.Verdict, f.DestinationKind = policy.NotAffected, policy.OnPremises }), ByRules},
		"version allowed":                          {&tooOld, like(tooOld, func(f *Facts) { f.Verdict, f.VersionStatus = policy.VerifyPort, policy.Connects }), ByRules},
		"version allowed, another form":            {&tooOld, like(tooOld, func(f *Facts) { f.Verdict, f.Version, f.VersionStatus = policy.VerifyPort, "5.3.1.77", policy.Connects }), ByRules},
		"another subject": {&tooOld, like(tooOld, func(f *Facts) {
			f.Verdict, f.Version, f.VersionStatus, f.Subject = policy.Ready, "10.0.22631", policy.Connects, policy.SystemVersion
		}), ByRules},
		"another scope": {&tooOld, like(tooOld, func(f *Facts) {
			f.Verdict, f.DestinationKind, f.SystemFamily = policy.NotAffected, policy.Unclassified, "Mac"
		}), ByRules},
		"another system": {like(tooOld, func(f *Facts) { f.SystemFamily = "Windows" }), like(tooOld, func(f *Facts) {
			f.Verdict, f.VersionStatus, f.SystemFamily = policy.NotAffected, policy.UnknownVersion, "Linux"
		}), ByUpgrade},
		"port no longer retired": {&onOldPort, like(onOldPort, func(f *Facts) { f.Verdict, f.PortStatus = policy.Ready, policy.Allowed }), ByRules},
	} {
		t.Run(name, func(t *testing.T) {
			change, ok := changeOf(c.then, c.now, earlier{seen: true, affected: true})
			if !ok || change.Kind != Fixed || change.How != c.want {
				t.Errorf("found %q %q, want fixed %q", change.Kind, change.How, c.want)
			}
			if change.RulesAlone != (c.want == ByRules) {
				t.Errorf("by the rules alone: found %v", change.RulesAlone)
			}
		})
	}
}

func TestOnlyWhatIsFixedSaysHow(t *testing.T) {
	check := like(tooOld, func(f *Facts) { f.Verdict = policy.Check })
	change, ok := changeOf(&tooOld, check, earlier{})
	if !ok || change.Kind != Unclear || change.How != "" || !change.RulesAlone {
		t.Errorf("found %+v", change)
	}
	waived := like(tooOld, func(f *Facts) { f.WaivedUntil = "2020-03-01" })
	if change, _ := changeOf(&tooOld, waived, earlier{}); change.RulesAlone {
		t.Error("found a waiver taken for a change of the rules")
	}
	if _, ok := changeOf(&tooOld, &tooOld, earlier{}); ok {
		t.Error("found a change of a device that did not change")
	}
}
