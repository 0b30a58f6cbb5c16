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
	// Departments has every department of any night, by name. A department is
	// known by its slug; its name is the newest spelling.
	Departments []DepartmentSeries
}

// Series are figures with one number for each night.
type Series struct{ Devices, Affected, Open, Waived []int }

// DepartmentSeries are a department's figures, by the department that each
// device had on the night. Where Devices is 0 there was no such department, or
// one without a device.
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
