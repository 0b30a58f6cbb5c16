package column

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/problem"
)

// TestVocabulary checks the table of header texts. In each kind of input a text has
// one meaning, each meaning is a canonical column, and each canonical column is
// known by its own name.
func TestVocabulary(t *testing.T) {
	for _, kind := range Kinds {
		canonical := Canonical(kind)
		meanings := map[string]Word{}
		for _, group := range Vocabulary(kind) {
			if group.Source == "" {
				t.Errorf("%s: found a group without a source", kind)
			}
			for _, h := range group.Words {
				key := fold(h.Text)
				if other, known := meanings[key]; known && (other.Column != h.Column || other.Fallback != h.Fallback) {
					t.Errorf("%s: found %q as %+v and %+v, want one meaning", kind, h.Text, other, h)
				}
				meanings[key] = h
				if h.Column != "" && !slices.Contains(canonical, h.Column) {
					t.Errorf("%s: found the column %s for %q, want a canonical one", kind, h.Column, h.Text)
				}
			}
		}
		for _, name := range canonical {
			if meanings[fold(name)].Column != name {
				t.Errorf("%s: found %s unknown by its own name", kind, name)
			}
		}
		for _, need := range (&Matcher{Kind: kind}).needs() {
			for _, name := range need.columns {
				if !slices.Contains(canonical, name) {
					t.Errorf("%s: found the needed column %s, want a canonical one", kind, name)
				}
			}
		}
	}
	for kind, want := range map[Kind]string{
		Connections: "device address destination destination_host port date time outcome received application",
		Roster:      "username email department manager manager_email name given_name surname distinguished_name",
		Waivers:     "device reason owner approver expires",
	} {
		if got := strings.Join(Canonical(kind), " "); got != want {
			t.Errorf("%s: found the columns %s, want %s", kind, got, want)
		}
	}
}

func TestHeaders(t *testing.T) {
	for name, test := range map[string]struct {
		kind       Kind
		configured map[string][]string
		cells      []string
		want       map[string]int // nil for no header
		unknown    []string
		twins      int
	}{
		"API names": {kind: Report, cells: []string{"deviceUid", "deviceName", "deviceOsHostname", "version", "archiveGuid"},
			want: map[string]int{"device_guid": 1, "device_name": 2, "hostname": 3, "app_version": 4}},
		"identities of other things":           {kind: Report, cells: []string{"archiveGuid", "serverUid", "userUid", "orgUid", "computerId", "version"}},
		"the version of something else":        {kind: Report, cells: []string{"guid", "Java Version", "OS Version", "osVersion"}},
		"a version that is not ours by itself": {kind: Report, cells: []string{"guid", "Client-Version"}},
		"a version that the configuration names": {kind: Report, cells: []string{"guid", "CLIENT version"}, configured: map[string][]string{"app_version": {"Client-Version"}},
			want: map[string]int{"device_guid": 1, "app_version": 2}},
		"the configuration comes first": {kind: Report, cells: []string{"guid", "version", "App"}, configured: map[string][]string{"app_version": {"app"}},
			want: map[string]int{"device_guid": 1, "app_version": 3}, unknown: []string{"version"}},
		"marks, quotes and blanks": {kind: Report, cells: []string{"\ufeff\"Device_GUID\"", " code42\u00a0app-version "},
			want: map[string]int{"device_guid": 1, "app_version": 2}},
		"unknown columns": {kind: Report, cells: []string{"guid", "version", "Shoe size", ""}, want: map[string]int{"device_guid": 1, "app_version": 2}, unknown: []string{"Shoe size"}},
		"twins":           {kind: Report, cells: []string{"guid", "version", "productVersion"}, want: map[string]int{"device_guid": 1, "app_version": 2}, twins: 1},
		"a fallback":      {kind: Report, cells: []string{"name", "version"}, want: map[string]int{"device_name": 1, "app_version": 2}},
		"a better name":   {kind: Report, cells: []string{"name", "Device Name", "version"}, want: map[string]int{"device_name": 2, "app_version": 3}},
		"a title":         {kind: Report, cells: []string{"Device Name report, version 3"}},
		"both dates":      {kind: Report, cells: []string{"guid", "version", "lastConnectedDate", "lastActivity", "lastCompletedBackupDate"}, want: map[string]int{"device_guid": 1, "app_version": 2, "last_connected": 3, "last_activity": 4}},
		"Zeek's fields":   {kind: Connections, cells: []string{"#fields", "ts", "id.orig_h", "id.resp_h", "id.resp_p"}, want: map[string]int{"time": 1, "address": 2, "destination": 3, "port": 4}},
		"PAN-OS":          {kind: Connections, cells: []string{"Serial #", "Device Name", "Receive Time", "Generate Time", "Source address", "Destination Port"}, want: map[string]int{"time": 4, "address": 5, "port": 6}},
		"German":          {kind: Connections, cells: []string{"Zeit", "Quelle", "Ziel", "Zielport", "Regel"}, want: map[string]int{"time": 1, "address": 2, "destination": 3, "port": 4}},
		"own device name": {kind: Connections, cells: []string{"Device Name", "Port"}, want: map[string]int{"device": 1, "port": 2}},
		"a listing":       {kind: Connections, cells: []string{"Computer", "Foreign Address"}, want: map[string]int{"device": 1, "destination": 2}},
		"without a port":  {kind: Connections, cells: []string{"Computer", "time"}},
		"a directory":     {kind: Roster, cells: []string{"UPN", "sAMAccountName", "Mail", "Dept"}, want: map[string]int{"username": 2, "email": 3, "department": 4}},
		"people alone":    {kind: Roster, cells: []string{"username", "email"}},
		"exemptions":      {kind: Waivers, cells: []string{"Device Name", "Device GUID", "Valid until"}, want: map[string]int{"device": 2, "expires": 3}},
		"not exemptions":  {kind: Waivers, cells: []string{"reason", "expires"}},
		"nothing":         {kind: Report, cells: []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			h, ok := NewMatcher(test.kind, test.configured, nil).Header(1, test.cells, problem.Position{})
			if ok != (test.want != nil) {
				t.Fatalf("found a header: %t, want %t", ok, test.want != nil)
			}
			if !ok {
				return
			}
			got := map[string]int{}
			for _, name := range h.Names {
				got[name] = h.Number(name)
			}
			if !maps.Equal(got, test.want) {
				t.Errorf("found the columns %v, want %v", got, test.want)
			}
			if diff := cmp.Diff(test.unknown, h.Unknown); diff != "" {
				t.Errorf("unknown (-want +got):\n%s", diff)
			}
			if len(h.Twins) != test.twins {
				t.Errorf("found the twins %v, want %d", h.Twins, test.twins)
			}
		})
	}
}
