package generator

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/publish"
)

// madeFrom gives the hash of everything that decides the bytes of a run's site,
// so that a night that is run again need not be rendered again: that is half of
// its time. Where things lie is no part of it, since pages do not say. It is ""
// where nobody knows what program this is.
func madeFrom(run *Run, o *Outcome, made publish.About) (string, error) {
	if run.Build == "" {
		return "", nil
	}
	texts, err := texts(run)
	if err != nil {
		return "", err
	}
	config := *run.Config
	config.File, config.Dir, config.Out, config.Memory = filepath.Base(config.File), "", "", ""
	config.Policy, config.Look.Logo, config.Look.Overrides = "", "", ""
	config.Reports, config.Connections, config.Roster, config.Waivers = nil, nil, nil, nil
	everything := struct {
		Build    string
		About    publish.About
		PolicyID string
		Config   any
		Files    []intake.File
		Forced   []string
		Nights   string
	}{Build: run.Build, About: made, PolicyID: run.Policy.ID, Config: config, Files: o.Files, Forced: o.Forced}
	if o.Memory != nil {
		everything.Nights = o.Memory.Chain
	}
	sum := sha256.New()
	if err := json.NewEncoder(sum).Encode(everything); err != nil {
		return "", fmt.Errorf("compare with the site before: %w", err)
	}
	writePart(sum, run.Logo)
	for _, folder := range []fs.FS{texts, run.Overrides} {
		if err := writeFolder(sum, folder); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// writeFolder writes the name and content of every file; nothing of nil.
func writeFolder(w io.Writer, folder fs.FS) error {
	if folder == nil {
		return nil
	}
	return fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == "." {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		writePart(w, []byte(name))
		writePart(w, text)
		return nil
	})
}

// writePart writes a part so that two parts never look like two others.
func writePart(w io.Writer, part []byte) {
	_ = binary.Write(w, binary.BigEndian, int64(len(part)))
	_, _ = w.Write(part)
}
