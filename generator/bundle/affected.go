package bundle

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"

	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/policy"
)

// affectedName is the list for the ticket's configuration items, without its
// ending.
const affectedName = "affected-devices"

// departmentColumn is put behind the user's name, where devices.csv has it.
const departmentColumn = "department"

// affectedDevices gives the affected devices, the waived ones too, under the
// names of devices.csv: department by department in the order of the pages,
// each department worst first. It is taken from the departments' lists, which
// the site has whatever its privacy settings are. A list above the budget goes
// on in further files, each with the header.
func affectedDevices(s *source, budget int64) ([]file, error) {
	list := &affectedList{budget: budget}
	devices := 0
	for _, d := range s.departments {
		content, err := s.read(d.csv)
		if err != nil {
			return nil, err
		}
		n, err := list.copy(content, d)
		if err != nil {
			return nil, s.lacks(d.csv+" with another form ("+err.Error()+")", err)
		}
		devices += n
	}
	if devices != s.summary.Affected {
		return nil, s.lacks(fmt.Sprintf("%d affected devices in the departments' lists and %d in data/summary.json", devices, s.summary.Affected), nil)
	}
	return list.files(), nil
}

// affectedList is the list as it grows.
type affectedList struct {
	budget int64
	header []string
	parts  [][]byte
}

// add writes a row, to a further file when it would pass the budget.
func (l *affectedList) add(row []string) {
	line := csvLine(row)
	last := len(l.parts) - 1
	if last < 0 || int64(len(l.parts[last])+len(line)) > l.budget {
		l.parts = append(l.parts, csvLine(l.header))
		last++
	}
	l.parts[last] = append(l.parts[last], line...)
}

// csvLine gives a line. What the site's lists guard already stays as it is.
func csvLine(row []string) []byte {
	var line []byte
	for i, cell := range row {
		if i > 0 {
			line = append(line, ',')
		}
		line = csvcell.Append(line, cell)
	}
	return append(line, '\n')
}

// files names the list, or its parts. Without an affected device it is a header.
func (l *affectedList) files() []file {
	if len(l.parts) == 0 && l.header != nil {
		l.parts = [][]byte{csvLine(l.header)}
	}
	files := make([]file, len(l.parts))
	for i, content := range l.parts {
		name := affectedName + ".csv"
		if len(l.parts) > 1 {
			name = partName(affectedName, i+1, len(l.parts)) + ".csv"
		}
		files[i] = file{name: name, content: content}
	}
	return files
}

// copy copies the affected rows of one department's list and counts them; the
// first list gives the header.
func (l *affectedList) copy(content []byte, d department) (int, error) {
	reader := csv.NewReader(bytes.NewReader(content))
	columns, err := reader.Read()
	if err != nil {
		return 0, err
	}
	verdict := slices.Index(columns, "verdict")
	at := slices.Index(columns, "username") + 1
	if verdict < 0 {
		return 0, errors.New("no column verdict")
	}
	own := slices.Insert(slices.Clone(columns), at, departmentColumn)
	if l.header == nil {
		l.header = own
	} else if !slices.Equal(l.header, own) {
		return 0, errors.New("other columns than the list before")
	}
	for n := 0; ; {
		row, err := reader.Read()
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		if !policy.Verdict(row[verdict]).Affected() {
			continue
		}
		l.add(slices.Insert(row, at, d.name))
		n++
	}
}
