package download

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// toDo is the sheet to work with: which device, what to do, and a box to tick.
type toDo struct {
	sheet
	in         Input
	dates      string // the form of days inside text
	department *fleet.Department
}

// toDoHead is the number of the row with the columns' names. The title and the
// date are above it.
const toDoHead = 4

func newToDo(in Input, department *fleet.Department, devices []*fleet.Assessed) *toDo {
	dates := cmp.Or(in.Config.Look.Dates, "2 January 2006")
	possible := in.Policy.Possible(in.Config.Rules.Supported != nil)
	text := func(name string, width float64, words func([]byte, *fleet.Assessed) []byte) sheetColumn {
		return sheetColumn{column: column{name, words, width}, style: wrapStyle}
	}
	columns := []sheetColumn{
		text("Device", 24, func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Called()...) }),
		text("User", 22, func(dst []byte, a *fleet.Assessed) []byte { return append(dst, in.Config.Privacy.User(a.Username)...) }),
		text("System", 17, func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.System()...) }),
		text(versionHead(in), 13, func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Version.Shown()...) }),
		{column{"Last seen", nil, 12}, dayStyle, func(a *fleet.Assessed) calendar.Day { return calendar.Of(a.LastSeen()) }},
		text("What to do", 70, func(dst []byte, a *fleet.Assessed) []byte { return appendToDo(dst, a, dates, possible) }),
		{column{"Done?", nil, 9}, boxStyle, nil},
	}
	for i, name := range in.Config.Show {
		columns = slices.Insert(columns, 2+i, text(name, 18, func(dst []byte, a *fleet.Assessed) []byte { return append(dst, shown(a, i)...) }))
	}
	if !in.Config.Privacy.UserNames {
		columns = slices.Delete(columns, 1, 2)
	}
	return &toDo{sheet{toDoHead, columns, devices[:min(len(devices), excelize.TotalRows-toDoHead)], true}, in, dates, department}
}

// versionHead gives the name of the versions' column.
func versionHead(in Input) string {
	if in.Policy.Scope.Destinations {
		return "App version"
	}
	return "Version"
}

// appendToDo words what to do about a device, and why it may have to wait.
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

// writeHead writes the rows above the devices. It does not use the library's
// stream: with two streams in one workbook, their order is left to chance.
func (t *toDo) writeHead(book *excelize.File) error {
	corner := problem.ColumnLetters(len(t.columns)) + strconv.Itoa(toDoHead+len(t.devices))
	err := errors.Join(
		prepareSheet(book, toDoSheet, "A1:"+corner, fmt.Sprintf("A%d:%s", toDoHead, corner)),
		// Print the head on every sheet of paper, with the page's number below.
		book.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: toDoSheet, RefersTo: fmt.Sprintf("'%s'!$%d:$%[2]d", toDoSheet, toDoHead),
		}),
		book.SetHeaderFooter(toDoSheet, &excelize.HeaderFooterOptions{OddFooter: fmt.Sprintf("&LAs of %s&RPage &P of &N", t.in.Fleet.AsOf)}),
		book.SetPanes(toDoSheet, &excelize.Panes{Freeze: true, YSplit: toDoHead, TopLeftCell: fmt.Sprintf("A%d", toDoHead+1), ActivePane: "bottomLeft"}))
	put := func(at string, value any, style int) {
		err = errors.Join(err, book.SetCellValue(toDoSheet, at, value), book.SetCellStyle(toDoSheet, at, at, style))
	}
	put("A1", t.title(), titleStyle)
	put("A2", "As of", 0)
	put("B2", t.in.Fleet.AsOf.Start(), dayStyle)
	for i, c := range t.columns {
		letters := problem.ColumnLetters(i + 1)
		err = errors.Join(err, book.SetColWidth(toDoSheet, letters, letters, c.width))
		put(letters+strconv.Itoa(toDoHead), c.name, headStyle)
	}
	return err
}

// title says whose sheet it is, and by when the work has to be done.
func (t *toDo) title() string {
	by := "what is left to do"
	if t.in.Fleet.AsOf.Before(t.in.Policy.Effective) {
		by = "what to do before " + t.in.Policy.Effective.Format(t.dates)
	}
	return strings.Join(strings.Fields(string(csvcell.Printable([]byte(t.department.Name)))), " ") + ": " + by
}
