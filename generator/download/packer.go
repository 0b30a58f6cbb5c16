package download

import (
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"
	"github.com/xuri/excelize/v2"
)

// packer packs a workbook's parts, and adds the devices' rows to each sheet on
// the way.
type packer struct {
	*zip.Writer
	flate *flate.Writer
	// rows writes the rows that follow the library's own, by the name of the
	// part.
	rows map[string]func(io.Writer) error
	// sheet gathers the part that the library is writing, and is nil when it
	// writes none. part is its name; out is where it goes.
	sheet *bytes.Buffer
	part  string
	out   io.Writer
}

func (p *packer) open(w io.Writer) excelize.ZipWriter {
	p.Writer = zip.NewWriter(w)
	p.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		p.flate.Reset(w) // only one part is packed at a time
		return p.flate, nil
	})
	return p
}

// Create begins a part and finishes the one before.
func (p *packer) Create(name string) (io.Writer, error) {
	if err := p.finishSheet(); err != nil {
		return nil, err
	}
	out, err := p.Writer.Create(name)
	if err != nil || p.rows[name] == nil {
		return out, err
	}
	p.sheet, p.part, p.out = new(bytes.Buffer), name, out
	return p.sheet, nil
}

// Close finishes the last part and the workbook.
func (p *packer) Close() error {
	if err := p.finishSheet(); err != nil {
		return err
	}
	if n := len(p.rows); n > 0 {
		return fmt.Errorf("workbook: found no part for the rows of %d sheets, want one for each", n)
	}
	return p.Writer.Close()
}

// finishSheet writes the gathered sheet, with the devices' rows after those of
// the library.
func (p *packer) finishSheet() error {
	if p.sheet == nil {
		return nil
	}
	end := []byte("</sheetData>")
	head, tail, found := bytes.Cut(p.sheet.Bytes(), end)
	if !found {
		return fmt.Errorf("%s: found no end of the rows, want %s", p.part, end)
	}
	p.sheet = nil
	if _, err := p.out.Write(head); err != nil {
		return err
	}
	if err := p.rows[p.part](p.out); err != nil {
		return err
	}
	delete(p.rows, p.part)
	_, err := p.out.Write(append(end, tail...))
	return err
}
