package fleet

import (
	"cmp"
	"slices"

	"example.org/cutoff/generator/order"
	"example.org/cutoff/generator/policy"
)

// Turn says when a device comes among those with its verdict.
type Turn int

// Turns in the order of the pages: computers that people work at come first.
const (
	// Now is for devices that were seen recently.
	Now Turn = iota
	// Later is for devices that were not, or that no report dates.
	Later
	// Replaced is for devices that another one probably replaced. Somebody should
	// confirm that and deactivate them.
	Replaced
	// Exempt is for affected devices with a waiver.
	Exempt
)

// Turns gives all turns in order.
func Turns() []Turn { return []Turn{Now, Later, Replaced, Exempt} }

// Turn gives the device's turn.
func (a *Assessed) Turn() Turn {
	switch {
	case a.Verdict.Affected() && a.Waiver != nil:
		return Exempt
	case a.SupersededBy != "":
		return Replaced
	case a.Stale != Recent:
		return Later
	}
	return Now
}

// task is what the devices of one list on a page have in common.
type task struct {
	verdict policy.Verdict
	turn    Turn
	words   string // what to do; "" for every turn but Now
}

func taskOf(a *Assessed) task {
	t := task{verdict: a.Verdict, turn: a.Turn()}
	if t.turn == Now {
		t.words = a.Task
	}
	return t
}

// inTurn orders a department's devices as its page does: by verdict, worst first,
// then by turn, then by what there is to do, most devices first, then by name.
// Devices with equal names stay in the order in which they came.
func inTurn(devices []*Assessed) []*Assessed {
	lists := make(map[task][]*Assessed)
	var tasks []task
	for _, a := range devices {
		t := taskOf(a)
		if lists[t] == nil {
			tasks = append(tasks, t)
		}
		lists[t] = append(lists[t], a)
	}
	slices.SortFunc(tasks, func(x, y task) int {
		return cmp.Or(
			cmp.Compare(x.verdict.Place(), y.verdict.Place()),
			cmp.Compare(x.turn, y.turn),
			cmp.Compare(len(lists[y]), len(lists[x])),
			cmp.Compare(x.words, y.words),
		)
	})
	ordered := make([]*Assessed, 0, len(devices))
	var keys []named
	for _, t := range tasks {
		keys = keys[:0]
		for i, a := range lists[t] {
			keys = append(keys, named{order.Of(a.Name), int32(i), a})
		}
		slices.SortFunc(keys, func(a, b named) int { return cmp.Or(a.name.Compare(&b.name), cmp.Compare(a.place, b.place)) })
		for i := range keys {
			ordered = append(ordered, keys[i].Assessed)
		}
	}
	return ordered
}

// named is a device with what it is sorted by: its name, then its earlier place.
type named struct {
	name  order.Text
	place int32
	*Assessed
}
