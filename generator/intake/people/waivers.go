package people

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// Waivers collects the waivers of all lists. An exact repeat counts once.
type Waivers struct {
	List []device.Waiver
	// DateOrder decides dates such as 03/04/2020.
	DateOrder value.DateOrder

	known map[device.Waiver]bool // without their sources
}

// waiverCells is a row of the waivers.
type waiverCells struct {
	Device   string `csv:"device"`
	Reason   string `csv:"reason"`
	Owner    string `csv:"owner"`
	Approver string `csv:"approver"`
	Expires  string `csv:"expires"`
}

// Sheet reads one sheet of waivers. Only a row without a device is rejected here;
// which waivers hold is decided elsewhere.
func (w *Waivers) Sheet(s *rows.Sheet) error {
	type dated struct {
		device.Waiver
		expires string
	}
	var read []dated
	expires := s.Dates(value.Dates{Order: w.DateOrder})
	err := rows.Each(s, func(c *waiverCells, m rows.Mark) {
		waiver := c.waiver(device.Source{File: s.Account.Path(), Row: m.Row}, s.Workbook)
		if waiver.Device == "" {
			noDevice(s.Account, problem.Position{Sheet: s.Name, Row: m.Row, Column: s.Key()}, m)
			return
		}
		expires.Read(value.Clean(c.Expires))
		read = append(read, dated{waiver, strings.Clone(value.Clean(c.Expires))})
	})
	if err != nil {
		return err
	}
	expires.Settle()
	for _, row := range read {
		at := problem.Position{Sheet: s.Name, Row: row.Source.Row, Column: s.Header.Number("expires")}
		row.Expires = expiry(&expires, row.expires, s.Account, at)
		w.add(s.Account, row.Waiver)
	}
	return nil
}

// waiver gives the waiver in the cells, without its expiry. Its device is a GUID,
// or else a name.
func (c *waiverCells) waiver(source device.Source, workbook bool) device.Waiver {
	guid, _ := value.GUID(c.Device, workbook)
	return device.Waiver{
		Device:   strings.Clone(cmp.Or(guid, value.Name(c.Device))),
		Reason:   strings.Clone(value.Name(c.Reason)),
		Owner:    strings.Clone(value.Name(c.Owner)),
		Approver: strings.Clone(value.Name(c.Approver)),
		Source:   source,
	}
}

// noDevice accounts for a row that names no device: a totals line, or a rejected
// waiver.
func noDevice(a *ledger.Account, at problem.Position, m rows.Mark) {
	if m.Total() {
		a.Other(1)
		return
	}
	a.Reject(1)
	a.Problem(at, problem.RefusedWaiver, "found no device, want a GUID or a name: the waiver does not count")
}

// expiry gives the last day of a waiver. It is the zero Day for an empty cell, and
// for a date that cannot be read, which is a problem too. Unlike other dates it
// may be later than the as-of date.
func expiry(dates *value.Dates, cell string, a *ledger.Account, at problem.Position) calendar.Day {
	t, how := dates.Read(cell)
	if how == value.Readable {
		return calendar.Of(t)
	}
	if kind, message := dates.Fault(how, cell); kind != "" {
		a.Problem(at, kind, message)
	}
	return calendar.Day{}
}

func (w *Waivers) add(a *ledger.Account, waiver device.Waiver) {
	a.Merge(1)
	key := waiver
	key.Source = device.Source{}
	if w.known[key] {
		return
	}
	if w.known == nil {
		w.known = map[device.Waiver]bool{}
	}
	w.known[key] = true
	a.Became()
	w.List = append(w.List, waiver)
}
