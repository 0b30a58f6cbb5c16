package main

import (
	"os"
	"runtime/debug"

	"example.org/cutoff/generator/intake"
)

// How much garbage there may be beside the memory in use, in percent of it. At
// Go's own 100 a run peaks a fifth higher and takes a twentieth less processor
// time. Where the reports are large, which a million devices are, a third less
// memory is worth a tenth of the time. GOGC in the environment goes first.
const (
	usualGarbage = 50
	spareGarbage = 20
	largeReports = 256 << 20 // bytes
)

// boundGarbage bounds it before inputs are known.
func boundGarbage() { setGarbage(usualGarbage) }

// boundGarbageFor bounds it further where the inputs call for it.
func boundGarbageFor(inputs []intake.Input) {
	var bytes int64
	for _, input := range inputs {
		if input.Kind != intake.Report || input.Stat == nil {
			continue
		}
		if size, _, err := input.Stat(); err == nil {
			bytes += size
		}
	}
	if bytes >= largeReports {
		setGarbage(spareGarbage)
	}
}

func setGarbage(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
