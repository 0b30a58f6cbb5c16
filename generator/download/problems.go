package download

import (
	"io"
	"strconv"

	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/problem"
)

// writeProblems writes every problem. Row and column are empty where the
// problem is about the whole file or row; a sheet's name stands in front of the
// message, so that the file's name alone is in its column.
func writeProblems(w io.Writer, problems []problem.Problem) error {
	buffer := []byte("file,row,column,kind,message\n")
	cell := func(text string, end byte) {
		buffer = append(csvcell.Append(buffer, text), end)
	}
	for _, p := range problems {
		message := p.Message
		if p.Sheet != "" {
			message = problem.Visible(p.Sheet) + ": " + message
		}
		cell(p.File, ',')
		cell(positive(p.Row), ',')
		cell(positive(p.Column), ',')
		cell(string(p.Kind), ',')
		cell(message, '\n')
		if len(buffer) >= chunk {
			if _, err := w.Write(buffer); err != nil {
				return err
			}
			buffer = buffer[:0]
		}
	}
	_, err := w.Write(buffer)
	return err
}

func positive(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
