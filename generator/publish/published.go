package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// published is the folder that is at the target now.
type published struct {
	info     fs.FileInfo
	manifest Manifest
	// files has every file that the folder should have; nil for an empty folder.
	files []File
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
	present, err := survey(os.DirFS(t.path), func(name string) error {
		// A folder with another file system mounted in it cannot be swapped.
		mounted, err := isMountPoint(filepath.Join(t.path, filepath.FromSlash(name)))
		if err == nil && mounted {
			return foreign("", "a mount point in it, "+visible(name), "none")
		}
		return err
	})
	if err != nil {
		return nil, wrap(t.given, err)
	}
	p := &published{info: info}
	if len(present) == 0 {
		return p, nil
	}
	var text []byte
	if entry := present[ManifestName]; entry != nil && entry.Type().IsRegular() { // a pipe would never end
		text, err = os.ReadFile(filepath.Join(t.path, ManifestName))
	}
	if text == nil || err != nil || present[SumsName] == nil {
		return nil, foreign(t.given, "a folder with files of another origin ("+list(slices.Sorted(maps.Keys(present)))+")", "an empty folder or a "+kind.words())
	}
	if p.manifest, err = UnmarshalManifest(text, kind); err != nil {
		if refusal, ok := errors.AsType[*Refusal](err); ok {
			return nil, foreign(t.given, refusal.Found, "an empty folder or a "+kind.words())
		}
		return nil, wrap(t.given, err)
	}
	p.files = finishedFiles(p.manifest, text)
	for _, file := range p.files {
		delete(present, file.Name)
	}
	if len(present) > 0 {
		return nil, foreign(t.given, "files in it that are not the program's ("+list(slices.Sorted(maps.Keys(present)))+")",
			"them moved elsewhere, because the folder is replaced as a whole")
	}
	return p, nil
}

// litter reports whether a file is one that operating systems leave in folders
// that somebody looks at. It is lost when the folder is replaced.
func litter(name string) bool {
	switch strings.ToLower(name) {
	case ".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", ".localized":
		return true
	}
	return strings.HasPrefix(name, "._")
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
