package table

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/intake/table/charset"
)

func TestTextDisguises(t *testing.T) {
	rows := [][]string{{"guid", "name", "status", "version", "comment"}}
	for i := range 60 {
		comment := []string{"", "ok", "says \"hi\"", "two\nlines", "a,b;c|d\te", "Müller, José €"}[i%6]
		rows = append(rows, []string{
			fmt.Sprint(839648314463407622 + i), fmt.Sprintf("LAPTOP-%d", i), "Active, Deauthorized", "6.8.8.12", comment,
		})
	}
	count := 0
	for _, d := range fixture.Disguises() {
		count++
		got := readAll(t, "devices.csv", d.Write(t, rows), Limits{})
		if got.refusal != nil {
			t.Errorf("%s: %v", d, got.refusal)
			continue
		}
		found := got.sheets[0].rows
		if len(found) != len(d.Above)+len(rows)+len(d.Below) {
			t.Errorf("%s: found %d rows, want %d", d, len(found), len(d.Above)+len(rows)+len(d.Below))
			continue
		}
		if diff := diffRows(rows, found[len(d.Above):len(found)-len(d.Below)]); diff != "" {
			t.Errorf("%s: rows (-want +got):\n%s", d, diff)
		}
		if len(got.problems) > 0 {
			t.Errorf("%s: found problems %v", d, got.problems)
		}
	}
	if count != 840 {
		t.Errorf("tried %d disguises, want 840", count)
	}
}

// Characters that take two units in UTF-16 are read at every place in a buffer.
func TestUTF16AcrossBuffers(t *testing.T) {
	for shift := range 8 {
		text := "guid,name\n" + strings.Repeat("x", shift) + ",😀\n" + strings.Repeat("1,😀é漢\n", 30_000)
		for _, encoding := range []string{"UTF-16 LE", "UTF-16 BE mark", "UTF-8"} {
			got := readAll(t, "devices.csv", fixture.Encode(t, encoding, text), Limits{})
			if got.refusal != nil {
				t.Fatal(got.refusal)
			}
			if rows := got.sheets[0].rows; len(rows) != 30_002 || rows[30_001][1] != "😀é漢" || rows[15_000][1] != "😀é漢" {
				t.Errorf("%s, shifted by %d: rows differ", encoding, shift)
			}
		}
	}
}

func TestEncodingIsNamed(t *testing.T) {
	for _, encoding := range []string{"UTF-8", "UTF-8 mark", "UTF-16 LE", "UTF-16 BE mark", "Windows-1252"} {
		f, err := Open("-", bytes.NewReader(fixture.Encode(t, encoding, "guid,name\n1,José\n")), Limits{}, charset.Encoding{})
		for err == nil {
			_, err = f.Sheets()[0].Read()
		}
		if want := strings.TrimSuffix(encoding, " mark"); f.Encoding() != want {
			t.Errorf("found %q, want %q", f.Encoding(), want)
		}
	}
}
