package download

import (
	"encoding/json"
	"fmt"
	"io"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/policy"
)

// HistoryName is the file with the figures of every night.
const HistoryName = "data/history.json"

// HistoryJSON is data/history.json. Every list of figures has one for each
// night.
type HistoryJSON struct {
	Nights []calendar.Day `json:"nights"` // oldest first
	Fleet  struct {
		SeriesJSON
		Verdicts map[policy.Verdict][]int `json:"verdicts"` // each verdict
	} `json:"fleet"`
	Departments []DepartmentHistory `json:"departments"` // by name
	Pace        *memory.Pace        `json:"pace"`        // null on the first night
}

// SeriesJSON has the figures of the fleet or of a department, one a night.
type SeriesJSON struct {
	Devices  []*int `json:"devices"`
	Affected []*int `json:"affected"`
	Open     []*int `json:"open"`
	Waived   []*int `json:"waived"`
}

// DepartmentHistory has a department's figures; null for nights on which it had
// no device.
type DepartmentHistory struct {
	Name string `json:"name"`
	Slug string `json:"slug"`
	SeriesJSON
}

func writeHistory(w io.Writer, account *memory.Account) error {
	h := HistoryJSON{Nights: account.History.Nights, Departments: []DepartmentHistory{}, Pace: account.Pace}
	h.Fleet.SeriesJSON = seriesJSON(account.History.Fleet, false)
	h.Fleet.Verdicts = account.History.Verdicts
	for _, d := range account.History.Departments {
		h.Departments = append(h.Departments, DepartmentHistory{d.Name, d.Slug, seriesJSON(d.Series, true)})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(h)
}

// seriesJSON puts null for nights without a device where mayBeNull is set.
func seriesJSON(s memory.Series, mayBeNull bool) SeriesJSON {
	list := func(numbers []int) []*int {
		all := make([]*int, len(numbers))
		for night := range numbers {
			if s.Devices[night] > 0 || !mayBeNull {
				all[night] = &numbers[night]
			}
		}
		return all
	}
	return SeriesJSON{list(s.Devices), list(s.Affected), list(s.Open), list(s.Waived)}
}

// Nights reads from a site's history.json which nights it knows. The error says
// that it is no JSON of that form.
func Nights(history []byte) ([]calendar.Day, error) {
	var h struct{ Nights []calendar.Day }
	if err := json.Unmarshal(history, &h); err != nil {
		return nil, fmt.Errorf("%s: %w", HistoryName, err)
	}
	return h.Nights, nil
}
