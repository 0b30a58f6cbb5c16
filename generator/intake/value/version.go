package value

import (
	"math"
	"strconv"

	"example.org/cutoff/generator/device"
)

// Version reads an app's version. A workbook turns versions into numbers. Three
// such changes can be undone: 10.0 became 10, 5.4 became 5.4000000000000004, and
// a long number got an exponent.
func Version(cell string, workbook bool) device.Version {
	v := device.ParseVersion(cell)
	if v.Known || !workbook {
		return v
	}
	number, err := strconv.ParseFloat(cell, 64)
	switch {
	case err != nil || number <= 0 || number >= 1<<53:
		return v
	case number == math.Trunc(number) && number < 1000:
		return device.ParseVersion(strconv.FormatFloat(number, 'f', 0, 64) + ".0")
	}
	if restored := device.ParseVersion(strconv.FormatFloat(number, 'f', -1, 64)); restored.Known {
		return restored
	}
	return v
}
