package evidence

import (
	"math"
	"net/netip"
	"strings"
	"time"

	"example.org/cutoff/generator/intake/value"
)

// client is a device as rows call it, with what they say of its connections.
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
	target    uint32 // the number of what they say (see [target])
	date      uint32 // the number of a date that is no instant yet, as written; else 0
	row, rows int32  // the number of the newest row, and how many there are
	newest    int64  // its instant in nanoseconds since 1970, or undated
}

// undated means the zero time, which is too early to be counted in nanoseconds.
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

// clients finds the client of each row.
type clients struct {
	all    []*client // in the order of their first rows
	byName map[called]*client
	byText map[string]*client // by the two cells, at most clientLimit of them
	// everyRow says that only rows of one instant are counted together.
	everyRow bool
	// odd is called for each row with an address that cannot be read.
	odd func(row int)
	// Rows wait until there are waitingRows, so that their lookups run one after the
	// other and the processor waits for memory only once. For a million lines that
	// saves an eighth of the time.
	waiting []waiting
	texts   []byte // of the waiting rows, joined
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
	// cellEnd separates cells in one text: UTF-8 never has this byte.
	cellEnd = "\xff"
)

// add adds a row of the client that two cells name.
func (c *clients) add(device, address string, row held) {
	c.texts = append(append(append(c.texts, device...), cellEnd...), address...)
	c.waiting = append(c.waiting, waiting{end: len(c.texts), held: row})
	if len(c.waiting) == waitingRows {
		c.settle()
	}
}

// settle adds the waiting rows to their clients.
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

// client gives the client that a text of two cells names. It makes a new one if
// there is none.
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

// near is how many of a client's last held rows are searched for the same
// statement. Few clients have more, and if one is missed the counts stay right.
const near = 100

// add adds a row to those that say the same, or as a new one.
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
		c.held = make([]held, 0, 4) // enough for most clients, and cheaper than growing
	}
	c.held = append(c.held, row)
}
