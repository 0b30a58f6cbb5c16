// Package bundle turns a finished site into files for a ticket and a mailbox. It
// makes one zip or several of the site without script, to serve as evidence. It
// copies each department's stand-alone HTML file and workbook. It writes the
// ticket's texts, the list of affected devices and, if ports have to be opened,
// the request to the network team. It reads nothing but the site's folder, the
// settings and the organisation's own ticket templates. The folder is compared
// with its manifest first, so that a bundle never vouches for a site that was
// changed since. The bundle is published like a site: all of it or nothing.
//
// Mail and ticket systems refuse script, archives in archives and large files.
// So scripts are left out, and [Result.Findings] says what some system would
// still refuse, before anybody sends it. A workbook is a zip by its bytes, but it
// is not counted as an archive, because systems treat it as a document.
//
// The same site gives the same bytes. [VerifyArchive] checks a zip later.
package bundle

import (
	"errors"
	"io/fs"
	"slices"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/publish"
)

// Run is everything that a bundle is made from.
type Run struct {
	// Site is the folder of a finished site, Out the bundle's folder.
	Site, Out string
	// Settings come from the configuration, or from [config.Default].
	Settings config.Bundle
	// Templates has the organisation's own templates of the ticket's texts; nil
	// if it has none.
	Templates fs.FS
	// Profiles are the names of the systems to check for; empty for all.
	Profiles []string
	Tool     publish.Tool
	// Progress is told each step as it begins.
	Progress func(step string)
}

// Result is what a bundle holds.
type Result struct {
	Published publish.Result
	Archives  []Archive
	// Departments counts the departments that have a file.
	Departments int
	// Profiles are the systems that were checked for. Findings, in the same
	// order, say what they would refuse or only take with a remark.
	Profiles []config.Profile
	Findings []Finding
}

// Archive is one zip.
type Archive struct {
	Name        string
	Size        int64
	Part, Parts int // 1 of 1 for a site in one zip
	Files       int // in it, with manifest.json and SHA256SUMS
}

// Build makes a bundle. The error is a [*finished.Unusable] when the site cannot be
// used, a [problem.List] when a template or profile is wrong, and a
// [publish.Refusal] when the output folder is not ours. On an error, the output
// folder is left as it was.
func Build(run Run) (*Result, error) {
	profiles, err := pick(run.Settings.Profiles, run.Profiles)
	if err != nil {
		return nil, err
	}
	run.Progress("checking the site")
	s, err := open(run.Site)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	stage, err := publish.Begin(run.Out, publish.Bundle)
	if err != nil {
		return nil, err
	}
	defer stage.Abort()

	run.Progress("packing the site")
	result := &Result{Profiles: profiles}
	zips, err := writeArchives(s, stage, run, result)
	if err != nil {
		return nil, err
	}
	run.Progress("writing the departments' files and the ticket")
	lists, err := writeAffected(s, stage, run.Settings.Budget)
	if err != nil {
		return nil, err
	}
	ticket, err := ticketFiles(s, run.Templates, namesOf(zips), namesOf(lists))
	if err != nil {
		return nil, err
	}
	rules, err := firewallFiles(s)
	if err != nil {
		return nil, where(firewallRules, err)
	}
	texts := message{name: "the ticket's texts"}
	for _, f := range slices.Concat(ticket, rules) {
		if err := texts.write(stage, f.name, f.content); err != nil {
			return nil, err
		}
	}
	departments, err := writeDepartments(s, stage)
	if err != nil {
		return nil, err
	}
	for _, d := range s.departments {
		if s.Has(d.file(".html")) {
			result.Departments++
		}
	}
	messages := slices.Concat(each(zips), []message{texts}, each(lists), departments)
	result.Findings = preflight(profiles, messages, run.Settings.Budget)
	run.Progress("publishing the bundle")
	result.Published, err = stage.Commit(s.Manifest.About)
	return result, err
}

// writeArchives packs the site and writes its zips.
func writeArchives(s *source, stage *publish.Stage, run Run, result *Result) ([]examinedFile, error) {
	scratch, drop, err := stage.Scratch()
	if err != nil {
		return nil, err
	}
	defer drop()
	archives, err := pack(s, scratch, run.Settings.Budget, run.Tool)
	if err != nil {
		return nil, err
	}
	var files []examinedFile
	for _, a := range archives {
		out, err := stage.Create(a.Name)
		if err != nil {
			return nil, err
		}
		if err := errors.Join(a.write(out), out.Close()); err != nil {
			return nil, err
		}
		result.Archives = append(result.Archives, a.Archive)
		files = append(files, examinedFile{name: a.Name, size: a.Size, inside: a.entries})
	}
	return files, nil
}

// file is one file of the bundle, complete.
type file struct {
	name    string
	content []byte
}

// message has files that are sent together: a zip, a department's files, or the
// ticket's.
type message struct {
	name  string
	files []examinedFile
}

// write writes a file of the bundle and adds it to the message.
func (m *message) write(stage *publish.Stage, name string, content []byte) error {
	m.files = append(m.files, examinedFile{name: name, size: int64(len(content)), remarks: examine(name, content)})
	return stage.WriteFile(name, content)
}

// each gives every file a message of its own.
func each(files []examinedFile) []message {
	messages := make([]message, len(files))
	for i, f := range files {
		messages[i] = message{f.name, []examinedFile{f}}
	}
	return messages
}

func namesOf(files []examinedFile) []string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.name
	}
	return names
}
