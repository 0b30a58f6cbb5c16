// Command make writes the sample: the exports, the evidence, the roster and the
// waivers of Quillmoor Instruments (see package company), and beside itself
// expected.csv, the verdict that each device was made for.
//
//	go run ./sample-data/make
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"example.org/cutoff/generator/sample/company"
)

func main() {
	folder := flag.String("out", "sample-data", "the `folder` to write to")
	flag.Parse()
	if err := run(*folder); err != nil {
		fmt.Fprintln(os.Stderr, "make:", err)
		os.Exit(1)
	}
}

func run(folder string) error {
	files, err := company.Files()
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(folder, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.Content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
