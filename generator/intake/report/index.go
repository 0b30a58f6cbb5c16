package report

import "strconv"

// index finds devices by GUID. Nearly every GUID is a number of up to 19 digits.
// As a number it takes 16 bytes instead of 24 in the map, and comparing it does
// not touch the text.
type index struct {
	byNumber map[uint64]int32
	byText   map[string]int32
}

func newIndex() index { return index{map[uint64]int32{}, map[string]int32{}} }

func (x index) find(guid string) (int32, bool) {
	if n, ok := number(guid); ok {
		i, known := x.byNumber[n]
		return i, known
	}
	i, known := x.byText[guid]
	return i, known
}

func (x index) add(guid string, i int32) {
	if n, ok := number(guid); ok {
		x.byNumber[n] = i
	} else {
		x.byText[guid] = i
	}
}

// number gives a GUID as a number. It reports false for a text that is none, and
// for one with leading zeros, as two such texts could give the same number.
func number(guid string) (uint64, bool) {
	if guid == "" || guid[0] < '1' || guid[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseUint(guid, 10, 64)
	return n, err == nil
}
