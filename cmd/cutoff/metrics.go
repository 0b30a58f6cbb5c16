package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
)

// metricsFlag makes a run write figures for a monitoring system.
type metricsFlag struct {
	Metrics string `placeholder:"FILE" help:"Write figures of the run for node_exporter's textfile collector (a name that ends in .prom), also when the run fails."`
}

// lastSuccess is the one figure that a failed run carries over.
const lastSuccess = "cutoff_last_success_timestamp_seconds"

// write writes the figures of a run. A run that met --fail-on is a success.
func (f metricsFlag) write(s *session, outcome *generator.Outcome, failure error) error {
	if f.Metrics == "" {
		return nil
	}
	ended, code := time.Now(), statusOf(failure)
	success := code == done || code == failOnMet
	var text bytes.Buffer
	succeeded := 0.0
	if success {
		succeeded = 1
	}
	gauge(&text, "cutoff_run_success", "Whether the last run succeeded.", succeeded)
	gauge(&text, "cutoff_run_exit_status", "Exit status of the last run.", float64(code))
	gauge(&text, "cutoff_run_timestamp_seconds", "When the last run ended.", seconds(ended))
	gauge(&text, "cutoff_run_duration_seconds", "How long the last run took.", ended.Sub(s.now).Seconds())
	if success {
		gauge(&text, lastSuccess, "When a run last succeeded.", seconds(ended))
	} else if before, err := os.ReadFile(filepath.Clean(f.Metrics)); err == nil {
		text.Write(successLines.Find(before))
	}
	if outcome != nil {
		fleetMetrics(&text, outcome, s.now)
	}
	if err := publish.WriteFile(f.Metrics, text.Bytes()); err != nil {
		return fmt.Errorf("--metrics: %w", err)
	}
	return nil
}

func fleetMetrics(w io.Writer, outcome *generator.Outcome, now time.Time) {
	f := outcome.Fleet
	fmt.Fprintf(w, "# HELP cutoff_devices Devices by what the rules say of them.\n# TYPE cutoff_devices gauge\n")
	for _, verdict := range policy.Verdicts() {
		fmt.Fprintf(w, "cutoff_devices{verdict=%q} %d\n", string(verdict), f.Verdicts[verdict])
	}
	gauge(w, "cutoff_affected_devices", "Devices that will be or are cut off.", float64(f.Affected))
	gauge(w, "cutoff_open_devices", "Affected devices that are not waived.", float64(f.Open))
	gauge(w, "cutoff_waived_devices", "Affected devices that are waived.", float64(f.Waived))
	gauge(w, "cutoff_input_problems", "Faults found in the inputs.", float64(len(outcome.Problems)))
	gauge(w, "cutoff_as_of_timestamp_seconds", "Start of the day for which the site speaks.", seconds(f.AsOf.Start()))
	if !f.Newest.IsZero() {
		gauge(w, "cutoff_data_timestamp_seconds", "Start of the day on which a device was last seen.", seconds(f.Newest.Start()))
		gauge(w, "cutoff_data_age_seconds", "How old the newest row of the reports was when the run began.", max(0, now.Sub(f.Newest.Start()).Seconds()))
	}
}

func gauge(w io.Writer, name, help string, value float64) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s gauge\n%s %.14g\n", name, help, name, name, value)
}

func seconds(t time.Time) float64 { return float64(t.Unix()) }

// successLines finds the last success in the file of the previous run.
var successLines = regexp.MustCompile(`(?m)^# HELP ` + lastSuccess + ` .*\n# TYPE ` + lastSuccess + ` gauge\n` + lastSuccess + ` [0-9.e+]+\n`)
