// Package charset turns text of any encoding that exports come in into UTF-8.
// Without a mark and without a word from the configuration a file is UTF-8 until
// its bytes say otherwise, and Windows-1252 then.
package charset

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// The encodings by the names that [Decoder.Encoding] has.
const (
	encodingUTF8    = "UTF-8"
	encodingUTF16LE = "UTF-16 LE"
	encodingUTF16BE = "UTF-16 BE"
	encoding1252    = "Windows-1252"
)

// zeroRun is how many zero bytes in a row are no stray bytes but a hole that a
// crash or a broken copy left.
const zeroRun = 64

// ByteOrderMark stands at the start of files, and within those that were put
// together; at the start of a cell it says nothing.
const ByteOrderMark = "\ufeff"

// Fault is text that cannot be decoded; the message refuses the file as
// damaged.
type Fault struct{ Message string }

func (d *Fault) Error() string { return d.Message }

// Decoder turns a file's bytes into UTF-8 without a byte order mark and without
// zero bytes.
//
// A file without a mark, of which nobody has said how it is encoded, is UTF-8 for
// as long as it can be: its first byte sequence beyond ASCII decides. When that
// is no UTF-8 the rest is Windows-1252, which costs nothing since all before it
// was ASCII; when it is, the file is UTF-8, and bytes that are not are damage.
type Decoder struct {
	r        io.Reader
	Encoding string
	settled  bool // a byte order mark or a character beyond ASCII was seen
	order    binary.ByteOrder

	base []byte // the memory of raw
	raw  []byte // read and not yet decoded
	err  error  // what ended reading

	given     int64 // bytes given out
	zeros     int   // zero bytes at the end of what was given
	FirstZero int64 // offset in what was given; -1 for none
	FirstHole int64 // likewise, of bytes that the encoding has no character for
	Sense     sense
}

// NewDecoder looks at the head of r for a mark or the pattern of UTF-16. A mark
// is stronger than what was said of the file.
func NewDecoder(r io.Reader, head []byte, said Encoding) *Decoder {
	d := &Decoder{r: r, Encoding: encodingUTF8, FirstZero: -1, FirstHole: -1, Sense: sense{First: -1}}
	skip := 0
	switch order := UTF16Order(head); {
	case bytes.HasPrefix(head, []byte(ByteOrderMark)):
		d.settled, skip = true, len(ByteOrderMark)
	case order != nil && (marked(head) || !said.means(head)):
		d.order, d.settled, d.Encoding = order, true, encodingUTF16LE
		if order == binary.BigEndian {
			d.Encoding = encodingUTF16BE
		}
		if marked(head) {
			skip = 2
		}
	case said.means(head):
		d.Encoding, d.settled = said.Name, true
		if codec, _ := find(said.Name); codec != nil {
			d.r = transform.NewReader(r, codec.NewDecoder())
		}
	}
	if skip > 0 {
		if _, err := io.CopyN(io.Discard, r, int64(skip)); err != nil {
			d.err = err
		}
	}
	return d
}

func marked(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
}

// UTF16Order gives the byte order of UTF-16 text, or nil. Without a mark, text
// that is mostly Latin has a zero in every other byte.
func UTF16Order(head []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return binary.LittleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return binary.BigEndian
	}
	pairs := min(len(head), 4096) / 2
	if pairs < 2 {
		return nil
	}
	var even, odd int
	for i := range pairs {
		if head[2*i] == 0 {
			even++
		}
		if head[2*i+1] == 0 {
			odd++
		}
	}
	switch {
	case odd*2 > pairs && even*3 < odd:
		return binary.LittleEndian
	case even*2 > pairs && odd*3 < even:
		return binary.BigEndian
	}
	return nil
}

// Room is the least room that Read needs.
const Room = 16

// Read gives decoded text; p has room for [Room] bytes.
func (d *Decoder) Read(p []byte) (int, error) {
	for {
		n, err := d.decode(p)
		d.given += int64(n)
		if n > 0 || err != nil {
			return n, err
		}
	}
}

func (d *Decoder) decode(p []byte) (int, error) {
	switch {
	case d.order != nil:
		return d.decodeUTF16(p)
	case d.Encoding == encoding1252 && !d.settled:
		return d.decode1252(p)
	}
	n, err := d.decodeUTF8(p)
	if d.Encoding != encodingUTF8 && d.FirstHole < 0 {
		if i := bytes.Index(p[:n], []byte(string(utf8.RuneError))); i >= 0 {
			d.FirstHole = d.given + int64(i)
		}
	}
	return n, err
}

// fill reads into the raw bytes until there are at least n of them, or no
// more; it makes room for more than n.
func (d *Decoder) fill(n, room int) {
	if len(d.raw) >= n || d.err != nil {
		return
	}
	if room = max(room, n, len(d.raw)); cap(d.base) < room {
		d.base = make([]byte, room)
	}
	have := copy(d.base[:cap(d.base)], d.raw)
	for have < n && d.err == nil {
		var got int
		got, d.err = d.r.Read(d.base[have:cap(d.base)])
		have += got
	}
	d.raw = d.base[:have]
}

// putBack keeps bytes that were read and not decoded for the next time.
func (d *Decoder) putBack(p []byte) {
	d.raw = append(append(make([]byte, 0, len(p)+len(d.raw)), p...), d.raw...)
}

// decodeUTF8 reads into p itself: text that is UTF-8 already is only looked at.
func (d *Decoder) decodeUTF8(p []byte) (int, error) {
	n := copy(p, d.raw)
	d.raw = d.raw[n:]
	if n < utf8.UTFMax && d.err == nil {
		var got int
		got, d.err = d.r.Read(p[n:])
		n += got
	}
	if n == 0 {
		return 0, d.err
	}
	ascii := asciiPrefix(p[:n])
	good := ascii
	for good < n {
		if d.err == nil && !utf8.FullRune(p[good:n]) {
			break
		}
		r, size := utf8.DecodeRune(p[good:n])
		if r == utf8.RuneError && size == 1 {
			if !d.settled {
				d.Encoding = encoding1252
				if good > 0 {
					d.Sense.last = p[good-1]
				}
				d.putBack(p[good:n])
				return d.dropZeros(p[:good])
			}
			if good == 0 {
				return 0, &Fault{"found bytes that are not UTF-8 after text that is, want one encoding: export the file again"}
			}
			break
		}
		d.settled = true
		good += size
		good += asciiPrefix(p[good:n])
	}
	if good < n {
		d.putBack(p[good:n])
	}
	return d.dropZeros(p[:good])
}

// asciiPrefix counts the bytes before the first one beyond ASCII.
func asciiPrefix(p []byte) int {
	i := 0
	for ; i+8 <= len(p); i += 8 {
		if binary.LittleEndian.Uint64(p[i:])&0x8080808080808080 != 0 {
			break
		}
	}
	for i < len(p) && p[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// dropZeros takes zero bytes out of p and remembers where the first one was.
func (d *Decoder) dropZeros(p []byte) (int, error) {
	first := bytes.IndexByte(p, 0)
	if first < 0 {
		if len(p) > 0 {
			d.zeros = 0
		}
		return len(p), nil
	}
	if d.FirstZero < 0 {
		d.FirstZero = d.given + int64(first)
	}
	if first > 0 {
		d.zeros = 0
	}
	n := first
	for _, b := range p[first:] {
		if b != 0 {
			p[n], d.zeros = b, 0
			n++
			continue
		}
		if d.zeros++; d.zeros >= zeroRun {
			return n, &Fault{"found a run of zero bytes, want text: the file was not written or copied completely"}
		}
	}
	return n, nil
}

// decode1252 gives at most three bytes for each byte read.
func (d *Decoder) decode1252(p []byte) (int, error) {
	d.fill(1, len(p)/3)
	if len(d.raw) == 0 {
		return 0, d.err
	}
	n, used := 0, 0
	for used < len(d.raw) && n+utf8.UTFMax <= len(p) {
		plain := copy(p[n:], d.raw[used:used+asciiPrefix(d.raw[used:])])
		n, used = n+plain, used+plain
		if used == len(d.raw) || n+utf8.UTFMax > len(p) {
			break
		}
		b := d.raw[used]
		d.see(used, d.given+int64(n))
		used++
		r := windows1252.DecodeByte(b)
		if r == utf8.RuneError && d.FirstHole < 0 {
			d.FirstHole = d.given + int64(n)
		}
		n += utf8.EncodeRune(p[n:], r)
	}
	if used > 0 {
		d.Sense.last = d.raw[used-1]
	}
	d.raw = d.raw[used:]
	return d.dropZeros(p[:n])
}

// see shows a byte beyond ASCII to the sense of the text, with those around it.
func (d *Decoder) see(i int, offset int64) {
	before, next := d.Sense.last, byte(0)
	if i > 0 {
		before = d.raw[i-1]
	}
	if i+1 < len(d.raw) {
		next = d.raw[i+1]
	}
	d.Sense.see(before, d.raw[i], next, offset)
}

// decodeUTF16 gives at most three bytes for each pair read.
func (d *Decoder) decodeUTF16(p []byte) (int, error) {
	d.fill(4, len(p)/3*2)
	if len(d.raw) == 0 {
		return 0, d.err
	}
	if len(d.raw) == 1 {
		return 0, &Fault{"found half a character at the end, want UTF-16 text: the file was cut"}
	}
	n, used := 0, 0
	for used+2 <= len(d.raw) && n+utf8.UTFMax <= len(p) {
		r := rune(d.order.Uint16(d.raw[used:]))
		size := 2
		if utf16.IsSurrogate(r) {
			if used+4 > len(d.raw) && d.err == nil {
				break
			}
			low := rune(-1)
			if used+4 <= len(d.raw) {
				low = rune(d.order.Uint16(d.raw[used+2:]))
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				if used > 0 {
					break
				}
				return 0, &Fault{"found half a character, want UTF-16 text: the file is damaged"}
			}
			size = 4
		}
		used += size
		n += utf8.EncodeRune(p[n:], r)
	}
	d.raw = d.raw[used:]
	return d.dropZeros(p[:n])
}
