package fleet

import (
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/spelling"
)

// supersededDays is how much later another installation must have been seen to
// count as the one that took over. A computer that is set up again keeps its name
// and user and gets another GUID.
const supersededDays = 7

// unknownHost is what a console writes for a host name that it does not know.
const unknownHost = "unknown"

// computer is what two installations on one computer share.
type computer struct{ host, user string }

// markSuperseded marks the devices that another one probably replaced: the one
// of the same host name and the same user, not deactivated, that was seen last;
// of two seen at once the one with the greater GUID.
func markSuperseded(devices []*Assessed) {
	// Each computer has a number, so that a device's names are looked up once.
	numbers := make(map[computer]int32, len(devices))
	places := make([]int32, len(devices))
	var latest []*Assessed
	for i, a := range devices {
		places[i] = -1
		of, known := computerOf(a)
		if !known {
			continue
		}
		n, seen := numbers[of]
		if !seen {
			n = int32(len(latest))
			numbers[of] = n
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

// computerOf is false for a device without a GUID, a host name, a user or a date:
// too little is known to say that it was replaced, or that it replaced another.
func computerOf(a *Assessed) (of computer, known bool) {
	if a.GUID == "" || a.Hostname == "" || a.Username == "" || a.LastSeen().IsZero() {
		return of, false
	}
	of = computer{spelling.Fold(a.Hostname), spelling.Fold(a.Username)}
	return of, of.host != unknownHost
}
