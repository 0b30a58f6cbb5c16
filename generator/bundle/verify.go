package bundle

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"

	"example.org/cutoff/generator/publish"
)

// VerifyArchive checks a zip against the manifest inside. It gives the manifest
// and a line for each difference ("index.html: changed"); no line for a zip that
// is as it was made. It checks the SHA-256 of each file and the form of the zip
// ([checkForm]), so that nothing can hide beside the files. Only the manifest is
// held in memory, not the files.
func VerifyArchive(archive io.ReaderAt, size int64) (Manifest, []string) {
	reader, err := zip.NewReader(archive, size)
	if err != nil {
		return Manifest{}, []string{"found no zip that can be read (" + err.Error() + "), want one that is neither cut nor damaged"}
	}
	reader.RegisterDecompressor(zip.Deflate, inflate)
	manifest, err := readManifest(reader)
	if err != nil {
		return Manifest{}, []string{publish.ManifestName + ": " + err.Error()}
	}
	var names []string
	for _, f := range reader.File {
		if f.Name != publish.ManifestName && f.Name != publish.SumsName {
			names = append(names, f.Name)
		}
	}
	if err := publish.CheckNames(names); err != nil {
		return manifest, []string{err.Error()}
	}
	_, changes, err := publish.Verify(reader, archiveKind)
	if err != nil {
		return manifest, []string{err.Error()}
	}
	var differences []string
	for _, c := range changes {
		if c.Change == publish.Extra {
			c.Change = "not in the manifest"
		}
		differences = append(differences, c.String())
	}
	if len(differences) == 0 {
		if err := checkForm(archive, size, len(manifest.Files)+2); err != nil {
			return manifest, []string{err.Error()}
		}
	}
	return manifest, differences
}

// readManifest reads manifest.json, which has to be uncompressed.
func readManifest(reader *zip.Reader) (Manifest, error) {
	var m Manifest
	for _, f := range reader.File {
		switch {
		case f.Name != publish.ManifestName:
			continue
		case f.Method != zip.Store:
			return m, errors.New("found it compressed, want it as it was written: another program packed this zip anew, use the one that cutoff bundle made")
		case f.UncompressedSize64 > pageLimit:
			return m, fmt.Errorf("found %s, want at most %s", Size(int64(min(f.UncompressedSize64, 1<<62))), Size(pageLimit))
		}
		in, err := f.Open()
		if err != nil {
			return m, fmt.Errorf("found it unreadable (%w), want it whole", err)
		}
		defer in.Close()
		text, err := io.ReadAll(in)
		if err != nil {
			return m, fmt.Errorf("found it damaged (%w), want it whole", err)
		}
		if err := json.Unmarshal(text, &m); err != nil || m.Kind != archiveKind {
			return m, errors.New("found another form or kind, want the manifest of a " + strings.ReplaceAll(string(archiveKind), "-", " "))
		}
		return m, nil
	}
	return m, errors.New("found none, want a zip that cutoff bundle made")
}

// inflate unpacks a file. Bytes after the end of its data are an error.
func inflate(in io.Reader) io.ReadCloser {
	packed := bufio.NewReader(in)
	return &inflater{flate.NewReader(packed), packed}
}

type inflater struct {
	io.ReadCloser
	packed *bufio.Reader
}

func (f *inflater) Read(p []byte) (int, error) {
	n, err := f.ReadCloser.Read(p)
	if err == io.EOF {
		if _, more := f.packed.ReadByte(); more != io.EOF {
			return n, errors.New("found bytes behind the end of a file, want none")
		}
	}
	return n, err
}
