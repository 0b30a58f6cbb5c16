package evidence

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"example.org/cutoff/generator/device"
)

// logNames are the patterns of what may name the device that wrote a log, the
// surest first. A line without one of the signs cannot match, which saves most
// lines the pattern.
var logNames = []struct {
	how     string
	signs   []string
	pattern *regexp.Regexp
}{
	{"the GUID in it", []string{">"}, regexp.MustCompile(`\b(\d{6,19})>\d+`)},
	{"a GUID in it", []string{"uid", "UID"}, regexp.MustCompile(`(?i)guid\s*[=:]\s*(\d{6,19})\b`)},
	{"a name in it", []string{"ame", "AME"}, regexp.MustCompile(`(?i)\b(?:computer|device|host|os_?host)_?name\s*[=:]\s*"?([^,"\]]+)`)},
}

// naming is a set of texts that may name a device, and how a note calls them.
type naming struct {
	texts map[string]bool
	how   string
}

// identify collects what may name the device that wrote the log.
func (l *serviceLog) identify(line string) {
	for i, n := range logNames {
		if !slices.ContainsFunc(n.signs, func(sign string) bool { return strings.Contains(line, sign) }) {
			continue
		}
		for _, m := range n.pattern.FindAllStringSubmatch(line, -1) {
			text := strings.Clone(strings.TrimSpace(m[1]))
			word, _, _ := strings.Cut(text, " ")
			remember(l.names[i].texts, text)
			remember(l.names[i].texts, word)
		}
	}
}

// owner finds the name of the device that a file comes from, and says how. It asks
// the configuration first, then each of names in turn, then the path. A set counts
// if exactly one device of the fleet has one of its texts. Both are "" for none.
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

// pathNames gives the texts in a path that may name a device: its folders, and its
// file name with and without "service", "log" and the number of a rolled log.
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
