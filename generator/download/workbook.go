package download

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/problem"
)

// The workbook's sheets in order, with the parts that hold them: one to work
// with, one with the columns of the CSV file.
const (
	toDoSheet   = "To do"
	toDoPart    = "xl/worksheets/sheet1.xml"
	deviceSheet = "Devices"
	devicePart  = "xl/worksheets/sheet2.xml"
)

// writeWorkbook writes a department's devices as XLSX. The first sheet is a
// list to work through and tick off. The second has the columns of the CSV
// file, with text in every cell: nothing is run as a formula, GUIDs keep their
// digits, versions keep their dots, and times sort. The document's own times
// are the as-of day's, so that the same night gives the same bytes.
//
// The library makes the workbook and the rows above the devices. The devices'
// rows are written by hand while the sheets are packed: for a large fleet, the
// library is too slow.
func writeWorkbook(w io.Writer, in Input, department *fleet.Department, devices []*fleet.Assessed, spare *sync.Pool) error {
	book := excelize.NewFile()
	defer book.Close()
	var columns []sheetColumn
	for _, c := range departmentColumns(in) {
		columns = append(columns, sheetColumn{column: c, style: textStyle})
	}
	toDo := newToDo(in, department, devices)
	devices = devices[:min(len(devices), excelize.TotalRows-1)] // the CSV file has the rest
	packed := &packer{
		rows: map[string]func(io.Writer) error{
			toDoPart:   toDo.write,
			devicePart: sheet{1, columns, devices, false}.write,
		},
		flate: spare.Get().(*flate.Writer),
	}
	defer spare.Put(packed.flate)
	book.SetZipWriter(packed.open)
	err := errors.Join(describeWorkbook(book, in, department.Name), toDo.writeHead(book), writeHead(book, columns, len(devices)))
	if err != nil {
		return err
	}
	return book.Write(w)
}

// newFlate makes a compressor that is quick rather than tight. It takes much
// memory, so workbooks share them.
func newFlate() any {
	packer, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		panic(err) // cannot happen: the level exists
	}
	return packer
}

// describeWorkbook names the document, its sheets and its styles.
func describeWorkbook(book *excelize.File, in Input, department string) error {
	made := in.Fleet.AsOf.Start().Format(time.RFC3339)
	_, err := book.NewSheet(deviceSheet)
	err = errors.Join(err,
		book.SetSheetName("Sheet1", toDoSheet),
		book.SetAppProps(&excelize.AppProperties{Application: in.Tool.Name}),
		book.SetDocProps(&excelize.DocProperties{Title: in.Policy.Title + ": " + department, Creator: in.Tool.Name, Created: made, Modified: made}))
	for i, style := range styles() {
		n, bad := book.NewStyle(&style)
		if err = errors.Join(err, bad); err == nil && n != i+1 {
			return fmt.Errorf("found style %d, want %d", n, i+1)
		}
	}
	return err
}

// textFormat is a spreadsheet's number format for text. A GUID that somebody
// edits stays as it is typed.
const textFormat = 49

// Styles by their number in the workbook; 0 is the plain one.
const (
	boldStyle = iota + 1
	textStyle
	titleStyle
	headStyle
	wrapStyle
	dayStyle
	boxStyle
)

// styles gives the styles in the order of their numbers.
func styles() []excelize.Style {
	bold := &excelize.Font{Bold: true, Size: 11, Family: "Calibri"}
	rule := []excelize.Border{{Type: "bottom", Style: 1, Color: "BFBFBF"}}
	box := []excelize.Border{{Type: "left", Style: 1, Color: "7F7F7F"}, {Type: "right", Style: 1, Color: "7F7F7F"}, {Type: "bottom", Style: 1, Color: "7F7F7F"}}
	top := &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: true}
	return []excelize.Style{
		{Font: bold},
		{NumFmt: textFormat},
		{Font: &excelize.Font{Bold: true, Size: 16, Family: "Calibri"}},
		{Font: bold, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDEDED"}}, Border: rule, Alignment: top},
		{NumFmt: textFormat, Border: rule, Alignment: top},
		{CustomNumFmt: new("yyyy-mm-dd"), Border: rule, Alignment: top},
		{NumFmt: textFormat, Border: box, Alignment: top},
	}
}

// writeHead writes the first row of the second sheet, keeps it in sight, and
// announces which cells follow.
func writeHead(book *excelize.File, columns []sheetColumn, devices int) error {
	cells := "A1:" + problem.ColumnLetters(len(columns)) + strconv.Itoa(devices+1)
	if err := prepareSheet(book, deviceSheet, cells, cells); err != nil {
		return err
	}
	sheet, err := book.NewStreamWriter(deviceSheet)
	if err != nil {
		return err
	}
	head := make([]any, len(columns))
	// Last column first: the stream writer puts each width in front of those
	// before, and readers want them in ascending order.
	for i, c := range slices.Backward(columns) {
		err = errors.Join(err, sheet.SetColWidth(i+1, i+1, c.width))
		head[i] = excelize.Cell{StyleID: boldStyle, Value: c.name}
	}
	return errors.Join(err,
		sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		sheet.SetRow("A1", head), sheet.Flush())
}

// prepareSheet sets which cells a sheet has, which of them it filters, and that
// it prints one page wide.
func prepareSheet(book *excelize.File, name, cells, filtered string) error {
	return errors.Join(
		book.SetSheetDimension(name, cells),
		book.AutoFilter(name, filtered, nil),
		book.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: new(true)}),
		book.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: new("landscape"), FitToWidth: new(1), FitToHeight: new(0)}))
}
