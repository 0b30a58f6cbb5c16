package intake

import (
	"fmt"
	"io"
	"slices"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// tables reads every sheet of an open file that has a header.
func (s *source) tables(t *table.File) (commit func(), err error) {
	rec := column.NewMatcher(s.file.Kind, s.run.opts.Columns)
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
		s.file.Columns = append(s.file.Columns, b.header.Columns...)
		commit, err := s.rows(b)
		if err != nil {
			return nil, err
		}
		s.file.Unknown = append(s.file.Unknown, b.header.Unknown...)
		commits = append(commits, commit)
	}
	if read == 0 {
		var nearest []string
		best := -1
		for _, b := range missing {
			if score := rec.Known(b.nearest); score > best {
				best, nearest = score, b.nearest
			}
		}
		return nil, s.refuse(problem.Unrecognised, rec.Missing(nearest))
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
	header *column.Header
	origin int32 // the sheet's place in path order
	// nearest is the row that came nearest to a header; nil in a blank sheet.
	nearest []string
	// hasValue says for each of the header's columns whether any row has a value.
	hasValue []bool
	// unnamed has the columns without a header text that no row has filled yet.
	unnamed []int
}

// findHeader reads up to the header. Without one the sheet is read to its end,
// since every row is accounted for.
func (b *body) findHeader(rec *column.Matcher) (bool, error) {
	best, width := -1, 0
	for n := 0; ; n++ {
		row, err := b.sheet.Read()
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if n < column.Depth && row.Torn == 0 && !blank(row.Cells) {
			place := problem.Position{File: b.file.Path, Sheet: b.sheet.Name}
			if h, ok := rec.Header(row.Number, row.Cells, place); ok {
				b.begin(h)
				return true, nil
			}
			score := rec.Known(row.Cells)
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

func (b *body) begin(h *column.Header) {
	b.header = h
	b.origin = int32(len(b.run.origins))
	b.run.origins = append(b.run.origins, b)
	b.hasValue = make([]bool, len(h.Names))
	if !h.Zeek {
		b.unnamed = h.Unnamed
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
	if len(row.Cells) > b.header.Width && !blank(row.Cells[b.header.Width:]) {
		into.faults = append(into.faults, fault{problem.ExtraCells, row.Number, b.header.Width + 1,
			fmt.Sprintf("found %d cells, want %d as in the header: the cells beyond do not count", len(row.Cells), b.header.Width)})
	}
	for i := 0; i < len(b.unnamed); i++ {
		c := b.unnamed[i]
		if c < len(row.Cells) && value.Clean(row.Cells[c]) != "" {
			b.header.Unknown = append(b.header.Unknown, fmt.Sprintf("(column %s, without a name)", problem.ColumnLetters(c+1)))
			b.unnamed = slices.Delete(b.unnamed, i, i+1)
			i--
		}
	}
	for _, t := range b.header.Twins {
		if value.Clean(at(row.Cells, t.First)) == value.Clean(at(row.Cells, t.Second)) {
			continue
		}
		place := problem.Position{Sheet: b.sheet.Name, Row: row.Number, Column: t.Second + 1}
		return b.refuseAt(place, problem.Unrecognised, fmt.Sprintf(
			"found columns %s (%s) and %s (%s) with one meaning and different values, want one of them: remove one, or name the right one under columns.%s in the configuration",
			problem.Quote(t.Texts[0]), problem.ColumnLetters(t.First+1), problem.Quote(t.Texts[1]), problem.ColumnLetters(t.Second+1), t.Name))
	}
	return nil
}

// close notes what only the whole sheet shows.
func (b *body) close() {
	for _, t := range b.header.Twins {
		b.faults.add(problem.DuplicateColumn, b.header.Row, t.Second+1, fmt.Sprintf(
			"found columns %s (%s) and %s (%s) with one meaning and equal values, want one of them",
			problem.Quote(t.Texts[0]), problem.ColumnLetters(t.First+1), problem.Quote(t.Texts[1]), problem.ColumnLetters(t.Second+1)))
	}
}

// empty reports whether the file has the column and no row a value in it.
func (b *body) empty(name string) bool {
	i := slices.Index(b.header.Names, name)
	return i >= 0 && !b.hasValue[i]
}
