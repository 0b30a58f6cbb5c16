package memory

import (
	"slices"
	"strconv"
	"strings"

	"example.org/cutoff/generator/fleet"
)

// queue has tonight's devices in the order of the log.
type queue struct {
	// named are the devices without a GUID.
	named []namedDevice
	rest  []*fleet.Assessed
}

type namedDevice struct {
	key string
	*fleet.Assessed
}

// inLogOrder makes the queue from a fleet's devices. They must be ordered by GUID,
// those without one first.
func inLogOrder(devices []*fleet.Assessed) *queue {
	q := &queue{}
	called := make(map[string]int)
	for len(devices) > 0 && devices[0].GUID == "" {
		key := keyOf(devices[0])
		if called[key]++; called[key] > 1 {
			key += "\t" + strconv.Itoa(called[key])
		}
		q.named = append(q.named, namedDevice{key, devices[0]})
		devices = devices[1:]
	}
	slices.SortFunc(q.named, func(a, b namedDevice) int { return strings.Compare(a.key, b.key) })
	q.rest = devices
	return q
}

// head gives the next device and its first line in the log; nil for none.
func (q *queue) head() (string, *fleet.Assessed) {
	switch {
	case len(q.named) > 0:
		return q.named[0].key, q.named[0].Assessed
	case len(q.rest) > 0:
		return keyOf(q.rest[0]), q.rest[0]
	}
	return "", nil
}

// drop removes the next device.
func (q *queue) drop() {
	if len(q.named) > 0 {
		q.named = q.named[1:]
	} else {
		q.rest = q.rest[1:]
	}
}
