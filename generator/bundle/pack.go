package bundle

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"os"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
	"golang.org/x/text/unicode/norm"

	"example.org/cutoff/generator/inert"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
)

// archive is a zip with what is in it.
type archive struct {
	Archive
	entries []entry
	write   func(io.Writer) error
}

// pack packs the site into one zip, or several if one would pass the budget. The
// packed bytes are in the scratch file, which archive.write reads.
func pack(s *source, scratch *os.File, budget int64, tool publish.Tool) ([]archive, error) {
	p := &packer{source: s, spool: newSpool(scratch), tool: tool, base: archiveName(s), packed: map[string]entry{}}
	if err := p.sort(); err != nil {
		return nil, err
	}
	archives, err := p.pack(budget)
	if err != nil {
		return nil, err
	}
	for _, a := range archives {
		if a.Size > zipLimit {
			return nil, s.Lacks(fmt.Sprintf("files of which one part would have %s", Size(a.Size)), nil)
		}
	}
	return archives, nil
}

// zipLimit is how many bytes a zip may have. More would need the zip64 form, which
// not every system can read.
const zipLimit = 1<<32 - 1

// nameLimit keeps a zip's name well below what file systems allow.
const nameLimit = 48

// archiveName gives the zip's name without its ending: organisation and day, in
// characters that every system takes. If the organisation's name has none of
// these, the program's name is used.
func archiveName(s *source) string {
	name := accents.ReplaceAllString(norm.NFD.String(strings.ToLower(s.Summary.Organization)), "")
	name = strings.Trim(others.ReplaceAllString(name, "-"), "-")
	name = strings.TrimRight(name[:min(len(name), nameLimit)], "-")
	return cmp.Or(name, "cutoff") + "-" + s.AsOf.String()
}

var accents, others = regexp.MustCompile(`\pM+`), regexp.MustCompile(`[^a-z0-9]+`)

// styleName is the site's style sheet. styleAddition has the styles that only a
// bundle needs.
const styleName = "static/cutoff.css"

//go:embed bundle.css
var styleAddition string

type packer struct {
	*source
	spool *spool
	tool  publish.Tool
	base  string
	// common are the files that every part has: the top-level pages and the
	// static files. own are all others, in the order in which parts are filled.
	common []string
	own    []unit
	// leftOut are the scripts, and the departments' stand-alone pages, which are
	// sent beside the zip.
	leftOut []string
	// packed has the files that are the same in every part, by name.
	packed map[string]entry
}

// unit has files that stay together.
type unit struct {
	department string // its file name; "" for other files
	files      []string
}

// sort decides for each file of the site whether it is left out, goes into every
// part, or goes into one part.
func (p *packer) sort() error {
	departments, standalone := map[string]bool{}, map[string]bool{}
	for _, d := range p.departments {
		for _, name := range slices.Concat(d.pages, d.lists) {
			departments[name] = true
		}
		standalone[d.file(".html")] = true
	}
	for _, f := range p.Manifest.Files {
		var content []byte
		var err error
		if path.Ext(f.Name) == ".svg" {
			if content, err = p.Read(f.Name); err != nil {
				return err
			}
		}
		switch {
		case standalone[f.Name], inert.Script(f.Name, content):
			p.leftOut = append(p.leftOut, f.Name)
		case departments[f.Name]:
		case path.Ext(f.Name) == ".html", strings.HasPrefix(f.Name, "static/"):
			p.common = append(p.common, f.Name)
		default:
			p.own = append(p.own, unit{"", []string{f.Name}})
		}
	}
	for _, d := range p.departments {
		p.own = append(p.own, unit{d.Slug, slices.Concat(d.pages, d.lists)})
	}
	return nil
}

func (p *packer) pack(budget int64) ([]archive, error) {
	archives, err := p.build(newLayout(p.base, [][]unit{p.own}))
	if err != nil || archives[0].Size <= budget && archives[0].Files <= filesLimit {
		return archives, err
	}
	costs := map[string]int64{}
	for _, e := range archives[0].entries {
		costs[e.Name] = e.cost()
	}
	// The size of a part is known only when it is packed, because links into
	// other parts change its pages. So try with less room until all parts fit.
	for room := budget; ; {
		plan := p.divide(room, costs)
		if archives, err = p.build(plan); err != nil {
			return nil, err
		}
		over := int64(0)
		for i, a := range archives {
			if len(plan.parts[i]) > 1 || len(plan.parts[i][0].files) > 1 {
				over = max(over, a.Size-budget)
			}
		}
		if over == 0 || room < budget/2 {
			return archives, nil
		}
		room -= over + budget/1000
	}
}

// build makes the zips of a layout.
func (p *packer) build(l *layout) ([]archive, error) {
	archives := make([]archive, len(l.parts))
	for i, units := range l.parts {
		names := slices.Clone(p.common)
		for _, u := range units {
			names = append(names, u.files...)
		}
		entries, err := p.entries(names, l, i+1)
		if err != nil {
			return nil, err
		}
		if archives[i], err = p.archive(entries, l, i+1); err != nil {
			return nil, err
		}
	}
	return archives, nil
}

// entries packs files at the same time, as many as there are processors.
func (p *packer) entries(names []string, l *layout, part int) ([]entry, error) {
	entries := make([]entry, len(names))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		if e, done := p.packed[name]; done {
			entries[i] = e
			continue
		}
		group.Go(func() (err error) {
			entries[i], err = p.entry(name, l, part)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, e := range entries {
		if path.Ext(e.Name) != ".html" {
			p.packed[e.Name] = e
		}
	}
	return entries, nil
}

// Files above atOnce bytes are packed as they are read. Pages must be in memory to
// be edited, so pageLimit bounds them.
const (
	atOnce    = 8 << 20
	pageLimit = 64 << 20
)

func (p *packer) entry(name string, l *layout, part int) (entry, error) {
	ending, size := path.Ext(name), p.Size(name)
	switch {
	case (ending == ".html" || ending == ".svg") && size > pageLimit:
		return entry{}, p.Lacks(fmt.Sprintf("%s of %s", problem.Quote(name), Size(size)), nil)
	case size > atOnce && ending != ".html" && ending != ".svg" && name != styleName:
		return p.stream(name)
	}
	content, err := p.Read(name)
	if err != nil {
		return entry{}, err
	}
	var found remarks
	switch {
	case ending == ".html":
		content = inert.Page(content, l.edit(name, part, p.keeps)) // which takes script out
	case name == styleName:
		content = append(content, styleAddition...)
	default:
		found = examine(name, content)
	}
	e, err := p.spool.pack(name, content)
	e.remarks = found
	return e, err
}

// stream packs a file that may not fit into memory.
func (p *packer) stream(name string) (entry, error) {
	file, err := p.Open(name)
	if err != nil {
		return entry{}, err
	}
	defer file.Close()
	head := make([]byte, headSize)
	n, err := io.ReadFull(file, head)
	if err != nil {
		return entry{}, where(name, err)
	}
	e, err := p.spool.stream(name, io.MultiReader(bytes.NewReader(head[:n]), file))
	e.remarks = examine(name, head[:n])
	return e, err
}

// keeps reports whether any part has a file.
func (p *packer) keeps(name string) bool {
	return p.Has(name) && !slices.Contains(p.leftOut, name)
}

func (p *packer) archive(entries []entry, l *layout, part int) (archive, error) {
	about := About{Tool: p.tool, SiteManifest: p.Manifest.Sum, Part: part, Contents: l.contents(), LeftOut: append([]string{}, p.leftOut...)}
	manifest, sums, err := p.spool.seal(p.Manifest, about, entries)
	if err != nil {
		return archive{}, err
	}
	entries = append(entries, manifest, sums)
	return archive{
		Archive: Archive{Name: l.name(part), Size: zipSize(entries), Part: part, Parts: len(l.parts), Files: len(entries)},
		entries: entries,
		write:   func(out io.Writer) error { return where(l.name(part), p.spool.write(out, entries, p.AsOf)) },
	}, nil
}
