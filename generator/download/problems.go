package download

import (
	"io"
	"strconv"

	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/problem"
)

// writeProblems writes every problem. Row and column are empty for a problem
// with a whole file or row. A sheet's name goes in front of the message, so
// that the column of files has file names only.
func writeProblems(w io.Writer, problems []problem.Problem) error {
	lines := &csvcell.Lines{To: w}
	lines.Add("file", "row", "column", "kind", "message")
	for _, p := range problems {
		message := p.Message
		if p.Sheet != "" {
			message = problem.Visible(p.Sheet) + ": " + message
		}
		lines.Add(p.File, positive(p.Row), positive(p.Column), string(p.Kind), message)
	}
	return lines.Err
}

func positive(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
