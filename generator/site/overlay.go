package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"example.org/cutoff/generator/publish"
	"example.org/cutoff/static"
	"example.org/cutoff/templates"
)

// layers is the program's own files under templates/, static/ and content/,
// with the organisation's replacements on top.
type layers struct {
	own       map[string]fs.FS // by first folder
	overrides fs.FS            // nil for none
}

// overlay puts the overrides over the program's files. An override that
// replaces nothing is an error: it is a misspelt name, and the page that it was
// meant for would silently stay as it is. Styles and pictures may be added, and
// so may parts of templates.
func overlay(texts, overrides fs.FS) (*layers, error) {
	l := &layers{
		own:       map[string]fs.FS{"templates": templates.Files, "static": static.Files, "content": withHowTo{texts}},
		overrides: overrides,
	}
	if overrides == nil {
		return l, nil
	}
	err := fs.WalkDir(overrides, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read look.overrides: %w", err)
		}
		if entry.IsDir() || strings.HasPrefix(path.Base(name), ".") || l.mayAdd(name) {
			return nil
		}
		own, known := l.own[firstFolder(name)]
		if known && !strings.HasPrefix(name, "templates/content/") {
			_, err = fs.Stat(own, restOf(name))
		}
		if err != nil || !known || strings.HasPrefix(name, "templates/content/") {
			return fmt.Errorf("%s: found an override that replaces nothing, want the path of a template, of a static file, content/announcement.md, content/faq.md or content/how-to-upgrade.md", name)
		}
		return nil
	})
	return l, err
}

// howToName is the text that a policy need not bring: there is one that fits any.
const howToName = "how-to-upgrade.md"

type withHowTo struct{ fs.FS }

// Open gives a policy's own text, else the one that fits any.
func (w withHowTo) Open(name string) (fs.File, error) {
	file, err := w.FS.Open(name)
	if name == howToName && errors.Is(err, fs.ErrNotExist) {
		return templates.Files.Open("content/default/" + howToName)
	}
	return file, err
}

func (l *layers) mayAdd(name string) bool {
	folder := firstFolder(name)
	if _, ok := l.own[folder]; !ok {
		return false
	}
	return folder == "static" || strings.HasPrefix(name, "templates/parts/")
}

func firstFolder(name string) string {
	folder, _, _ := strings.Cut(name, "/")
	return folder
}

func restOf(name string) string {
	_, rest, _ := strings.Cut(name, "/")
	if rest == "" {
		return "."
	}
	return rest
}

// Open gives the override, else the program's own file.
func (l *layers) Open(name string) (fs.File, error) {
	if l.overrides != nil {
		file, err := l.overrides.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return file, err
		}
	}
	own, ok := l.own[firstFolder(name)]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return own.Open(restOf(name))
}

// files names the files below a folder of both layers, in order.
func (l *layers) files(folder string) ([]string, error) {
	var names []string
	collect := func(files fs.FS, root, prefix string) error {
		return fs.WalkDir(files, root, func(name string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && name == root {
				return nil
			}
			if err == nil && !entry.IsDir() && !strings.HasPrefix(path.Base(name), ".") {
				names = append(names, path.Join(prefix, name))
			}
			return err
		})
	}
	top := firstFolder(folder)
	if err := collect(l.own[top], restOf(folder), top); err != nil {
		return nil, err
	}
	if l.overrides != nil {
		if err := collect(l.overrides, folder, ""); err != nil {
			return nil, err
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// readText reads a file as text with line ends of one kind.
func readText(files fs.FS, name string) (string, error) {
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return string(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))), nil
}

// asset is a file below static/ that is written as it is.
type asset struct {
	name  string
	bytes []byte
}

func (a asset) write(sink publish.Sink) error { return writeFile(sink, a.name, a.bytes) }

// writeFile writes one file of the site.
func writeFile(sink publish.Sink, name string, content []byte) error {
	file, err := sink.Create(name)
	if err != nil {
		return fmt.Errorf("create %s: %w", name, err)
	}
	if _, err := file.Write(content); err != nil {
		file.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
