package site

import (
	"fmt"

	"example.org/cutoff/generator/fleet"
)

// A list continues on another page after this many rows, or earlier when their
// cells are long: no page is larger than 500 KB.
const (
	rowsPerPage  = 500
	bytesPerPage = 440_000
)

// sheet is the part of a department's list that is on one page.
type sheet struct {
	groups []group
	// first and last are the numbers of its rows, from 1; both are 0 on an
	// empty sheet.
	first, last int
}

// sheets writes a department's list and splits it into pages. There is always
// one.
func (s *Site) sheets(d *fleet.Department) []sheet {
	w := &sheetWriter{site: s, rows: rows{words: s.words}}
	for _, run := range runs(d.Devices, sameVerdict) {
		if run[0].Verdict.Listed() {
			w.group(run)
		}
	}
	w.current.last = w.row
	return append(w.all, w.current)
}

// sheetWriter fills one sheet after the other.
type sheetWriter struct {
	site    *Site
	all     []sheet // the full ones
	current sheet
	size    int // bytes on the current one
	row     int // rows on all of them
	rows    rows
}

// group writes the devices of one verdict.
func (w *sheetWriter) group(devices []*fleet.Assessed) {
	g := w.site.group(devices)
	begin, number := 0, 0
	close := func() {
		if number == begin {
			return
		}
		g.Here = number - begin
		if g.Here < g.Count {
			g.Range = fmt.Sprintf("here %s to %s", w.site.words.Number(begin+1), w.site.words.Number(number))
		}
		g.Lists[0].Open = true // it is the first, so nothing comes before it when it is folded
		w.current.groups = append(w.current.groups, g)
		g.Lists, begin = nil, number
	}
	for _, run := range runs(devices, sameList) {
		l := w.site.list(run)
		take := func() {
			if len(w.rows.buf) > 0 {
				l.Rows = w.rows.html()
				g.Lists = append(g.Lists, l)
				w.size += len(w.rows.buf)
				w.rows.buf = w.rows.buf[:0]
			}
		}
		for _, a := range run {
			if w.full() {
				take()
				close()
				w.turnPage()
			}
			if w.current.first == 0 {
				w.current.first = w.row + 1
			}
			w.site.deviceRow(&w.rows, a, &l)
			w.row++
			number++
		}
		take()
	}
	close()
}

// full reports whether the current sheet has no room for another row.
func (w *sheetWriter) full() bool {
	return w.row-max(0, w.current.first-1) >= rowsPerPage && w.current.first > 0 || w.size+len(w.rows.buf) > bytesPerPage
}

func (w *sheetWriter) turnPage() {
	w.current.last = w.row
	w.all = append(w.all, w.current)
	w.current, w.size = sheet{}, 0
}

// size is the number of bytes of its rows.
func (s *sheet) size() (size int) {
	for _, g := range s.groups {
		for _, l := range g.Lists {
			size += len(l.Rows)
		}
	}
	return size
}

// runs splits devices, which are in the order of the pages, into runs of
// devices that are like the first of their run.
func runs(devices []*fleet.Assessed, alike func(first, a *fleet.Assessed) bool) [][]*fleet.Assessed {
	var all [][]*fleet.Assessed
	for len(devices) > 0 {
		n := 1
		for n < len(devices) && alike(devices[0], devices[n]) {
			n++
		}
		all, devices = append(all, devices[:n]), devices[n:]
	}
	return all
}

// sameVerdict splits a department's devices into groups.
func sameVerdict(first, a *fleet.Assessed) bool { return a.Verdict == first.Verdict }

// sameList splits the devices of a group into lists.
func sameList(first, a *fleet.Assessed) bool {
	return a.Turn() == first.Turn() && (a.Task == first.Task || first.Turn() != fleet.Now)
}
