package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"context"
)

// What all tests share: the sites, written once, and one browser, in which each
// test has tabs of its own.
var (
	sites    Sites
	chromium context.Context
)

func TestMain(m *testing.M) { os.Exit(runTests(m)) }

func runTests(m *testing.M) int {
	folder, err := os.MkdirTemp("", "sites-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	if sites, err = Build(folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	browser, stop, err := Start(FontSets()[0])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer stop()
	chromium = browser
	return m.Run()
}

// onDisk gives a page's address for a reader who opened the folder.
func onDisk(folder, page string) string {
	at := url.URL{Scheme: "file", Path: filepath.ToSlash(folder) + "/" + page}
	return at.String()
}

// subPath is where the server of the tests has a site.
const subPath = "/it/cutoff/"

// serve gives the address of a site's folder below a path of a server that has
// nothing else.
func serve(t *testing.T, folder string) string {
	t.Helper()
	files := os.DirFS(folder)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, below := strings.CutPrefix(r.URL.Path, subPath)
		if !below || path.Clean(name) != name {
			http.NotFound(w, r)
			return
		}
		file, err := http.FS(files).Open(name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		defer file.Close()
		stat, err := file.Stat()
		if err != nil || stat.IsDir() {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, name, stat.ModTime(), file)
	}))
	t.Cleanup(server.Close)
	return server.URL + subPath
}
