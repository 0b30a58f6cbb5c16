package bundle

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
)

// affectedName is the list for the ticket's configuration items, without its
// ending.
const affectedName = "affected-devices"

// departmentColumn is put behind the user's name, where devices.csv has it.
const departmentColumn = "department"

// writeAffected writes the affected devices, the waived ones too, under the
// names of devices.csv: department by department in the order of the pages, each
// department worst first. It is taken from the departments' lists, which the
// site has whatever its privacy settings are. A list above the budget goes on in
// further files, each with the header.
func writeAffected(s *source, stage *publish.Stage, budget int64) ([]examinedFile, error) {
	scratch, drop, err := stage.Scratch()
	if err != nil {
		return nil, err
	}
	defer drop()
	list := &affectedList{budget: budget, file: scratch, out: bufio.NewWriter(scratch)}
	devices := 0
	for _, d := range s.departments {
		n, err := list.copy(s, d)
		if err != nil {
			return nil, err
		}
		devices += n
	}
	if devices != s.Summary.Affected {
		return nil, s.Lacks(fmt.Sprintf("%d affected devices in the departments' lists and %d in data/summary.json", devices, s.Summary.Affected), nil)
	}
	return list.write(stage)
}

// affectedList is the list as it grows, in a file: its parts can be named only
// once it is known how many there are.
type affectedList struct {
	budget int64
	header []string
	file   *os.File
	out    *bufio.Writer
	end    int64
	parts  []int64 // where each begins
}

// add writes a row, to a further part when it would pass the budget.
func (l *affectedList) add(row []string) error {
	line := csvcell.AppendLine(nil, row...)
	last := len(l.parts) - 1
	if last < 0 || l.end-l.parts[last]+int64(len(line)) > l.budget {
		l.parts = append(l.parts, l.end)
		line = append(csvcell.AppendLine(nil, l.header...), line...)
	}
	l.end += int64(len(line))
	_, err := l.out.Write(line)
	return err
}

// write writes the list, or its parts. Without an affected device it is a
// header.
func (l *affectedList) write(stage *publish.Stage) ([]examinedFile, error) {
	if len(l.parts) == 0 {
		line := csvcell.AppendLine(nil, l.header...)
		l.parts, l.end = []int64{0}, int64(len(line))
		if _, err := l.out.Write(line); err != nil {
			return nil, err
		}
	}
	if err := l.out.Flush(); err != nil {
		return nil, err
	}
	var files []examinedFile
	for i, at := range l.parts {
		name, end := affectedName+".csv", l.end
		if len(l.parts) > 1 {
			name = partName(affectedName, i+1, len(l.parts)) + ".csv"
		}
		if i+1 < len(l.parts) {
			end = l.parts[i+1]
		}
		out, err := stage.Create(name)
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(out, io.NewSectionReader(l.file, at, end-at))
		if err := errors.Join(err, out.Close()); err != nil {
			return nil, err
		}
		files = append(files, examinedFile{name: name, size: end - at})
	}
	return files, nil
}

// copy copies the affected rows of one department's list and counts them; the
// first list gives the header.
func (l *affectedList) copy(s *source, d department) (int, error) {
	file, err := s.Open(d.csv)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	n, err := l.rows(bufio.NewReader(file), d.name)
	switch {
	case errors.Is(err, publish.ErrForeign):
		return 0, s.Changed(err)
	case err != nil:
		return 0, s.Lacks(d.csv+" with another form ("+err.Error()+")", err)
	}
	return n, nil
}

func (l *affectedList) rows(in io.Reader, name string) (n int, err error) {
	reader := csv.NewReader(in)
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
	for {
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
		if err := l.add(slices.Insert(row, at, name)); err != nil {
			return n, err
		}
		n++
	}
}
