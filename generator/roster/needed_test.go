package roster

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
)

// TestNeeded checks on random rosters that the needed people decide the same as
// everyone: departments, managers and who leads what.
func TestNeeded(t *testing.T) {
	left := 0
	for seed := range uint64(100) {
		dice := rand.New(rand.NewPCG(seed, 1))
		pick := func(texts ...string) string { return texts[dice.IntN(len(texts))] }
		name := func(n int) string {
			who := fmt.Sprintf("p%d", dice.IntN(n))
			return pick(who, who, who+"@a.example", who+"@b.example", `CORP\`+who, `OTHER\`+who, "P"+who[1:], "")
		}
		var devices []*device.Device
		for range 8 {
			devices = append(devices, &device.Device{Home: &device.Home{Department: pick("", "Sales", "Own")}, Username: name(200), Email: pick("", name(200))})
		}
		var everyone []device.Person
		for n := range 200 {
			everyone = append(everyone, device.Person{
				Username: name(200), Email: pick("", name(200)), Department: pick("Sales", "sales", "R&D"),
				Name: pick("", fmt.Sprint("N ", n), fmt.Sprint("N ", n), pick("Ann Lee", "Ben Ray")), DN: pick("", pick("", "CN=Ann Lee,DC=a"), fmt.Sprintf("CN=x%d,DC=a", n)),
				Manager:      pick("", "Ann Lee", "Lee, Ann", "CN=Ann Lee,DC=a", "p1", `CORP\p2`),
				ManagerEmail: pick("", "", "ann@a.example", "Ann@a.example"), Source: device.Source{Row: n},
			})
		}
		all := func(yield func(*device.Person) bool) {
			for i := range everyone {
				if !yield(&everyone[i]) {
					return
				}
			}
		}
		is := Needed(devices, all)
		var needed []device.Person
		for p := range all {
			if is(p) {
				needed = append(needed, *p)
			}
		}
		left += len(everyone) - len(needed)
		aliases := map[string]string{"R&D": "Research"}
		want := Assign(devices, everyone, aliases)
		if diff := cmp.Diff(want, Assign(devices, needed, aliases)); diff != "" {
			t.Fatalf("roster %d (-everyone +needed):\n%s", seed, diff)
		}
		one, other := NewManagers(everyone, aliases), NewManagers(needed, aliases)
		for i, d := range devices {
			if a, b := one.Of(want.Departments[i], d.Username), other.Of(want.Departments[i], d.Username); a != b {
				t.Fatalf("roster %d: found %v needed, want %v", seed, b, a)
			}
		}
		for _, department := range want.Names {
			if a, b := one.In(department), other.In(department); !slices.Equal(a, b) {
				t.Fatalf("roster %d: found %v in %s, want %v", seed, b, department, a)
			}
		}
	}
	if left < 1000 {
		t.Errorf("found %d people left out of 100 rosters, want more", left)
	}
}
