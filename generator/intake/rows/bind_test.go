package rows

import (
	"reflect"
	"testing"
)

// Fields are found by their columns' names, in any order. A column without a field
// is dropped.
func TestBind(t *testing.T) {
	type person struct {
		Email string `csv:"email"`
		Name  string `csv:"name"`
		City  string `csv:"city"`
	}
	got, fields, err := bind[person]([]string{"name", "age", "email"})
	if err != nil {
		t.Fatal(err)
	}
	for i, cell := range []string{"Ann", "40", "ann@corp.example"} {
		*fields[i] = cell
	}
	if want := (&person{Name: "Ann", Email: "ann@corp.example"}); !reflect.DeepEqual(got, want) {
		t.Errorf("found %+v, want %+v", got, want)
	}
}
