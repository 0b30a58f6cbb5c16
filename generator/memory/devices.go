package memory

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"example.org/cutoff/generator/calendar"
)

// devicesName is the file with the log of changes.
const devicesName = "devices.txt"

// entry says what a device was from a night on, up to the next entry.
type entry struct {
	night   int // among the nights of the log
	present bool
	// facts are the last known ones if the device is not present.
	facts Facts
	// end is where the entry's line ends in the story's text.
	end int
}

// story is one device's part of the log.
type story struct {
	key     string
	entries []entry // by night
	text    string  // the lines as they are in the log
}

// at gives the device on a night, from the last entry that is not later. It is nil
// before the first entry, and if no report had the device.
func (s *story) at(night int) *Facts {
	for i := len(s.entries) - 1; i >= 0; i-- {
		if e := &s.entries[i]; e.night <= night {
			if e.present {
				return &e.facts
			}
			return nil
		}
	}
	return nil
}

// stories reads the log device by device.
type stories struct {
	in     *bufio.Reader
	nights map[string]int // by date
	// line counts the lines that were read. pending is the first line of the next
	// device.
	line    int
	pending string
	more    bool
	buffer  []byte
	story   story
}

func newStories(r io.Reader, nights []calendar.Day) (*stories, error) {
	s := &stories{in: bufio.NewReaderSize(r, 256<<10), nights: make(map[string]int, len(nights))}
	for i, night := range nights {
		s.nights[night.String()] = i
	}
	first, err := s.readLine()
	if err == nil && len(first) > 0 && first[0] == '\t' {
		err = damaged(devicesName, 1, "a line of no device", "the name of one")
	}
	s.pending, s.more = string(first), len(first) > 0
	return s, err
}

// readLine gives the next line without its newline; an empty one at the end of the
// log. It is valid until the next call.
func (s *stories) readLine() ([]byte, error) {
	line, err := s.in.ReadSlice('\n')
	s.line++
	switch {
	case err == nil && len(line) > 1:
		return line[:len(line)-1], nil
	case errors.Is(err, io.EOF) && len(line) == 0:
		return nil, nil
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, damaged(devicesName, s.line, "a line without an end", "shorter ones")
	case err == nil || errors.Is(err, io.EOF):
		return nil, damaged(devicesName, s.line, "an empty or cut line", "whole ones")
	}
	return nil, err
}

// next gives the next device's story, which is valid until the next call; nil at
// the end.
func (s *stories) next() (*story, error) {
	if !s.more {
		return nil, nil
	}
	key, first := s.pending, s.line
	s.buffer = s.buffer[:0]
	for {
		line, err := s.readLine()
		if err != nil {
			return nil, err
		}
		if len(line) == 0 || line[0] != '\t' {
			s.pending, s.more = string(line), len(line) > 0
			break
		}
		s.buffer = append(append(s.buffer, line...), '\n')
	}
	if s.more && compareKeys(key, s.pending) >= 0 {
		return nil, damaged(devicesName, s.line, "a device out of order", "them in order")
	}
	s.story = story{key: key, text: string(s.buffer), entries: s.story.entries[:0]}
	if fault := s.read(); fault >= 0 {
		return nil, damaged(devicesName, first+1+fault, "a line that is none of a device", "the night and what changed")
	}
	return &s.story, nil
}

// read parses the story's lines. It gives the number of the first wrong line, from
// 0; -1 if all are right.
func (s *stories) read() int {
	var facts Facts
	last, end := -1, 0
	for n := 0; end < len(s.story.text); n++ {
		start := end
		end = start + strings.IndexByte(s.story.text[start:], '\n') + 1
		date, rest, found := strings.Cut(s.story.text[start+1:end-1], "\t")
		night, known := s.nights[date]
		if !found || !known || night <= last {
			return n
		}
		present, ok := applyLine(rest, &facts)
		if !ok || !present && last < 0 {
			return n
		}
		s.story.entries = append(s.story.entries, entry{night, present, facts, end})
		last = night
	}
	if last < 0 {
		return 0
	}
	return -1
}

// appendEntries appends the lines of rest, which follow the kept entries.
func appendEntries(dst []byte, kept, rest []entry, dates []string) []byte {
	var known Facts
	present := false
	if len(kept) > 0 {
		known, present = kept[len(kept)-1].facts, kept[len(kept)-1].present
	}
	seen := len(kept) > 0
	for i := range rest {
		e := &rest[i]
		dst = append(append(dst, '\t'), dates[e.night]...)
		switch {
		case !e.present:
			dst = append(append(dst, '\t'), gone...)
		case seen && !present:
			dst = append(append(dst, '\t'), back...)
		}
		if e.present {
			dst = appendFields(dst, &known, &e.facts)
			known = e.facts
		}
		present, seen = e.present, true
		dst = append(dst, '\n')
	}
	return dst
}
