package table

import (
	"fmt"
	"io"
	"runtime"
)

// sheetRows gives the rows of a workbook's sheet. Batches of them are read on
// several processors and given in order.
type sheetRows struct {
	book *workbook
	part string
	name string // of the sheet
	last int    // number of the last row that holds a value

	batches chan *pending
	stop    chan struct{}

	current *pendingResult
	at      int // in current
	number  int // of the row given last
}

// pending is a batch that is being read.
type pending struct{ done chan *pendingResult }

type pendingResult struct {
	numbers []int
	rows    [][]string
	err     error
}

func (s *sheetRows) read() (Row, error) {
	if s.number >= s.last {
		s.current = nil
		return Row{}, io.EOF
	}
	if s.batches == nil {
		if err := s.begin(); err != nil {
			return Row{}, err
		}
	}
	for s.current == nil || s.at == len(s.current.rows) {
		p, ok := <-s.batches
		if !ok {
			return Row{}, s.book.refuse(s.part, s.name, damaged("found %d rows, want %d", s.number, s.last))
		}
		s.current, s.at = <-p.done, 0
		if s.current.err != nil {
			return Row{}, s.book.refuse(s.part, s.name, s.current.err)
		}
	}
	s.number++
	if s.number < s.current.numbers[s.at] {
		return Row{Number: s.number}, nil
	}
	row := Row{Number: s.number, Cells: s.current.rows[s.at]}
	s.at++
	return row, nil
}

// begin starts reading.
func (s *sheetRows) begin() error {
	if err := s.book.loadStrings(); err != nil {
		return err
	}
	workers := min(runtime.GOMAXPROCS(0), 4)
	s.batches, s.stop = make(chan *pending, workers), make(chan struct{})
	s.book.f.closing = append(s.book.f.closing, func() { close(s.stop) })
	go s.cut()
	return nil
}

// cut reads the sheet again and cuts it into batches.
func (s *sheetRows) cut() {
	defer close(s.batches)
	r, err := s.book.open(s.part)
	if err != nil {
		s.send(&pendingResult{err: err})
		return
	}
	defer r.Close()
	scanner := newSheetScanner(r, s.book.shared, s.book.f.limits)
	b := &batch{}
	for scanner.number < s.last {
		found, err := scanner.next()
		if err == nil && !found {
			err = damaged("found %d rows, want %d", scanner.number, s.last)
		}
		if err != nil {
			s.send(&pendingResult{err: err})
			return
		}
		if len(scanner.cells) > 0 {
			b.add(scanner)
		}
		if b.full() || scanner.number >= s.last {
			if !s.sendBatch(b) {
				return
			}
			b = &batch{}
		}
	}
}

// sendBatch has a batch read and puts it in its place in the order. It waits
// while enough batches are on their way, and reports false when nobody waits
// for them any more.
func (s *sheetRows) sendBatch(b *batch) bool {
	p := &pending{done: make(chan *pendingResult, 1)}
	select {
	case s.batches <- p:
	case <-s.stop:
		return false
	}
	go func() {
		result := &pendingResult{numbers: b.numbers}
		defer func() {
			// A panic of the library would end the program from here, past
			// every deferred clean-up of the run.
			if r := recover(); r != nil {
				result.err = fmt.Errorf("excelize: %v", r)
			}
			p.done <- result
		}()
		result.rows, result.err = b.read()
	}()
	return true
}

func (s *sheetRows) send(result *pendingResult) {
	p := &pending{done: make(chan *pendingResult, 1)}
	p.done <- result
	select {
	case s.batches <- p:
	case <-s.stop:
	}
}
