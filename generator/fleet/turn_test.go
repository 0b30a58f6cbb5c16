package fleet

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
)

func TestInTurn(t *testing.T) {
	one := func(name string, verdict policy.Verdict, task string, change func(*Assessed)) *Assessed {
		a := &Assessed{Device: &device.Device{Name: name}, Assessment: &policy.Assessment{Verdict: verdict}, Stale: Recent, Words: &Words{Task: task}}
		if change != nil {
			change(a)
		}
		return a
	}
	unseen := func(a *Assessed) { a.Stale = Stale }
	never := func(a *Assessed) { a.Stale = SeenNever }
	replaced := func(a *Assessed) { a.SupersededBy, a.Stale = "9", Stale }
	waived := func(a *Assessed) { a.Waiver, a.SupersededBy = &device.Waiver{}, "9" }
	ordered := inTurn([]*Assessed{
		one("ready", policy.Ready, "", nil),
		one("waived", policy.Upgrade, "a", waived),
		one("a waiver that no verdict asks for", policy.UpgradeRecommended, "a", waived),
		one("replaced b", policy.Upgrade, "b", replaced),
		one("replaced a", policy.Upgrade, "a", replaced),
		one("unseen", policy.Upgrade, "b", unseen),
		one("never", policy.Upgrade, "b", never),
		one("rare", policy.Upgrade, "a", nil),
		one("now b", policy.Upgrade, "b", nil),
		one("now a", policy.Upgrade, "b", nil),
		one("worst", policy.UpgradeAndChangePort, "z", unseen),
	})
	var got []string
	for _, a := range ordered {
		got = append(got, a.Name)
	}
	want := []string{"worst", "now a", "now b", "rare", "never", "unseen", "replaced a", "replaced b", "waived",
		"a waiver that no verdict asks for", "ready"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}
