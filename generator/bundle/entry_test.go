package bundle

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/klauspost/compress/zip"

	"example.org/cutoff/generator/calendar"
)

// A file that is packed as it is read gives the same entry as one packed from
// memory. A zip of entries has the size that was computed for it.
func TestSpool(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "spool"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	s := newSpool(file)
	content := strings.Repeat("PC-1,Sales,7.0.3\n", 10_000)
	whole, err := s.pack("büro.csv", []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	streamed, err := s.stream("büro.csv", strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole, streamed, cmp.AllowUnexported(entry{}, remarks{}), cmpopts.IgnoreFields(entry{}, "at")); diff != "" {
		t.Errorf("(-whole +streamed):\n%s", diff)
	}
	short, err := s.pack("a.txt", []byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	if short.method != zip.Store || whole.method != zip.Deflate {
		t.Errorf("found methods %d and %d, want what is shorter", short.method, whole.method)
	}
	var out bytes.Buffer
	if err := s.write(&out, []entry{streamed, short}, calendar.New(2020, 1, 15)); err != nil {
		t.Fatal(err)
	}
	if got := zipSize([]entry{streamed, short}); int64(out.Len()) != got {
		t.Errorf("reckoned %d bytes, wrote %d", got, out.Len())
	}
	if err := checkForm(bytes.NewReader(out.Bytes()), int64(out.Len()), 2); err != nil {
		t.Error(err)
	}
}
