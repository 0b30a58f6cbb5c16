package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/problem"
)

// memoryFlag says where the memory is.
type memoryFlag struct {
	Memory string `placeholder:"DIR" help:"Folder of the memory; default the site's folder with -memory at its end."`
}

// memoryFolder is the absolute folder of the memory: the flag, else the
// configuration's, else the one beside the site. Site and memory are each
// replaced as a whole, so neither may be inside the other.
func (set *settings) memoryFolder(site, flag string) (string, error) {
	folder := filepath.Clean(site) + "-memory"
	switch {
	case flag != "":
		folder = absolute(flag)
	case set.Memory != "":
		folder = within(set.base, set.Memory)
	}
	fault := ""
	switch a, b := realPath(site), realPath(folder); {
	case holds(a, b):
		fault = "found a folder inside the site, want one outside it: the site is replaced as a whole"
	case holds(b, a):
		fault = "found a folder that the site is in, want another one: the memory is replaced as a whole"
	default:
		return folder, nil
	}
	if flag != "" {
		return "", usagef("--memory: %s", fault)
	}
	return "", badSetting(set.Config, "memory", fault)
}

// realPath follows the links of a path as far as it exists.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if parent := filepath.Dir(path); parent != path {
		return filepath.Join(realPath(parent), filepath.Base(path))
	}
	return path
}

// ownership is what a run has to know about its folders before it makes them.
type ownership struct {
	newMemory, newSite bool
	// others is a folder that root does not own, if root runs the program; "" for
	// none.
	others string
}

func ownershipOf(run *generator.Run) ownership {
	o := ownership{newMemory: !exists(run.Memory), newSite: !exists(run.Out)}
	if os.Geteuid() != 0 {
		return o
	}
	for _, folder := range []string{run.Out, run.Memory, filepath.Dir(run.Out), filepath.Dir(run.Memory)} {
		if info, err := os.Stat(folder); err == nil && ownedByOther(info) {
			o.others = folder
			break
		}
	}
	return o
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// warnOfFolders warns about folders that a later run cannot write, that readers
// cannot read, or that strangers can. It warns about new folders only when they are
// made, and not every night.
func (s *session) warnOfFolders(run *generator.Run, outcome *generator.Outcome, before ownership) {
	if before.others != "" {
		s.warn(fmt.Sprintf("root made this run, and %s belongs to somebody else, whose own runs will fail: chown -R the site and the memory to the folder's owner, and run as that user", shown(before.others)))
	}
	if before.newMemory && openToOthers(run.Memory) {
		s.warn(fmt.Sprintf("%s lies in a folder that others may read: only its owner can look into the memory itself, but a web server or a share that runs as the owner would hand it out; the key memory puts it elsewhere", shown(run.Memory)))
	}
	if info, err := os.Stat(run.Out); err == nil && before.newSite && outcome.Newer.IsZero() && modesCount && info.Mode().Perm()&0o055 == 0 {
		s.warn(fmt.Sprintf("%s can be read by its owner alone, because the umask says so; chmod it once, it keeps its mode", shown(run.Out)))
	}
}

// shown gives an absolute path for messages: relative to the current folder if it is
// inside, else whole.
func shown(path string) string {
	if working := absolute("."); holds(working, path) {
		path = shownPath(working, path)
	}
	return problem.Visible(filepath.ToSlash(path))
}

// openToOthers reports whether anybody may list the parent of a folder. That needs
// permission on all folders above too.
func openToOthers(folder string) bool {
	parent := filepath.Dir(realPath(folder))
	if !grants(parent, 0o005) {
		return false
	}
	for up := filepath.Dir(parent); up != parent; parent, up = up, filepath.Dir(up) {
		if !grants(up, 0o001) {
			return false
		}
	}
	return true
}

func grants(folder string, bits fs.FileMode) bool {
	info, err := os.Stat(folder)
	return err == nil && modesCount && info.Mode().Perm()&bits == bits
}

// explainDisk adds what to do about a full disk, and about a folder that another
// user's run made.
func explainDisk(run *generator.Run, err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return hinted{err, "make room and run it again: nothing of what was there before has changed"}
	}
	if !errors.Is(err, fs.ErrPermission) || statusOf(err) != failed {
		return err
	}
	site, memory := shown(run.Out), shown(run.Memory)
	return hinted{err, fmt.Sprintf("if a run of another user made them: sudo chown -R \"$(id -un)\" %s %s, and remove what begins with .%s.cutoff- or .%s.cutoff- beside them",
		site, memory, filepath.Base(site), filepath.Base(memory))}
}
