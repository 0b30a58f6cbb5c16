package evidence

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"example.org/cutoff/generator/device"
)

// identify collects what may name the device that wrote the log.
func (l *serviceLog) identify(line []byte) {
	collect := func(into map[string]bool, pattern *regexp.Regexp) {
		for _, m := range pattern.FindAllSubmatch(line, -1) {
			if len(into) < lookupLimit {
				text := strings.TrimSpace(string(m[1]))
				word, _, _ := strings.Cut(text, " ")
				into[text], into[word] = true, true
			}
		}
	}
	if bytes.IndexByte(line, '>') >= 0 {
		collect(l.pairs, logPair)
	}
	if bytes.Contains(line, []byte("uid")) || bytes.Contains(line, []byte("UID")) {
		collect(l.guids, logGUID)
	}
	if bytes.Contains(line, []byte("ame")) || bytes.Contains(line, []byte("AME")) {
		collect(l.names, logName)
	}
}

// naming is texts of which one may name a device.
type naming struct {
	texts map[string]bool
	how   string
}

// owner finds the device that wrote the log: what the configuration says, else
// the one GUID or name in it that the fleet knows, else the path.
func (l *serviceLog) owner() (name, how string) {
	return l.reader.owner(l.account.Path(), naming{l.pairs, "the GUID in it"}, naming{l.guids, "a GUID in it"}, naming{l.names, "a name in it"})
}

// owner finds the device that a file is of: what the configuration says, else
// the first of the names that the fleet knows, else the path.
func (r *Reader) owner(path string, names ...naming) (name, how string) {
	if name, ok := r.opts.Devices[path]; ok {
		return name, "the configuration"
	}
	for _, names := range append(names, naming{pathNames(path), "its file name"}) {
		owners := map[*device.Device]string{}
		for text := range names.texts {
			if d := r.owners.byName(text); d != nil {
				owners[d] = text
			}
		}
		if len(owners) == 1 {
			for _, text := range owners {
				return text, names.how
			}
		}
	}
	return "", ""
}

// pathNames gives what a path may name a device by: its folders, and its file
// name without "service", "log" and the number of a rolled log.
func pathNames(file string) map[string]bool {
	names := map[string]bool{}
	for dir := path.Dir(file); dir != "." && dir != "/" && dir != ""; dir = path.Dir(dir) {
		names[path.Base(dir)] = true
	}
	name := path.Base(file)
	names[name] = true
	for {
		shorter := logSuffix.ReplaceAllString(logPrefix.ReplaceAllString(name, ""), "")
		if shorter == name || shorter == "" {
			return names
		}
		name = shorter
		names[name] = true
	}
}

var (
	logPrefix = regexp.MustCompile(`(?i)^(?:service|log)[-_. ]+`)
	logSuffix = regexp.MustCompile(`(?i)(?:[-_. ]+(?:service|log|txt|\d{1,2})|[-_. ]*service\.log)$`)
)
