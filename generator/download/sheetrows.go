package download

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/fleet"
)

// writeSheetRows writes the rows of a sheet from the second on, every cell as
// inline text and empty ones left out.
func writeSheetRows(w io.Writer, columns []column, devices []*fleet.Assessed) error {
	letters := make([]string, len(columns))
	for i := range columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		letters[i] = `<c r="` + name
	}
	open := fmt.Sprintf(`" s="%d" t="inlineStr"><is><t xml:space="preserve">`, textStyle)
	var row, text, number []byte
	for i, a := range devices {
		number = strconv.AppendInt(number[:0], int64(i+2), 10)
		row = append(append(append(row[:0], `<row r="`...), number...), `">`...)
		for c := range columns {
			if text = columns[c].append(text[:0], a); len(text) == 0 {
				continue
			}
			row = append(append(row, letters[c]...), number...)
			row = append(row, open...)
			row = appendSheetText(row, text)
			row = append(row, `</t></is></c>`...)
		}
		row = append(row, `</row>`...)
		if _, err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
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

// cutToUnits cuts text to a number of UTF-16 units, in which spreadsheets count
// what a cell can hold.
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
// character, _x0041_, by escaping its first underscore.
// Source: ECMA-376, part 1, 22.9.2.19 ST_Xstring.
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
