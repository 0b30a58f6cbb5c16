package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"example.org/cutoff/generator"
)

// A fault of the disk is answered with what to do about it.
func TestExplainDisk(t *testing.T) {
	run := &generator.Run{Out: "site", Memory: "site-memory"}
	for name, c := range map[string]struct {
		err  error
		hint string
	}{
		"full":              {syscall.ENOSPC, "make room"},
		"no quota left":     {syscall.EDQUOT, "make room"},
		"another user's":    {fs.ErrPermission, "sudo chown"},
		"of another nature": {fs.ErrExist, ""},
	} {
		err := explainDisk(run, fmt.Errorf("site: write index.html: %w", c.err))
		var hint hinted
		if got := errors.As(err, &hint); got != (c.hint != "") || got && !strings.Contains(hint.Hint(), c.hint) {
			t.Errorf("%s: found hint %q, want one with %q", name, hint.next, c.hint)
		}
	}
}
