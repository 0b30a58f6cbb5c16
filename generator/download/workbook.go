package download

import (
	"io"
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
func writeWorkbook(w io.Writer, in Input, department string, devices []*fleet.Assessed) error {
	// A folder that cannot exist: a large workbook then stays in memory instead
	// of going to a temporary file, since only package publish writes to disk.
	book := excelize.NewFile(excelize.Options{TmpDir: "\x00"})
	defer book.Close()
	book.SetZipWriter(newFastZip)
	if err := describeWorkbook(book, in, department); err != nil {
		return err
	}
	if err := book.SetSheetName("Sheet1", sheetName); err != nil {
		return err
	}
	columns := departmentColumns(in.Config.Privacy)
	corner, err := excelize.CoordinatesToCellName(len(columns), len(devices)+1)
	if err != nil {
		return err
	}
	// Both before the stream writer takes the sheet over.
	if err := book.SetSheetDimension(sheetName, "A1:"+corner); err != nil {
		return err
	}
	if err := book.AutoFilter(sheetName, "A1:"+corner, nil); err != nil {
		return err
	}
	sheet, err := book.NewStreamWriter(sheetName)
	if err != nil {
		return err
	}
	if err := writeHead(book, sheet, columns); err != nil {
		return err
	}
	if err := writeSheet(sheet, columns, devices); err != nil {
		return err
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	return book.Write(w)
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

// writeHead writes the first row, which stays in sight.
func writeHead(book *excelize.File, sheet *excelize.StreamWriter, columns []column) error {
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		if err := sheet.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		head[i] = excelize.Cell{StyleID: bold, Value: c.name}
	}
	err = sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	return sheet.SetRow("A1", head)
}

func writeSheet(sheet *excelize.StreamWriter, columns []column, devices []*fleet.Assessed) error {
	cells := make([]any, len(columns))
	var text []byte
	for i, a := range devices {
		for c := range columns {
			text = columns[c].append(text[:0], a)
			cells[c] = nil
			if len(text) > 0 {
				cells[c] = string(printable(text))
			}
		}
		corner, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := sheet.SetRow(corner, cells); err != nil {
			return err
		}
	}
	return nil
}

// newFastZip packs a workbook's parts quickly: at the library's level, packing
// takes longer than all the rest.
func newFastZip(w io.Writer) excelize.ZipWriter {
	out := zip.NewWriter(w)
	// One after the other the parts share what the packer keeps in memory.
	var packer *flate.Writer
	out.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		if packer != nil {
			packer.Reset(w)
			return packer, nil
		}
		var err error
		packer, err = flate.NewWriter(w, flate.BestSpeed)
		return packer, err
	})
	return out
}
