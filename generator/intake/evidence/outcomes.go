package evidence

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/value"
)

// outcomes finds out what became of the connection of each row. A column holds
// outcomes by its name, by a name that can mean other things where one of its
// cells holds an outcome, or where all its filled cells do. Which columns those
// are is known at the end of the sheet, so a row is remembered by what each
// column said.
type outcomes struct {
	words *value.Outcomes
	named []int // cells
	// perhaps are the columns with a name that can mean other things, others
	// those whose filled cells were all outcomes so far.
	perhaps, others []int
	slots           map[int]uint // of perhaps and others, by cell
	confirmed       uint64       // slots that hold outcomes for certain
	texts           map[string]string
}

// said is what the outcome columns of a row hold: two bits for the named ones
// together, then two for each slot. Rows that say the same are one.
type said struct {
	bits uint64
	// odd is the first text that is no outcome, and its column as positions count
	// it: of the named columns, or of the others. Column 0 is none.
	odd, oddElsewhere odd
}

type odd struct {
	text   string
	column int
}

const (
	success = 1
	failure = 2
	doubt   = 3
	// slotLimit is how many columns two bits each have room for.
	slotLimit = 31
	// textLimit bounds how many texts that are no outcome are told apart.
	textLimit = 1000
)

func newOutcomes(h *column.Header, words *value.Outcomes) *outcomes {
	o := &outcomes{words: words, slots: map[int]uint{}, texts: map[string]string{}}
	for _, c := range h.Outcomes {
		if c.Perhaps {
			o.perhaps = append(o.perhaps, c.Cell)
			o.slot(c.Cell)
		} else {
			o.named = append(o.named, c.Cell)
		}
	}
	o.others = append(o.others, h.Others...)
	return o
}

// any reports whether any column may hold outcomes.
func (o *outcomes) any() bool { return len(o.named)+len(o.perhaps)+len(o.others) > 0 }

// slot gives the slot of a column; it reports false when all are taken.
func (o *outcomes) slot(cell int) (uint, bool) {
	slot, known := o.slots[cell]
	if !known && len(o.slots) < slotLimit {
		slot = uint(len(o.slots)) + 1
		o.slots[cell] = slot
	}
	return slot, slot > 0
}

// read gives what a row says. Received is whether bytes came back: it tells what
// the end of a session does not.
func (o *outcomes) read(cells []string, received bool) said {
	var s said
	for _, c := range o.named {
		switch bits := o.cell(cells, c, received); {
		case bits == failure || s.bits == failure:
			s.bits = failure
		case bits == success || s.bits == success:
			s.bits = success
		default:
			s.bits = doubt
			if s.odd.column == 0 || s.odd.text == "" {
				s.odd = odd{o.text(value.Clean(at(cells, c))), c + 1}
			}
		}
	}
	for _, c := range o.perhaps {
		slot, ok := o.slot(c)
		if !ok {
			continue
		}
		bits := o.cell(cells, c, received)
		s.bits |= bits << (2 * slot)
		if bits == success || bits == failure {
			o.confirmed |= 1 << slot
		} else if bits == doubt && s.oddElsewhere.column == 0 {
			s.oddElsewhere = odd{o.text(value.Clean(at(cells, c))), c + 1}
		}
	}
	for i := 0; i < len(o.others); i++ {
		c := o.others[i]
		bits := o.cell(cells, c, received)
		switch bits {
		case 0:
			continue
		case doubt: // no column of outcomes
			o.others = append(o.others[:i], o.others[i+1:]...)
			if slot := o.slots[c]; slot > 0 {
				o.confirmed &^= 1 << slot
			}
			i--
			continue
		}
		if slot, ok := o.slot(c); ok {
			s.bits |= bits << (2 * slot)
			o.confirmed |= 1 << slot
		}
	}
	return s
}

// cell reads one cell as two bits; 0 is an empty one.
func (o *outcomes) cell(cells []string, c int, received bool) uint64 {
	switch o.words.Read(value.Clean(at(cells, c))) {
	case value.NoOutcome:
		return 0
	case value.Success:
		return success
	case value.Failure:
		return failure
	case value.Ended:
		if received {
			return success
		}
	}
	return doubt
}

// decide says at the end of the sheet what became of the connection: success,
// failure, doubt, or 0 where no column says anything of outcomes.
func (o *outcomes) decide(s said) (result uint64, why odd) {
	if len(o.named) > 0 {
		result, why = s.bits&3, s.odd
	} else if o.confirmed != 0 {
		result, why = doubt, s.oddElsewhere
	}
	for _, slot := range o.slots {
		if o.confirmed&(1<<slot) == 0 {
			continue
		}
		switch s.bits >> (2 * slot) & 3 {
		case failure:
			return failure, odd{}
		case success:
			if result != failure {
				result = success
			}
		}
	}
	if result == doubt && why.column == 0 { // the cell is empty
		if found := o.found(); len(found) > 0 {
			why.column = found[0] + 1
		}
	}
	return result, why
}

// found gives the columns that hold outcomes by what stands in them, in order.
func (o *outcomes) found() []int {
	var cells []int
	for c, slot := range o.slots {
		if o.confirmed&(1<<slot) != 0 {
			cells = append(cells, c)
		}
	}
	slices.Sort(cells)
	return cells
}

// text gives a copy of a text that is kept once.
func (o *outcomes) text(text string) string {
	kept, known := o.texts[text]
	if !known {
		if len(o.texts) >= textLimit {
			return "..."
		}
		kept = strings.Clone(text)
		o.texts[kept] = kept
	}
	return kept
}

func at(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}
