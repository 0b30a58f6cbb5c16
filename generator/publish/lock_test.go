package publish

import (
	"io/fs"
	"strings"
	"testing"
)

// A lock that may not be made says where this account cannot write.
func TestLockFault(t *testing.T) {
	denied := &fs.PathError{Op: "open", Path: "/srv/.site.lock", Err: fs.ErrPermission}
	if got := lockFault("site", denied).Error(); !strings.HasPrefix(got, "site: found no permission to write beside it, want a folder to which this account may write") {
		t.Errorf("found %q", got)
	}
	broken := &fs.PathError{Op: "open", Path: "/srv/.site.lock", Err: fs.ErrClosed}
	if got := lockFault("site", broken).Error(); !strings.HasPrefix(got, "site: lock: ") {
		t.Errorf("found %q", got)
	}
}
