// Command make writes the sample: the exports, the evidence, the roster and the
// waivers of Quillmoor Instruments (see package company), and beside itself
// expected.csv, the verdict that each device was made for.
//
//	go run ./sample-data/make    (at the top of the repository)
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"example.org/cutoff/generator/sample/company"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "make:", err)
		os.Exit(1)
	}
}

func run() error {
	files, err := company.Files()
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join("sample-data", filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.Content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
