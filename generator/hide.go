package generator

import (
	"slices"
	"strconv"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/memory"
)

// likelyMajor is above every major version there is. A version of four numbers
// is written as a network address is; one that begins with more is taken for an
// address in the wrong column.
const likelyMajor = 99

// hide takes out of an outcome what is not to be published: addresses in
// whatever text of an input they stand. It is the one place for all pages and
// files of a site, and so of a bundle; only networks, which the network's page
// and its files are about, are not text and stay. The memory is written before.
func (o *Outcome) hide(privacy config.Privacy) {
	if privacy.Emails && privacy.Addresses && privacy.UserNames {
		return
	}
	h := hider{Privacy: privacy, departments: map[string]string{}, taken: map[string]bool{}, shown: map[any]bool{}}
	h.fleet(o.Fleet)
	h.account(o.Memory)
	for i := range o.Files {
		file := &o.Files[i]
		h.texts(&file.Path)
		for j := range file.Columns {
			h.texts(&file.Columns[j].Header, &file.Columns[j].Position.File)
		}
		h.list(file.Unknown)
		h.list(file.Notes)
	}
	for i := range o.Problems {
		p := &o.Problems[i]
		h.texts(&p.File, &p.Sheet, &p.Message)
	}
	h.list(o.Notes)
	h.list(o.Forced)
}

type hider struct {
	config.Privacy
	// departments has the shown name of each department, taken those in use.
	departments map[string]string
	taken       map[string]bool
	shown       map[any]bool // what devices share, and was seen to already
}

func (h *hider) texts(texts ...*string) {
	for _, text := range texts {
		*text = h.Text(*text)
	}
}

func (h *hider) list(texts []string) {
	for i := range texts {
		h.texts(&texts[i])
	}
}

func (h *hider) fleet(f *fleet.Fleet) {
	h.name(f)
	for _, a := range f.Devices {
		h.device(a.Device)
		h.texts(&a.SupersededBy)
		a.Department = h.department(a.Department)
		if a.Waiver != nil {
			h.waiver(a.Waiver)
		}
	}
	for _, d := range f.Departments {
		h.list(d.Managers)
		if name := h.department(d.Name); name != d.Name {
			d.Name, d.Slug = name, fleet.Slug(name)
		}
	}
	for i := range f.Unclassified {
		d := &f.Unclassified[i]
		name, uid := h.Text(d.Name), h.Text(d.UID)
		d.Hidden = name != d.Name || uid != d.UID
		d.Name, d.UID = name, uid
	}
	for i := range f.Exemptions {
		h.waiver(&f.Exemptions[i].Waiver)
	}
}

func (h *hider) device(d *device.Device) {
	h.texts(&d.GUID, &d.Name, &d.Hostname, &d.Source.File)
	d.Username = h.User(d.Username)
	if !h.shown[d.Software] {
		h.shown[d.Software] = true
		h.texts(&d.OS, &d.OSVersion, &d.AppVersion)
		d.Status = device.Status(h.Text(string(d.Status)))
		h.version(d.Version, &d.Version.Text)
	}
	if !h.shown[d.Home] {
		h.shown[d.Home] = true
		h.texts(&d.Organization, &d.Home.Department)
		for i := range d.Destinations {
			h.texts(&d.Destinations[i].UID, &d.Destinations[i].Name)
		}
	}
	h.list(d.Further().Shown)
}

func (h *hider) version(v device.Version, text *string) {
	if !v.Known || v.Major > likelyMajor {
		h.texts(text)
	}
}

func (h *hider) waiver(w *device.Waiver) {
	h.texts(&w.Device, &w.Reason, &w.Source.File)
	w.Owner, w.Approver = h.Person(w.Owner), h.Person(w.Approver)
}

// name decides under which names departments go. Those whose names differ in
// an address alone stay apart: the second has a number.
func (h *hider) name(f *fleet.Fleet) {
	var hidden []string
	for _, d := range f.Departments {
		if h.Text(d.Name) == d.Name {
			h.departments[d.Name], h.taken[d.Name] = d.Name, true
		} else {
			hidden = append(hidden, d.Name)
		}
	}
	slices.Sort(hidden)
	for _, name := range hidden {
		h.department(name)
	}
}

func (h *hider) department(name string) string {
	shown, known := h.departments[name]
	if known {
		return shown
	}
	shown = h.Text(name)
	for n := 2; shown != name && h.taken[shown]; n++ {
		shown = h.Text(name) + " (" + strconv.Itoa(n) + ")"
	}
	h.departments[name], h.taken[shown] = shown, true
	return shown
}

// account does the same for what the memory says.
func (h *hider) account(m *memory.Account) {
	if m == nil {
		return
	}
	for i := range m.History.Departments {
		d := &m.History.Departments[i]
		if name := h.department(d.Name); name != d.Name {
			d.Name, d.Slug = name, fleet.Slug(name)
		}
	}
	for _, c := range slices.Compact([]*memory.Comparison{m.Last, m.Announcement}) {
		if c == nil {
			continue
		}
		for i := range c.Moves {
			m := &c.Moves[i]
			h.texts(&m.Name)
			m.From, m.To = h.department(m.From), h.department(m.To)
		}
		for i := range c.Changes {
			h.texts(&c.Changes[i].GUID)
			for _, facts := range []*memory.Facts{c.Changes[i].Then, c.Changes[i].Now} {
				if facts != nil {
					h.texts(&facts.Name, &facts.Destination)
					h.version(device.ParseVersion(facts.Version), &facts.Version)
					facts.Username, facts.Department = h.User(facts.Username), h.department(facts.Department)
				}
			}
		}
	}
}
