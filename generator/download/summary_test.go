package download

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
)

func TestSummary(t *testing.T) {
	text := render(t, small())["data/summary.json"]
	if !strings.HasPrefix(text, "{\n  \"as_of\": \"2020-01-15\",\n  \"phase\": \"approaching\",\n  \"days_left\": 20,") || !strings.HasSuffix(text, "\n}\n") {
		t.Errorf("form of the file:\n%s", text)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"devices": 9.0, "affected": 3.0, "open": 2.0, "waived": 1.0, "problems": 3.0, "newest": "2020-01-14",
		"network_confirmed_on": nil, "forced": []any{},
		"tool":              map[string]any{"name": "cutoff", "version": "1.2.3"},
		"port_statuses":     map[string]any{"retired": 8.0, "allowed": 0.0, "unverified": 1.0},
		"destination_kinds": map[string]any{"cloud": 0.0, "mixed": 9.0, "on-premises": 0.0, "unclassified": 0.0},
		"versions": []any{
			map[string]any{"version": nil, "status": "unknown", "devices": 1.0},
			map[string]any{"version": "6.8.8", "status": "connects", "devices": 8.0},
		},
		"inputs": []any{map[string]any{"file": "exports/a.csv", "kind": "report", "sha256": strings.Repeat("ab", 32), "bytes": 4711.0,
			"rows": 12.0, "devices": 9.0, "merged": 1.0, "rejected": 1.0, "other": 1.0}},
	} {
		if diff := cmp.Diff(want, got[key]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	departments := map[string]string{}
	for _, department := range got["departments"].([]any) {
		d := department.(map[string]any)
		departments[d["slug"].(string)] = fmt.Sprint(d["name"], " ", d["devices"], " ", d["affected"], " ", d["open"], " ", d["waived"], " ", len(d["verdicts"].(map[string]any)))
	}
	want := map[string]string{"slug-0": "Büro/Süd 4 1 1 0 9", "slug-1": "Sales 5 2 1 1 9", "slug-2": "Empty 0 0 0 0 9"}
	if diff := cmp.Diff(want, departments); diff != "" {
		t.Errorf("departments (-want +got):\n%s", diff)
	}
}

func TestCompact(t *testing.T) {
	line, err := json.Marshal(ResultJSON{4, Summary(small()), nil})
	if err != nil || !strings.HasPrefix(string(line), `{"status":4,"as_of":"2020-01-15",`) || strings.Contains(string(line), "\n") {
		t.Errorf("%s, %v", line, err)
	}
	var compact map[string]any
	if err := json.Unmarshal(line, &compact); err != nil {
		t.Fatal(err)
	}
	delete(compact, "status")
	delete(compact, "pace")
	var file map[string]any
	if err := json.Unmarshal([]byte(render(t, small())["data/summary.json"]), &file); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(file, compact); diff != "" {
		t.Errorf("against the file (-file +compact):\n%s", diff)
	}
}

// schema is the part of JSON Schema that summary.schema.json uses. Any other
// keyword fails the test.
type schema struct {
	Schema      string             `json:"$schema"`
	Title       string             `json:"title"`
	Description string             `json:"description"`
	Type        any                `json:"type"`
	Required    []string           `json:"required"`
	Properties  map[string]*schema `json:"properties"`
	Items       *schema            `json:"items"`
	Enum        []any              `json:"enum"`
	Pattern     string             `json:"pattern"`
	Minimum     *float64           `json:"minimum"`
	Maximum     *float64           `json:"maximum"`
	AnyOf       []*schema          `json:"anyOf"`
	Ref         string             `json:"$ref"`
	Defs        map[string]*schema `json:"$defs"`
}

type validator struct {
	root  *schema
	known bool            // whether a property that the schema does not name is a fault
	used  map[string]bool // paths of properties that occurred
}

func (v *validator) check(at string, s *schema, value any) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, at+": "+fmt.Sprintf(format, args...)) }
	if s.Ref != "" {
		name, _ := strings.CutPrefix(s.Ref, "#/$defs/")
		if v.root.Defs[name] == nil {
			fault("found no %s", s.Ref)
			return faults
		}
		faults = append(faults, v.check(at, v.root.Defs[name], value)...)
	}
	if s.Type != nil && !slices.ContainsFunc(types(s.Type), func(kind string) bool { return isType(kind, value) }) {
		fault("found %v, want %v", value, s.Type)
	}
	if s.Enum != nil && !slices.Contains(s.Enum, value) {
		fault("found %v, want one of %v", value, s.Enum)
	}
	if text, ok := value.(string); ok && s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(text) {
		fault("found %q, want %s", text, s.Pattern)
	}
	if number, ok := value.(float64); ok && (s.Minimum != nil && number < *s.Minimum || s.Maximum != nil && number > *s.Maximum) {
		fault("found %v, want it in range", number)
	}
	if s.AnyOf != nil && !slices.ContainsFunc(s.AnyOf, func(one *schema) bool { return v.check(at, one, value) == nil }) {
		fault("found %v, want one of several forms", value)
	}
	switch value := value.(type) {
	case map[string]any:
		for _, key := range s.Required {
			if _, there := value[key]; !there {
				fault("found no %s", key)
			}
		}
		for key, inner := range value {
			if s.Properties[key] != nil {
				v.used[at+"."+key] = true
				faults = append(faults, v.check(at+"."+key, s.Properties[key], inner)...)
			} else if s.Properties != nil && v.known {
				fault("found %s, want it in the schema", key)
			}
		}
	case []any:
		for _, inner := range value {
			if s.Items != nil {
				faults = append(faults, v.check(at+"[]", s.Items, inner)...)
			}
		}
	}
	return faults
}

func types(kind any) []string {
	if list, ok := kind.([]any); ok {
		var all []string
		for _, one := range list {
			all = append(all, one.(string))
		}
		return all
	}
	return []string{kind.(string)}
}

func isType(kind string, value any) bool {
	switch value := value.(type) {
	case nil:
		return kind == "null"
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case float64:
		return kind == "number" || kind == "integer" && value == float64(int64(value))
	case []any:
		return kind == "array"
	}
	return kind == "object"
}

// names lists every property of the schema, and those that must be there.
func (v *validator) names(at string, s *schema, all, required map[string]bool) {
	if s.Ref != "" {
		v.names(at, v.root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")], all, required)
	}
	for key, inner := range s.Properties {
		all[at+"."+key] = true
		v.names(at+"."+key, inner, all, required)
	}
	for _, key := range s.Required {
		required[at+"."+key] = true
	}
	if s.Items != nil {
		v.names(at+"[]", s.Items, all, required)
	}
}

func readSchema(t *testing.T) *schema {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(summarySchema))
	decoder.DisallowUnknownFields()
	var s schema
	if err := decoder.Decode(&s); err != nil {
		t.Fatal(err)
	}
	if s.Schema != "https://json-schema.org/draft/2020-12/schema" {
		t.Errorf("draft: %q", s.Schema)
	}
	return &s
}

func TestSchema(t *testing.T) {
	root := readSchema(t)
	v := &validator{root: root, known: true, used: map[string]bool{}}
	confirmed := small()
	confirmed.Config.Network = &config.Confirmation{By: "Net", On: asOf}
	confirmed.Forced = []string{"too few"}
	for name, in := range map[string]Input{
		"small": small(), "large": large(300, 3), "confirmed": confirmed,
		"empty": {Fleet: grouped(nil), Policy: small().Policy, Config: &config.Config{}, Tool: publish.Tool{Name: "cutoff"}},
	} {
		line, err := json.Marshal(ResultJSON{0, Summary(in), nil})
		if err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal(line, &value); err != nil {
			t.Fatal(err)
		}
		for _, fault := range v.check("", root, value) {
			t.Errorf("%s: %s", name, fault)
		}
	}
	// The other way round: the schema names nothing that is never written, and
	// everything but the status and the pace is always there.
	all, required := map[string]bool{}, map[string]bool{}
	v.names("", root, all, required)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(all)), slices.Sorted(maps.Keys(v.used))); diff != "" {
		t.Errorf("properties (-schema +written):\n%s", diff)
	}
	required[".status"], required[".pace"] = true, true
	if diff := cmp.Diff(all, required); diff != "" {
		t.Errorf("required (-all +required):\n%s", diff)
	}
	for _, verdict := range policy.Verdicts() {
		if root.Defs["verdicts"].Properties[string(verdict)] == nil {
			t.Errorf("the schema has no verdict %s", verdict)
		}
	}
}

// The validator must find faults, or the test above could not fail.
func TestSchemaRefuses(t *testing.T) {
	root := readSchema(t)
	for name, edit := range map[string]func(map[string]any){
		"a missing key":     func(m map[string]any) { delete(m, "open") },
		"a negative count":  func(m map[string]any) { m["open"] = -1.0 },
		"a fraction":        func(m map[string]any) { m["open"] = 1.5 },
		"a text":            func(m map[string]any) { m["open"] = "1" },
		"another phase":     func(m map[string]any) { m["phase"] = "later" },
		"another day":       func(m map[string]any) { m["as_of"] = "15.01.2020" },
		"a number for null": func(m map[string]any) { m["newest"] = 1.0 },
		"a missing verdict": func(m map[string]any) { delete(m["verdicts"].(map[string]any), "ready") },
		"a hash cut short":  func(m map[string]any) { m["inputs"].([]any)[0].(map[string]any)["sha256"] = "ab" },
	} {
		var value map[string]any
		if err := json.Unmarshal([]byte(render(t, small())["data/summary.json"]), &value); err != nil {
			t.Fatal(err)
		}
		edit(value)
		v := &validator{root: root, used: map[string]bool{}}
		if v.check("", root, value) == nil {
			t.Errorf("%s passes", name)
		}
	}
}
