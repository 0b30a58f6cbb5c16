package publish

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Difference is one file of a finished folder that is not as its manifest says.
type Difference struct {
	Name   string // slash-separated
	Change Change
}

// String gives "index.html: changed".
func (d Difference) String() string { return visible(d.Name) + ": " + string(d.Change) }

// Differences names the first few for a message.
func Differences(all []Difference) string {
	names := make([]string, len(all))
	for i, d := range all {
		names[i] = d.String()
	}
	return list(names)
}

// Change says what happened to a file since its folder was finished.
type Change string

// What can happen to a file.
const (
	Missing Change = "missing"
	Changed Change = "changed"
	Extra   Change = "extra" // in the folder, not in the manifest
)

// verifyFolder is [Verify] for a folder on disk. Links in it are not followed:
// a file that became one is changed.
func verifyFolder(path string, kind Kind) (Manifest, []Difference, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return Manifest{}, nil, wrap(path, err)
	}
	defer root.Close()
	manifest, differences, err := Verify(root.FS(), kind)
	if refusal, ok := errors.AsType[*Refusal](err); ok {
		return manifest, nil, foreign(path, refusal.Found, refusal.Want)
	}
	return manifest, differences, wrap(path, err)
}

// Open opens a finished folder; nil when nothing or an empty folder is there.
// Links that lead out of it are not followed. The error wraps [ErrForeign] when
// it is not a folder of this kind, or somebody put files of their own into it.
func Open(path string, kind Kind) (*os.Root, error) {
	t, err := resolve(path)
	if err != nil {
		return nil, err
	}
	now, err := inspect(t, kind)
	if err != nil || now == nil || now.files == nil {
		return nil, err
	}
	root, err := os.OpenRoot(t.path)
	if err != nil {
		return nil, wrap(path, err)
	}
	return root, nil
}

// Verify reads a finished folder or archive and compares it with its manifest. It
// gives the manifest and the differences, ordered by name. Litter of operating
// systems does not count, and SHA256SUMS counts as changed when it disagrees with
// the manifest. Differences are not an error. A folder without a manifest of this
// kind gives an error that wraps [ErrForeign].
func Verify(folder fs.FS, kind Kind) (Manifest, []Difference, error) {
	info, err := fs.Stat(folder, ManifestName)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular():
		return Manifest{}, nil, foreign("", "no "+ManifestName, "a finished "+kind.words())
	case err != nil:
		return Manifest{}, nil, err
	case info.Size() > wholeLimit:
		return Manifest{}, nil, foreign("", "a "+ManifestName+" of more than 256 MB", "a finished "+kind.words())
	}
	text, err := fs.ReadFile(folder, ManifestName)
	if err != nil {
		return Manifest{}, nil, err
	}
	manifest, err := UnmarshalManifest(text, kind)
	if err != nil {
		return Manifest{}, nil, err
	}
	differences, err := compare(folder, finishedFiles(manifest, text))
	return manifest, differences, err
}

// compare gives what is different, ordered by name.
func compare(folder fs.FS, wanted []File) ([]Difference, error) {
	present, err := survey(folder, nil)
	if err != nil {
		return nil, err
	}
	same, err := holding(folder, slices.DeleteFunc(slices.Clone(wanted), func(f File) bool { return present[f.Name] == nil }))
	if err != nil {
		return nil, err
	}
	var differences []Difference
	for _, file := range wanted {
		if present[file.Name] == nil {
			differences = append(differences, Difference{file.Name, Missing})
		} else if same[file.Name] == nil {
			differences = append(differences, Difference{file.Name, Changed})
		}
		delete(present, file.Name)
	}
	for name := range present {
		differences = append(differences, Difference{name, Extra})
	}
	slices.SortFunc(differences, func(a, b Difference) int { return strings.Compare(a.Name, b.Name) })
	return differences, nil
}

// survey finds everything in a folder except folders and litter. It calls enter,
// unless that is nil, for each folder inside, and stops at its first error.
func survey(folder fs.FS, enter func(name string) error) (map[string]fs.DirEntry, error) {
	present := map[string]fs.DirEntry{}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !entry.IsDir() && !litter(entry.Name()):
			present[name] = entry
		case entry.IsDir() && name != "." && enter != nil:
			return enter(name)
		}
		return nil
	})
	return present, err
}
