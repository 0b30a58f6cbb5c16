//go:build linux

package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// parted writes a night's report anew as many files, beside its other inputs;
// nothing where that was done. Nothing is kept, since a process that is measured
// begins with the memory of this one.
func parted(night, folder string, files int) error {
	return beside(night, folder, "device-status.csv", "parts-*.csv", func() error {
		in, err := os.Open(filepath.Join(night, "device-status.csv"))
		if err != nil {
			return err
		}
		defer in.Close()
		rows := -1 // the header is none
		if err := eachRecord(in, func([]string) error { rows++; return nil }); err != nil {
			return err
		}
		if _, err := in.Seek(0, io.SeekStart); err != nil {
			return err
		}
		var header []string
		var text bytes.Buffer
		part, left := csv.NewWriter(&text), 0
		written := 0
		flush := func() error {
			part.Flush()
			defer text.Reset()
			written++
			return os.WriteFile(filepath.Join(folder, fmt.Sprintf("parts-%04d.csv", written)), text.Bytes(), 0o644)
		}
		err = eachRecord(in, func(record []string) error {
			if header == nil {
				header = slices.Clone(record)
				return nil
			}
			if left == 0 {
				left = (rows + files - 1) / files
				if err := part.Write(header); err != nil {
					return err
				}
			}
			if err := part.Write(record); err != nil {
				return err
			}
			if left--; left == 0 {
				return flush()
			}
			return nil
		})
		if err == nil && left > 0 {
			err = flush()
		}
		return err
	})
}

func eachRecord(in io.Reader, do func([]string) error) error {
	reader := csv.NewReader(in)
	reader.FieldsPerRecord, reader.ReuseRecord = -1, true // some rows are damaged, as in life
	for {
		record, err := reader.Read()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = do(record)
		}
		if err != nil {
			return err
		}
	}
}

// crowded writes a night's roster anew with so many further people, who have no
// device, beside its other inputs; nothing where that was done.
func crowded(night, folder string, people int) error {
	return beside(night, folder, "roster.csv", "roster.csv", func() (err error) {
		known, err := os.ReadFile(filepath.Join(night, "roster.csv"))
		if err != nil {
			return err
		}
		out, err := os.Create(filepath.Join(folder, "roster.csv"))
		if err != nil {
			return err
		}
		defer out.Close()
		text := bufio.NewWriter(out)
		text.Write(known)
		for n := range people {
			fmt.Fprintf(text, "someone.else%d@larkfield.example,someone.else%[1]d@larkfield.example,Sales,Ada Abara,ada.abara@larkfield.example\n", n)
		}
		return text.Flush()
	})
}

// beside makes a folder with the inputs of a night. One of them is written anew
// by write, and the configuration names it.
func beside(night, folder, anew, named string, write func() error) error {
	if _, err := os.Stat(folder); err == nil {
		return nil
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"device-status.csv", "roster.csv", "waivers.csv"} {
		if name == anew {
			continue
		}
		if err := os.Link(filepath.Join(night, name), filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	text, err := os.ReadFile(filepath.Join(night, "cutoff.yaml"))
	if err != nil {
		return err
	}
	text = bytes.Replace(text, []byte("  - "+anew), []byte("  - "+named), 1)
	if err := os.WriteFile(filepath.Join(folder, "cutoff.yaml"), text, 0o644); err != nil {
		return err
	}
	return write()
}
