package evidence

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/table"
)

// format is a form of logs and listings that are no tables. Their lines become the
// rows of a table, whose columns have the vendor's names. From there on they are
// read like any other file.
type format struct {
	name string
	// sure matches one of the file's first lines if the file has this format.
	sure *regexp.Regexp
	// fields takes a line apart. It gives nil for a line without a connection.
	fields func(line string) map[string]string
	// columns are the header. If they are nil, the names in the first lines are.
	columns []string
	// listing says that the file shows the present connections of one computer.
	// block says that each field has a line of its own, with a blank line between
	// connections.
	listing, block bool
	note           string
}

// formats are the most common formats. The first one that matches counts.
//
// Sources: Fortinet, FortiOS Log Message Reference, traffic log; SonicWall,
// SonicOS Log Events Reference Guide (src, dst, rcvd, msg); Cisco, ASA Series
// Syslog Messages, 302013 and 302014; Zeek, conn.log (docs.zeek.org) with
// LogAscii::use_json; netstat(8) of Linux, BSD and Windows; lsof(8);
// Get-NetTCPConnection (learn.microsoft.com).
var formats = []*format{
	{
		name:    "Cisco ASA syslog",
		sure:    regexp.MustCompile(`%(?:ASA|FTD)-\d-30201[34]: `),
		fields:  asaFields,
		columns: []string{"time", "address", "destination", "outcome", "received", asaConnection},
		note:    "A connection that was built shows that it came to life only where its teardown tells of bytes.",
	},
	{
		name:   "key=value syslog",
		sure:   regexp.MustCompile(`^[^|{]*(?:\b[\w.-]+=(?:"[^"]*"|\S*)\s+){4,}`),
		fields: keyValueFields,
	},
	{
		name:   "JSON, an object a line",
		sure:   regexp.MustCompile(`^\s*\{.*"id\.(?:orig_h|resp_h)"\s*:.*\}\s*$`),
		fields: jsonFields,
	},
	{
		name:    "a listing of netstat",
		sure:    regexp.MustCompile(`^\s*(?:tcp[46]?|tcp46|TCP)\s+(?:\d+\s+\d+\s+)?\S+[.:](?:\d+|\*)\s+\S+[.:](?:\d+|\*|https)\s+[\pL_]+[12]?\b`),
		fields:  matched(regexp.MustCompile(`^\s*(?i:tcp[46]*)\s+(?:\d+\s+\d+\s+)?(?P<address>\S+)\s+(?P<destination>\S+)\s+(?P<outcome>[\pL\d_]+)`)),
		columns: listingColumns,
		listing: true,
	},
	{
		name:    "a listing of lsof",
		sure:    regexp.MustCompile(`^COMMAND\s+PID\s+USER\b|\sTCP\s+\S+->\S+\s+\([A-Z_0-9]+\)`),
		fields:  matched(regexp.MustCompile(`\sTCP\s+(?P<address>\S+?)->(?P<destination>\S+)\s+\((?P<outcome>[A-Z_0-9]+)\)`)),
		columns: listingColumns,
		listing: true,
	},
	{
		name:    "a listing of Get-NetTCPConnection",
		sure:    regexp.MustCompile(`^LocalAddress\s+LocalPort\s+RemoteAddress\s+RemotePort\s+State\b`),
		fields:  matched(regexp.MustCompile(`^(?P<address>\S+)\s+\d+\s+(?P<destination>\S+)\s+(?P<port>\d+)\s+(?P<outcome>\pL\w*)`)),
		columns: listingColumns,
		listing: true,
	},
	{
		name:    "a list of Get-NetTCPConnection",
		sure:    regexp.MustCompile(`^LocalAddress\s+: \S`),
		columns: []string{"device", "LocalAddress", "RemoteAddress", "RemotePort", "State"},
		listing: true,
		block:   true,
	},
}

var listingColumns = []string{"device", "address", "destination", "port", "outcome"}

// formatOf gives the format of a file by its first lines; nil for none.
func formatOf(lines []string) *format {
	for _, f := range formats {
		if slices.ContainsFunc(lines, func(line string) bool {
			return !strings.Contains(line, "CEF:") && !strings.Contains(line, "LEEF:") && f.sure.MatchString(line)
		}) {
			return f
		}
	}
	return nil
}

// header gives the columns of a file with these first lines.
func (f *format) header(lines []string) []string {
	if f.columns != nil {
		return f.columns
	}
	var names []string
	for _, line := range lines {
		for _, name := range slices.Sorted(maps.Keys(f.fields(line))) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// IsFormat reports whether a file begins like a log or a listing that
// [Reader.Table] reads.
func IsFormat(head []byte) bool { return formatOf(table.HeadLines(head)) != nil }

// Table gives a log or a listing as a table; nil for a file of any other form.
// head is the beginning of the file, in gives all of it.
func (r *Reader) Table(head []byte, in io.Reader, account *ledger.Account) (*table.File, error) {
	lines := table.HeadLines(head)
	f := formatOf(lines)
	if f == nil {
		return nil, nil
	}
	account.Note("It is read as %s.", f.name)
	if f.note != "" {
		account.Note("%s", f.note)
	}
	device := ""
	if f.listing {
		var how string
		if device, how = r.owner(account.Path()); device != "" {
			account.Note("It is tied to its device by %s.", how)
		}
	}
	w := &lineRows{format: f, header: f.header(lines), device: device, waiting: map[string]table.Row{}}
	return table.Lines(account.Path(), in, r.opts.Limits, w.header, w.rows)
}

// lineRows turns lines into rows.
type lineRows struct {
	format *format
	header []string
	device string
	// open has the fields of the current block, opened is its first line.
	open   map[string]string
	opened int
	// waiting has the rows of connections that were built and not yet torn down, by
	// the connection's number: the teardown tells whether they came to life.
	waiting map[string]table.Row
}

func (w *lineRows) rows(number int, line string) []table.Row {
	if w.format.block {
		return w.block(number, line)
	}
	if number == 0 {
		return slices.SortedFunc(maps.Values(w.waiting), func(a, b table.Row) int { return cmp.Compare(a.Number, b.Number) })
	}
	fields := w.format.fields(line)
	row := table.Row{Number: number}
	if fields == nil {
		return []table.Row{row}
	}
	row.Cells = w.cells(fields)
	connection := fields[asaConnection]
	if built, waits := w.waiting[connection]; waits {
		delete(w.waiting, connection)
		return []table.Row{{Number: built.Number}, row}
	}
	if fields["outcome"] == asaBuilt && len(w.waiting) < lookupLimit {
		w.waiting[connection] = row
		return nil
	}
	return []table.Row{row}
}

// block collects the lines of a block. The row of its first line comes when the
// block ends; the other lines are empty rows.
func (w *lineRows) block(number int, line string) []table.Row {
	if name, text, found := strings.Cut(line, ":"); found {
		first := w.open == nil
		if first {
			w.open, w.opened = map[string]string{}, number
		}
		w.open[strings.TrimSpace(name)] = strings.TrimSpace(text)
		if first {
			return nil
		}
		return []table.Row{{Number: number}}
	}
	var rows []table.Row
	if w.open != nil {
		rows = append(rows, table.Row{Number: w.opened, Cells: w.cells(w.open)})
		w.open = nil
	}
	if number > 0 {
		rows = append(rows, table.Row{Number: number})
	}
	return rows
}

// cells gives a row's cells under the header. A listing's device is added.
func (w *lineRows) cells(fields map[string]string) []string {
	if w.device != "" {
		fields["device"] = w.device
	}
	cells := make([]string, len(w.header))
	for i, name := range w.header {
		cells[i] = fields[name]
	}
	return cells
}

// matched takes a line apart by the named groups of a pattern. It gives nil for a
// socket that listens, which is no connection.
func matched(pattern *regexp.Regexp) func(string) map[string]string {
	return func(line string) map[string]string {
		m := pattern.FindStringSubmatch(line)
		if m == nil {
			return nil
		}
		fields := map[string]string{}
		for i, name := range pattern.SubexpNames() {
			if name != "" {
				fields[name] = m[i]
			}
		}
		if strings.HasSuffix(fields["destination"], "*") || strings.HasPrefix(strings.ToUpper(fields["outcome"]), "LISTEN") || fields["outcome"] == "Bound" {
			return nil
		}
		return fields
	}
}

var keyValue = regexp.MustCompile(`(?:^|[\s,])([\w.-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))`)

// sonicEnd is an end of a connection as SonicWall writes it: address, port,
// interface, perhaps a name.
var sonicEnd = regexp.MustCompile(`^(\d+\.\d+\.\d+\.\d+):(\d+)(?::[^:]*)*$`)

func keyValueFields(line string) map[string]string {
	fields := map[string]string{}
	for _, m := range keyValue.FindAllStringSubmatch(line, -1) {
		text := cmp.Or(m[2], m[3])
		if end := sonicEnd.FindStringSubmatch(text); end != nil {
			text = end[1] + ":" + end[2]
		}
		fields[m[1]] = text
	}
	if len(fields) < 4 {
		return nil
	}
	return fields
}

func jsonFields(line string) map[string]string {
	var object map[string]any
	d := json.NewDecoder(strings.NewReader(line))
	d.UseNumber()
	if d.Decode(&object) != nil {
		return nil
	}
	fields := map[string]string{}
	for name, value := range object {
		switch value.(type) {
		case string, json.Number:
			fields[name] = fmt.Sprint(value)
		}
	}
	return fields
}

// The names that ASA's messages get here. "Built" is no success: a connection is
// built with its first packet, before anybody answers.
const (
	asaConnection = "connection"
	asaBuilt      = "Built"
)

var asaLine = regexp.MustCompile(`^(.*?):?\s*%(?:ASA|FTD)-\d-30201[34]: (Built (?:inbound|outbound)|Teardown) TCP connection (\d+) (?:for|from) [^:\s]+:(\S+)(?: \([^)]*\))*(?:\([^)]*\))? to [^:\s]+:(\S+)(?: \([^)]*\))*(?:.* bytes (\d+)(.*))?`)

var asaTime = regexp.MustCompile(`[A-Z][a-z]{2} +\d+ (?:\d{4} )?[0-9:]{8}|\d{4}-\d\d-\d\d[T ][0-9:.]{8,}(?:Z|[+-]\d\d:?\d\d)?`)

// asaClock gives the time of a line. A time without a year cannot be read as a
// date. Then only month and day are given, so that each day is one problem and
// not each second.
func asaClock(text string) string {
	clock := asaTime.FindString(text)
	if fields := strings.Fields(clock); len(fields) == 3 && fields[0][0] > '9' {
		return fields[0] + " " + fields[1]
	}
	return clock
}

func asaFields(line string) map[string]string {
	m := asaLine.FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	fields := map[string]string{
		"time": asaClock(m[1]), asaConnection: m[3], "destination": m[4], "address": strings.Replace(m[5], "/", ":", 1), "received": m[6],
	}
	switch {
	case strings.HasSuffix(m[2], "inbound"):
		fields["destination"], fields["address"] = m[5], strings.Replace(m[4], "/", ":", 1)
		fields["outcome"] = asaBuilt
	case m[2] != "Teardown":
		fields["outcome"] = asaBuilt
	case strings.Contains(m[7], "SYN Timeout"):
		fields["outcome"] = "SYN_SENT"
	case m[6] != "0":
		fields["outcome"] = "connected"
	}
	return fields
}
