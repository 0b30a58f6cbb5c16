package site

import (
	"io"
	"testing"
)

// nowhere is a sink that drops what is written.
type nowhere struct{}

type nowhereFile struct{ io.Writer }

func (nowhere) Create(string) (io.WriteCloser, error) { return nowhereFile{io.Discard}, nil }

func (nowhereFile) Close() error { return nil }

// BenchmarkWrite renders a fleet of 100,000 devices in 40 departments, and
// gives the lists and the search index by themselves.
func BenchmarkWrite(b *testing.B) {
	in := made{devices: 100_000, departments: 40}.input(b)
	s, err := New(in)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			if _, err := New(in); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("site", func(b *testing.B) {
		for b.Loop() {
			if err := s.Write(nowhere{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("lists", func(b *testing.B) {
		listed := 0
		for b.Loop() {
			listed = 0
			for _, d := range in.Fleet.Departments {
				sheets := s.sheets(d)
				listed += sheets[len(sheets)-1].last
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*listed), "ns/row")
	})
	b.Run("find", func(b *testing.B) {
		for b.Loop() {
			if err := s.writeFind(nowhere{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
