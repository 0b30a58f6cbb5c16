package intake

import (
	"fmt"
	"io"
	"slices"

	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
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
			"found a report without a device (%s below the header, %d rejected), want at least one%s", plural(s.file.Rows-s.file.Other, "row", "rows"), s.file.Rejected, s.faults.commonest()))
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
		if n < headerDepth && !blank(row.Cells) {
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
		b.file.Rows++
		b.file.Other++
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

// inspect looks at the cells that no column takes: those beyond the header,
// those under a blank header, and second columns of one meaning.
func (b *body) inspect(into *batch, row table.Row) error {
	if len(row.Cells) > b.header.width && !blank(row.Cells[b.header.width:]) {
		into.faults = append(into.faults, fault{problem.ExtraCells, row.Number, b.header.width + 1,
			fmt.Sprintf("found %d cells, want %d as in the header: the cells beyond do not count", len(row.Cells), b.header.width)})
	}
	for i := 0; i < len(b.unnamed); i++ {
		c := b.unnamed[i]
		if c < len(row.Cells) && value.Clean(row.Cells[c]) != "" {
			b.header.unknown = append(b.header.unknown, fmt.Sprintf("(column %s, without a name)", problem.ColumnLetters(c+1)))
			b.unnamed = slices.Delete(b.unnamed, i, i+1)
			i--
		}
	}
	for _, t := range b.header.twins {
		if value.Clean(at(row.Cells, t.first)) == value.Clean(at(row.Cells, t.second)) {
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
