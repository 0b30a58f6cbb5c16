package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbookRows is a fleet that somebody would still save as a workbook.
const workbookRows = 40_000

// BenchmarkCheckWorkbook checks a report saved as a workbook and compares each
// run with a bare pass of excelize over the same file, raw values, taken right
// after it.
func BenchmarkCheckWorkbook(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent)) // as main does
	folder := b.TempDir()
	export := filepath.Join(folder, "devices.csv")
	if err := writeExport(export, workbookRows); err != nil {
		b.Fatal(err)
	}
	book := filepath.Join(folder, "devices.xlsx")
	if err := saveAsWorkbook(export, book); err != nil {
		b.Fatal(err)
	}
	var checks, bare time.Duration
	for b.Loop() {
		start := time.Now()
		s := &session{stdin: nil, stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }}
		if code := s.run([]string{"check", "--report", book, "--as-of", "2020-01-15"}); code != 0 {
			b.Fatalf("exit status %d", code)
		}
		checks += time.Since(start)
		b.StopTimer()
		start = time.Now()
		if rows, err := barePass(book); err != nil || rows != workbookRows+1 {
			b.Fatalf("found %d rows, error %v", rows, err)
		}
		bare += time.Since(start)
		b.StartTimer()
	}
	b.ReportMetric(float64(bare.Milliseconds())/float64(b.N), "excelize-ms/op")
	b.ReportMetric(float64(checks)/float64(bare), "times-excelize")
}

// barePass reads all rows of a workbook's first sheet and does nothing with them.
func barePass(book string) (int, error) {
	f, err := excelize.OpenFile(book, excelize.Options{RawCellValue: true})
	if err != nil {
		return 0, err
	}
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return 0, err
	}
	count := 0
	for ; rows.Next(); count++ {
		if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return count, err
		}
	}
	return count, rows.Close()
}

func saveAsWorkbook(export, book string) error {
	in, err := os.Open(export)
	if err != nil {
		return err
	}
	defer in.Close()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter(f.GetSheetName(0))
	if err != nil {
		return err
	}
	reader := csv.NewReader(in)
	for row := 1; ; row++ {
		texts, err := reader.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		cells := make([]any, len(texts))
		for i, text := range texts {
			cells[i] = text
		}
		if err := w.SetRow(fmt.Sprintf("A%d", row), cells); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.SaveAs(book)
}
