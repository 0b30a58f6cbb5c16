package intake

import (
	"strings"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// waiverRow is a row of the waivers as gocsv decodes it.
type waiverRow struct {
	Device   string `csv:"device"`
	Reason   string `csv:"reason"`
	Owner    string `csv:"owner"`
	Approver string `csv:"approver"`
	Expires  string `csv:"expires"`
}

// waivers reads one sheet of waivers. Which of them hold is decided elsewhere;
// here only a row without a device is rejected.
func (s *source) waivers(b *body) (commit func(), err error) {
	type dated struct {
		device.Waiver
		expires string
	}
	var rows []dated
	expires := value.Dates{Order: s.run.opts.DateOrder, Workbook: b.table.Workbook(), Date1904: b.table.Date1904()}
	err = each(b, func(row *waiverRow, m mark) {
		name := waivedDevice(row.Device, b.table.Workbook())
		if name == "" {
			s.noWaivedDevice(m, b.header.Number("device"))
			return
		}
		expires.Read(value.Clean(row.Expires))
		rows = append(rows, dated{device.Waiver{
			Device:   strings.Clone(name),
			Reason:   strings.Clone(value.Name(row.Reason)),
			Owner:    strings.Clone(value.Name(row.Owner)),
			Approver: strings.Clone(value.Name(row.Approver)),
			Source:   device.Source{File: b.file.Path, Row: m.row},
		}, strings.Clone(row.Expires)})
	})
	if err != nil {
		return nil, err
	}
	expires.Settle()
	waivers := make([]device.Waiver, len(rows))
	for i, row := range rows {
		t, how := expires.Read(value.Clean(row.expires))
		waivers[i] = row.Waiver
		waivers[i].Expires = s.expiry(t, how, row.expires, row.Source.Row, b.header.Number("expires"))
	}
	b.close()
	return func() { s.run.waive(s.file, waivers) }, nil
}

// waivedDevice gives the device that a waiver names: a GUID, or a name.
func waivedDevice(cell string, workbook bool) string {
	if guid, how := value.GUID(cell, workbook); how == value.SoundGUID || how == value.RoundedGUID || how == value.WordGUID {
		return guid
	}
	return value.Name(cell)
}

func (s *source) noWaivedDevice(m mark, column int) {
	if isTotal(m) {
		s.file.Other++
		return
	}
	s.file.Rejected++
	s.faults.add(problem.RefusedWaiver, m.row, column, "found no device, want a GUID or a name: the waiver does not count")
}

// expiry gives the last day of a waiver; the zero Day and a problem for a date
// that cannot be read. Unlike other dates it may be later than the as-of date.
func (s *source) expiry(t time.Time, how value.Reading, cell string, row, column int) calendar.Day {
	if how == value.Readable {
		return calendar.Of(t)
	}
	s.checkDate(t, how, cell, row, column)
	return calendar.Day{}
}

// waive adds waivers; an exact repeat is merged.
func (r *run) waive(file *File, waivers []device.Waiver) {
	for _, w := range waivers {
		key := w
		key.Source = device.Source{}
		if r.waived[key] {
			file.Merged++
			continue
		}
		r.waived[key] = true
		file.Devices++
		r.result.Waivers = append(r.result.Waivers, w)
	}
}
