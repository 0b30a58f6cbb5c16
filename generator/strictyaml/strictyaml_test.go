package strictyaml_test

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/strictyaml"
)

// pet is a made-up kind of file with a key of every form.
type pet struct {
	Name     string
	Tame     bool
	Legs     int
	Born     calendar.Day
	Nap      int
	Share    float64
	Food     int64
	Size     string
	Page     string
	Networks []netip.Prefix
	Tricks   []string
	Toys     []string
	Names    map[string]string
	Gap      string
}

func readPet(text string) (pet, error) {
	doc := strictyaml.Read("pet.yaml", []byte(text), problem.BadSetting)
	m := doc.Root()
	p := pet{
		Name:   m.Need("name", "what it is called").Text(),
		Tame:   m.At("tame").Bool(true),
		Legs:   m.At("legs").Int(4, 0, 100),
		Born:   m.At("born").Day(),
		Nap:    m.At("nap").Days(1, 0),
		Share:  m.At("share").Share(0.5),
		Food:   m.At("food").Bytes(7),
		Size:   m.At("size").OneOf("small", "small", "large", "huge"),
		Page:   m.At("page").Link(),
		Tricks: m.At("tricks").Texts(),
		Gap:    m.At("gap").Verbatim(),
	}
	for _, v := range m.At("networks").List() {
		p.Networks = append(p.Networks, v.Prefix())
	}
	for _, toy := range m.At("toys").Mappings() {
		p.Toys = append(p.Toys, toy.Need("kind", "ball or rope").Text())
	}
	m.At("names").Mapping().Each(func(name, v strictyaml.Value) {
		if p.Names == nil {
			p.Names = map[string]string{}
		}
		p.Names[name.Text()] = v.Text()
	})
	return p, doc.Err()
}

func TestReadsEveryForm(t *testing.T) {
	got, err := readPet("\ufeff" + `
name: "Rex"
tame: false
legs: 3
born: 2019-10-03
nap: 30d
share: 2.5%
food: 1GiB
size: huge
page: https://example.org/rex?a=b
networks: [198.51.100.0/24, 2001:db8::1]
tricks: sit
toys:
  - kind: ball
names: {fr: Médor, "1": 900123}
gap: ""
`)
	if err != nil {
		t.Fatal(err)
	}
	want := pet{
		Name: "Rex", Legs: 3, Born: calendar.New(2019, 10, 3), Nap: 30, Share: 0.025, Food: 1 << 30, Size: "huge",
		Page:     "https://example.org/rex?a=b",
		Networks: []netip.Prefix{netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("2001:db8::1/128")},
		Tricks:   []string{"sit"}, Toys: []string{"ball"}, Names: map[string]string{"fr": "Médor", "1": "900123"},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b calendar.Day) bool { return a == b }), cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
}

func TestFallsBackWithoutKeys(t *testing.T) {
	got, err := readPet("name: Rex\nlegs:\ntricks: ~\n")
	if err != nil {
		t.Fatal(err)
	}
	want := pet{Name: "Rex", Tame: true, Legs: 4, Nap: 1, Share: 0.5, Food: 7, Size: "small"}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b calendar.Day) bool { return a == b })); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
}

func TestNamesEveryFault(t *testing.T) {
	const keys = "name, tame, legs, born, nap, share, food, size, page, tricks, gap, networks, toys, names"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"empty file", "", []string{"pet.yaml: found nothing but space and comments, want keys with values"}},
		{"comments alone", "# a\n\n# b\n", []string{"pet.yaml: found nothing but space and comments, want keys with values"}},
		{"an empty document", "---\n", []string{`pet.yaml:2:1: found nothing, want keys with values`}},
		{"a list at the top", "- name\n", []string{"pet.yaml:1:1: found a list, want keys with values"}},
		{"a word at the top", "rex\n", []string{`pet.yaml:1:1: found "rex", want keys with values`}},
		{"second document", "name: a\n---\nname: b\n", []string{"pet.yaml:2:1: found a second document, want one"}},
		{"no UTF-8", "name: caf\xe9\n", []string{"pet.yaml:1:10: found byte 0xE9, want UTF-8 text"}},
		{"UTF-16", "\xff\xfen\x00", []string{"pet.yaml: found UTF-16, want UTF-8"}},
		{"NUL", "name: a\nlegs: \x00\n", []string{"pet.yaml:2:7: found control character U+0000, want UTF-8 text"}},
		{"terminal escape", "name: a\x1b[31m\n", []string{"pet.yaml:1:8: found control character U+001B, want UTF-8 text"}},
		{"too large", "name: a #" + strings.Repeat("x", strictyaml.SizeLimit), []string{"pet.yaml: found 1048585 bytes, want at most 1048576"}},
		{"tab in the indentation", "names:\n  a: b\n\tc: d\n", []string{"pet.yaml:3:1: found a tab in the indentation, want spaces"}},
		{"quote left open", "name: 'Rex\nlegs: 3\n", []string{"pet.yaml:3:1: found broken YAML (found unexpected end of stream while scanning a quoted scalar), want keys with values"}},
		{"two colons", "name: a: b\n", []string{"pet.yaml:1:8: found broken YAML (mapping values are not allowed in this context), want a value with a colon and a blank in it in quotes, or the key on a line of its own"}},
		{"a glob without quotes", "name: *.csv\n", []string{`pet.yaml:1:7: found broken YAML (unknown anchor '.csv' referenced), want a value that begins with * in quotes: "*.csv"`}},
		{"a path of Windows between double quotes", `name: "C:\data\x.csv"`, []string{"pet.yaml:1:10: found broken YAML (found unknown escape character while scanning a quoted scalar), want a path with / in it, or in single quotes: between double ones \\ begins a character"}},
		{"one whose escapes are known", `name: "C:\exports\new.csv"`, []string{`pet.yaml:1:7: name: found "C:\x1bxports\new.csv", want one line of text; between double quotes \ begins a character: write a path with /, or in single ones`}},
		{"no blank behind the colon", "name:Rex\n", []string{`pet.yaml:1:1: found "name:Rex", want keys with values, and a blank behind each colon`}},
		{"unknown keys, near and far", "name: a\nlesg: 3\nunheard-of: 1\n", []string{
			`pet.yaml:2:1: found unknown key "lesg" (did you mean "legs"?), want one of ` + keys,
			`pet.yaml:3:1: found unknown key "unheard-of", want one of ` + keys,
		}},
		{"unknown key inside a list", "name: a\ntoys:\n  - kind: ball\n    colour: red\n", []string{
			`pet.yaml:4:5: toys[0]: found unknown key "colour", want one of kind`,
		}},
		{"key twice", "name: a\nlegs: 3\nname: b\n", []string{`pet.yaml:3:1: found key "name" again (first on line 1), want it once`}},
		{"needed key missing", "legs: 3\n", []string{`pet.yaml:1:1: name: found no key "name", want what it is called`}},
		{"needed key empty", "legs: 3\nname:\n", []string{`pet.yaml:2:1: name: found nothing, want what it is called`}},
		{"needed text blank", "name: ' '\n", []string{`pet.yaml:1:7: name: found "", want one line of text`}},
		{"text of several lines", "name: |\n  a\n  b\n", []string{`pet.yaml:1:7: name: found "a\nb", want one line of text`}},
		{"text that turns its line around", "name: \"a\\u202eb\"\n", []string{`pet.yaml:1:7: name: found "a\u202eb", want one line of text; between double quotes \ begins a character: write a path with /, or in single ones`}},
		{"a list for text", "name: [a]\n", []string{`pet.yaml:1:7: name: found a list, want text`}},
		{"words for numbers", "name: a\nlegs: four\nnap: 30\nshare: 0.05\nfood: 1 gibibyte\n", []string{
			`pet.yaml:2:7: legs: found "four", want a number from 0 to 100`,
			`pet.yaml:3:6: nap: found "30", want a number of days from 0d to 36500d`,
			`pet.yaml:4:8: share: found "0.05", want a share from 0% to 100%`,
			`pet.yaml:5:7: food: found "1 gibibyte", want a size such as 1GiB or 512MiB`,
		}},
		{"numbers out of bounds", "name: a\nlegs: 101\nnap: 40000d\nshare: 101%\nfood: 9000000TiB\n", []string{
			`pet.yaml:2:7: legs: found "101", want a number from 0 to 100`,
			`pet.yaml:3:6: nap: found "40000d", want a number of days from 0d to 36500d`,
			`pet.yaml:4:8: share: found "101%", want a share from 0% to 100%`,
			`pet.yaml:5:7: food: found "9000000TiB", want a size such as 1GiB or 512MiB`,
		}},
		{"odd shares", "name: a\nshare: NaN%\n", []string{`pet.yaml:2:8: share: found "NaN%", want a share from 0% to 100%`}},
		{"yes for true", "name: a\ntame: yes\n", []string{`pet.yaml:2:7: tame: found "yes", want true or false`}},
		{"true in quotes", "name: a\ntame: 'true'\n", []string{`pet.yaml:2:7: tame: found "true", want true or false`}},
		{"a day that is none", "name: a\nborn: 2019-02-30\n", []string{`pet.yaml:2:7: born: found "2019-02-30", want a date like 2020-02-04`}},
		{"another word", "name: a\nsize: tiny\n", []string{`pet.yaml:2:7: size: found "tiny", want one of small, large, huge`}},
		{"a script for a link", "name: a\npage: javascript:alert(1)\n", []string{`pet.yaml:2:7: page: found "javascript:alert(1)", want a link that begins with https:, http: or mailto:`}},
		{"networks", "name: a\nnetworks: [198.51.100.7/24, nowhere, 1.2.3.4/33]\n", []string{
			`pet.yaml:2:12: networks[0]: found "198.51.100.7/24", want the network's first address, 198.51.100.0/24`,
			`pet.yaml:2:29: networks[1]: found "nowhere", want an address or a network like 198.51.100.0/24`,
			`pet.yaml:2:38: networks[2]: found "1.2.3.4/33", want an address or a network like 198.51.100.0/24`,
		}},
		{"a hole in a list", "name: a\ntricks:\n  - sit\n  -\n", []string{`pet.yaml:4:4: tricks[1]: found nothing, want a value`}},
		{"mappings and lists mixed up", "name: a\ntricks: {a: b}\ntoys: ball\nnames: [a]\n", []string{
			`pet.yaml:2:9: tricks: found a mapping, want a list`,
			`pet.yaml:3:7: toys: found "ball", want a list of keys with values`,
			`pet.yaml:4:8: names: found a list, want keys with values`,
		}},
		{"anchor and alias", "name: &n a\ngap: *n\n", []string{
			`pet.yaml:1:7: name: found an anchor, want the value alone`,
			`pet.yaml:2:6: gap: found an alias, want the value itself`,
		}},
		{"merge key", "name: a\n<<: {legs: 3}\n", []string{`pet.yaml:2:1: found "<<" as a key, want a word`}},
		{"list as a key", "name: a\n? [b]\n: c\n", []string{`pet.yaml:2:3: found a list as a key, want a word`}},
		{"tags", "name: !!binary YQ==\nlegs: !pet 3\n", []string{
			`pet.yaml:1:7: name: found a tag, want the value alone`,
			`pet.yaml:2:7: legs: found a tag, want the value alone`,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := readPet(test.text)
			if diff := cmp.Diff(test.want, fixture.Faults(t, err)); diff != "" {
				t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
			}
		})
	}
}

func TestPositions(t *testing.T) {
	doc := strictyaml.Read("a.yaml", []byte("a:\n  b: [c, d]\n"), problem.BadSetting)
	for path, want := range map[string]string{"a": "a.yaml:2:3", "a.b": "a.yaml:2:6", "a.b[1]": "a.yaml:2:10"} {
		if got := doc.Positions()[path].String(); got != want {
			t.Errorf("%s: found %s, want %s", path, got, want)
		}
	}
}

// A file that is made to take much time or memory is refused quickly.
func TestCostlyFiles(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString("a0: &a0 [x]\n")
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&laughs, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	var manyKeys strings.Builder
	for i := range 80_000 {
		fmt.Fprintf(&manyKeys, "key%d: 1\n", i)
	}
	tests := map[string]string{
		"a billion laughs": laughs.String(),
		"deep lists":       "a: " + strings.Repeat("[", 100_000),
		"deep mappings":    "a: " + strings.Repeat("{b: ", 5_000) + "c" + strings.Repeat("}", 5_000),
		"one key often":    strings.Repeat("key: 1\n", 100_000),
		"many keys":        manyKeys.String(),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := readPet(text)
			var problems problem.List
			if !errors.As(err, &problems) {
				t.Fatalf("found error %v, want a list of problems", err)
			}
			if len(problems) > 101 {
				t.Errorf("found %d problems, want them cut short", len(problems))
			}
		})
	}
}
