package publish

import (
	"fmt"
	"os"
)

// Scratch makes a file in the system's temporary folder, for what a run needs for
// a while and never publishes. drop closes and removes it.
func Scratch() (file *os.File, drop func(), err error) {
	if file, drop, err = scratch(""); err != nil {
		err = fmt.Errorf("make a file for a while: %w", err)
	}
	return file, drop, err
}

func scratch(folder string) (file *os.File, drop func(), err error) {
	if file, err = os.CreateTemp(folder, "cutoff-*"); err != nil {
		return nil, nil, err
	}
	return file, func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}, nil
}
