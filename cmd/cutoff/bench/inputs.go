//go:build linux

package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
)

// parted writes a night's report anew as many files, its rows dealt out in turn,
// beside its other inputs; nothing where that was done.
func parted(night, folder string, files int) error {
	return beside(night, folder, "device-status.csv", "parts-*.csv", func() error {
		in, err := os.Open(filepath.Join(night, "device-status.csv"))
		if err != nil {
			return err
		}
		defer in.Close()
		reader := csv.NewReader(in)
		reader.FieldsPerRecord = -1 // some rows are damaged, as in life
		rows, err := reader.ReadAll()
		if err != nil {
			return err
		}
		header, rows := rows[0], rows[1:]
		for n := range files {
			part := [][]string{header}
			for i := n; i < len(rows); i += files {
				part = append(part, rows[i])
			}
			var text bytes.Buffer
			if err := csv.NewWriter(&text).WriteAll(part); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("parts-%04d.csv", n)), text.Bytes(), 0o644); err != nil {
				return err
			}
		}
		return nil
	})
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
	for _, name := range []string{"cutoff.yaml", "device-status.csv", "roster.csv", "waivers.csv"} {
		if name == anew {
			continue
		}
		text, err := os.ReadFile(filepath.Join(night, name))
		if err != nil {
			return err
		}
		text = bytes.Replace(text, []byte("  - "+anew), []byte("  - "+named), 1)
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			return err
		}
	}
	return write()
}
