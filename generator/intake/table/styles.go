package table

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"

	"example.org/cutoff/generator/intake/table/ooxml"
)

// Shown is a number of a workbook that the sheet shows with a fixed number of
// decimals: 5.1 as 5.10.
type Shown struct {
	Cell     int // in Row.Cells
	Decimals int
}

// fixed matches a number format with a fixed number of decimals, such as 0.00.
var fixed = regexp.MustCompile(`^[#,]*0\.(0+)$`)

// readStyles finds out how many decimals each style of a workbook shows. A part
// that is too large to be decoded is still verified, and no style shows any.
func (b *workbook) readStyles(part string) error {
	var text []byte
	err := b.read(part, func(r io.Reader) (err error) {
		if text, err = io.ReadAll(io.LimitReader(r, maxSmallPart+1)); len(text) > maxSmallPart {
			err = ooxml.NewReader(io.MultiReader(bytes.NewReader(text), r)).Drain()
		}
		return err
	})
	if err != nil || len(text) > maxSmallPart {
		return err
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := decodeXML(text, &styles); err != nil {
		return err
	}
	decimals := map[int]int{2: 2, 4: 2} // "0.00" and "#,##0.00" are built in: no workbook lists them
	for _, format := range styles.Formats {
		code, _, _ := strings.Cut(format.Code, ";")
		if found := fixed.FindStringSubmatch(strings.TrimSuffix(code, "_ ")); found != nil {
			decimals[format.ID] = len(found[1])
		}
	}
	for _, cell := range styles.Cells {
		b.decimals = append(b.decimals, decimals[cell.Format])
	}
	return nil
}

// shown gives the numbers of the scanned row that are shown with more than one
// decimal.
func (s *sheetScanner) shown(into []Shown, decimals []int) []Shown {
	into = into[:0]
	for _, c := range s.cells {
		if c.kind == cellNumber && c.style > 0 && c.style < len(decimals) && decimals[c.style] > 1 {
			into = append(into, Shown{c.column - 1, decimals[c.style]})
		}
	}
	return into
}

// styleOf reads the style of a cell. 0 is the default one.
func styleOf(written []byte) int {
	n, _ := strconv.Atoi(string(written))
	return n
}
