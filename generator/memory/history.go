package memory

import (
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/policy"
)

// History has the figures of every night up to tonight.
type History struct {
	Nights []calendar.Day // oldest first; the last one is tonight
	Fleet  Series
	// Verdicts has the devices with each verdict, a number for each night.
	Verdicts map[policy.Verdict][]int
	// Departments has every department of any night, ordered by name. Spellings
	// with the same slug are one department, shown in the newest spelling.
	Departments []DepartmentSeries
}

// Series are figures with one number for each night.
type Series struct{ Devices, Affected, Open, Waived []int }

// DepartmentSeries are a department's figures. A device counts in the department
// that it had on the night. If Devices is 0, the department did not exist on that
// night or had no device.
type DepartmentSeries struct {
	Name, Slug string
	Series
}

// Department finds a department's figures by its slug; nil when no night had it.
func (h *History) Department(slug string) *DepartmentSeries {
	for i := range h.Departments {
		if h.Departments[i].Slug == slug {
			return &h.Departments[i]
		}
	}
	return nil
}
