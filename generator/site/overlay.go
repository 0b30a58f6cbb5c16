package site

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"example.org/cutoff/generator/publish"
	"example.org/cutoff/static"
	"example.org/cutoff/templates"
)

// siteFiles are the files that a site is made of. Their paths begin with
// templates/, static/ or content/.
type siteFiles map[string][]byte

// howToName is the text that a policy may leave out: the program has one that
// fits any policy.
const howToName = "how-to-upgrade.md"

// overlay reads the program's files and a policy's texts, and puts the
// organisation's overrides in their place. An override that replaces nothing is
// an error: its name is misspelt, and the page that it was meant for would
// silently stay as it is. Files in static/ and parts of templates may be added.
func overlay(texts, overrides fs.FS) (siteFiles, error) {
	files := siteFiles{}
	if err := cmp.Or(files.addAll("templates", templates.Files), files.addAll("static", static.Files)); err != nil {
		return nil, err
	}
	files["content/"+howToName] = files["templates/content/default/"+howToName]
	maps.DeleteFunc(files, func(name string, _ []byte) bool { return strings.HasPrefix(name, "templates/content/") })
	for _, name := range []string{"announcement.md", "faq.md", howToName} {
		content, err := fs.ReadFile(texts, name)
		switch {
		case err == nil:
			files["content/"+name] = content
		case name != howToName || !errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("read text: %w", err)
		}
	}
	if overrides == nil {
		return files, nil
	}
	return files, walkFiles(overrides, func(name string, content []byte) error {
		mayAdd := strings.HasPrefix(name, "static/") || strings.HasPrefix(name, "templates/parts/")
		if _, known := files[name]; !known && !mayAdd {
			return fmt.Errorf("%s: found an override that replaces nothing, want the path of a template, of a static file, content/announcement.md, content/faq.md or content/how-to-upgrade.md", name)
		}
		files[name] = content
		return nil
	})
}

func (files siteFiles) addAll(folder string, from fs.FS) error {
	return walkFiles(from, func(name string, content []byte) error {
		files[path.Join(folder, name)] = content
		return nil
	})
}

// walkFiles visits every file except hidden ones.
func walkFiles(from fs.FS, visit func(name string, content []byte) error) error {
	return fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read look.overrides: %w", err)
		}
		if entry.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return nil
		}
		content, err := fs.ReadFile(from, name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		return visit(name, content)
	})
}

// below gives the names of the files below a folder, in order.
func (files siteFiles) below(folder string) []string {
	names := slices.Sorted(maps.Keys(files))
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, folder+"/") })
}

// text gives a file as text, with line feeds in place of CR LF.
func (files siteFiles) text(name string) string {
	return string(bytes.ReplaceAll(files[name], []byte("\r\n"), []byte("\n")))
}

// asset is a file below static/ that is written as it is.
type asset struct {
	name  string
	bytes []byte
}

// writeFile writes one file of the site.
func writeFile(sink publish.Sink, name string, content []byte) error {
	file, err := sink.Create(name)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return cmp.Or(err, file.Close())
}
