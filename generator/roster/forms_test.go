package roster

import (
	"testing"

	"example.org/cutoff/generator/device"
)

func TestForms(t *testing.T) {
	devices := []*device.Device{
		{Username: "ann.lee@corp.example"}, {Username: "bob.ray@corp.example"}, {Username: "Zoë"}, {Username: "dev-0042", Email: "bob.ray@corp.example"},
		{Username: "CORP\\ann"}, {},
	}
	want := `the reports have forms such as "xxx.xxx@xxxx.xxxxxxx", "XXXX\\xxx", "Xxx", the roster such as none`
	if got := Forms(devices, nil); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	people := []device.Person{{Username: "12345", Email: "a@b.example"}, {Username: "54321"}}
	want = `the reports have forms such as none, the roster such as "99999", "x@x.xxxxxxx"`
	if got := Forms(nil, people); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}
