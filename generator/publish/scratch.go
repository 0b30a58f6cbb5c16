package publish

import (
	"fmt"
	"os"
)

// Scratch makes a file in the system's folder for such files, for what a run
// keeps for a while and publishes nowhere. drop takes it away.
func Scratch() (file *os.File, drop func(), err error) {
	file, err = os.CreateTemp("", "cutoff-*")
	if err != nil {
		return nil, nil, fmt.Errorf("make a file for a while: %w", err)
	}
	return file, func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}, nil
}
