// Package charset turns text in the encodings that exports use into UTF-8. A file
// has the encoding of its byte order mark, or the one that the configuration
// names. Without either it is UTF-16 if it looks like that, else UTF-8 until its
// bytes say otherwise, and then Windows-1252.
package charset

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// The names of encodings in [Decoder.Encoding].
const (
	encodingUTF8    = "UTF-8"
	encodingUTF16LE = "UTF-16 LE"
	encodingUTF16BE = "UTF-16 BE"
	encoding1252    = "Windows-1252"
)

// zeroRun is how many zero bytes in a row are damage. Fewer are stray bytes; so
// many are a hole that a crash or a broken copy left.
const zeroRun = 64

// ByteOrderMark is at the start of files, and in the middle of files that were put
// together. At the start of a cell it means nothing.
const ByteOrderMark = "\ufeff"

// Fault is the error for text that cannot be decoded. Its message is that of a
// problem: found X, want Y.
type Fault struct{ Message string }

func (d *Fault) Error() string { return d.Message }

// Decoder turns a file's bytes into UTF-8 without a byte order mark and without
// zero bytes.
//
// If nothing tells the encoding, the first byte sequence beyond ASCII decides. If
// it is UTF-8, so is the file, and bytes that are not are damage. If it is not, the
// rest is Windows-1252. What was read before is right either way, since it is
// ASCII.
type Decoder struct {
	r        io.Reader
	Encoding string
	settled  bool // a byte order mark or a character beyond ASCII was seen
	order    binary.ByteOrder

	base []byte // the memory of raw
	raw  []byte // read and not yet decoded
	err  error  // what ended reading

	given int64 // how many bytes were given out
	zeros int   // how many zero bytes were dropped since the last other byte

	// FirstZero is the offset, in the decoded text, of the first dropped zero byte.
	// FirstHole is that of the first byte that the encoding has no character for.
	// Both are -1 for none.
	FirstZero, FirstHole int64
	Sense                sense
}

// NewDecoder decodes r, whose first bytes are head too. said is the encoding that
// the configuration names; a mark in head is stronger.
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

// UTF16Order gives the byte order of UTF-16 text; nil for other text. Text without
// a mark is UTF-16 if about every other byte is zero, as in Latin text.
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

// Room is the least length of the slice that [Decoder.Read] gets.
const Room = 16

// Read gives decoded text. p must have at least [Room] bytes. Its error is a
// *[Fault], io.EOF or one of reading.
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

// fill reads until there are at least n raw bytes, or the file ends. room is how
// many it may read ahead.
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

// putBack keeps bytes that were read and not decoded for the next call.
func (d *Decoder) putBack(p []byte) {
	d.raw = append(append(make([]byte, 0, len(p)+len(d.raw)), p...), d.raw...)
}

// decodeUTF8 reads straight into p, since text that is UTF-8 already only has to be
// checked.
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

// dropZeros removes zero bytes from p, and remembers where the first one was.
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

// decode1252 decodes Windows-1252. Each byte becomes at most three.
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

// see shows the sense of the text a byte beyond ASCII and the bytes beside it.
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

// decodeUTF16 decodes UTF-16. Each pair of bytes becomes at most three.
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
