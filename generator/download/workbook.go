package download

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"
	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/fleet"
)

// sheetName is the workbook's only sheet; a department's name would have to be
// cut and cleaned for one.
const sheetName = "Devices"

// writeWorkbook writes a department's devices as XLSX. Every cell is text:
// nothing is run, GUIDs keep their digits and versions their dots, and times
// are the same as in the CSV file, in a form that sorts. The document's own
// times are the as-of day's, so that the same night gives the same bytes.
//
// The library makes the workbook and its first row. The rows below are written
// by hand into the sheet as it is packed: through the library they take five
// times as long, and most of the time of a whole run.
func writeWorkbook(w io.Writer, in Input, department string, devices []*fleet.Assessed, spare *sync.Pool) error {
	book := excelize.NewFile()
	defer book.Close()
	columns := departmentColumns(in.Config.Privacy)
	devices = devices[:min(len(devices), excelize.TotalRows-1)] // the CSV file has the rest
	packed := &packer{
		rows:  func(w io.Writer) error { return writeSheetRows(w, columns, devices) },
		flate: spare.Get().(*flate.Writer),
	}
	defer spare.Put(packed.flate)
	book.SetZipWriter(packed.open)
	if err := describeWorkbook(book, in, department); err != nil {
		return err
	}
	if err := writeHead(book, columns, len(devices)); err != nil {
		return err
	}
	return book.Write(w)
}

// newFlate packs quickly rather than tightly. One takes a megabyte, so that
// workbooks share them.
func newFlate() any {
	packer, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is one that there is
	}
	return packer
}

func describeWorkbook(book *excelize.File, in Input, department string) error {
	made := in.Fleet.AsOf.Start().Format(time.RFC3339)
	if err := book.SetAppProps(&excelize.AppProperties{Application: in.Tool.Name}); err != nil {
		return err
	}
	return book.SetDocProps(&excelize.DocProperties{
		Title:   in.Policy.Title + ": " + department,
		Creator: in.Tool.Name,
		Created: made, Modified: made,
	})
}

// textFormat is the spreadsheet's number format for text: a GUID that somebody
// edits stays as it is written. textStyle is the style that has it, the second
// that a workbook gets.
const (
	textFormat = 49
	textStyle  = 2
)

// writeHead writes the first row, which stays in sight, and says what the sheet
// will hold.
func writeHead(book *excelize.File, columns []column, devices int) error {
	if err := book.SetSheetName("Sheet1", sheetName); err != nil {
		return err
	}
	corner, err := excelize.CoordinatesToCellName(len(columns), devices+1)
	if err != nil {
		return err
	}
	if err := book.SetSheetDimension(sheetName, "A1:"+corner); err != nil {
		return err
	}
	if err := book.AutoFilter(sheetName, "A1:"+corner, nil); err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	text, err := book.NewStyle(&excelize.Style{NumFmt: textFormat})
	if err != nil {
		return err
	}
	if text != textStyle {
		return fmt.Errorf("found style %d for text, want %d", text, textStyle)
	}
	fit, wide, landscape := true, 1, "landscape"
	if err := book.SetSheetProps(sheetName, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	endless := 0
	if err := book.SetPageLayout(sheetName, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &wide, FitToHeight: &endless}); err != nil {
		return err
	}
	sheet, err := book.NewStreamWriter(sheetName)
	if err != nil {
		return err
	}
	head := make([]any, len(columns))
	// From the last column to the first: the stream writer puts each width in
	// front of the ones before, and readers want them in order.
	for i, c := range slices.Backward(columns) {
		if err := sheet.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		head[i] = excelize.Cell{StyleID: bold, Value: c.name}
	}
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := sheet.SetRow("A1", head); err != nil {
		return err
	}
	return sheet.Flush()
}

// packer packs a workbook's parts and puts the rows into the sheet on the way.
type packer struct {
	rows func(io.Writer) error
	*zip.Writer
	flate *flate.Writer
	sheet *bytes.Buffer // the sheet as the library writes it; nil outside it
	out   io.Writer     // where it goes
	done  bool          // whether the rows are in
}

// sheetPart is the sheet of a new workbook.
const sheetPart = "xl/worksheets/sheet1.xml"

func (p *packer) open(w io.Writer) excelize.ZipWriter {
	p.Writer = zip.NewWriter(w)
	p.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		p.flate.Reset(w) // parts are packed one after the other
		return p.flate, nil
	})
	return p
}

// Create begins a part; the one before is complete.
func (p *packer) Create(name string) (io.Writer, error) {
	if err := p.finishSheet(); err != nil {
		return nil, err
	}
	out, err := p.Writer.Create(name)
	if err != nil || name != sheetPart {
		return out, err
	}
	p.sheet, p.out = new(bytes.Buffer), out
	return p.sheet, nil
}

// Close ends the last part and the workbook.
func (p *packer) Close() error {
	if err := p.finishSheet(); err != nil {
		return err
	}
	if !p.done {
		return fmt.Errorf("workbook: found no part %s, want one for the rows", sheetPart)
	}
	return p.Writer.Close()
}

// finishSheet writes the sheet with the rows after its first.
func (p *packer) finishSheet() error {
	if p.sheet == nil {
		return nil
	}
	end := []byte("</sheetData>")
	head, tail, found := bytes.Cut(p.sheet.Bytes(), end)
	if !found {
		return fmt.Errorf("%s: found no end of the rows, want %s", sheetPart, end)
	}
	p.sheet = nil
	if _, err := p.out.Write(head); err != nil {
		return err
	}
	if err := p.rows(p.out); err != nil {
		return err
	}
	p.done = true
	_, err := p.out.Write(append(end, tail...))
	return err
}
