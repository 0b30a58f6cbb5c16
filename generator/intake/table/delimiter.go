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

// shape is the table that a sample holds when it is read with one delimiter:
// its rows of the width that has the best score.
type shape struct {
	score       int  // cells beyond the first in all those rows
	count       int  // of those rows
	start, last int  // the first of them that is followed by another, and the last
	firm        bool // start is followed by another
}

// better says that a table is rather the file's than another. One that begins
// earlier is, unless it has far fewer rows or ends where the other begins: a
// delimiter that is found in the cells only is not in the header above them, and
// one that is found in title lines only is not in the rows below.
func (s shape) better(than shape) bool {
	switch {
	case s.score == 0 || than.score == 0:
		return s.score > 0
	case s.above(than):
		return true
	case than.above(s):
		return false
	}
	return s.score > than.score
}

func (s shape) above(other shape) bool {
	return s.start < other.start && s.last >= other.start && s.count*2 >= other.count
}

// measure reads a sample with one delimiter and finds its table.
func measure(sample []byte, complete bool, delimiter byte) shape {
	p := parser{dialect: dialect{delimiter: delimiter, quotes: true}, buf: sample, end: len(sample), eof: true}
	var widths []int // of the rows that are not blank
	for len(widths) < sampleRecords {
		found, err := p.next()
		if err != nil || !found || p.open || !complete && p.start >= p.end {
			break
		}
		if len(p.ends) > 0 {
			widths = append(widths, len(p.ends))
		}
	}
	shapes := map[int]shape{}
	var best shape
	for i, w := range widths {
		s, seen := shapes[w]
		follows := i+1 < len(widths) && widths[i+1] == w
		if !seen || !s.firm && follows {
			s.start, s.firm = i, follows
		}
		s.count++
		s.last, s.score = i, (w-1)*s.count
		if shapes[w] = s; s.score > best.score {
			best = s
		}
	}
	return best
}
