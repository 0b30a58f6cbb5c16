package generator

import (
	"bytes"
	"io"
	"path"
	"strings"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/download"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/sample"
	"example.org/cutoff/generator/site"
)

// BenchmarkStages gives what each stage of a run takes by itself, on a fleet of
// 100,000 devices in 40 departments with a line of evidence for every second of
// them. Whole processes are measured by make bench.
func BenchmarkStages(b *testing.B) {
	run := benchRun(b, sample.Fleet{
		Seed: 1, Devices: 100_000, Departments: 40, Nights: 1, Last: calendar.New(2020, 1, 15),
		Problems: 0.03, LogLines: 50_000, Format: sample.CSV,
	})
	stage := func(name string, work func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := work(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	var read *intake.Result
	stage("read", func() (err error) {
		read, err = readInputs(run)
		return err
	})
	if read == nil {
		b.Fatal("found no inputs read, want -bench Stages without a stage's name")
	}
	var outcome *Outcome
	stage("assess", func() (err error) {
		outcome, err = assess(run, read, nil, nil)
		return err
	})
	stage("render pages", func() error {
		in, err := siteInput(run, outcome)
		if err != nil {
			return err
		}
		pages, err := site.New(in)
		if err != nil {
			return err
		}
		return pages.Write(nowhere{})
	})
	in := downloadInput(run, outcome)
	bare := *in.Config
	bare.Workbooks = false
	in.Config = &bare
	stage("write files", func() error { return download.Write(in, nowhere{}) })
	books := bare
	books.Workbooks = true
	withBooks := in
	withBooks.Config = &books
	stage("write files and workbooks", func() error { return download.Write(withBooks, nowhere{}) })
	run.Config = &bare
	stage("everything, to disk", func() error {
		run.Out = b.TempDir() + "/site"
		_, err := Build(run)
		return err
	})
}

// benchRun gives a run over a fleet's only night, with its inputs in memory.
func benchRun(b testing.TB, fleet sample.Fleet) *Run {
	b.Helper()
	run := &Run{AsOf: fleet.Last, Progress: func(string) {}}
	kinds := map[string]intake.Kind{"device-status.csv": intake.Report, "roster.csv": intake.Roster, "waivers.csv": intake.Waivers, "firewall.csv": intake.Connections}
	var err error
	for _, file := range fleet.Files() {
		var text bytes.Buffer
		if err := file.Write(&text); err != nil {
			b.Fatal(err)
		}
		if kind := kinds[path.Base(file.Name)]; kind != "" {
			open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text.Bytes())), nil }
			run.Inputs = append(run.Inputs, intake.Input{Path: file.Name, Kind: kind, Open: open})
		} else if !strings.Contains(file.Name, "/") {
			if run.Config, err = config.Parse(file.Name, text.Bytes()); err != nil {
				b.Fatal(err)
			}
		}
	}
	if run.Policy, err = policy.Named(run.Config.Policy); err != nil {
		b.Fatal(err)
	}
	return run
}

// nowhere drops what is written.
type nowhere struct{}

type nowhereFile struct{ io.Writer }

func (nowhere) Create(string) (io.WriteCloser, error) { return nowhereFile{io.Discard}, nil }

func (nowhereFile) Close() error { return nil }
