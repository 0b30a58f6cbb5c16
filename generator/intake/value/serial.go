package value

import (
	"math"
	"time"
)

// The days from which the two date systems of workbooks count. The 1900 system
// has a 29 February 1900, which never was. So from March 1900 on its serials are
// days since 30 December 1899 and not since the 31st. Earlier dates are not
// plausible here, so the false day needs no case.
var (
	epoch1900 = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	epoch1904 = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
)

// SerialTime reads a workbook's date serial (days with a fraction) as a time in
// UTC, rounded to the millisecond. It reports false for a date outside the years
// 1990 to 2100, which is not plausible in a report, and for NaN.
func SerialTime(serial float64, date1904 bool) (time.Time, bool) {
	if !(serial >= 0 && serial < 100_000) {
		return time.Time{}, false
	}
	epoch := epoch1900
	if date1904 {
		epoch = epoch1904
	}
	days, fraction := math.Modf(serial)
	millis := math.Round(fraction * 86_400_000)
	t := epoch.AddDate(0, 0, int(days)).Add(time.Duration(millis) * time.Millisecond)
	if t.Year() < 1990 || t.Year() > 2100 {
		return time.Time{}, false
	}
	return t, true
}
