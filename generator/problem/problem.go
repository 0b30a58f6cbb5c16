// Package problem is the vocabulary for faults in an input: where a fault is, what
// kind it is, what was found and what was wanted. Faults in input are values that a
// run collects and shows. Faults of the machine (disk, permission) are ordinary
// errors. Every other package may import this one; it imports none of them.
package problem

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"
)

// Position is a place in an input. The zero Position means the run as a whole.
type Position struct {
	// File is the input's path relative to the configuration, with forward
	// slashes; "-" is standard input.
	File string
	// Sheet names the workbook sheet; empty for text files.
	Sheet string
	// Row counts from 1 as a spreadsheet does, with blank rows and title rows. In
	// YAML it is the line. 0 means the whole file.
	Row int
	// Column counts from 1. 0 means the whole row.
	Column int
}

// String gives the position as messages show it: "devices.csv:14:3",
// "devices.xlsx:Sheet1!C14", "devices.csv", or "" for the zero Position.
func (p Position) String() string {
	switch {
	case p.Row == 0 && p.Sheet != "":
		return Visible(p.File) + ":" + Visible(p.Sheet)
	case p.Row == 0:
		return Visible(p.File)
	case p.Sheet != "":
		return Visible(p.File) + ":" + Visible(p.Sheet) + "!" + ColumnLetters(p.Column) + strconv.Itoa(p.Row)
	case p.Column == 0:
		return Visible(p.File) + ":" + strconv.Itoa(p.Row)
	}
	return fmt.Sprintf("%s:%d:%d", Visible(p.File), p.Row, p.Column)
}

// Problem is one fault in an input.
type Problem struct {
	Position
	Kind Kind
	// Message is one line, lower case, in the form "found X, want Y". It never
	// holds a value from a column that names people, devices or addresses, and
	// every value in it went through [Quote].
	Message string
}

// String gives the problem as one line: place, then what was found and wanted.
func (p Problem) String() string {
	place := p.Position.String()
	if place == "" {
		return p.Message
	}
	return place + ": " + p.Message
}

// compare orders problems by file, sheet, row, column, kind, then message.
func compare(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Sheet, b.Sheet),
		cmp.Compare(a.Row, b.Row),
		cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Message, b.Message),
	)
}

// Sort brings problems into the order in which they are shown.
func Sort(problems []Problem) { slices.SortFunc(problems, compare) }

// List has one or more faults for which an input is refused. It is an error, so that
// a caller can return all of them at once.
type List []Problem

// Error gives every problem, one a line.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, p := range l {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// quoteLimit is how many characters of a found value a message shows.
const quoteLimit = 40

// Quote gives a value from an input as a message may show it: quoted, cut to
// 40 characters, with everything that does not print (control characters,
// terminal escapes, bidirectional marks) as an escape.
func Quote(value string) string {
	if utf8.RuneCountInString(value) > quoteLimit {
		runes := []rune(value)
		return strconv.Quote(string(runes[:quoteLimit])) + "…"
	}
	return strconv.Quote(value)
}

// Visible gives text from outside (a path, a sheet's name) for a line of output:
// unchanged if all of it prints, else with escapes.
func Visible(text string) string {
	for _, r := range text {
		if !strconv.IsPrint(r) || r == utf8.RuneError {
			quoted := strconv.Quote(text)
			return quoted[1 : len(quoted)-1]
		}
	}
	return text
}

// Cause drops the operation and the path from an error of the operating system,
// because the path may not be the one that the user wrote. The result can follow
// "found" in a message.
func Cause(err error) error {
	if errors.Is(err, syscall.EISDIR) {
		return errors.New("a folder")
	}
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}

// ColumnLetters names a column as a spreadsheet does: 1 is A, 27 is AA. Column
// 0 gives "".
func ColumnLetters(column int) string {
	var letters []byte
	for column > 0 {
		column--
		letters = append(letters, byte('A'+column%26))
		column /= 26
	}
	slices.Reverse(letters)
	return string(letters)
}

// Size gives a number of bytes as messages show it: "1.5 MiB".
func Size(n int64) string {
	units := []string{"bytes", "KiB", "MiB", "GiB"}
	value, unit := float64(n), 0
	for value >= 1024 && unit < len(units)-1 {
		value /= 1024
		unit++
	}
	return strconv.FormatFloat(math.Round(value*10)/10, 'f', -1, 64) + " " + units[unit]
}
