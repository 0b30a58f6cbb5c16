package bundle

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"example.org/cutoff/generator/policy"
)

// affectedName is the list for the ticket's configuration items.
const affectedName = "affected-devices.csv"

// departmentColumn is put behind the user's name, where devices.csv has it.
const departmentColumn = "department"

// affectedDevices gives the affected devices, the waived ones too, under the
// names of devices.csv: department by department in the order of the pages,
// each department worst first. It is taken from the departments' lists, which
// the site has whatever its privacy settings are.
func affectedDevices(s *source) ([]byte, error) {
	var out bytes.Buffer
	writer := csv.NewWriter(&out)
	var header []string
	devices := 0
	for _, d := range s.departments {
		content, err := s.read(d.csv)
		if err != nil {
			return nil, err
		}
		n, err := copyAffected(writer, content, d, &header)
		if err != nil {
			return nil, s.lacks(d.csv+" with another form ("+err.Error()+")", err)
		}
		devices += n
	}
	writer.Flush()
	if err := writer.Error(); err != nil {
		return nil, fmt.Errorf("write %s: %w", affectedName, err)
	}
	if devices != s.summary.Affected {
		return nil, s.lacks(fmt.Sprintf("%d affected devices in the departments' lists and %d in data/summary.json", devices, s.summary.Affected), nil)
	}
	return out.Bytes(), nil
}

// copyAffected copies the affected rows of one department's list and counts
// them; the first list gives the header.
func copyAffected(writer *csv.Writer, content []byte, d department, header *[]string) (int, error) {
	reader := csv.NewReader(bytes.NewReader(content))
	reader.ReuseRecord = true
	columns, err := reader.Read()
	if err != nil {
		return 0, err
	}
	verdict := slices.Index(columns, "verdict")
	at := slices.Index(columns, "username") + 1
	if verdict < 0 {
		return 0, fmt.Errorf("no column verdict")
	}
	own := slices.Insert(slices.Clone(columns), at, departmentColumn)
	if *header == nil {
		*header = own
		if err := writer.Write(own); err != nil {
			return 0, err
		}
	} else if !slices.Equal(*header, own) {
		return 0, fmt.Errorf("other columns than the list before")
	}
	name := guarded(d.name)
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
		if err := writer.Write(slices.Insert(slices.Clone(row), at, name)); err != nil {
			return n, err
		}
		n++
	}
}

// guarded gives a cell that no spreadsheet runs as a formula. The other cells
// come from the site's own lists, where they are guarded already.
func guarded(text string) string {
	text = strings.Join(strings.Fields(shown(text)), " ")
	bare := strings.TrimLeft(text, " \"'\u3000")
	for _, sign := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(bare, sign) {
			return "'" + text
		}
	}
	return text
}
