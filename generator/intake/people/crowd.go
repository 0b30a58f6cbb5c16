package people

import (
	"encoding/binary"
	"fmt"

	"github.com/klauspost/compress/s2"

	"example.org/cutoff/generator/device"
)

// crowd keeps all people compressed, in the order of their rows. Only when all are
// read is it known which of them the fleet needs, since a manager may come after
// the people that name them. A million people with 80 MB of texts take 10 MB, and
// each pass through them takes a tenth of a second.
type crowd struct {
	packed [][]byte
	block  []byte // the last ones, not yet packed
	words  []string
	places map[string]uint64 // the index of each word in words
	people int
	// last says that the next pass is the last one, so each block is freed once it
	// is unpacked.
	last bool
}

const crowdBlock = 256 << 10

// add adds a person. Departments and managers are stored once, since many people
// share them.
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

// all yields everybody with the number of their sheet, in one Person that it fills
// again and again. Texts share memory with those of many others: clone a text to
// keep it.
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
