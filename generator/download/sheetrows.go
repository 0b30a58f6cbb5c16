package download

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/problem"
)

// sheet writes the rows of a sheet below its head.
type sheet struct {
	head    int // rows above
	columns []sheetColumn
	devices []*fleet.Assessed
	// form is true for a sheet that people fill in: its rows say how high they
	// are, and its empty cells have a style.
	form bool
}

// sheetColumn is a column of a sheet: a text, a day, or neither, for people to
// fill in.
type sheetColumn struct {
	column
	style int
	day   func(a *fleet.Assessed) calendar.Day // in place of text
}

// spreadsheetEpoch is the day that a spreadsheet counts as 0. Source: ECMA-376,
// part 1, 18.17.4.1, the 1900 date base system.
var spreadsheetEpoch = calendar.New(1899, 12, 30)

// write writes the rows. Texts are inline, not in a table of shared strings.
func (s sheet) write(w io.Writer) error {
	letters := make([]string, len(s.columns))
	for i := range s.columns {
		letters[i] = `<c r="` + problem.ColumnLetters(i+1)
	}
	var row, text, number, cells []byte
	for i, a := range s.devices {
		number = strconv.AppendInt(number[:0], int64(s.head+1+i), 10)
		cells = cells[:0]
		lines := 1
		for c := range s.columns {
			column := &s.columns[c]
			var day calendar.Day
			if text = text[:0]; column.append != nil {
				text = column.append(text, a)
			} else if column.day != nil {
				day = column.day(a)
			}
			if len(text) == 0 && !s.form {
				continue
			}
			cells = append(append(append(cells, letters[c]...), number...), `" s="`...)
			cells = strconv.AppendInt(cells, int64(column.style), 10)
			switch {
			case len(text) > 0:
				lines = max(lines, linesOf(text, column.width))
				cells = append(cells, `" t="inlineStr"><is><t xml:space="preserve">`...)
				cells = append(appendSheetText(cells, text), `</t></is></c>`...)
			case !day.IsZero():
				cells = append(cells, `"><v>`...)
				cells = strconv.AppendInt(cells, int64(spreadsheetEpoch.Until(day)), 10)
				cells = append(cells, `</v></c>`...)
			default:
				cells = append(cells, `"/>`...)
			}
		}
		row = append(append(row[:0], `<row r="`...), number...)
		if s.form {
			row = strconv.AppendInt(append(row, `" ht="`...), int64(min(lines*lineHeight, highestRow)), 10)
		}
		row = append(append(append(row, `">`...), cells...), `</row>`...)
		if _, err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// Heights of rows in points. Not every spreadsheet works out the height of
// wrapped text, so each row states its own.
const (
	lineHeight = 15
	highestRow = 405 // a spreadsheet allows 409
)

// linesOf gives how many lines a text takes in a column of this width, in
// characters. Words do not fill their lines, so a line counts as nine tenths of
// the width.
func linesOf(text []byte, width float64) int {
	return 1 + utf8.RuneCount(text)*10/int(9*width)
}

// appendSheetText appends text as a cell's content.
func appendSheetText(dst, text []byte) []byte {
	for _, c := range text {
		if c < ' ' || c >= 0x7f || c == '<' || c == '>' || c == '&' || c == '_' {
			return appendOddSheetText(dst, text)
		}
	}
	return append(dst, text[:min(len(text), excelize.TotalCellChars)]...)
}

func appendOddSheetText(dst, text []byte) []byte {
	text = cutToUnits(csvcell.Printable(text), excelize.TotalCellChars)
	var escaped bytes.Buffer
	// Writing to a Buffer cannot fail.
	_ = xml.EscapeText(&escaped, text)
	return append(dst, escapeEscapes(escaped.Bytes())...)
}

// cutToUnits cuts text to a number of UTF-16 units: spreadsheets limit a cell's
// length in these.
func cutToUnits(text []byte, limit int) []byte {
	units := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if units++; r > 0xffff {
			units++
		}
		if units > limit {
			return text[:i]
		}
		i += size
	}
	return text
}

// escapeEscapes protects text that looks like a spreadsheet's own escape for a
// character (_x0041_), by escaping its first underscore. Source: ECMA-376, part
// 1, 22.9.2.19 ST_Xstring.
func escapeEscapes(text []byte) []byte {
	if !bytes.Contains(text, []byte("_x")) {
		return text
	}
	var out []byte
	for i := range text {
		if looksEscaped(text[i:]) {
			out = append(out, "_x005F"...)
		}
		out = append(out, text[i])
	}
	return out
}

func looksEscaped(text []byte) bool {
	if len(text) < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return err == nil
}
