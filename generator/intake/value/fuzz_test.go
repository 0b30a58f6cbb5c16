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

// One more word of failure never makes a cell a success, whatever else it says. And
// capitals change nothing.
func FuzzOutcome(f *testing.F) {
	for _, text := range []string{"allow", "not allowed", "denied by rule 4", "SYN_SENT", "client-rst", "nicht zugelassen", "refusé", "go on", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		outcomes := NewOutcomes([]string{"go on"}, []string{"rot"})
		got := outcomes.Read(text)
		if (got == NoOutcome) != (text == "") {
			t.Errorf("%q: found %d", text, got)
		}
		if again := outcomes.Read(text); again != got {
			t.Errorf("%q: found %d, then %d", text, got, again)
		}
		if worse := outcomes.Read(text + " denied"); worse == Success {
			t.Errorf("%q: found success behind a word of failure", text)
		}
		if worse := outcomes.Read("denied " + text); text != "" && worse != Failure && worse != NotKnown {
			t.Errorf("%q: found %d behind a word of failure", text, worse)
		}
	})
}

// An end that was read and printed again gives the same end.
func FuzzEndpoint(f *testing.F) {
	for _, text := range []string{
		"162.222.40.218", "162.222.40.218:4287", "[2001:db8::1]:4287", "162.222.40.218/4287", "162.222.40.218.4287", "host:https",
		"https://central.crashplan.com:443/x", "central.crashplan.com (162.222.40.218)", "162.222.40.218/32", "a.b/1.2.3.4:5", "::ffff:1.2.3.4",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end, ok := ParseEndpoint(text)
		if !ok {
			return
		}
		if end.Port < 0 || end.Port > 0xffff {
			t.Errorf("%q: found the port %d", text, end.Port)
		}
		if again, ok := ParseEndpoint(end.Host); !ok || again.Host != end.Host || again.Port != 0 {
			t.Errorf("%q: found the host %q, and %+v (%t) for that", text, end.Host, again, ok)
		}
	})
}
