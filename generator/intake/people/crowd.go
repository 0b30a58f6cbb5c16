package people

import (
	"encoding/binary"
	"fmt"

	"github.com/klauspost/compress/s2"

	"example.org/cutoff/generator/device"
)

// crowd keeps all people packed, in the order of their rows: which of them a
// fleet needs, managers among them, is known when all are read. A million people
// with 80 MB of texts take 10 MB, and a tenth of a second each time that somebody
// goes through them.
type crowd struct {
	packed [][]byte
	block  []byte // the newest ones, not packed
	words  []string
	places map[string]uint64 // in words
	people int
	// last says that nobody goes through them again, so that what was unpacked is
	// let go: 50 MB of 670,000 people.
	last bool
}

const crowdBlock = 256 << 10

// add adds a person, whose departments and managers many others have too.
func (c *crowd) add(sheet int, p *device.Person) {
	c.people++
	for _, number := range []uint64{
		uint64(sheet), uint64(p.Source.Row), c.word(p.Department), c.word(p.Manager), c.word(p.ManagerEmail),
	} {
		c.block = binary.AppendUvarint(c.block, number)
	}
	for _, text := range []string{p.Username, p.Email, p.Name, p.DN} {
		c.block = binary.AppendUvarint(c.block, uint64(len(text)))
		c.block = append(c.block, text...)
	}
	if len(c.block) > crowdBlock {
		c.packed = append(c.packed, s2.Encode(nil, c.block))
		c.block = c.block[:0]
	}
}

func (c *crowd) word(text string) uint64 {
	place, known := c.places[text]
	if !known {
		place = uint64(len(c.words))
		c.places[text] = place
		c.words = append(c.words, text)
	}
	return place
}

// all gives everybody, one after the other in the same Person, with the number
// of the sheet that the person is from. Texts share memory with those of many
// others, so whoever keeps one clones it.
func (c *crowd) all(yield func(sheet int, p *device.Person) bool) {
	var plain []byte
	var p device.Person
	for i := range len(c.packed) + 1 {
		block := c.block
		if i < len(c.packed) {
			var err error
			if plain, err = s2.Decode(plain[:cap(plain)], c.packed[i]); err != nil {
				panic(fmt.Sprintf("people: what was packed here does not unpack: %v", err))
			}
			block = plain
			if c.last {
				c.packed[i] = nil
			}
		}
		texts, at := string(block), 0
		number := func() int {
			number, size := binary.Uvarint(block[at:])
			at += size
			return int(number)
		}
		text := func() string {
			size := number()
			at += size
			return texts[at-size : at]
		}
		for at < len(block) {
			sheet, row := number(), number()
			p = device.Person{Source: device.Source{Row: row}}
			p.Department, p.Manager, p.ManagerEmail = c.words[number()], c.words[number()], c.words[number()]
			p.Username, p.Email, p.Name, p.DN = text(), text(), text(), text()
			if !yield(sheet, &p) {
				return
			}
		}
	}
}
