package roster

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
)

func TestManagerOf(t *testing.T) {
	people := []device.Person{
		{Username: "head", Email: "head@example.org", Name: "Hedda Head", Department: "Sales", Manager: "chief", DN: `CN=Head\, Hedda,OU=Sales,DC=example,DC=org`},
		{Username: "chief", Email: "chief@example.org", Name: "Carla Chief", Department: "Board"},
		{Username: "by-dn", Department: "Sales", Manager: `cn=Head\2C Hedda, ou=Sales,DC=example,DC=org`},
		{Username: "by-user", Department: "sales ", Manager: "HEAD"},
		{Username: "by-domain", Department: "Sales", Manager: `CORP\head`},
		{Username: "by-address", Department: "Sales", Manager: "Head@Example.org"},
		{Username: "by-name", Department: "Vertrieb", Manager: "hedda  head"},
		{Username: "by-swapped", Department: "Sales", Manager: "Head, Hedda"},
		{Username: "by-column", Department: "Sales", Manager: "Hedda", ManagerEmail: "head@example.org"},
		{Username: "stranger", Department: "Sales", Manager: `CN=Weiß\, Sabine,OU=Sales`, ManagerEmail: "sabine@example.org"},
		{Username: "nobody", Department: "Sales"},
		{Username: "nameless", Department: "Field", Manager: "Unknown Person"},
		{Username: "twin", Name: "Twin Twin", Department: "Field", Manager: "Twin Twin"},
		{Username: "twin2", Name: "Twin Twin", Department: "Field"},
	}
	managers := NewManagers(people, map[string]string{"Vertrieb": "Sales"})
	head := Manager{"Hedda Head", "head@example.org"}
	for user, want := range map[string]Manager{
		"by-dn": head, "by-user": head, "by-domain": head, "by-address": head, "by-name": head, "by-swapped": head, "by-column": head,
		`CORP\by-user`: head, "by-user@example.org": head,
		"head":     head, // leads people of the department: not the chief's affair
		"stranger": {"Weiß, Sabine", "sabine@example.org"},
		"nobody":   {}, "unlisted": {}, "": {},
	} {
		if got := managers.Of("SALES", user); got != want {
			t.Errorf("%s: found %+v, want %+v", user, got, want)
		}
	}
	if got := managers.Of("Field", "by-user"); got != (Manager{}) {
		t.Errorf("a user of another department: found %+v, want nobody", got)
	}
	if diff := cmp.Diff([]Manager{head, {"Weiß, Sabine", "sabine@example.org"}}, managers.In("Vertrieb")); diff != "" {
		t.Errorf("managers of the department (-want +found):\n%s", diff)
	}
	if diff := cmp.Diff([]Manager{{"Twin Twin", ""}, {"Unknown Person", ""}}, managers.In("field")); diff != "" {
		t.Errorf("managers of a department without addresses (-want +found):\n%s", diff)
	}
	if got := managers.In("Legal"); got != nil {
		t.Errorf("a department that the roster does not have: found %v, want none", got)
	}
}

func TestCommonName(t *testing.T) {
	for text, want := range map[string]string{
		`CN=Weiß\, Sabine,OU=Sales,DC=example,DC=org`: "Weiß, Sabine",
		`cn=Wei\C3\9F\, Sabine,ou=Sales`:              "Weiß, Sabine",
		`CN="Weiss, Sabine",OU=Sales`:                 "Weiss, Sabine",
		`uid=sweiss,ou=people,dc=example,dc=org`:      "sweiss",
		`OU=Sales+CN=Sabine \+ Team\ ,DC=org`:         "Sabine + Team ",
		`CN=Sabine   `:                                "Sabine",
		`OU=Sales`:                                    "",
		`Sabine Weiß`:                                 "",
		`a=b\`:                                        "",
		`CN=Wei\C3`:                                   "",
		`Sales = good, cn=x`:                          "x",
		`who?=CN`:                                     "",
	} {
		if got, _ := commonName(text); got != want {
			t.Errorf("%s: found %q, want %q", text, got, want)
		}
	}
}

// A user name is joined without its domain only if it can mean only one person.
func TestAssignByAccount(t *testing.T) {
	people := []device.Person{
		{Username: "jane", Department: "Sales"},
		{Username: `CORP\omar`, Department: "Field"},
		{Username: "ada@example.org", Department: "Research"},
		{Username: "ada@example.net", Department: "Legal"},
		{Username: "kim", Department: "Sales"},
	}
	users := map[string]string{
		`CORP\jane`: "Sales", "JANE@example.org": "Sales",
		"omar": "Field", "omar@example.org": "Field", `OTHER\omar`: Unassigned,
		"ada": Unassigned, "ada@example.com": Unassigned, "ada@example.org": "Research",
		`A\kim`: Unassigned, `B\kim`: Unassigned,
		"": Unassigned, "@example.org": Unassigned, `CORP\`: Unassigned,
	}
	var devices []*device.Device
	var want []string
	for _, user := range []string{`CORP\jane`, "JANE@example.org", "omar", "omar@example.org", `OTHER\omar`, "ada", "ada@example.com", "ada@example.org", `A\kim`, `B\kim`, "", "@example.org", `CORP\`} {
		devices = append(devices, &device.Device{Home: &device.Home{}, Username: user})
		want = append(want, users[user])
	}
	got := Assign(devices, people, nil)
	if diff := cmp.Diff(want, got.Departments); diff != "" {
		t.Errorf("departments (-want +found):\n%s", diff)
	}
	if got.ByAccount != 4 {
		t.Errorf("found %d devices joined by account, want 4", got.ByAccount)
	}
	for i, d := range devices {
		if origin := Trace(d, devices, people); (origin.Person != nil) != (want[i] != Unassigned) {
			t.Errorf("%q: found origin %+v, want it as Assign has it", d.Username, origin)
		}
	}
}
