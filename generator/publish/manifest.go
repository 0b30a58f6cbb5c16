package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// The two files that publishing adds to a folder.
const (
	ManifestName = "manifest.json"
	SumsName     = "SHA256SUMS"
)

// About says what a folder was made from. It is part of the manifest, so that one
// can prove later what was known when. Its paths are relative and have forward
// slashes; otherwise the manifest would differ from machine to machine.
type About struct {
	Tool Tool `json:"tool"`
	// AsOf is the day for which the folder speaks, as 2020-02-04.
	AsOf string `json:"as_of"`
	// Inputs has every file that was read, in the caller's order.
	Inputs []Input `json:"inputs"`
	// Policy is the rules, by their built-in name or file; nil when there are
	// none. Configuration is nil when there is no configuration file.
	Policy        *Input `json:"policy"`
	Configuration *Input `json:"configuration"`
	// From is a hash of all that and of everything else that decides the folder's
	// bytes; "" when it is not known. See [Stage.Keep].
	From string `json:"made_from,omitempty"`
}

// Tool is the program that made a folder, as pages and manifests name it.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Input is something that was read, with the SHA-256 of its bytes in
// lower-case hex.
type Input struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
}

// File is one file of a finished folder.
type File struct {
	Name   string `json:"name"` // relative to the folder, with forward slashes
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // lower-case hex
}

// Manifest is what manifest.json says: every file but itself and SHA256SUMS,
// ordered by name.
type Manifest struct {
	Kind Kind `json:"kind"`
	About
	Files []File `json:"files"`
	// Archive is what an archive says of itself; nil for a folder.
	Archive any `json:"archive,omitempty"`
	// Sum is the SHA-256 of the manifest.json that it was read from.
	Sum string `json:"-"`
}

// wholeLimit, in bytes, is far above every file that is read as a whole, and above
// the manifest of a million files.
const wholeLimit = 256 << 20

// MarshalManifest gives the two files that finish a folder or an archive:
// manifest.json and SHA256SUMS. The latter lists manifest.json too, in the form
// that "sha256sum -c" reads. The same manifest gives the same bytes, whatever the
// order of its files.
func MarshalManifest(m Manifest) (manifest, sums []byte, err error) {
	m.Files = slices.SortedFunc(slices.Values(m.Files), func(a, b File) int {
		return strings.Compare(a.Name, b.Name)
	})
	// In the file, null would mean that nobody knows what was read.
	if m.Inputs == nil {
		m.Inputs = []Input{}
	}
	if m.Files == nil {
		m.Files = []File{}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(m); err != nil {
		return nil, nil, fmt.Errorf("write %s: %w", ManifestName, err)
	}
	return text.Bytes(), checksums(m.Files, text.Bytes()), nil
}

func checksums(files []File, manifest []byte) []byte {
	lines := append(slices.Clone(files), FileOf(ManifestName, manifest))
	slices.SortFunc(lines, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	var text bytes.Buffer
	for _, file := range lines {
		fmt.Fprintf(&text, "%s  %s\n", file.SHA256, file.Name)
	}
	return text.Bytes()
}

// finishedFiles gives all files of a finished folder with this manifest, including
// the two that publishing adds.
func finishedFiles(m Manifest, text []byte) []File {
	return append(slices.Clone(m.Files), FileOf(ManifestName, text), FileOf(SumsName, checksums(m.Files, text)))
}

// FileOf describes a file with this content.
func FileOf(name string, content []byte) File {
	sum := sha256.Sum256(content)
	return File{name, int64(len(content)), hex.EncodeToString(sum[:])}
}

// UnmarshalManifest reads manifest.json. Keys that it does not know are
// skipped, so that an older program can replace a newer one's site. The error
// wraps [ErrForeign] when the text is no manifest of this kind.
func UnmarshalManifest(text []byte, kind Kind) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil || m.Kind == "" {
		return Manifest{}, foreign(ManifestName, "no manifest of ours", "the manifest of "+kind.article())
	}
	if m.Kind != kind {
		return Manifest{}, foreign(ManifestName, "the manifest of "+m.Kind.article(), "the manifest of "+kind.article())
	}
	m.Sum = FileOf(ManifestName, text).SHA256
	return m, nil
}
