package download

import "testing"

func TestPlainGUID(t *testing.T) {
	for guid, want := range map[string]bool{
		"839648314463407622":                   true,
		"6f9619ff-8b86-d011-b42d-00cf4fc964ff": true,
		"dev_0001":                             true,
		"site.7:3":                             true,
		"":                                     false,
		"-rf":                                  false,
		"..":                                   false,
		"$(id)":                                false,
		"a;b":                                  false,
		"a b":                                  false,
		"a*":                                   false,
		"~a":                                   false,
		"{a,b}":                                false,
		"gerät":                                false,
		"a\nb":                                 false,
	} {
		if got := plainGUID(guid); got != want {
			t.Errorf("%q: found %t, want %t", guid, got, want)
		}
	}
}
