package report

import (
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/keep"
	"example.org/cutoff/generator/intake/value"
)

// lastWord is the last word of a column. Neighbouring rows often have the same
// word, and comparing is cheaper than looking it up: a sixth of the time of
// reading 138,000 rows.
type lastWord struct{ text string }

func (l *lastWord) keep(words keep.Words, text string) string {
	if text != l.text {
		l.text = words.Keep(text)
	}
	return l.text
}

// version reads a version text, once for all devices that have it: a tenth of
// the time. Versions of workbooks are read each time, because there the same
// text may mean another version.
func (m *merger) version(text string, workbook bool) device.Version {
	if v, ok := m.versions[text]; ok && !workbook {
		return v
	}
	text = m.words.Keep(text)
	v := value.Version(text, workbook)
	if !v.Known && m.anyProduct {
		v = device.ProductVersion(text)
	}
	if !workbook {
		m.versions[text] = v
	}
	return v
}

// systemVersion reads the version of an operating system, once for all devices
// that have it.
func (m *merger) systemVersion(system, version string) device.Version {
	key := [2]string{system, version}
	v, ok := m.systems[key]
	if !ok {
		v = device.SystemVersion(system, version)
		m.systems[key] = v
	}
	return v
}
