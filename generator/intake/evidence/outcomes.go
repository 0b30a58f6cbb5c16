package evidence

import (
	"cmp"
	"slices"
	"strings"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/value"
)

// outcomes finds out what became of each row's connection. Three sorts of columns
// hold outcomes: one whose name says so; one whose name can mean other things, if
// at least one cell is an outcome; and one with an unknown name, if all filled
// cells are. Which columns those are is known only at the end of the sheet. Until
// then it remembers what each column of a row said.
type outcomes struct {
	words   *value.Outcomes
	columns []outcomeColumn
	texts   map[string]string
}

type outcomeColumn struct {
	cell          int
	named, guess  bool // its name says so; its name is unknown; neither: it can mean other things
	holds, cannot bool // what its cells have told so far: that it holds outcomes, or cannot
}

// said is what the outcome columns of a row say.
type said struct {
	columns string // a byte for each column
	// odd is the first text that is no outcome in a column whose name says that it
	// holds them. oddElsewhere is the same for names that can mean other things.
	odd, oddElsewhere odd
}

// odd is a text and the number of its column, from 1; column 0 is no text.
type odd struct {
	text   string
	column int
}

// What a cell of a column says.
const (
	silent byte = iota
	success
	failure
	doubt
)

// textLimit bounds how many different texts that are no outcome are kept.
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

// read gives what a row says. received says whether bytes came back: if the log
// only says that a session ended, that decides.
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

// cell gives what one cell says.
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

// decide says at the end of the sheet what became of a row's connection: success,
// failure, doubt, or silent if the sheet has no outcome column. One failure is
// enough, otherwise one success. With a doubt it gives the text that caused it.
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

// found gives the cells, in order, of the columns that hold outcomes though their
// names do not say so.
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

// text gives a kept copy of a text, or "..." when there are too many.
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
