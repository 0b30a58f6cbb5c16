package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"example.org/cutoff/generator/intake"
)

// errInterrupted ends a run that somebody interrupted.
var errInterrupted = errors.New("interrupted: what was published before is as it was")

// patience is how long an interrupted run may take to clean up. A run that waits for
// standard input would take for ever. The next run cleans up after it.
const patience = 3 * time.Second

// interrupts notices that somebody wants the program to end: Ctrl+C, kill, a service
// that is stopped. A second signal ends it at once.
type interrupts struct{ asked atomic.Bool }

// watch starts to listen for signals.
func (i *interrupts) watch(stderr io.Writer) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		signal.Stop(signals)
		i.asked.Store(true)
		time.Sleep(patience)
		fmt.Fprintf(stderr, "cutoff: error: %v\n", errInterrupted)
		os.Exit(int(failed))
	}()
}

// err is errInterrupted once somebody asked.
func (i *interrupts) err() error {
	if i != nil && i.asked.Load() {
		return errInterrupted
	}
	return nil
}

// settle gives the error that a run ends with. Any error of an interrupted run
// becomes errInterrupted.
func (i *interrupts) settle(err error) error {
	if err != nil && i.err() != nil {
		return errInterrupted
	}
	return err
}

// inputs makes reading fail once the run is interrupted.
func (i *interrupts) inputs(all []intake.Input) {
	for n := range all {
		open := all[n].Open
		all[n].Open = func() (io.ReadCloser, error) {
			r, err := open()
			if err != nil {
				return nil, err
			}
			return &interruptible{r, i}, nil
		}
	}
}

type interruptible struct {
	io.ReadCloser
	interrupts *interrupts
}

func (r *interruptible) Read(p []byte) (int, error) {
	if err := r.interrupts.err(); err != nil {
		return 0, err
	}
	return r.ReadCloser.Read(p)
}
