package table

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/sample"
)

// export gives a report without faults. It has a third more rows than devices, of
// 34 cells each.
func export(tb testing.TB, devices int, format sample.Format) []byte {
	tb.Helper()
	fleet := sample.Fleet{Seed: 1, Devices: devices, Departments: 40, Nights: 1, Last: calendar.New(2020, 1, 15), Format: format}
	var out bytes.Buffer
	if err := fleet.Files()[0].Write(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func BenchmarkText(b *testing.B) {
	text := export(b, 72_000, sample.CSV)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f, err := Open("devices.csv", bytes.NewReader(text), Limits{}, charset.Encoding{})
		if err != nil {
			b.Fatal(err)
		}
		if n := countCells(b, f.Sheets()[0]); n < 34*99_000 {
			b.Fatalf("read %d cells", n)
		}
	}
}

func BenchmarkWorkbook(b *testing.B) {
	book := export(b, 72_000, sample.XLSX)
	for _, limit := range []struct {
		name string
		rows bool
	}{{"verify", false}, {"read", true}} {
		b.Run(limit.name, func(b *testing.B) {
			b.SetBytes(int64(len(book)))
			b.ReportAllocs()
			for b.Loop() {
				f, err := Open("devices.xlsx", bytes.NewReader(book), Limits{}, charset.Encoding{})
				if err != nil {
					b.Fatal(err)
				}
				if limit.rows {
					if n := countCells(b, f.Sheets()[0]); n < 33*99_000 { // not 34: the last cell may be empty
						b.Fatalf("read %d cells", n)
					}
				}
				f.Close()
			}
		})
	}
}

func countCells(b *testing.B, sheet *Sheet) (cells int) {
	b.Helper()
	for {
		row, err := sheet.Read()
		if errors.Is(err, io.EOF) {
			return cells
		}
		if err != nil {
			b.Fatal(err)
		}
		cells += len(row.Cells)
	}
}

// BenchmarkSmall reads a small report, as each computer of a fleet may write one.
func BenchmarkSmall(b *testing.B) {
	text := export(b, 20, sample.CSV)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f, err := Open("devices.csv", bytes.NewReader(text), Limits{}, charset.Encoding{})
		if err != nil {
			b.Fatal(err)
		}
		if n := countCells(b, f.Sheets()[0]); n < 34*20 {
			b.Fatalf("read %d cells", n)
		}
	}
}
