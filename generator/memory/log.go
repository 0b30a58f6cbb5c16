package memory

import (
	"errors"
	"io"
	"io/fs"
	"slices"

	"example.org/cutoff/generator/calendar"
)

// Log is a memory that was opened. Its records are read; its devices are read one
// by one later. The zero Log is empty.
type Log struct {
	records []Record
	devices io.ReadCloser
}

// Open reads the records of a memory and opens its file of devices. The folder may
// be swapped after that. Open does not check the manifest; package publish does.
// The error is a [*Fault], or the system's.
func Open(folder fs.FS) (*Log, error) {
	text, err := fs.ReadFile(folder, nightsName)
	if err != nil {
		return nil, absent(nightsName, err)
	}
	records, err := parseNights(text)
	if err != nil {
		return nil, err
	}
	devices, err := folder.Open(devicesName)
	if err != nil {
		return nil, absent(devicesName, err)
	}
	return &Log{records, devices}, nil
}

// Close closes the file of devices.
func (l *Log) Close() error {
	if l.devices == nil {
		return nil
	}
	return l.devices.Close()
}

// absent turns the error for a missing file into a fault.
func absent(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return damaged(name, 0, "no such file", "the file as it was written")
	}
	return err
}

// Before gives the record of the last night before a day.
func (l *Log) Before(day calendar.Day) (Record, bool) {
	at, _ := l.find(day)
	if at == 0 {
		return Record{}, false
	}
	return l.records[at-1], true
}

// Latest is the last night of the log, or the given night if that is later.
func (l *Log) Latest(night calendar.Day) calendar.Day {
	if n := len(l.records); n > 0 && l.records[n-1].Night.After(night) {
		return l.records[n-1].Night
	}
	return night
}

// find gives the place of a night's record. If there is none, it gives the place
// where it belongs, and false.
func (l *Log) find(night calendar.Day) (int, bool) {
	return slices.BinarySearchFunc(l.records, night, func(r Record, day calendar.Day) int { return day.Until(r.Night) })
}

func (l *Log) nights() []calendar.Day {
	nights := make([]calendar.Day, len(l.records))
	for i := range l.records {
		nights[i] = l.records[i].Night
	}
	return nights
}
