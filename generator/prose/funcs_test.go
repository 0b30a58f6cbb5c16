package prose

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"text/template"
	"time"

	"github.com/Masterminds/sprig/v3"
	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
)

func TestTemplateFuncs(t *testing.T) {
	look := config.Look{Dates: "02.01.2006", Thousands: "'"}
	day := calendar.New(2020, time.February, 4)
	for _, tt := range []struct{ name, text, want string }{
		{"a day in the organisation's form", `{{date .Day}}`, "04.02.2020"},
		{"a day of a text's facts", `{{date .Date}}`, "04.02.2020"},
		{"no day", `{{date .NoDay}}`, ""},
		{"a small number", `{{number 999}}`, "999"},
		{"a number in the organisation's form", `{{number 1234567}}`, "1'234'567"},
		{"a negative number", `{{number -1234}}`, "-1'234"},
		{"one of them", `{{plural "day" "days" 1}}`, "day"},
		{"none of them", `{{plural "day" "days" 0}}`, "days"},
		{"many, by a pipe", `{{2 | plural "day" "days"}}`, "days"},
		{"no device", `{{devices 0}}`, "no devices"},
		{"one device", `{{devices 1}}`, "1 device"},
		{"many devices", `{{devices 1000}}`, "1'000 devices"},
		{"text that fits", `{{truncRunes 3 "Zoë"}}`, "Zoë"},
		{"text cut between characters", `{{truncRunes 3 "Zoëë"}}`, "Zo…"},
		{"text cut to nothing", `{{truncRunes 0 "Zoë"}}`, ""},
		{"a list of none", `{{joinAnd (list)}}`, ""},
		{"sprig's list", `{{joinAnd (list "a" 2)}}`, "a and 2"},
		{"a list of one", `{{joinAnd .One}}`, "a"},
		{"a list of three", `{{joinAnd .Three}}`, "a, b and c"},
		{"a choice of ports", `{{joinOr .Ports}}`, "443 or 4287"},
		{"versions", `{{joinOr .Versions}}`, "4.8 or 4.9"},
		{"sprig's own", `{{"a" | upper | quote}} {{ternary "b" "c" true}}`, `"A" b`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parsed, err := template.New("t").Funcs(Funcs(look)).Parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			if err := parsed.Execute(&out, map[string]any{
				"Day": day, "Date": newDate(NewWords(look), day), "NoDay": calendar.Day{},
				"One": []string{"a"}, "Three": []string{"a", "b", "c"},
				"Ports": Ports{443, 4287}, "Versions": Versions{"4.8", "4.9"},
			}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, out.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWordsWithoutAForm(t *testing.T) {
	w := NewWords(config.Look{})
	if got := w.Day(calendar.New(2020, time.February, 4)) + ", " + w.Number(12345); got != "4 February 2020, 12345" {
		t.Errorf("found %q, want the usual form of a day, and nothing between thousands", got)
	}
}

// fromSprig is what templates may call of sprig. When a new version of sprig
// brings a function, somebody looks at it before templates get it.
var fromSprig = strings.Fields(`
add add1 add1f addf adler32sum all any append atoi b32dec b32enc b64dec b64enc base biggest camelcase cat ceil
chunk clean coalesce compact concat contains deepCopy deepEqual default dict dig dir div divf duration empty ext
fail first float64 floor fromJson get has hasKey hasPrefix hasSuffix hello initial initials int int64 isAbs
join kebabcase kindIs kindOf last list lower max maxf min minf mod mul mulf mustAppend mustChunk mustCompact
mustDeepCopy mustFirst mustFromJson mustHas mustInitial mustLast mustPrepend mustPush mustRegexFind
mustRegexFindAll mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse
mustSlice mustToJson mustToPrettyJson mustToRawJson mustUniq mustWithout nospace omit pick pluck prepend push quote
regexFind regexFindAll regexMatch regexQuoteMeta regexReplaceAll regexReplaceAllLiteral regexSplit replace rest
reverse round semver semverCompare sha1sum sha256sum sha512sum slice snakecase sortAlpha split splitList splitn
squote sub subf swapcase ternary title toDecimal toJson toPrettyJson toRawJson toString toStrings trim trimAll
trimPrefix trimSuffix trimall tuple typeIs typeIsLike typeOf uniq untitle upper urlJoin urlParse without wrap wrapWith`)

func TestTemplateFuncsAreRepeatable(t *testing.T) {
	own := []string{"date", "devices", "joinAnd", "joinOr", "number", "plural", "truncRunes"}
	want := slices.Sorted(slices.Values(append(slices.Clone(fromSprig), own...)))
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(Funcs(config.Look{})))); diff != "" {
		t.Errorf("functions of templates:\n%s", diff)
	}
}

func TestEveryWithheldFunctionIsSprigs(t *testing.T) {
	all := sprig.HermeticHtmlFuncMap()
	for _, name := range withheld {
		if all[name] == nil {
			t.Errorf("found %q withheld, want a function that sprig has", name)
		}
	}
}
