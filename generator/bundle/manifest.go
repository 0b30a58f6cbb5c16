package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"example.org/cutoff/generator/publish"
)

// ArchiveKind marks the manifest inside a zip. Unpacked, it is no site that
// could be published again: the scripts are gone, and in parts departments too.
const ArchiveKind publish.Kind = "cutoff-archive"

// Manifest is manifest.json of a zip: that of the site, with the files as they
// are in the zip, and what the zip is.
type Manifest struct {
	publish.Manifest
	Archive About `json:"archive"`
}

// About says what a zip is.
type About struct {
	// Tool made the zip; the manifest's own tool made the site.
	Tool publish.Tool `json:"tool"`
	// SiteManifest is the SHA-256 of the manifest.json of the site.
	SiteManifest string `json:"site_manifest_sha256"`
	// Part counts from 1; Contents says what each part holds.
	Part     int        `json:"part"`
	Contents []Contents `json:"parts"`
	// LeftOut names the site's files that no part has: the scripts.
	LeftOut []string `json:"left_out"`
	// Packed is the SHA-256 of what the zip holds of all files of the manifest,
	// in their order, as it is compressed: no bit of it can change unnoticed,
	// not even one that makes no difference to what is unpacked.
	Packed string `json:"packed_sha256"`
}

// Contents is what one part holds beside the pages that all of them have.
type Contents struct {
	File        string   `json:"file"`
	Departments []string `json:"departments"` // by their file names
	// Data has the files that are no department's own.
	Data []string `json:"data"`
}

// seal gives manifest.json and SHA256SUMS for a zip with these files.
func seal(m Manifest, entries []entry) (manifest, sums entry, err error) {
	sorted := slices.SortedFunc(slices.Values(entries), func(a, b entry) int { return strings.Compare(a.Name, b.Name) })
	m.Kind = ArchiveKind
	m.Files = make([]publish.File, len(sorted))
	for i, e := range sorted {
		m.Files[i] = e.File
	}
	m.Archive.Packed = packedSum(sorted)
	if m.Inputs == nil {
		m.Inputs = []publish.Input{}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(m); err != nil {
		return entry{}, entry{}, fmt.Errorf("write %s: %w", publish.ManifestName, err)
	}
	if manifest, err = newEntry(publish.ManifestName, text.Bytes()); err != nil {
		return entry{}, entry{}, err
	}
	sums, err = newEntry(publish.SumsName, checksums(append(m.Files, manifest.File)))
	return manifest, sums, err
}

func packedSum(sorted []entry) string {
	sum := sha256.New()
	for _, e := range sorted {
		sum.Write(e.packed)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// checksums gives SHA256SUMS, in the form that "sha256sum -c" reads.
func checksums(files []publish.File) []byte {
	sorted := slices.SortedFunc(slices.Values(files), func(a, b publish.File) int { return strings.Compare(a.Name, b.Name) })
	var text bytes.Buffer
	for _, f := range sorted {
		fmt.Fprintf(&text, "%s  %s\n", f.SHA256, f.Name)
	}
	return text.Bytes()
}
