package bundle

import (
	"bytes"

	"example.org/cutoff/generator/publish"
)

// Zip is a zip with its bytes.
type Zip struct {
	Archive
	Content []byte
}

// Zips packs a site as [Build] does and gives only the zips. None is larger than
// budget bytes, unless a single file is. The error is a [*finished.Unusable] when
// the site cannot be used.
func Zips(path string, budget int64, tool publish.Tool) ([]Zip, error) {
	s, err := open(path)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	scratch, drop, err := publish.Scratch()
	if err != nil {
		return nil, err
	}
	defer drop()
	archives, err := pack(s, scratch, budget, tool)
	if err != nil {
		return nil, err
	}
	var zips []Zip
	for _, a := range archives {
		var content bytes.Buffer
		if err := a.write(&content); err != nil {
			return nil, err
		}
		zips = append(zips, Zip{a.Archive, content.Bytes()})
	}
	return zips, nil
}
