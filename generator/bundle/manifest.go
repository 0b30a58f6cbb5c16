package bundle

import (
	"example.org/cutoff/generator/publish"
)

// archiveKind marks the manifest inside a zip. An unpacked zip is not a site that
// could be published again, because the scripts are missing, and in a part also
// departments.
const archiveKind publish.Kind = "cutoff-archive"

// Manifest is manifest.json of a zip: the site's manifest, with the files as they
// are in the zip, and a description of the zip.
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
	// LeftOut names the site's files that no part has: the scripts, and the
	// departments' stand-alone pages, which are sent beside the zip.
	LeftOut []string `json:"left_out"`
}

// Contents is what one part holds besides the files that all parts have.
type Contents struct {
	File        string   `json:"file"`
	Departments []string `json:"departments"` // by their file names
	// Data has the files that belong to no department.
	Data []string `json:"data"`
}

// seal gives manifest.json and SHA256SUMS for a zip of a site with these files.
func (s *spool) seal(m publish.Manifest, about About, entries []entry) (manifest, sums entry, err error) {
	m.Kind, m.Archive = archiveKind, about
	m.Files = make([]publish.File, len(entries))
	for i, e := range entries {
		m.Files[i] = e.File
	}
	text, checksums, err := publish.MarshalManifest(m)
	if err != nil {
		return entry{}, entry{}, err
	}
	if manifest, err = s.store(publish.ManifestName, text); err != nil {
		return entry{}, entry{}, err
	}
	sums, err = s.store(publish.SumsName, checksums)
	return manifest, sums, err
}
