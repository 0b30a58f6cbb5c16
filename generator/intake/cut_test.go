package intake

import (
	"errors"
	"strings"
	"testing"

	"example.org/cutoff/generator/problem"
)

// TestCutReport reads a report that ends inside its last row. That is damage only
// if the row would count: notes and totals are short too.
func TestCutReport(t *testing.T) {
	const whole = "deviceUid,deviceName,version,status\n101,a,7.0,Active\n102,b,7.0,Active\n103,c,7.0,Active\n"
	for name, test := range map[string]struct {
		end     string
		refused bool
	}{
		"cut after the name":             {"104,d", true},
		"cut in the version":             {"104,d,7", true},
		"cut in the identity":            {"10", true},
		"short, with a line end":         {"104,d\n", false},
		"whole, without a line end":      {"104,d,7.0,Active", false},
		"totals, without a line end":     {"Total,3", false},
		"a blank row without a line end": {",", false},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read([]Input{bytesInput(Report, "a.csv", []byte(whole+test.end))}, storyOptions())
			var refused *Refused
			if got := errors.As(err, &refused); got != test.refused {
				t.Fatalf("refused: %v (%v), want %v", got, err, test.refused)
			}
			if test.refused && (refused.Problems[0].Kind != problem.Damaged || refused.Problems[0].Row != 5) {
				t.Errorf("found %v, want damage in row 5", refused.Problems[0])
			}
		})
	}
}

// TestRoundedDestinationUID reads UIDs that a spreadsheet rounded.
func TestRoundedDestinationUID(t *testing.T) {
	result := readReport(t, "a.csv", []byte(strings.Join([]string{
		"deviceUid,version,destinationUid,destinationName",
		"101,7.0,6.32540230984925E+017,West",
		"102,7.0,632540230984925185,West",
		"103,7.0,42,Central",
		"104,7.0,main-uid,Own", "",
	}, "\n")))
	for i, want := range []string{"", "632540230984925185", "42", "main-uid"} {
		if got := result.Devices[i].Destinations[0].UID; got != want {
			t.Errorf("device %s has destination UID %q, want %q", result.Devices[i].GUID, got, want)
		}
	}
	if len(result.Problems) != 1 || result.Problems[0].Kind != problem.DamagedUID || result.Problems[0].Row != 2 || result.Problems[0].Column != 3 {
		t.Errorf("problems = %v, want one of the damaged UID at 2:3", result.Problems)
	}
}
