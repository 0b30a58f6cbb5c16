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

// HistoryJSON is data/history.json: every list has a number for each night.
type HistoryJSON struct {
	Nights []calendar.Day `json:"nights"` // oldest first
	Fleet  struct {
		SeriesJSON
		Verdicts map[policy.Verdict][]int `json:"verdicts"` // each verdict
	} `json:"fleet"`
	Departments []DepartmentHistory `json:"departments"` // by name
	Pace        *memory.Pace        `json:"pace"`        // null on the first night
}

// SeriesJSON are the figures of the fleet or a department.
type SeriesJSON struct {
	Devices  []*int `json:"devices"`
	Affected []*int `json:"affected"`
	Open     []*int `json:"open"`
	Waived   []*int `json:"waived"`
}

// DepartmentHistory are a department's figures; null where it had no device.
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

// seriesJSON leaves out, where asked to, the nights without a device.
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

// Nights reads which nights a finished site knows from its history.json.
func Nights(history []byte) ([]calendar.Day, error) {
	var h struct{ Nights []calendar.Day }
	if err := json.Unmarshal(history, &h); err != nil {
		return nil, fmt.Errorf("%s: %w", HistoryName, err)
	}
	return h.Nights, nil
}
