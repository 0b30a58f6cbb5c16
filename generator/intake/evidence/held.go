package evidence

import (
	"encoding/binary"
	"math"
	"net/netip"
	"sync"
	"time"

	"example.org/cutoff/generator/device"
)

// same is what rows that are counted together share, beside the name of their
// device.
type same struct {
	address          netip.Addr
	at               int64  // in nanoseconds, where every row is asked for
	host, said, date uint32 // in texts and saids; the date as written, where it is no instant
	port             uint16
	how              uint8
}

// held are rows that say the same.
type held struct {
	newest    int64 // in nanoseconds; undated for none
	row, rows int   // the newest one, and how many
	key       string
	owner     *device.Device // once it was looked for; nil for none
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

// append appends what rows share as a key, without the device's name, which
// follows it.
func (s *same) append(key []byte) []byte {
	size := s.address.BitLen() / 8
	key = append(key, s.how, byte(size), byte(s.port), byte(s.port>>8))
	key = binary.AppendUvarint(key, uint64(s.host))
	key = binary.AppendUvarint(key, uint64(s.said))
	key = binary.AppendUvarint(key, uint64(s.date))
	key = binary.AppendVarint(key, s.at)
	address := s.address.As16()
	return append(key, address[len(address)-size:]...)
}

// parts gives what a key was made of.
func (h *held) parts() (device string, s same) {
	var key [keyBytes]byte
	copy(key[:], h.key)
	number := func(from int) (uint64, int) {
		n, size := binary.Uvarint(key[from:])
		return n, from + size
	}
	s.how, s.port = key[0], uint16(key[2])|uint16(key[3])<<8
	host, at := number(4)
	said, at := number(at)
	date, at := number(at)
	s.host, s.said, s.date = uint32(host), uint32(said), uint32(date)
	nanoseconds, size := binary.Varint(key[at:])
	s.at, at = nanoseconds, at+size
	end := at + int(key[1])
	s.address, _ = netip.AddrFromSlice(key[at:end]) // none of no bytes
	return h.key[end:], s
}

// keyBytes is how long a key can be at most, without the device's name.
const keyBytes = 4 + 3*binary.MaxVarintLen32 + binary.MaxVarintLen64 + 16

// holds counts rows that say the same together. One map finds them by the bytes
// of all that they share: the name's number looked up in a map of its own, and a
// struct of numbers in another, wait for memory three times as often, and took
// half of the time of a million lines. Rows wait until some have come, since
// lookups one behind the other wait for memory together: a quarter of the rest.
type holds struct {
	places  map[string]int32
	blocks  [][]held // full ones but for the last: nothing is copied as they grow
	waiting []waiting
	keys    []byte // of waiting rows, one behind the other
}

// waiting is a row that is not counted yet.
type waiting struct {
	end   int // of its key
	place int32
	at    int64
	row   int
}

const (
	blockRows   = 1024
	waitingRows = 128
)

// add counts a row.
func (h *holds) add(device string, s same, at int64, row int) {
	h.keys = append(s.append(h.keys), device...)
	h.waiting = append(h.waiting, waiting{end: len(h.keys), at: at, row: row})
	if len(h.waiting) == waitingRows {
		h.settle()
	}
}

// settle counts the rows that wait.
func (h *holds) settle() {
	from := 0
	for i := range h.waiting {
		w, known := &h.waiting[i], false
		if w.place, known = h.places[string(h.keys[from:w.end])]; !known {
			w.place = -1
		}
		from = w.end
	}
	from = 0
	for _, w := range h.waiting {
		if w.place < 0 {
			w.place = h.place(h.keys[from:w.end])
		}
		from = w.end
		have := &h.blocks[w.place/blockRows][w.place%blockRows]
		have.rows++
		if w.at > have.newest || w.at == have.newest && w.row > have.row {
			have.newest, have.row = w.at, w.row
		}
	}
	h.waiting, h.keys = h.waiting[:0], h.keys[:0]
}

// place gives the place of rows with a key, a new one where there are none.
func (h *holds) place(key []byte) int32 {
	place, known := h.places[string(key)]
	if known {
		return place
	}
	if place = int32(len(h.places)); place%blockRows == 0 {
		h.blocks = append(h.blocks, make([]held, 0, blockRows))
	}
	last := &h.blocks[len(h.blocks)-1]
	*last = append(*last, held{newest: undated, key: string(key)})
	h.places[(*last)[len(*last)-1].key] = place
	return place
}

// join looks for the devices of all that is held, on two processors: nothing is
// read meanwhile.
func (h *holds) join(owners *owners) {
	h.settle()
	owners.index()
	var halves sync.WaitGroup
	for _, blocks := range [][][]held{h.blocks[:len(h.blocks)/2], h.blocks[len(h.blocks)/2:]} {
		halves.Go(func() {
			have := known{}
			for _, block := range blocks {
				for i := range block {
					device, same := block[i].parts()
					block[i].owner = owners.owner(device, same.address, have)
				}
			}
		})
	}
	halves.Wait()
}

// all gives all that is held and joined, in the order of first rows.
func (h *holds) all(yield func(*held) bool) {
	for _, block := range h.blocks {
		for i := range block {
			if !yield(&block[i]) {
				return
			}
		}
	}
}
