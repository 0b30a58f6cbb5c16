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

// relation is a relation of one part of a workbook to another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// kind gives the last element of the type. It is the same in both dialects of the
// format, transitional and strict.
func (r relation) kind() string { return path.Base(r.Type) }

// part gives the name of the target part of a relation of the part from.
func (r relation) part(from string) string {
	target := strings.ReplaceAll(r.Target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir(from), target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// relationsPart gives the name of the part that holds a part's relations; "" is the
// file as a whole.
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

// relation gives the ID of the sheet's relation. The attribute's namespace is not
// looked at: it differs between the dialects, and sheets have no other attribute
// id.
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

// decode reads a small part into a struct. It refuses a part that is too large or
// not well-formed.
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

// decodeXML checks that a small document is well-formed and reads it into a struct.
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
