package evidence

import (
	"encoding/binary"
	"math"
	"net/netip"
	"time"
)

// same is what rows that are counted together share, beside the name of their
// device.
type same struct {
	address          netip.Addr
	at               int64 // in nanoseconds, where every row is asked for
	host, said, date int32 // in texts and saids; the date as written, where it is no instant
	port             uint16
	how              uint8
}

// held are rows that say the same.
type held struct {
	device    string
	same      same
	newest    int64 // in nanoseconds; undated for none
	row, rows int   // the newest one, and how many
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

// holds counts rows that say the same together. One map finds them by the bytes
// of all that they share: the name's number looked up in a map of its own, and a
// struct of numbers in another, wait for memory three times as often, and took
// half of the time of a million lines.
type holds struct {
	places map[string]int32
	blocks [][]held // full ones but for the last: nothing is copied as they grow
	key    []byte   // used again
}

const blockRows = 1024

// add counts a row.
func (h *holds) add(device string, s same, at int64, row int) {
	h.key = append(h.key[:0], device...)
	address := s.address.As16() // of none that of ::, which how tells apart
	h.key = append(h.key, address[:]...)
	h.key = binary.LittleEndian.AppendUint64(h.key, uint64(s.at))
	h.key = binary.LittleEndian.AppendUint32(h.key, uint32(s.host))
	h.key = binary.LittleEndian.AppendUint32(h.key, uint32(s.said))
	h.key = binary.LittleEndian.AppendUint32(h.key, uint32(s.date))
	h.key = binary.LittleEndian.AppendUint16(h.key, s.port)
	how := s.how << 1
	if s.address.IsValid() {
		how++
	}
	h.key = append(h.key, how)
	place, known := h.places[string(h.key)]
	if !known {
		if place = int32(len(h.places)); place%blockRows == 0 {
			h.blocks = append(h.blocks, make([]held, 0, blockRows))
		}
		key := string(h.key)
		h.places[key] = place
		last := &h.blocks[len(h.blocks)-1]
		*last = append(*last, held{device: key[:len(device)], same: s, newest: at})
	}
	have := &h.blocks[place/blockRows][place%blockRows]
	have.rows++
	if at > have.newest || at == have.newest && row > have.row {
		have.newest, have.row = at, row
	}
}

// all gives all that is held, in the order of first rows.
func (h *holds) all(yield func(*held) bool) {
	for _, block := range h.blocks {
		for i := range block {
			if !yield(&block[i]) {
				return
			}
		}
	}
}
