package config

import (
	"path"

	"github.com/bmatcuk/doublestar/v4"

	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/strictyaml"
)

// EncodedFile says how a file, or every file of a glob, is encoded. "**" is every
// file.
type EncodedFile struct {
	Pattern  string // as in the inputs, relative to the configuration
	Encoding charset.Encoding
}

// Encoding gives the encoding that is set for a file; the zero Encoding for none.
// file is its path relative to the configuration.
func (c *Config) Encoding(file string) charset.Encoding {
	for _, of := range c.Encodings {
		if doublestar.MatchUnvalidated(of.Pattern, file) || doublestar.MatchUnvalidated(of.Pattern, path.Base(file)) {
			return of.Encoding
		}
	}
	return charset.Encoding{}
}

func readEncodings(v strictyaml.Value) (files []EncodedFile) {
	if !v.IsMapping() {
		rest := readEncoding(v)
		if rest.Name == "" {
			return nil
		}
		rest.Rest = true
		return []EncodedFile{{"**", rest}}
	}
	v.Mapping().Each(func(name, encoding strictyaml.Value) {
		pattern := name.Text()
		if !doublestar.ValidatePattern(pattern) {
			name.Want("a path or a glob such as exports/*.csv")
		}
		files = append(files, EncodedFile{path.Clean(pattern), readEncoding(encoding)})
	})
	return files
}

func readEncoding(v strictyaml.Value) charset.Encoding {
	text := v.Text()
	encoding, ok := charset.Find(text)
	if !ok && text != "" {
		v.Want("the name of an encoding, such as shift_jis, gb18030, macintosh or windows-1250")
	}
	return encoding
}
