package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/strictyaml"
)

// The JSON Schemas of a configuration and of a policy, with which an editor
// completes and checks, are written from the tables of keys.
func TestSchemas(t *testing.T) {
	for file, keys := range map[string][]strictyaml.Key{
		"../../sample-data/cutoff.schema.json":          config.Keys(),
		"../../sample-data/policies/policy.schema.json": policy.Keys(),
	} {
		root := &schema{Draft: "http://json-schema.org/draft-07/schema#", Type: []string{"object"}, Closed: false, Properties: map[string]*schema{}}
		for _, key := range keys {
			addKey(t, root, key)
		}
		want, err := json.MarshalIndent(root, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, '\n')
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		found, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(found)); diff != "" {
			t.Errorf("%s differs from the table of keys, make update writes it anew (-code +file):\n%s", file, diff)
		}
	}
}

// The sample's files name their schema in the first line.
func TestSamplesNameTheirSchema(t *testing.T) {
	for file, name := range map[string]string{
		"../../sample-data/cutoff.yaml":                       "cutoff.schema.json",
		"../../sample-data/policies/code42-legacy-agent.yaml": "policy.schema.json",
		windowsSample + "policy.yaml":                         "../policy.schema.json",
		windowsSample + "cutoff.yaml":                         "../../cutoff.schema.json",
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if want := "# yaml-language-server: $schema=" + name + "\n"; !strings.HasPrefix(string(text), want) {
			t.Errorf("%s: found another first line, want %q", file, want)
		}
	}
}

// schema is what is used of JSON Schema.
type schema struct {
	Draft       string             `json:"$schema,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        []string           `json:"type,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	Properties  map[string]*schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	// Closed is false where other keys are refused, and the schema of the values
	// where the author chooses the keys.
	Closed any `json:"additionalProperties,omitempty"`
}

// scalar is a text, which YAML may take for a number or a truth value.
func scalar() *schema { return &schema{Type: []string{"string", "number", "boolean", "null"}} }

// forms say what may stand where a table of keys has such a form. A bracket with
// an example is not part of a form.
var forms = map[string]func() *schema{
	"mapping": func() *schema {
		return &schema{Type: []string{"object", "null"}, Closed: false, Properties: map[string]*schema{}}
	},
	"name of an encoding, or a mapping of files": func() *schema { return &schema{Type: []string{"string", "object", "null"}, Closed: false} },
	"destinations, all, or a mapping": func() *schema {
		return &schema{Type: []string{"string", "object", "null"}, Closed: false, Properties: map[string]*schema{}}
	},
	"true or false": func() *schema { return &schema{Type: []string{"boolean", "null"}} },
	"number":        func() *schema { return &schema{Type: []string{"integer", "null"}} },
	"date": func() *schema {
		return &schema{Type: []string{"string", "null"}, Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`}
	},
	"days":  func() *schema { return &schema{Type: []string{"string", "null"}, Pattern: `^[0-9]+d$`} },
	"share": func() *schema { return &schema{Type: []string{"string", "null"}, Pattern: `^[0-9.]+%$`} },
	"size": func() *schema {
		return &schema{Type: []string{"string", "integer", "null"}, Pattern: `^[0-9.]+ ?([kKMG]i?B|B)?$`}
	},
}

// choice is a form that names every value.
var choice = regexp.MustCompile(`^[a-z_-]+(, [a-z_-]+)* or [a-z_-]+$`)

func schemaOf(form string) *schema {
	form, _, _ = strings.Cut(form, " (")
	if known := forms[form]; known != nil {
		return known()
	}
	if form == "list of mappings" {
		return &schema{Type: []string{"array", "null"}, Items: forms["mapping"]()}
	}
	if strings.Contains(form, "list of") {
		list := scalar()
		list.Type = append(list.Type, "array")
		list.Items = scalar()
		return list
	}
	if choice.MatchString(form) && form != "link or text" {
		values := strings.Split(strings.ReplaceAll(form, " or ", ", "), ", ")
		return &schema{Type: []string{"string"}, Enum: values}
	}
	return scalar()
}

// addKey puts a key below those above it.
func addKey(t *testing.T, at *schema, key strictyaml.Key) {
	t.Helper()
	parts := strings.Split(key.Path, ".")
	for _, part := range parts[:len(parts)-1] {
		at = below(t, at, part)
	}
	name := parts[len(parts)-1]
	added := schemaOf(key.Form)
	added.Description = key.Meaning
	if strings.HasPrefix(name, "<") {
		at.Closed = added
		return
	}
	at.Properties[name] = added
	if strings.HasPrefix(key.Default, "required") {
		at.Required = append(at.Required, name)
	}
}

// below gives what stands under one part of a path; [] leads to a list's entries.
func below(t *testing.T, at *schema, part string) *schema {
	t.Helper()
	if strings.HasPrefix(part, "<") {
		return at.Closed.(*schema)
	}
	name, list := strings.CutSuffix(part, "[]")
	found := at.Properties[name]
	if found == nil {
		t.Fatalf("found no key %q above others, want its row first", name)
	}
	if list {
		return found.Items
	}
	return found
}
