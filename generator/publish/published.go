package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// published is the folder that is at the target now.
type published struct {
	info     fs.FileInfo
	manifest Manifest
	// text and sums are the bytes of manifest.json and SHA256SUMS; nil for an
	// empty folder.
	text, sums []byte
}

// inspect reads what is at the target; nil when nothing is. The error is
// a [Refusal] when it is not ours to replace.
func inspect(t target, kind Kind) (*published, error) {
	info, err := os.Lstat(t.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, wrap(t.given, err)
	case !info.IsDir():
		return nil, foreign(t.given, "a file", "a folder")
	}
	p := &published{info: info}
	names, err := fileNames(t)
	if err != nil || len(names) == 0 {
		return p, err
	}
	if p.text, err = readRegular(filepath.Join(t.path, ManifestName)); err != nil {
		return nil, notOurs(t, kind, names)
	}
	if p.sums, err = readRegular(filepath.Join(t.path, SumsName)); err != nil {
		return nil, notOurs(t, kind, names)
	}
	if p.manifest, err = UnmarshalManifest(p.text, kind); err != nil {
		if refusal, ok := errors.AsType[*Refusal](err); ok {
			return nil, foreign(t.given, refusal.Found, "an empty folder or a "+kind.words())
		}
		return nil, wrap(t.given, err)
	}
	return p, strangers(t, p.manifest, names)
}

// fileNames lists every file in the target, slash-separated, in the order of a
// walk; what operating systems strew about is left out. A file system mounted
// inside cannot be replaced.
func fileNames(t target) ([]string, error) {
	var names []string
	err := filepath.WalkDir(t.path, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return wrap(t.given, err)
		}
		relative, err := filepath.Rel(t.path, path)
		if err != nil {
			return wrap(t.given, err)
		}
		name := filepath.ToSlash(relative)
		if !entry.IsDir() {
			if !litter(entry.Name()) {
				names = append(names, name)
			}
			return nil
		}
		if name == "." {
			return nil
		}
		if mounted, err := isMountPoint(path); err != nil {
			return wrap(t.given, err)
		} else if mounted {
			return foreign(t.given, "a mount point in it, "+visible(name), "none")
		}
		return nil
	})
	return names, err
}

// litter reports whether a file is one that operating systems leave in every
// folder that somebody looks at. Nobody misses it.
func litter(name string) bool {
	switch strings.ToLower(name) {
	case ".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", ".localized":
		return true
	}
	return strings.HasPrefix(name, "._")
}

// strangers refuses a folder of ours with files that we did not put there.
func strangers(t target, m Manifest, names []string) error {
	known := map[string]bool{ManifestName: true, SumsName: true}
	for _, file := range m.Files {
		known[file.Name] = true
	}
	var extra []string
	for _, name := range names {
		if !known[name] {
			extra = append(extra, name)
		}
	}
	if len(extra) == 0 {
		return nil
	}
	return foreign(t.given, "files in it that are not the program's ("+list(extra)+")",
		"them moved elsewhere, because the folder is replaced as a whole")
}

func notOurs(t target, kind Kind, names []string) error {
	return foreign(t.given, "a folder with files of another origin ("+list(names)+")", "an empty folder or a "+kind.words())
}

// listLimit is how many names a message gives.
const listLimit = 5

func list(names []string) string {
	var shown []string
	for _, name := range names[:min(len(names), listLimit)] {
		shown = append(shown, visible(name))
	}
	text := strings.Join(shown, ", ")
	if more := len(names) - len(shown); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// readRegular reads a file and nothing else: a pipe would never end.
func readRegular(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: fs.ErrInvalid}
	}
	return os.ReadFile(path)
}
