package evidence

import (
	"math"
	"net/netip"
	"strings"
	"time"

	"example.org/cutoff/generator/intake/value"
)

// client is a device that made connections, as rows call it.
type client struct {
	called
	held []held
}

// called is what rows call a device.
type called struct {
	name    string
	address netip.Addr
	odd     bool // the address cannot be read
}

// held are rows that say the same of a client.
type held struct {
	target    uint32 // its number
	date      uint32 // the number of the date as written; 0 where it is an instant
	row, rows int32  // the newest one, and how many
	newest    int64  // in nanoseconds; undated for none
}

// undated stands for the zero time, which is too early for nanoseconds.
const undated = math.MinInt64

func nanoseconds(t time.Time) int64 {
	if t.IsZero() {
		return undated
	}
	return t.UnixNano()
}

func instant(nanoseconds int64) time.Time {
	if nanoseconds == undated {
		return time.Time{}
	}
	return time.Unix(0, nanoseconds).UTC()
}

// clients gives rows to their clients.
type clients struct {
	all    []*client // in the order of their first rows
	byName map[called]*client
	byText map[string]*client // by the cells, as far as there is room
	// everyRow says that only rows of one instant are counted together.
	everyRow bool
	// odd is told the rows with an address that cannot be read.
	odd func(row int)
	// Rows wait for others, so that many lookups follow each other and wait for
	// memory at once: of a million lines that saves an eighth of the time.
	waiting []waiting
	texts   []byte // of waiting rows, one behind the other
}

type waiting struct {
	end    int // of its text
	client *client
	held
}

const (
	waitingRows = 128
	// clientLimit bounds how many texts of clients are remembered.
	clientLimit = 1 << 19
	// cellEnd stands between cells that are one text: no text has this byte.
	cellEnd = "\xff"
)

// add counts a row of the client that two cells name.
func (c *clients) add(device, address string, row held) {
	c.texts = append(append(append(c.texts, device...), cellEnd...), address...)
	c.waiting = append(c.waiting, waiting{end: len(c.texts), held: row})
	if len(c.waiting) == waitingRows {
		c.settle()
	}
}

// settle gives the rows that wait to their clients.
func (c *clients) settle() {
	from := 0
	for i := range c.waiting {
		w := &c.waiting[i]
		w.client = c.byText[string(c.texts[from:w.end])]
		from = w.end
	}
	from = 0
	for _, w := range c.waiting {
		if w.client == nil {
			w.client = c.client(string(c.texts[from:w.end]))
		}
		from = w.end
		if w.client.odd {
			c.odd(int(w.row))
		}
		w.client.add(w.held, c.everyRow)
	}
	c.waiting, c.texts = c.waiting[:0], c.texts[:0]
}

// client gives the client that a text names.
func (c *clients) client(text string) *client {
	if known := c.byText[text]; known != nil {
		return known
	}
	device, cell, _ := strings.Cut(text, cellEnd)
	who := called{name: value.Host(device)}
	if cell = value.Clean(cell); cell != "" {
		address, ok := value.Address(cell)
		who.address, who.odd = address, !ok
	}
	one := c.byName[who]
	if one == nil {
		one = &client{called: who}
		c.all = append(c.all, one)
		c.byName[who] = one
	}
	if len(c.byText) < clientLimit {
		c.byText[text] = one
	}
	return one
}

// near is how many of a client's last held rows are searched for some that say
// the same. Few clients have more, and rows that are held apart count the same.
const near = 100

// add counts a row.
func (c *client) add(row held, everyRow bool) {
	for i := len(c.held) - 1; i >= max(0, len(c.held)-near); i-- {
		h := &c.held[i]
		if h.target != row.target || h.date != row.date || (h.newest == undated) != (row.newest == undated) || everyRow && h.newest != row.newest {
			continue
		}
		h.rows++
		if row.newest > h.newest || row.newest == h.newest && row.row > h.row {
			h.newest, h.row = row.newest, row.row
		}
		return
	}
	if c.held == nil {
		c.held = make([]held, 0, 4) // what most have; growing to it costs more
	}
	c.held = append(c.held, row)
}
