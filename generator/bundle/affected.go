package bundle

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"

	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
)

// writeAffected writes the affected devices, including the waived ones, with the
// column names of devices.csv. Departments come in the order of the pages, and the
// rows of each in the order of its own list. The rows come from the departments'
// lists, because the site has those whatever its privacy settings are. A list
// above the budget is split into several files, each with the header.
func writeAffected(s *source, stage *publish.Stage, budget int64) ([]examinedFile, error) {
	scratch, drop, err := stage.Scratch()
	if err != nil {
		return nil, err
	}
	defer drop()
	list := &affectedList{budget: budget, out: bufio.NewWriter(scratch)}
	for _, d := range s.departments {
		if err := list.copy(s, d); err != nil {
			return nil, err
		}
	}
	if list.devices != s.Summary.Affected {
		return nil, s.Lacks(fmt.Sprintf("%d affected devices in the departments' lists and %d in data/summary.json", list.devices, s.Summary.Affected), nil)
	}
	if err := list.out.Flush(); err != nil {
		return nil, err
	}
	return list.write(scratch, stage)
}

// affectedList is the list while it grows. It is kept in a scratch file, because
// its parts can be named only when their number is known.
type affectedList struct {
	budget  int64
	out     *bufio.Writer
	header  []string
	devices int
	parts   []int64 // where each begins
	end     int64
}

// copy copies the affected rows of one department's list. The header comes from
// the first list.
func (l *affectedList) copy(s *source, d department) error {
	name := d.file(".csv")
	file, err := s.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	switch err := l.rows(bufio.NewReader(file), d.Name); {
	case errors.Is(err, publish.ErrForeign):
		return s.Changed(err)
	case err != nil:
		return s.Lacks(name+" with another form ("+err.Error()+")", err)
	}
	return nil
}

func (l *affectedList) rows(in io.Reader, department string) error {
	reader := csv.NewReader(in)
	columns, err := reader.Read()
	if err != nil {
		return err
	}
	verdict := slices.Index(columns, "verdict")
	if verdict < 0 {
		return errors.New("no column verdict")
	}
	// The department goes after the user's name, as in devices.csv.
	at := slices.Index(columns, "username") + 1
	own := slices.Insert(slices.Clone(columns), at, "department")
	if l.header == nil {
		l.header = own
		err = l.add(own)
	} else if !slices.Equal(l.header, own) {
		err = errors.New("other columns than the list before")
	}
	for err == nil {
		var row []string
		if row, err = reader.Read(); err == nil && policy.Verdict(row[verdict]).Affected() {
			l.devices++
			err = l.add(slices.Insert(row, at, department))
		}
	}
	if err == io.EOF {
		return nil
	}
	return err
}

// add writes a row. If the row would pass the budget, it begins a new part.
func (l *affectedList) add(row []string) error {
	line := csvcell.AppendLine(nil, row...)
	if n := len(l.parts); n == 0 {
		l.parts = []int64{0}
	} else if l.end-l.parts[n-1]+int64(len(line)) > l.budget {
		l.parts = append(l.parts, l.end)
		line = append(csvcell.AppendLine(nil, l.header...), line...)
	}
	l.end += int64(len(line))
	_, err := l.out.Write(line)
	return err
}

// write writes the list, or its parts.
func (l *affectedList) write(from io.ReaderAt, stage *publish.Stage) ([]examinedFile, error) {
	var files []examinedFile
	for i, at := range l.parts {
		size := append(l.parts, l.end)[i+1] - at
		name := partName("affected-devices", i+1, len(l.parts)) + ".csv"
		out, err := stage.Create(name)
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(out, io.NewSectionReader(from, at, size))
		if err := errors.Join(err, out.Close()); err != nil {
			return nil, err
		}
		files = append(files, examinedFile{name: name, size: size})
	}
	return files, nil
}
