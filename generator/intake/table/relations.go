package table

import (
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/intake/table/ooxml"
	"example.org/cutoff/generator/problem"
)

// relation is a line of a part's relations to others.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// kind gives the last part of the type, which is the same in the two dialects
// of the format, transitional and strict.
func (r relation) kind() string { return path.Base(r.Type) }

// part gives the name of the part that the relation leads to.
func (r relation) part(from string) string {
	target := strings.ReplaceAll(r.Target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir(from), target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// relationsPart names the part that holds the relations of another; "" stands
// for the file as a whole.
func relationsPart(part string) string {
	if part == "" {
		return "_rels/.rels"
	}
	return strings.TrimPrefix(path.Join(path.Dir(part), "_rels", path.Base(part)+".rels"), "/")
}

func (b *workbook) relations(part string) ([]relation, error) {
	var list struct {
		Relations []relation `xml:"Relationship"`
	}
	err := b.decode(relationsPart(part), &list)
	return list.Relations, err
}

// mainPart finds the part that lists the sheets.
func (b *workbook) mainPart() (string, error) {
	relations, err := b.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if r.kind() == "officeDocument" {
			return r.part(""), nil
		}
	}
	return "", ooxml.Unrecognised("found a zip archive without a workbook, want a CSV or XLSX export")
}

// sheetList is the workbook's main part.
type sheetList struct {
	Properties []struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []listedSheet `xml:"sheets>sheet"`
}

type listedSheet struct {
	Name  string     `xml:"name,attr"`
	State string     `xml:"state,attr"`
	Attrs []xml.Attr `xml:",any,attr"`
}

// relation gives the identity of the relation that leads to the sheet. Its
// namespace differs between the dialects; sheets have no other attribute id.
func (s listedSheet) relation() string {
	for _, a := range s.Attrs {
		if a.Name.Local == "id" {
			return a.Value
		}
	}
	return ""
}

func (l *sheetList) date1904() bool {
	for _, p := range l.Properties {
		if boolean([]byte(p.Date1904)) {
			return true
		}
	}
	return false
}

func (b *workbook) sheetList(main string) (*sheetList, error) {
	var list sheetList
	if err := b.decode(main, &list); err != nil {
		return nil, err
	}
	return &list, nil
}

// decode reads a small part as a whole, after it was found to be well-formed.
func (b *workbook) decode(name string, into any) error {
	var text []byte
	if err := b.read(name, func(r io.Reader) (err error) {
		text, err = io.ReadAll(io.LimitReader(r, maxSmallPart+1))
		return err
	}); err != nil {
		return err
	}
	if len(text) > maxSmallPart {
		return ooxml.TooLarge("found part %s of more than %s, want less", problem.Quote(name), problem.Size(maxSmallPart))
	}
	return decodeXML(text, into)
}

// decodeXML reads a small document into a struct after it was checked.
func decodeXML(text []byte, into any) error {
	if err := ooxml.NewReader(bytes.NewReader(text)).Drain(); err != nil {
		return err
	}
	if charset.UTF16Order(text) != nil {
		utf8Text, err := io.ReadAll(charset.NewDecoder(bytes.NewReader(text), text, charset.Encoding{}))
		if err != nil {
			return ooxml.Damaged("found text that cannot be decoded, want XML")
		}
		text = utf8Text
	}
	decoder := xml.NewDecoder(bytes.NewReader(text))
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	if err := decoder.Decode(into); err != nil {
		return ooxml.Damaged("found XML that cannot be read, want a workbook")
	}
	return nil
}
