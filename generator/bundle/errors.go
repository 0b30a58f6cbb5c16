package bundle

import (
	"errors"
	"io/fs"

	"example.org/cutoff/generator/publish"
)

func asRefusal(err error, refusal **publish.Refusal) bool { return errors.As(err, refusal) }

// cause drops the operation and path that an operating system's error repeats.
func cause(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
