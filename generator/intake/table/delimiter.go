package table

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
		found, _ := quoting(sample, complete, named)
		return found
	}
	// Zeek's logs name their delimiter so, and know no quotes.
	if bytes.HasPrefix(line, []byte(`#separator \x09`)) {
		return dialect{delimiter: '\t'}
	}
	best, bestShape := dialect{delimiter: ',', quote: '"'}, shape{}
	for i := range len(candidates) {
		found, s := quoting(sample, complete, candidates[i])
		if s.better(bestShape) {
			best, bestShape = found, s
		}
	}
	return best
}

// quoting chooses how a file quotes: as is usual, unless that tears a record
// and another way tears none and is the only one that the sample has.
func quoting(sample []byte, complete bool, delimiter byte) (dialect, shape) {
	usual := dialect{delimiter: delimiter, quote: '"'}
	first := measure(sample, complete, usual)
	if first.torn > 0 {
		for _, other := range []dialect{
			{delimiter: delimiter, quote: '"', blanks: true},
			{delimiter: delimiter, quote: '"', backslash: true},
			{delimiter: delimiter, quote: '"', backslash: true, blanks: true},
		} {
			if s := measure(sample, complete, other); s.torn == 0 && s.mixed == 0 {
				return other, s
			}
		}
	} else if first.quoted == 0 && bytes.IndexByte(sample, '\'') >= 0 {
		single := dialect{delimiter: delimiter, quote: '\''}
		if s := measure(sample, complete, single); s.torn == 0 && s.quoted > 1 {
			return single, s
		}
	}
	return usual, first
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

	// Of the whole sample: its records with quoted cells, those whose quotes do
	// not fit, and those that quote in the usual way where another was asked for.
	quoted, torn, mixed int
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

// measure reads a sample in one dialect and finds its table.
func measure(sample []byte, complete bool, d dialect) shape {
	p := parser{dialect: d, buf: sample, end: len(sample), eof: true}
	var widths []int // of the rows that are not blank
	quoted, torn, mixed := 0, 0, 0
	for len(widths) < sampleRecords {
		if err := p.next(); err != nil || !complete && p.start >= p.end {
			break
		}
		if p.open {
			torn++
			break
		}
		if p.openCell > 0 {
			quoted++
		}
		if p.torn > 0 {
			torn++
		}
		if p.mixed {
			mixed++
		}
		if len(p.cells) > 0 {
			widths = append(widths, len(p.cells))
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
	best.quoted, best.torn, best.mixed = quoted, torn, mixed
	return best
}
