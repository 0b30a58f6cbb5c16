package table

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// candidates are the delimiters that are tried, the likeliest first.
const candidates = ",;\t|"

// sampleRecords is how many records decide on the delimiter.
const sampleRecords = 200

// detect chooses the dialect by the beginning of a text. complete says that the
// sample is the whole text, so that its last record is not cut.
//
// A line that names the delimiter wins. Otherwise the sample is read once with
// each candidate, and the best table wins (see [shape.better]).
func detect(sample []byte, complete bool) dialect {
	line, _, _ := bytes.Cut(sample, []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	if named, ok := namedDelimiter(line); ok {
		found, _ := quoting(sample, complete, named)
		return found
	}
	// Zeek's logs name their delimiter like this, and have no quotes.
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

// quoting chooses how a file quotes. The usual way wins, unless it tears a record
// and another way tears none and is the only one in the sample. Without any usual
// quote, single quotes win if they quote more than one record.
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

// namedDelimiter reads the line that tells a spreadsheet program the delimiter:
// sep=;
func namedDelimiter(line []byte) (byte, bool) {
	text := strings.ToLower(strings.Trim(string(line[:min(len(line), 16)]), `" `))
	rest, ok := strings.CutPrefix(text, "sep=")
	if !ok || rest == "" {
		return 0, false
	}
	// The delimiter may be repeated, if the program saved the line as a row:
	// sep=;;;;
	b := rest[0]
	if b >= utf8.RuneSelf || b == '"' || b < ' ' && b != '\t' || unicode.IsLetter(rune(b)) || unicode.IsDigit(rune(b)) {
		return 0, false
	}
	return b, true
}

// shape is the table in a sample that is read with one delimiter: the rows of one
// width, namely the width with the best score.
type shape struct {
	score       int  // how many cells beyond the first all those rows have
	count       int  // how many rows there are
	start, last int  // the first row that is followed by another of them, and the last row
	firm        bool // start is followed by another of them

	// Counts of records in the whole sample: with quoted cells, with quotes that do
	// not fit, and with the usual quoting though another was asked for.
	quoted, torn, mixed int
}

// better reports whether s is more likely the file's table than the other. The one
// that begins earlier is, unless it has far fewer rows or ends before the other
// begins. Otherwise the score decides. So a delimiter that is only inside cells
// loses, since it is not in the header above them; and one that is only in title
// lines loses, since it is not in the rows below.
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

// measure reads a sample in one dialect and gives the shape of its table.
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
