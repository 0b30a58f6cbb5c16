package evidence

import (
	"cmp"
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
	words   *value.Outcomes
	columns []outcomeColumn
	texts   map[string]string
}

type outcomeColumn struct {
	cell          int
	named, guess  bool // by its name; by its cells alone; neither: by both
	holds, cannot bool // as its cells have told so far
}

// said is what the outcome columns of a row hold, a byte for each.
type said struct {
	columns string
	// odd is the first text that is no outcome of the columns that are named, and
	// oddElsewhere of those whose names can mean other things.
	odd, oddElsewhere odd
}

// odd is a text and its column as positions count it; column 0 is none.
type odd struct {
	text   string
	column int
}

// What a column says.
const (
	silent byte = iota
	success
	failure
	doubt
)

// textLimit bounds how many texts that are no outcome are told apart.
const textLimit = 1000

func newOutcomes(h *column.Header, words *value.Outcomes) *outcomes {
	o := &outcomes{words: words, texts: map[string]string{}}
	for _, c := range h.Outcomes {
		o.columns = append(o.columns, outcomeColumn{cell: c.Cell, named: !c.Perhaps})
	}
	for _, cell := range h.Others {
		o.columns = append(o.columns, outcomeColumn{cell: cell, guess: true})
	}
	return o
}

// read gives what a row says. Received is whether bytes came back: it tells what
// the end of a session does not.
func (o *outcomes) read(cells []string, received bool) (s said) {
	says := make([]byte, len(o.columns))
	for i := range o.columns {
		c := &o.columns[i]
		if c.cannot {
			continue
		}
		says[i] = o.cell(cells, c.cell, received)
		known := says[i] == success || says[i] == failure
		c.holds = c.holds || known
		switch {
		case known:
		case c.named && (s.odd.column == 0 || s.odd.text == ""):
			s.odd = odd{o.text(value.Clean(at(cells, c.cell))), c.cell + 1}
		case c.named, says[i] == silent:
		case c.guess:
			c.holds, c.cannot = false, true
		case s.oddElsewhere.column == 0:
			s.oddElsewhere = odd{o.text(value.Clean(at(cells, c.cell))), c.cell + 1}
		}
	}
	s.columns = string(says)
	return s
}

// cell reads one cell.
func (o *outcomes) cell(cells []string, c int, received bool) byte {
	switch o.words.Read(value.Clean(at(cells, c))) {
	case value.NoOutcome:
		return silent
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
// failure, doubt, or silent where no column says anything of outcomes. One
// failure is enough, and else one success.
func (o *outcomes) decide(s said) (result byte, why odd) {
	for i, c := range o.columns {
		if !c.named && !c.holds {
			continue
		}
		switch says := s.columns[i]; {
		case says == failure:
			return failure, odd{}
		case says == success:
			result = success
		case result == silent:
			result = doubt
		}
	}
	if result != doubt {
		return result, odd{}
	}
	if why = cmp.Or(s.odd, s.oddElsewhere); why.column == 0 { // the cell is empty
		why.column = o.found()[0] + 1
	}
	return doubt, why
}

// found gives the columns that hold outcomes by what stands in them, in order.
func (o *outcomes) found() []int {
	var cells []int
	for _, c := range o.columns {
		if !c.named && c.holds {
			cells = append(cells, c.cell)
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
