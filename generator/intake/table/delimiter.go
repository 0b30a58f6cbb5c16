package table

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dialect is how a text file separates its cells.
type dialect struct {
	delimiter byte
	quotes    bool // a cell may be quoted
}

// candidates are the delimiters that are looked for, the likeliest first.
const candidates = ",;\t|"

// sampleRecords is how many records decide on the delimiter.
const sampleRecords = 200

// detect chooses the dialect by the beginning of a text. complete says that the
// sample is the whole of it, so that its last record is not cut.
//
// A line that names the delimiter wins. Otherwise each candidate reads the
// sample in its own way, and the one wins that gives the widest rows the most
// often; a close second wins when its rows begin earlier, since a delimiter
// that is found in the cells only is not in the header.
func detect(sample []byte, complete bool) dialect {
	line, _, _ := bytes.Cut(sample, []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	if named, ok := namedDelimiter(line); ok {
		return dialect{delimiter: named, quotes: true}
	}
	// Zeek's logs name their delimiter so, and know no quotes.
	if bytes.HasPrefix(line, []byte(`#separator \x09`)) {
		return dialect{delimiter: '\t'}
	}
	best, bestShape := byte(','), shape{}
	for i := range len(candidates) {
		s := measure(sample, complete, candidates[i])
		if s.better(bestShape) {
			best, bestShape = candidates[i], s
		}
	}
	return dialect{delimiter: best, quotes: true}
}

// namedDelimiter reads the line with which a spreadsheet program is told the
// delimiter: sep=;
func namedDelimiter(line []byte) (byte, bool) {
	text := strings.ToLower(strings.Trim(string(line[:min(len(line), 16)]), `" `))
	rest, ok := strings.CutPrefix(text, "sep=")
	if !ok || rest == "" {
		return 0, false
	}
	// The delimiter may be repeated when the program has saved the line as a
	// row: sep=;;;;
	b := rest[0]
	if b >= utf8.RuneSelf || b == '"' || b < ' ' && b != '\t' || unicode.IsLetter(rune(b)) || unicode.IsDigit(rune(b)) {
		return 0, false
	}
	return b, true
}

// shape is what a sample looks like when it is read with one delimiter.
type shape struct {
	score int // cells beyond the first, in all rows of the best width
	start int // number of the first row of that width
}

func (s shape) better(than shape) bool {
	switch {
	case s.score == 0:
		return false
	case than.score == 0:
		return true
	case s.start < than.start:
		return s.score*2 >= than.score
	case s.start > than.start:
		return s.score > than.score*2
	}
	return s.score > than.score
}

// measure reads a sample with one delimiter and finds the width with the best
// score.
func measure(sample []byte, complete bool, delimiter byte) shape {
	p := parser{dialect: dialect{delimiter: delimiter, quotes: true}, buf: sample, end: len(sample), eof: true}
	var widths []int
	for len(widths) < sampleRecords {
		found, err := p.next()
		if err != nil || !found || p.open || !complete && p.start >= p.end {
			break
		}
		widths = append(widths, len(p.ends))
	}
	counts := map[int]int{}
	var best shape
	for _, w := range widths {
		counts[w]++
	}
	for i, w := range widths {
		if n := counts[w]; n > 0 {
			counts[w] = 0 // at its first row only, which is its start
			if s := (shape{score: (w - 1) * n, start: i}); s.score > best.score {
				best = s
			}
		}
	}
	return best
}
