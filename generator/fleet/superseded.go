package fleet

import (
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/spelling"
)

// supersededDays is by how many days the other installation must have been seen
// later to count as the one that took over. A computer that is set up again keeps
// its name and user and gets another GUID.
const supersededDays = 7

// unknownHost is what a console writes for a host name that it does not know.
const unknownHost = "unknown"

// computers gives each computer a number. Installations with the same host name
// and user, in any spelling, are on one computer. The map has hashes and not names
// as keys, which takes less memory.
type computers struct {
	byHash map[uint64]int32
	first  []*Assessed // of each computer
}

func (c *computers) number(a *Assessed) int32 {
	hash := spelling.Hash(a.Hostname)*31 + spelling.Hash(a.Username)
	for ; ; hash++ {
		n, seen := c.byHash[hash]
		if !seen {
			n = int32(len(c.first))
			c.byHash[hash] = n
			c.first = append(c.first, a)
			return n
		}
		if first := c.first[n]; spelling.Same(first.Hostname, a.Hostname) && spelling.Same(first.Username, a.Username) {
			return n
		}
	}
}

// markSuperseded marks the devices that another one probably replaced. The other is
// the device with the same host name and user that is not deactivated and was seen
// last. Of two that were seen at the same time, it is the one with the greater GUID.
func markSuperseded(devices []*Assessed) {
	// Each computer has a number, so that a device's names are looked up once.
	computers := computers{byHash: make(map[uint64]int32, len(devices))}
	places := make([]int32, len(devices))
	var latest []*Assessed
	for i, a := range devices {
		places[i] = -1
		if !onComputer(a) {
			continue
		}
		n := computers.number(a)
		if int(n) == len(latest) {
			latest = append(latest, nil)
		}
		places[i] = n
		if !a.Status.Deactivated() && (latest[n] == nil || later(a, latest[n])) {
			latest[n] = a
		}
	}
	for i, a := range devices {
		if places[i] < 0 {
			continue
		}
		other := latest[places[i]]
		if other != nil && calendar.Of(a.LastSeen()).Until(calendar.Of(other.LastSeen())) >= supersededDays {
			a.SupersededBy = other.GUID
		}
	}
}

func later(a, b *Assessed) bool {
	if order := a.LastSeen().Compare(b.LastSeen()); order != 0 {
		return order > 0
	}
	return a.GUID > b.GUID
}

// onComputer is false for a device without a GUID, a known host name, a user or a
// date. Too little is known about it to say that it was replaced or replaced
// another.
func onComputer(a *Assessed) bool {
	return a.GUID != "" && a.Hostname != "" && a.Username != "" && !a.LastSeen().IsZero() && !spelling.Same(a.Hostname, unknownHost)
}
