package download

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// toDo is the sheet for people: whom to see, what to do, and a box to tick.
type toDo struct {
	in         Input
	dates      string // the form of days inside text
	department *fleet.Department
	devices    []*fleet.Assessed
	columns    []toDoColumn
}

// toDoColumn is a column of the sheet. A column without text is left to the
// people who tick it.
type toDoColumn struct {
	name  string
	width float64
	style int
	text  func(dst []byte, a *fleet.Assessed) []byte
	day   func(a *fleet.Assessed) calendar.Day // in place of text
}

// toDoHead is the row of the columns' names, below the title and the date.
const toDoHead = 4

func newToDo(in Input, department *fleet.Department, devices []*fleet.Assessed) *toDo {
	dates := cmp.Or(in.Config.Look.Dates, "2 January 2006")
	possible := in.Policy.Possible(in.Config.Rules.Supported != nil)
	columns := []toDoColumn{
		{name: "Device", width: 24, style: wrapStyle, text: func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Called()...) }},
		{name: "User", width: 22, style: wrapStyle, text: func(dst []byte, a *fleet.Assessed) []byte {
			return append(dst, in.Config.Privacy.User(a.Username)...)
		}},
		{name: "System", width: 17, style: wrapStyle, text: func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.System()...) }},
		{name: versionHead(in), width: 13, style: wrapStyle, text: func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Version.Shown()...) }},
		{name: "Last seen", width: 12, style: dayStyle, day: func(a *fleet.Assessed) calendar.Day { return calendar.Of(a.LastSeen()) }},
		{name: "What to do", width: 70, style: wrapStyle, text: func(dst []byte, a *fleet.Assessed) []byte {
			return appendToDo(dst, a, dates, possible)
		}},
		{name: "Done?", width: 9, style: boxStyle},
	}
	for i, name := range in.Config.Show {
		columns = slices.Insert(columns, 2+i, toDoColumn{name: name, width: 18, style: wrapStyle, text: func(dst []byte, a *fleet.Assessed) []byte {
			return append(dst, shown(a, i)...)
		}})
	}
	if !in.Config.Privacy.UserNames {
		columns = slices.Delete(columns, 1, 2)
	}
	return &toDo{in, dates, department, devices[:min(len(devices), excelize.TotalRows-toDoHead)], columns}
}

// versionHead is what the column of versions is called.
func versionHead(in Input) string {
	if in.Policy.Scope.Destinations {
		return "App version"
	}
	return "Version"
}

// appendToDo words what to do about a device, and what keeps it from being done
// today.
func appendToDo(dst []byte, a *fleet.Assessed, dates string, possible policy.Possible) []byte {
	retire := "take it off the list"
	if possible.Destinations {
		retire = "deactivate it in the console"
	}
	switch a.Turn() {
	case fleet.Exempt:
		dst = fmt.Appendf(dst, "Waived until %s. ", a.Waiver.Expires.Format(dates))
	case fleet.Replaced:
		return fmt.Appendf(dst, "Probably replaced by the device with the GUID %s: confirm, then %s.", a.SupersededBy, retire)
	case fleet.Later:
		dst = append(dst, "Not seen lately: find out whether it is still in use. "...)
	}
	return append(dst, a.Action...)
}

// writeHead writes what is above the devices. It does not go through the
// library's stream: of two streams, the library writes either first.
func (t *toDo) writeHead(book *excelize.File) error {
	last, err := excelize.ColumnNumberToName(len(t.columns))
	if err != nil {
		return err
	}
	corner := last + strconv.Itoa(toDoHead+len(t.devices))
	if err := prepareSheet(book, toDoSheet, "A1:"+corner, fmt.Sprintf("A%d:%s", toDoHead, corner)); err != nil {
		return err
	}
	// The head is on every sheet of paper, with the page's number.
	if err := book.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: toDoSheet, RefersTo: fmt.Sprintf("'%s'!$%d:$%[2]d", toDoSheet, toDoHead),
	}); err != nil {
		return err
	}
	foot := fmt.Sprintf("&LAs of %s&RPage &P of &N", t.in.Fleet.AsOf)
	if err := book.SetHeaderFooter(toDoSheet, &excelize.HeaderFooterOptions{OddFooter: foot}); err != nil {
		return err
	}
	if err := book.SetPanes(toDoSheet, &excelize.Panes{Freeze: true, YSplit: toDoHead, TopLeftCell: fmt.Sprintf("A%d", toDoHead+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells := []headCell{{"A1", t.title(), titleStyle}, {"A2", "As of", 0}, {"B2", t.in.Fleet.AsOf.Start(), dayStyle}}
	for i, c := range t.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := book.SetColWidth(toDoSheet, name, name, c.width); err != nil {
			return err
		}
		cells = append(cells, headCell{name + strconv.Itoa(toDoHead), c.name, headStyle})
	}
	for _, c := range cells {
		if err := book.SetCellValue(toDoSheet, c.at, c.value); err != nil {
			return err
		}
		if err := book.SetCellStyle(toDoSheet, c.at, c.at, c.style); err != nil {
			return err
		}
	}
	return nil
}

type headCell struct {
	at    string
	value any
	style int
}

// title says whose sheet it is and by when.
func (t *toDo) title() string {
	by := "what is left to do"
	if t.in.Fleet.AsOf.Before(t.in.Policy.Effective) {
		by = "what to do before " + t.in.Policy.Effective.Format(t.dates)
	}
	return strings.Join(strings.Fields(string(csvcell.Printable([]byte(t.department.Name)))), " ") + ": " + by
}

// spreadsheetEpoch is the day with the number 0.
// Source: ECMA-376, part 1, 18.17.4.1, the 1900 date base system.
var spreadsheetEpoch = calendar.New(1899, 12, 30)

// writeRows writes the devices.
func (t *toDo) writeRows(w io.Writer) error {
	letters := make([]string, len(t.columns))
	for i := range t.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		letters[i] = `<c r="` + name
	}
	var row, text, number, cells []byte
	for i, a := range t.devices {
		number = strconv.AppendInt(number[:0], int64(toDoHead+1+i), 10)
		cells = cells[:0]
		lines := 1
		for c, column := range t.columns {
			cells = append(append(cells, letters[c]...), number...)
			cells = append(cells, `" s="`...)
			cells = strconv.AppendInt(cells, int64(column.style), 10)
			text = text[:0]
			if column.text != nil {
				text = column.text(text, a)
			}
			switch {
			case len(text) > 0:
				lines = max(lines, linesOf(text, column.width))
				cells = append(cells, `" t="inlineStr"><is><t xml:space="preserve">`...)
				cells = appendSheetText(cells, text)
				cells = append(cells, `</t></is></c>`...)
			case column.day != nil && !column.day(a).IsZero():
				cells = append(cells, `"><v>`...)
				cells = strconv.AppendInt(cells, int64(spreadsheetEpoch.Until(column.day(a))), 10)
				cells = append(cells, `</v></c>`...)
			default:
				cells = append(cells, `"/>`...)
			}
		}
		row = append(append(append(row[:0], `<row r="`...), number...), `" ht="`...)
		row = strconv.AppendInt(row, int64(min(lines*lineHeight, highestRow)), 10)
		row = append(append(append(row, `">`...), cells...), `</row>`...)
		if _, err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// Heights of rows in points. Not every spreadsheet finds out itself how high a
// row with wrapped text is, so each says it.
const (
	lineHeight = 15
	highestRow = 405 // a spreadsheet allows 409
)

// linesOf is how many lines a text takes in a column. Words do not fill their
// lines, so a line counts for a little less than its width.
func linesOf(text []byte, width float64) int {
	return 1 + utf8.RuneCount(text)*10/int(9*width)
}
