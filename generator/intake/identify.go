package intake

import (
	"strings"

	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// identify finds out to which device a row belongs. It reports false for a row
// that has been accounted for, or held.
func (r *reportReader) identify(f *facts, row *reportRow, m mark) bool {
	if r.named {
		f.name = value.Name(row.Name)
		if f.name == "" {
			f.name = value.Host(row.Hostname)
		}
		if f.name == "" || isTotal(m) {
			r.unidentified(row, m)
			return false
		}
		r.rejectFooters()
		return true
	}
	guid, how := value.GUID(row.GUID, r.table.Workbook())
	if !r.whole && len(guid) > value.ExactDigits && value.Digits(guid) {
		r.long++
		if value.PassedFloat(guid) {
			r.floats++
		}
	}
	if how == value.NoGUID || how == value.ForeignText || how == value.WordGUID && r.aside(row, m) {
		r.unidentified(row, m)
		return false
	}
	r.rejectFooters()
	switch how {
	case value.DamagedGUID:
		r.rows++
		r.file.Rejected++
		r.faults.add(problem.DamagedGUID, m.row, r.header.Number("device_guid"),
			"found a number that is no GUID, as a spreadsheet's rounding leaves it, want up to 19 digits: export again, or import the column as text")
		return false
	case value.RoundedGUID:
		if !r.whole {
			r.rounded++
			r.held = append(r.held, heldRow{row.clone(), m})
			return false
		}
		if r.rejectRounded {
			r.rows++
			r.file.Rejected++
			r.faults.add(problem.DamagedGUID, m.row, r.header.Number("device_guid"),
				"found a GUID that ends in 000 as too many others do, want the digits that a spreadsheet rounded away: export again, or import the column as text")
			return false
		}
		r.faults.add(problem.Suspicious, m.row, r.header.Number("device_guid"),
			"found a GUID that ends in 000, as a spreadsheet's rounding leaves it: the row counts")
	}
	f.guid = guid
	return true
}

// footerRows is how many rows below a table may be notes, and footerCells how
// many cells such a row may have.
const (
	footerRows  = 10
	footerCells = 2
)

// aside reports whether a row says too little to be about a device: nearly
// nothing beside its first cell, and no version.
func (r *reportReader) aside(row *reportRow, m mark) bool {
	few := footerCells
	if r.header.Width <= 2*footerCells {
		few = 1
	}
	return m.filled <= few && value.Clean(row.Version) == ""
}

// unidentified accounts for a row without an identity: a totals line, a note
// below the table, or a row that lost its GUID.
func (r *reportReader) unidentified(row *reportRow, m mark) {
	switch {
	case isTotal(m):
		r.file.Other++
	case r.header.Width > 2*footerCells && r.aside(row, m) && len(r.footers) < footerRows:
		r.footers = append(r.footers, m)
	default:
		r.rejectFooters()
		r.reject(m)
	}
}

// rejectFooters accounts for rows that looked like notes below the table, when
// the table goes on.
func (r *reportReader) rejectFooters() {
	for _, m := range r.footers {
		r.reject(m)
	}
	r.footers = r.footers[:0]
}

// reject accounts for a row that belongs to no device.
func (r *reportReader) reject(m mark) {
	r.rows++
	r.file.Rejected++
	column, message := "device_guid", "found no GUID, want up to 19 digits: the row belongs to no device"
	if r.named {
		column, message = "device_name", "found no name of a device, want one: the row belongs to no device"
	}
	r.faults.add(problem.MissingGUID, m.row, r.header.Number(column), message)
}

// isTotal reports whether a row is a line of totals: few cells, of which the
// first begins with a word for it.
func isTotal(m mark) bool {
	const most = 3 // the word, a count, a sum
	if m.filled == 0 || m.filled > most {
		return false
	}
	if value.TotalWord(m.first) {
		return true
	}
	number, unit, found := strings.Cut(strings.ToLower(m.first), " ")
	if !found || !value.Digits(number) {
		return false
	}
	switch strings.Trim(unit, " .") {
	case "rows", "row", "devices", "device", "records", "record", "entries", "computers", "total":
		return true
	}
	return false
}
