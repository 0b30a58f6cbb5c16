package evidence

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// target is what a row says apart from its client and its time.
type target struct {
	host string
	port int
	said said
	// Rows that do not count are added to ignored. Rows that cannot be understood
	// have a doubt. Other rows have neither.
	ignored *int
	doubt   doubted
}

// kept gives a copy of the target that shares no text with a row.
func (t target) kept() target {
	t.host, t.doubt.value = strings.Clone(t.host), strings.Clone(t.doubt.value)
	return t
}

// numbers gives each different T a number. The zero T is number 0.
type numbers[T comparable] struct {
	list   []T
	places map[T]uint32
}

func newNumbers[T comparable]() numbers[T] {
	var zero T
	return numbers[T]{[]T{zero}, map[T]uint32{zero: 0}}
}

// of gives the number of a T. A new one is first copied by keep.
func (n *numbers[T]) of(one T, keep func(T) T) uint32 {
	number, known := n.places[one]
	if !known {
		one, number = keep(one), uint32(len(n.list))
		n.list = append(n.list, one)
		n.places[one] = number
	}
	return number
}

// target gives the number of a row's target. The cells that give it are the same in
// many rows, so they are read once, as long as lookupLimit allows.
func (s *sheet) target(c *cells, all []string) uint32 {
	received := value.Clean(c.Received)
	s.text = s.text[:0]
	add := func(cell string) { s.text = append(append(s.text, cell...), cellEnd...) }
	add(c.Destination)
	add(c.DestinationHost)
	add(c.Port)
	add(c.Application)
	switch { // only whether any bytes came back matters
	case received == "0":
		add("none")
	case value.Digits(received):
		add("some")
	default:
		add("")
	}
	for _, column := range s.outcomes.columns {
		if !column.cannot {
			add(at(all, column.cell))
		}
	}
	number, known := s.targetsByText[string(s.text)]
	if !known {
		number = s.targets.of(s.readTarget(c, received, all), target.kept)
		if len(s.targetsByText) < lookupLimit {
			s.targetsByText[string(s.text)] = number
		}
	}
	return number
}

// readTarget reads a row's target. The port is in a column of its own, else after
// the destination, else in the application's name.
func (s *sheet) readTarget(c *cells, received string, all []string) target {
	application, port := value.Clean(c.Application), value.Clean(c.Port)
	if received == "0" || strings.EqualFold(application, "incomplete") {
		return target{ignored: &s.failed}
	}
	said := s.outcomes.read(all, value.Digits(received))
	to, ok := value.ParseEndpoint(value.Clean(c.Destination))
	host, ok2 := value.ParseEndpoint(value.Clean(c.DestinationHost))
	if host.Host != "" {
		to.Name = host.Host
		to.Port = cmp.Or(to.Port, host.Port)
	}
	if !s.filtered && !s.reader.opts.inCloud(to.Host) && !s.reader.opts.inCloud(to.Name) {
		if ok && ok2 && (to.Host != "" || to.Name != "") {
			return target{ignored: &s.elsewhere}
		}
		return target{doubt: doubted{problem.UnreadableDestination, s.columns.destination, c.Destination}}
	}
	number, ok := value.Port(port)
	if !ok && port == "" {
		if number, ok = to.Port, to.Port > 0; !ok {
			number, ok = value.Port(application)
		}
	}
	switch {
	case !ok:
		return target{doubt: doubted{problem.UnreadablePort, s.columns.port, port}}
	case !s.reader.decides(number):
		return target{ignored: &s.otherPorts}
	}
	return target{host: cmp.Or(to.Name, to.Host), port: number, said: said}
}
