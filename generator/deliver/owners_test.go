package deliver

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/roster"
)

// department makes a department of rows "name user verdict". A "!" after the
// verdict waives the device.
func department(name string, rows ...string) *Department {
	d := &Department{Name: name, Slug: strings.ToLower(name), Counts: fleet.Counts{Verdicts: map[policy.Verdict]int{}}}
	for i, text := range rows {
		parts := strings.Fields(text)
		verdict, waived := strings.CutSuffix(parts[2], "!")
		row := Row{GUID: fmt.Sprint(name, i), Name: parts[0], User: parts[1], Verdict: policy.Verdict(verdict), Action: "Do it.", Waived: waived}
		d.Rows = append(d.Rows, row)
		d.Counts.Devices++
		d.Counts.Verdicts[row.Verdict]++
		if row.Verdict.Affected() {
			d.Counts.Affected++
		}
		if row.Open() {
			d.Counts.Open++
		}
	}
	return d
}

// told lists who is told of what: "address: department whole 2 open, rows".
func told(owners []Owner, unanswered []Unanswered) []string {
	var lines []string
	for _, o := range owners {
		for _, s := range o.Shares {
			var names []string
			for _, row := range s.Own {
				names = append(names, row.Name)
			}
			whole := ""
			if s.Whole {
				whole = " whole"
			}
			lines = append(lines, fmt.Sprintf("%s: %s%s, %d open: %s", o.Address, s.Name, whole, s.Open(), strings.Join(names, " ")))
		}
	}
	for _, u := range unanswered {
		lines = append(lines, fmt.Sprintf("nobody: %s, %d open: %s", u.Department, u.Open, u.Why))
	}
	return lines
}

func TestAssign(t *testing.T) {
	people := []device.Person{
		{Username: "s1", Department: "Sales", Manager: "Hedda", ManagerEmail: "hedda@example.org"},
		{Username: "s2", Department: "Sales", Manager: "Hedda", ManagerEmail: "HEDDA@example.org"},
		{Username: "f1", Department: "Field", Manager: "Anna", ManagerEmail: "anna@example.org"},
		{Username: "f2", Department: "Field", Manager: "Bert", ManagerEmail: "bert@example.org"},
		{Username: "f3", Department: "Field", Manager: "Carl"},
		{Username: "l1", Department: "Legal", Manager: "Hedda", ManagerEmail: "hedda@example.org"},
		{Username: "b1", Department: "Board", Manager: "Evil", ManagerEmail: "a@example.org\nBcc: b@example.org"},
	}
	departments := []*Department{
		department("Sales", "S1 s1 upgrade", "S2 gone upgrade!"),
		department("Field", "F1 f1 upgrade", "F2 f2 check", "F3 f3 change-port", "F4 unknown upgrade", "F5 f1 upgrade!"),
		department("Legal", "L1 l1 change-port"),
		department("Board", "B1 b1 upgrade"),
		department("Unassigned", "U1 who upgrade"),
		department("Quiet"),
	}
	for _, test := range []struct {
		situation string
		mail      config.Mail
		want      []string
	}{
		{"the roster alone", config.Mail{}, []string{
			"Anna <anna@example.org>: Field, 1 open: F1 F5",
			"Bert <bert@example.org>: Field, 0 open: F2",
			"Hedda <hedda@example.org>: Sales whole, 1 open: S1 S2",
			"Hedda <hedda@example.org>: Legal whole, 1 open: L1",
			"nobody: Field, 2 open: no address is known of the manager",
			"nobody: Board, 1 open: the address of the manager cannot be used: found characters that do not show, want an e-mail address",
			"nobody: Unassigned, 1 open: no manager is known",
		}},
		{"a fallback", config.Mail{Fallback: address.Address{Mailbox: "rest@example.org"}}, []string{
			"Anna <anna@example.org>: Field, 1 open: F1 F5",
			"Bert <bert@example.org>: Field, 0 open: F2",
			"Hedda <hedda@example.org>: Sales whole, 1 open: S1 S2",
			"Hedda <hedda@example.org>: Legal whole, 1 open: L1",
			"rest@example.org: Field, 2 open: F4 F3",
			"rest@example.org: Board whole, 1 open: B1",
			"rest@example.org: Unassigned whole, 1 open: U1",
			"rest@example.org: Quiet whole, 0 open: ",
		}},
		{"the fallback is one of the managers", config.Mail{Fallback: address.Address{Mailbox: "Anna@example.org"}}, []string{
			"Anna <anna@example.org>: Field, 3 open: F1 F3 F4 F5",
			"Anna <anna@example.org>: Board whole, 1 open: B1",
			"Anna <anna@example.org>: Unassigned whole, 1 open: U1",
			"Anna <anna@example.org>: Quiet whole, 0 open: ",
			"Bert <bert@example.org>: Field, 0 open: F2",
			"Hedda <hedda@example.org>: Sales whole, 1 open: S1 S2",
			"Hedda <hedda@example.org>: Legal whole, 1 open: L1",
		}},
		{"the configuration's managers", config.Mail{Managers: map[string][]address.Address{
			"field": {{Mailbox: "x@example.org"}, {Mailbox: "hedda@example.org"}}, "unassigned": {{Mailbox: "x@example.org"}}, "board": {{Mailbox: "x@example.org"}},
		}}, []string{
			"Hedda <hedda@example.org>: Sales whole, 1 open: S1 S2",
			"Hedda <hedda@example.org>: Field whole, 3 open: F1 F2 F3 F4 F5",
			"Hedda <hedda@example.org>: Legal whole, 1 open: L1",
			"x@example.org: Field whole, 3 open: F1 F2 F3 F4 F5",
			"x@example.org: Board whole, 1 open: B1",
			"x@example.org: Unassigned whole, 1 open: U1",
		}},
	} {
		t.Run(test.situation, func(t *testing.T) {
			got := told(Assign(departments, roster.NewManagers(people, nil), &test.mail))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
			}
		})
	}
}

// Without user names nobody can say which rows of a shared department are whose.
func TestAssignWithoutUserNames(t *testing.T) {
	people := []device.Person{
		{Username: "f1", Department: "Field", ManagerEmail: "anna@example.org"},
		{Username: "f2", Department: "Field", ManagerEmail: "bert@example.org"},
		{Username: "s1", Department: "Sales", ManagerEmail: "anna@example.org"},
	}
	departments := []*Department{department("Field", "F1 x upgrade", "F2 x upgrade"), department("Sales", "S1 x upgrade")}
	for _, d := range departments {
		for i := range d.Rows {
			d.Rows[i].User = ""
		}
	}
	got := told(Assign(departments, roster.NewManagers(people, nil), &config.Mail{}))
	want := []string{
		"anna@example.org: Field, 0 open: ",
		"anna@example.org: Sales whole, 1 open: S1",
		"bert@example.org: Field, 0 open: ",
		"nobody: Field, 2 open: several managers share it, and the site names no users (privacy.user_names)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
}
