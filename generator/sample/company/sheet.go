package company

import (
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// sheet is a workbook with one sheet. It keeps the first error, so that callers need
// not check every small write.
type sheet struct {
	*excelize.File
	name string
	row  int // the last row that was added, from 1
	err  error
}

func newSheet(name string) *sheet {
	s := &sheet{File: excelize.NewFile(), name: name}
	s.do(s.SetSheetName("Sheet1", name))
	return s
}

func (s *sheet) cell(column string) string { return column + strconv.Itoa(s.row) }

func (s *sheet) add(cells ...any) {
	s.row++
	s.do(s.SetSheetRow(s.name, s.cell("A"), &cells))
}

func (s *sheet) style(style *excelize.Style) int {
	number, err := s.NewStyle(style)
	s.do(err)
	return number
}

func (s *sheet) do(err error) {
	if s.err == nil {
		s.err = err
	}
}

// finish sets the sheet's extent and gives the workbook's bytes. The properties are
// fixed, so that the same rows give the same bytes.
func (s *sheet) finish(lastColumn string) ([]byte, error) {
	s.do(s.SetSheetDimension(s.name, "A1:"+s.cell(lastColumn)))
	s.do(s.SetDocProps(&excelize.DocProperties{
		Creator: "Quillmoor Instruments", LastModifiedBy: "Quillmoor Instruments",
		Created: branchExport.Format(time.RFC3339), Modified: branchExport.Format(time.RFC3339),
	}))
	if s.err != nil {
		return nil, s.err
	}
	out, err := s.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
