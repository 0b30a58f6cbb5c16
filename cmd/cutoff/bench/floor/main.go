//go:build linux

// Command floor does the least that any program must do that turns exports into
// a site: it reads the same files, and writes and hashes as many bytes in as
// many files as the site has, with one call that makes the disk have them. What
// cutoff takes is told in multiples of it, which a faster machine does not
// change.
//
//	floor [-site FOLDER -out FOLDER] FILE|FOLDER...
//
// CSV files are read with encoding/csv, workbooks with excelize; of a folder
// all workbooks. Without -site nothing is written.
package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/sys/unix"
)

func main() {
	site := flag.String("site", "", "the `folder` whose files are counted and measured")
	out := flag.String("out", "", "the new `folder` to write as many to")
	flag.Parse()
	if err := run(*site, *out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

func run(site, out string, inputs []string) error {
	for _, name := range inputs {
		read := readText
		if !strings.HasSuffix(name, ".csv") {
			read = readWorkbooks
		}
		if err := read(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if site == "" {
		return nil
	}
	if err := os.Mkdir(out, 0o755); err != nil {
		return err
	}
	files := 0
	err := filepath.WalkDir(site, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		files++
		return write(filepath.Join(out, strconv.Itoa(files)), info.Size())
	})
	if err != nil {
		return err
	}
	return sync(out)
}

func readText(name string) error {
	in, err := os.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	reader := csv.NewReader(bufio.NewReaderSize(in, 1<<16))
	reader.ReuseRecord, reader.FieldsPerRecord = true, -1
	for {
		if _, err := reader.Read(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func readWorkbooks(folder string) error {
	names, err := filepath.Glob(folder + "/*.xlsx")
	for _, name := range names {
		err = errors.Join(err, readWorkbook(name))
	}
	return err
}

func readWorkbook(name string) error {
	book, err := excelize.OpenFile(name, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	defer book.Close()
	rows, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return err
	}
	for rows.Next() {
		if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return err
		}
	}
	return errors.Join(rows.Error(), rows.Close())
}

func write(name string, size int64) error {
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	hash, block := sha256.New(), make([]byte, 1<<16)
	for size > 0 {
		part := block[:min(size, int64(len(block)))]
		hash.Write(part)
		if _, err := out.Write(part); err != nil {
			return err
		}
		size -= int64(len(part))
	}
	hash.Sum(nil)
	return out.Close()
}

func sync(folder string) error {
	dir, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer dir.Close()
	return unix.Syncfs(int(dir.Fd()))
}
