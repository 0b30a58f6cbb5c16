package intake

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/gocarina/gocsv"

	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/problem"
)

// tables reads every sheet of an open file that has a header.
func (s *source) tables(t *table.File) (commit func(), err error) {
	rec := newRecognizer(s.file.Kind, s.run.opts.Columns)
	var commits []func()
	var missing []*body
	read := 0
	for _, sheet := range t.Sheets() {
		b := &body{source: s, table: t, sheet: sheet}
		s.faults.sheet = sheet.Name
		found, err := b.findHeader(rec)
		if err != nil {
			return nil, err
		}
		if !found {
			if b.nearest != nil {
				missing = append(missing, b)
			}
			continue
		}
		read++
		if sheet.Hidden {
			s.faults.add(problem.HiddenSheet, 0, 0, "found a hidden sheet with a header, want nothing hidden: its rows count")
		}
		s.file.Columns = append(s.file.Columns, b.header.columns...)
		commit, err := s.rows(b)
		if err != nil {
			return nil, err
		}
		s.file.Unknown = append(s.file.Unknown, b.header.unknown...)
		commits = append(commits, commit)
	}
	if read == 0 {
		var nearest []string
		best := -1
		for _, b := range missing {
			if score := rec.score(b.nearest); score > best {
				best, nearest = score, b.nearest
			}
		}
		return nil, s.refuse(problem.Unrecognised, rec.unrecognized(nearest))
	}
	for _, b := range missing {
		s.faults.sheet = b.sheet.Name
		s.faults.add(problem.NoHeader, 0, 0, "found a sheet without the columns of the input, want a header: its rows do not count")
	}
	if s.file.Kind == Report && s.used == 0 {
		return nil, s.refuse(problem.Unrecognised, fmt.Sprintf(
			"found a report without a device (%s below the header, %d rejected), want at least one", plural(s.file.Rows-s.file.Other, "row", "rows"), s.file.Rejected))
	}
	return func() {
		for _, commit := range commits {
			commit()
		}
	}, nil
}

// body is the rows of one sheet below its header.
type body struct {
	*source
	table  *table.File
	sheet  *table.Sheet
	header *header
	origin int32 // the sheet's place in path order
	// nearest is the row that came nearest to a header; nil in a blank sheet.
	nearest []string
	// hasValue says for each of the header's columns whether any row has a value.
	hasValue []bool
	// unnamed has the columns without a header text that no row has filled yet.
	unnamed []int
	// zeek marks a file in Zeek's format, where rows that begin with "#" are
	// remarks and "-" is nothing.
	zeek bool
}

// findHeader reads up to the header. Without one the sheet is read to its end,
// since every row is accounted for.
func (b *body) findHeader(rec *recognizer) (bool, error) {
	best, width := -1, 0
	for n := 0; ; n++ {
		row, err := b.sheet.Read()
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		b.file.Rows++
		b.file.Other++
		if n >= headerDepth || blank(row.Cells) {
			continue
		}
		place := problem.Position{File: b.file.Path, Sheet: b.sheet.Name}
		if h, ok := rec.recognize(row.Number, row.Cells, place); ok {
			b.begin(h, row.Cells)
			return true, nil
		}
		score := rec.score(row.Cells)
		n, _ := filled(row.Cells)
		if score > best || score == best && n > width {
			best, width = score, n
			b.nearest = cloneCells(row.Cells)
		}
	}
}

func (b *body) begin(h *header, cells []string) {
	b.header = h
	b.origin = int32(len(b.run.origins))
	b.run.origins = append(b.run.origins, b)
	b.zeek = cells[0] == "#fields"
	b.hasValue = make([]bool, len(h.names))
	if !b.zeek {
		for i, cell := range cells {
			if fold(cell) == "" {
				b.unnamed = append(b.unnamed, i)
			}
		}
	}
}

// mark is what is known of a row beside its columns.
type mark struct {
	row int
	// filled counts the row's cells that are not blank, and first is the first
	// of them. They are taken only for a row that lacks its identity.
	filled int
	first  string
}

// batchRows is how many rows gocsv decodes at once. Decoding a batch has a
// price of its own that a few hundred rows make small.
const batchRows = 512

// batch is the reader beneath gocsv: rows under canonical names, with only the
// columns that are wanted.
type batch struct {
	rows  [][]string // the header first
	cells []string
	marks []mark
	// read counts the sheet's rows in the batch, other those among them that
	// are no rows of the table.
	read, other int
	faults      []fault
}

// fault is a problem before it has a file.
type fault struct {
	kind        problem.Kind
	row, column int
	message     string
}

// GetCSVRows gives the header and the rows of the batch.
func (b *batch) GetCSVRows() ([][]string, error) { return b.rows, nil }

// decoded is a batch with its rows as gocsv decoded them.
type decoded[T any] struct {
	batch
	values []T
	err    error
}

// each decodes the rows below the header and gives them to take, one by one in
// the file's order. Reading goes on while take is busy.
func each[T any](b *body, take func(*T, mark)) error {
	const ahead = 3
	free, full := make(chan *decoded[T], ahead), make(chan *decoded[T], ahead)
	for range ahead {
		free <- &decoded[T]{values: make([]T, batchRows)}
	}
	go func() {
		defer close(full)
		for next := range free {
			last := decode(b, next)
			full <- next
			if last {
				return
			}
		}
	}()
	defer close(free)
	for next := range full {
		if next.err != nil {
			return next.err
		}
		b.file.Rows += next.read
		b.file.Other += next.other
		for _, f := range next.faults {
			b.faults.add(f.kind, f.row, f.column, f.message)
		}
		for i := range next.marks {
			take(&next.values[i], next.marks[i])
		}
		free <- next
	}
	return nil
}

// decode fills a batch and has gocsv decode it. It reports true for the last
// one.
func decode[T any](b *body, into *decoded[T]) (last bool) {
	last, into.err = b.fill(&into.batch)
	if into.err != nil {
		return true
	}
	if len(into.marks) > 0 {
		if err := gocsv.UnmarshalDecoder(&into.batch, &into.values); err != nil {
			into.err = fmt.Errorf("decode rows: %w", err)
			return true
		}
	}
	return last
}

// fill reads the next rows into a batch. It reports true at the sheet's end. It
// runs beside the rest of the reader, so it touches nothing but the batch, the
// sheet and what only the sheet's end needs.
func (b *body) fill(into *batch) (last bool, err error) {
	into.rows = append(into.rows[:0], b.header.names)
	into.cells = into.cells[:0]
	into.marks = into.marks[:0]
	into.faults = into.faults[:0]
	into.read, into.other = 0, 0
	width := len(b.header.names)
	if cap(into.cells) < batchRows*width {
		into.cells = make([]string, 0, batchRows*width)
	}
	for len(into.marks) < batchRows {
		row, err := b.sheet.Read()
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		into.read++
		start := len(into.cells)
		some := b.take(into, row.Cells)
		m := mark{row: row.Number}
		other := !some && blank(row.Cells)
		if !other && !plainDigits(into.cells[start+b.header.key]) {
			m.filled, m.first = filled(row.Cells)
			other = b.header.repeats(row.Cells) || b.zeek && strings.HasPrefix(row.Cells[0], "#")
		}
		if other {
			into.other++
			into.cells = into.cells[:start]
			continue
		}
		if err := b.inspect(into, row); err != nil {
			return false, err
		}
		into.rows = append(into.rows, into.cells[start:len(into.cells):len(into.cells)])
		into.marks = append(into.marks, m)
	}
	return false, nil
}

// take copies the wanted cells of a row. It reports whether any has a value.
func (b *body) take(into *batch, cells []string) bool {
	some := false
	for i, c := range b.header.cells {
		cell := at(cells, c)
		switch {
		case cell == "":
		case b.zeek && (cell == "-" || cell == "(empty)"):
			cell = ""
		default:
			some = true
			if !b.hasValue[i] && clean(cell) != "" {
				b.hasValue[i] = true
			}
		}
		into.cells = append(into.cells, cell)
	}
	return some
}

// inspect looks at the cells that no column takes: those beyond the header,
// those under a blank header, and second columns of one meaning.
func (b *body) inspect(into *batch, row table.Row) error {
	if len(row.Cells) > b.header.width && !blank(row.Cells[b.header.width:]) {
		into.faults = append(into.faults, fault{problem.ExtraCells, row.Number, b.header.width + 1,
			fmt.Sprintf("found %d cells, want %d as in the header: the cells beyond do not count", len(row.Cells), b.header.width)})
	}
	for i := 0; i < len(b.unnamed); i++ {
		c := b.unnamed[i]
		if c < len(row.Cells) && clean(row.Cells[c]) != "" {
			b.header.unknown = append(b.header.unknown, fmt.Sprintf("(column %s, without a name)", problem.ColumnLetters(c+1)))
			b.unnamed = slices.Delete(b.unnamed, i, i+1)
			i--
		}
	}
	for _, t := range b.header.twins {
		if clean(at(row.Cells, t.first)) == clean(at(row.Cells, t.second)) {
			continue
		}
		place := problem.Position{Sheet: b.sheet.Name, Row: row.Number, Column: t.second + 1}
		return b.refuseAt(place, problem.Unrecognised, fmt.Sprintf(
			"found columns %s (%s) and %s (%s) with one meaning and different values, want one of them: remove one, or name the right one under columns.%s in the configuration",
			problem.Quote(t.texts[0]), problem.ColumnLetters(t.first+1), problem.Quote(t.texts[1]), problem.ColumnLetters(t.second+1), t.name))
	}
	return nil
}

// close notes what only the whole sheet shows.
func (b *body) close() {
	for _, t := range b.header.twins {
		b.faults.add(problem.DuplicateColumn, b.header.row, t.second+1, fmt.Sprintf(
			"found columns %s (%s) and %s (%s) with one meaning and equal values, want one of them",
			problem.Quote(t.texts[0]), problem.ColumnLetters(t.first+1), problem.Quote(t.texts[1]), problem.ColumnLetters(t.second+1)))
	}
}

// empty reports whether the file has the column and no row a value in it.
func (b *body) empty(name string) bool {
	i := slices.Index(b.header.names, name)
	return i >= 0 && !b.hasValue[i]
}

func at(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return cell != "" && strings.TrimFunc(cell, ignorable) != "" })
}

// filled counts the cells that are not blank, and gives the first of them.
func filled(cells []string) (n int, first string) {
	for _, cell := range cells {
		if text := strings.TrimFunc(cell, ignorable); text != "" {
			if n++; n == 1 {
				first = text
			}
		}
	}
	return n, first
}

func cloneCells(cells []string) []string {
	clones := make([]string, len(cells))
	for i, cell := range cells {
		clones[i] = strings.Clone(cell)
	}
	return clones
}
