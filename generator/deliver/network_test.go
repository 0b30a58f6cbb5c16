package deliver

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Only this package opens a connection. What can open one is imported nowhere
// else, tests and the browser that they drive aside.
func TestOnlyMailOpensTheNetwork(t *testing.T) {
	root := filepath.Join("..", "..")
	users := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if slices.Contains([]string{"net", "net/http", "net/smtp", "net/rpc", "crypto/tls", "golang.org/x/net/websocket"}, name) || strings.HasPrefix(name, "github.com/wneessen/go-mail") {
				folder, _ := filepath.Rel(root, filepath.Dir(path))
				users[filepath.ToSlash(folder)] = append(users[filepath.ToSlash(folder)], name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for folder, names := range users {
		own := folder == "generator/deliver" || folder == "generator/deliver/smtptest" || strings.HasPrefix(folder, "cmd/cutoff/browser")
		if !own {
			t.Errorf("%s: found an import of %s, want it in generator/deliver alone", folder, strings.Join(names, ", "))
		}
	}
	if len(users["generator/deliver"]) == 0 {
		t.Error("found no import that opens a connection in generator/deliver, want this test to see it")
	}
}
