package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/klauspost/compress/zip"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
)

// Difference is one thing about a zip that is not as its manifest says.
type Difference struct {
	File string // in the zip; "" for the zip itself
	What string // "changed", "missing", or what was found and wanted
}

// String gives "index.html: changed".
func (d Difference) String() string {
	if d.File == "" {
		return d.What
	}
	return problem.Visible(d.File) + ": " + d.What
}

// VerifyArchive checks every byte of a zip against the manifest inside. It
// gives what the manifest says and what differs, none for a zip that is as it
// was made. Three things together leave no bit unchecked: the SHA-256 of each
// file, the one of all of them as they are packed, and the zip written anew
// from its entries, which must give the same bytes: nothing stands before,
// between or behind them, no entry is there twice, and no header says anything
// else.
func VerifyArchive(content []byte) (Manifest, []Difference) {
	reader, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return Manifest{}, one("", "found no zip that can be read ("+err.Error()+"), want one that is neither cut nor damaged")
	}
	entries, err := rawEntries(reader, int64(len(content)))
	if err != nil {
		return Manifest{}, one("", err.Error())
	}
	manifest, err := readManifest(entries)
	if err != nil {
		return Manifest{}, one(publish.ManifestName, err.Error())
	}
	differences := compareFiles(manifest, reader, entries)
	if len(differences) == 0 {
		differences = compareForm(manifest, entries, content)
	}
	return manifest, differences
}

func one(file, what string) []Difference { return []Difference{{file, what}} }

// rawEntries reads what a zip holds as it is packed.
func rawEntries(reader *zip.Reader, size int64) ([]entry, error) {
	var entries []entry
	seen := map[string]bool{}
	for _, f := range reader.File {
		switch {
		case publish.CheckName(f.Name) != nil:
			return nil, fmt.Errorf("found an entry of the name %s, want one that is safe to unpack", problem.Quote(f.Name))
		case seen[f.Name]:
			return nil, fmt.Errorf("found %s twice, want it once", problem.Quote(f.Name))
		case f.CompressedSize64 > uint64(size):
			return nil, fmt.Errorf("found %s larger than the zip, want it inside", problem.Quote(f.Name))
		}
		seen[f.Name] = true
		raw, err := f.OpenRaw()
		if err != nil {
			return nil, fmt.Errorf("found %s unreadable (%w), want it whole", problem.Quote(f.Name), err)
		}
		packed, err := io.ReadAll(raw)
		if err != nil {
			return nil, fmt.Errorf("found %s cut (%w), want it whole", problem.Quote(f.Name), err)
		}
		entries = append(entries, entry{
			File:  publish.File{Name: f.Name, Size: int64(f.UncompressedSize64)},
			crc32: f.CRC32, method: f.Method, packed: packed,
		})
	}
	return entries, nil
}

// readManifest reads manifest.json, which is stored as it is.
func readManifest(entries []entry) (Manifest, error) {
	i := slices.IndexFunc(entries, func(e entry) bool { return e.Name == publish.ManifestName })
	if i < 0 || entries[i].method != zip.Store {
		return Manifest{}, fmt.Errorf("found none, want a zip that cutoff bundle made")
	}
	var m Manifest
	if err := json.Unmarshal(entries[i].packed, &m); err != nil || m.Kind != ArchiveKind {
		return Manifest{}, fmt.Errorf("found another form or kind, want the manifest of a %s", ArchiveKind)
	}
	return m, nil
}

// compareFiles compares each file's content with the manifest.
func compareFiles(m Manifest, reader *zip.Reader, entries []entry) []Difference {
	listed := map[string]publish.File{}
	for _, f := range m.Files {
		listed[f.Name] = f
	}
	manifest := entries[slices.IndexFunc(entries, func(e entry) bool { return e.Name == publish.ManifestName })].packed
	sums := checksums(append(slices.Clone(m.Files), fileOf(publish.ManifestName, manifest)))
	listed[publish.ManifestName] = fileOf(publish.ManifestName, manifest)
	listed[publish.SumsName] = fileOf(publish.SumsName, sums)

	var differences []Difference
	for _, f := range reader.File {
		want, ok := listed[f.Name]
		switch {
		case !ok:
			differences = append(differences, Difference{f.Name, "not in the manifest"})
		case !matches(f, want):
			differences = append(differences, Difference{f.Name, "changed"})
		}
		delete(listed, f.Name)
	}
	for name := range listed {
		differences = append(differences, Difference{name, "missing"})
	}
	slices.SortFunc(differences, func(a, b Difference) int { return strings.Compare(a.File, b.File) })
	return differences
}

func fileOf(name string, content []byte) publish.File {
	sum := sha256.Sum256(content)
	return publish.File{Name: name, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}
}

// matches unpacks a file, no further than its manifest says it goes.
func matches(f *zip.File, want publish.File) bool {
	if f.UncompressedSize64 != uint64(want.Size) {
		return false
	}
	in, err := f.Open()
	if err != nil {
		return false
	}
	defer in.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(in, want.Size+1))
	return err == nil && n == want.Size && hex.EncodeToString(sum.Sum(nil)) == want.SHA256
}

// compareForm compares the zip with the one that its entries would make.
func compareForm(m Manifest, entries []entry, content []byte) []Difference {
	day, err := calendar.Parse(m.AsOf)
	if err != nil {
		return one(publish.ManifestName, "found no day, want the as-of date")
	}
	packed := slices.DeleteFunc(slices.Clone(entries), func(e entry) bool {
		return e.Name == publish.ManifestName || e.Name == publish.SumsName
	})
	slices.SortFunc(packed, func(a, b entry) int { return strings.Compare(a.Name, b.Name) })
	if packedSum(packed) != m.Archive.Packed {
		return one("", "found files that unpack right and are packed otherwise, want the bytes as they were written")
	}
	anew, err := assemble(entries, day)
	if err != nil {
		return one("", "found entries that cannot be written ("+err.Error()+"), want those of a zip of ours")
	}
	if bytes.Equal(anew, content) {
		return nil
	}
	if more := len(content) - len(anew); more > 0 {
		return one("", fmt.Sprintf("found %d bytes that belong to no file, want none before, between or behind them", more))
	}
	at := 0
	for at < min(len(anew), len(content)) && anew[at] == content[at] {
		at++
	}
	return one("", fmt.Sprintf("found another byte at %d, in the order or the head of an entry, want the zip as it was written", at))
}
