package people

import (
	"fmt"
	"strings"
	"testing"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/table/charset"
)

// TestCrowd checks that people come out as they went in, from packed blocks too.
func TestCrowd(t *testing.T) {
	person := func(i int) device.Person {
		return device.Person{
			Username: fmt.Sprint("user", i), Email: strings.Repeat("é", i%300), Department: fmt.Sprint("D", i%40),
			Name: fmt.Sprint("N", i), DN: fmt.Sprint("CN=", i), Manager: fmt.Sprint("M", i%7), Source: device.Source{Row: i},
		}
	}
	const people = 10_000
	c := crowd{places: map[string]uint64{}}
	for i := range people {
		p := person(i)
		c.add(i/100, &p)
	}
	if len(c.packed) < 2 {
		t.Fatalf("found %d packed blocks, want several", len(c.packed))
	}
	for range 2 {
		i := 0
		for sheet, p := range c.all {
			if want := person(i); sheet != i/100 || *p != want {
				t.Fatalf("found %v in sheet %d, want %v", *p, sheet, want)
			}
			i++
		}
		if i != people {
			t.Errorf("found %d people, want %d", i, people)
		}
	}
}

// BenchmarkRoster reads a roster of 200,000 people that no device needs.
func BenchmarkRoster(b *testing.B) {
	var text strings.Builder
	text.WriteString("username,email,department,manager,manager_email\n")
	for n := range 200_000 {
		fmt.Fprintf(&text, "someone.else%d@larkfield.example,someone.else%[1]d@larkfield.example,Sales,Ada Abara,ada.abara@larkfield.example\n", n)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		r := NewRoster()
		f, err := table.Open("roster.csv", strings.NewReader(text.String()), table.Limits{}, charset.Encoding{})
		if err != nil {
			b.Fatal(err)
		}
		if err := rows.Read(f, column.NewMatcher(column.Roster, nil, nil), ledger.New("roster.csv", column.Roster), r.Sheet); err != nil {
			b.Fatal(err)
		}
		r.Settle(nil, nil)
	}
}
