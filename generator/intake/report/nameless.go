package report

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/spelling"
)

// joinNameless merges the rows of files without a GUID column. If other files
// know exactly one device with the row's name and user, the row goes into that
// device, else into a new one that such rows share.
func (r *Reader) joinNameless() {
	m := r.merger
	if len(m.nameless) == 0 {
		return
	}
	byUser, byName := nameIndex{}, nameIndex{}
	for i, d := range m.devices {
		byName.add(int32(i), d.Name)
		if d.Username == "" && d.Email == "" {
			byUser.add(int32(i), d.Name, "")
		}
		if d.Username != "" {
			byUser.add(int32(i), d.Name, d.Username)
		}
		if d.Email != "" && !spelling.Same(d.Email, d.Username) {
			byUser.add(int32(i), d.Name, d.Email)
		}
	}
	joined := make([]int, len(r.origins))
	own := nameIndex{}
	// Rows that name a user come first: a row that names none may be about the
	// same device.
	for _, withUser := range []bool{true, false} {
		ownByName := nameIndex{}
		for key, i := range own {
			name, _, _ := strings.Cut(key, "\x00")
			ownByName.add(i, name)
		}
		for k := range m.nameless {
			row := &m.nameless[k]
			user := cmp.Or(row.user, row.email)
			if (user != "") != withUser {
				continue
			}
			i, known := byName.find(row.name)
			if withUser {
				if i, known = byUser.find(row.name, user); !known {
					i, known = byUser.find(row.name, "")
				}
			}
			if known {
				joined[row.origin]++
				m.merge(i, row)
				continue
			}
			if i, known = own.find(row.name, user); !known && !withUser {
				i, known = ownByName.find(row.name)
			}
			if known {
				m.merge(i, row)
			} else {
				own.add(m.create(row), row.name, user)
			}
		}
	}
	m.nameless = nil
	for i := range r.origins {
		if o := &r.origins[i]; o.named {
			o.account.Note("It has no column of GUIDs: its rows are joined by device name and user, %d of them to a device that another file knows by its GUID.", joined[i])
		}
	}
}

// nameIndex finds devices by texts, ignoring case. A key that two devices share
// finds neither.
type nameIndex map[string]int32

const ambiguous = -1

func (x nameIndex) add(i int32, texts ...string) {
	key := nameKey(texts)
	if have, ok := x[key]; ok && have != i {
		i = ambiguous
	}
	x[key] = i
}

func (x nameIndex) find(texts ...string) (int32, bool) {
	i, ok := x[nameKey(texts)]
	return i, ok && i != ambiguous
}

func nameKey(texts []string) string {
	key := spelling.Fold(texts[0])
	for _, text := range texts[1:] {
		key += "\x00" + spelling.Fold(text)
	}
	return key
}
