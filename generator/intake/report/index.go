package report

import "strconv"

// index finds devices by GUID. Nearly every GUID is a number of up to 19 digits,
// of which an entry takes 16 bytes and not 24, and no look at a text to compare.
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

// number gives the number that a GUID is; false where another text would be the
// same number.
func number(guid string) (uint64, bool) {
	if guid == "" || guid[0] < '1' || guid[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseUint(guid, 10, 64)
	return n, err == nil
}
