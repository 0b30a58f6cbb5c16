package value

import (
	"testing"
	"time"
)

func FuzzInstant(f *testing.F) {
	for _, text := range []string{
		"2020-10-12T16:55:40.632Z", "2019-12-02T09:34:28.364-06:00", "2020-02-29", "Mar 01, 2014 03:00:00 PM", "15.01.2020 09:30",
		"1/15/20 9:30 AM", "03/04/2020", "1579514400.5", "43845.25", "Wed, 15 Jan 2020 10:00:00 GMT", "24:00", "12/31/1999 12:00 AM",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, order := range []DateOrder{Auto, DayFirst, MonthFirst} {
			for _, workbook := range []bool{false, true} {
				c := Dates{Order: order, Workbook: workbook}
				at, how := c.Read(text)
				if how != Readable {
					continue
				}
				again, how := c.Read(at.Format(time.RFC3339Nano))
				if how != Readable || !again.Equal(at) {
					t.Errorf("found %s for %q and %s for what it prints as, want the same", at, text, again)
				}
				if at.Location() != time.UTC {
					t.Errorf("found the zone %s, want UTC", at.Location())
				}
			}
		}
	})
}

func FuzzGUID(f *testing.F) {
	for _, text := range []string{"839648314463407622", "'839648314463407622", "8.39648E+17", "8,39648E+17", "1.2E3", "a1-b2", "dev_1", `="7"`, " 12 ", "null", "12345678901234567890"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, workbook := range []bool{false, true} {
			guid, how := GUID(text, workbook)
			if (guid != "") != (how == SoundGUID || how == RoundedGUID || how == WordGUID) {
				t.Errorf("found the GUID %q with %d", guid, how)
			}
			if guid == "" {
				continue
			}
			if again, _ := GUID(guid, workbook); again != guid {
				t.Errorf("found %q for %q and %q for that, want the same", guid, text, again)
			}
		}
	})
}
