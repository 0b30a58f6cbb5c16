package policy_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// The policies that come with the program can be read, and lint finds nothing.
func TestBuiltIn(t *testing.T) {
	names := policy.BuiltIn()
	if !slices.Contains(names, "code42-port-4282") {
		t.Errorf("found %v, want code42-port-4282 among them", names)
	}
	for _, name := range names {
		p := named(t, name)
		if p.ID != name || p.File != name || len(p.Text) == 0 {
			t.Errorf("%s: found id %s, file %s and %d bytes", name, p.ID, p.File, len(p.Text))
		}
		if found := policy.Lint(p); len(found) > 0 {
			t.Errorf("%s:\n%s", name, strings.Join(fixture.Lines(found), "\n"))
		}
	}
	if _, err := policy.Named("code42"); err == nil || !strings.Contains(err.Error(), `found policy "code42", want code42-`) {
		t.Errorf("an unknown name: found error %v", err)
	}
}

// The notice's facts, as in the vendor's text.
func TestBuiltInFacts(t *testing.T) {
	p := named(t, "code42-port-4282")
	if p.Announced != calendar.New(2019, 10, 3) || p.Effective != calendar.New(2020, 2, 4) {
		t.Errorf("days: found %s and %s", p.Announced, p.Effective)
	}
	if diff := cmp.Diff(policy.Ports{Retired: []int{4282}, Allowed: []int{443, 4287}}, p.Ports); diff != "" {
		t.Errorf("ports: found (+) is not what was wanted (-):\n%s", diff)
	}
	var uids []string
	for _, d := range p.Destinations {
		uids = append(uids, d.UID)
	}
	if diff := cmp.Diff([]string{"42", "43", "632540230984925185", "673679195225718785", "587738803578339329"}, uids); diff != "" {
		t.Errorf("destinations: found (+) is not what was wanted (-):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"crashplan.com", "crashplanpro.com", "code42.com"}, p.Cloud.Domains); diff != "" {
		t.Errorf("domains: found (+) is not what was wanted (-):\n%s", diff)
	}
}

// head is the part of a policy that the cases share.
const head = `id: a
title: A
vendor: V
product: P
announced: 2020-01-01
effective: 2020-02-01
source: https://example.org/
`

const links = `links: {notice: "https://example.org/1", version_policy: "https://example.org/2", lifecycle_policy: "https://example.org/3", connection_test: "https://example.org/4", device_report: "https://example.org/5", help: "https://example.org/6"}
`

const place = "destinations: [{uid: '1'}]\n"

func TestLint(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "versions: {connects: '>= 5'}\n" + place + links, nil},
		{"overlap", "versions:\n  connects: ['4.8', '>= 5', '4.8.2 || 5.4']\n" + place + links, []string{
			`a.yaml:9:29: versions.connects[2]: found "4.8.2", which overlaps "4.8", want each version in one range`,
			`a.yaml:9:29: versions.connects[2]: found "5.4", which overlaps ">= 5", want each version in one range`,
		}},
		{"ranges that touch", "versions: {connects: ['4.8', '4.9', '>= 4.10']}\n" + place + links, nil},
		{"unsupported out of reach", "versions: {connects: '>= 5.4', unsupported: ['4.8', '>= 5.3, < 6']}\n" + place + links, []string{
			`a.yaml:8:46: versions.unsupported[0]: found "4.8", which no device reaches since all its versions are too old, want versions that connect`,
			`a.yaml:8:53: versions.unsupported[1]: found ">= 5.3, < 6", some of whose versions are too old, want versions that connect`,
		}},
		{"nothing to upgrade to", "versions: {connects: '>= 5', unsupported: '>= 5'}\n" + place + links, []string{
			`a.yaml:8:43: versions.unsupported: found every version that connects, want one left to upgrade to`,
		}},
		{"nothing cut off", "versions: {connects: '>= 0.0'}\n" + place + links, []string{
			`a.yaml:8:22: versions.connects: found every version, and no retired port, want something that the notice cuts off`,
		}},
		{"ports", "versions: {connects: '>= 5'}\nports: {retired: [1, 2, 1], allowed: [2, 3, 3]}\ncloud: {domains: [a.org]}\n" + place + links, []string{
			`a.yaml:9:25: ports.retired[2]: found 1 again, want it once`,
			`a.yaml:9:39: ports.allowed[0]: found 2, which is retired too, want it in one list`,
			`a.yaml:9:45: ports.allowed[2]: found 3 again, want it once`,
		}},
		{"allowed ports alone", "versions: {connects: '>= 5'}\nports: {allowed: [443]}\n" + place + links, []string{
			`a.yaml:9:18: ports.allowed: found allowed ports and no retired one, want both or neither`,
		}},
		{"no hosts for evidence", "versions: {connects: '>= 5'}\nports: {retired: [1], allowed: [2]}\n" + place + links, []string{
			`a.yaml:1:1: cloud: found neither domains nor networks, want the vendor's hosts, or no evidence counts`,
		}},
		{"destinations", "versions: {connects: '>= 5'}\ndestinations:\n- {uid: '1', names: [North]}\n- {uid: '1', names: [NORTH, South]}\ncloud: {domains: [a.org, x.a.org, a.org], networks: [10.0.0.0/8, 10.1.0.0/16]}\n" + links, []string{
			`a.yaml:11:9: destinations[1].uid: found "1" again (first in destinations[0]), want each UID once`,
			`a.yaml:11:22: destinations[1].names[0]: found "NORTH" again (first in destinations[0]), want each name for one destination`,
			`a.yaml:12:26: cloud.domains[1]: found "x.a.org", which is part of "a.org", want the wider one alone`,
			`a.yaml:12:26: cloud.domains[1]: found "x.a.org", which is part of "a.org", want the wider one alone`,
			`a.yaml:12:35: cloud.domains[2]: found "a.org", which is part of "a.org", want the wider one alone`,
			`a.yaml:12:66: cloud.networks[1]: found 10.1.0.0/16, which overlaps 10.0.0.0/8, want the wider one alone`,
		}},
		{"systems", "versions: {connects: '>= 5'}\nsystems: [{os: mac, versions: '<= 10.6', name: A, last_app: 4.3.x}, {os: MAC, versions: '< 10.10', name: B, last_app: '5.1'}]\n" + place + links, []string{
			`a.yaml:9:89: systems[1].versions: found "< 10.10", which overlaps "<= 10.6" of "A", want each system once`,
			`a.yaml:9:119: systems[1].last_app: found "5.1", which connects, want a system that cannot run a version that connects`,
		}},
		{"a rule for all devices asks for no more", "versions: {connects: '>= 5'}\n", nil},
		{"a rule for a system", "subject: os_version\nscope: {os: [windows]}\nconsequence: {title: out of support, before: will get no updates, after: gets no updates}\nversions: {connects: '>= 10.0.22000', target: Windows 11}\n", nil},
		{"a port for all devices", "versions: {connects: '>= 5'}\nports: {retired: [1], allowed: [2]}\ncloud: {domains: [a.org]}\n", []string{
			`a.yaml:1:1: links.connection_test: found no link, want the page on testing a connection`,
		}},
		{"unsupported versions of any product", "versions: {connects: '>= 5', unsupported: '5'}\n", []string{
			`a.yaml:1:1: links.version_policy: found no link, want the page on supported versions`,
		}},
		{"half a consequence", "consequence: {title: out of support}\nversions: {connects: '>= 5'}\n", []string{
			`a.yaml:8:14: consequence.after: found no words, want what happens to it from that day on`,
			`a.yaml:8:14: consequence.before: found no words, want what will happen to it`,
		}},
		{"destinations out of scope", "scope: all\nversions: {connects: '>= 5'}\n" + place, []string{
			`a.yaml:8:8: scope: found destinations in the policy, which decide nothing in this scope, want the scope destinations or none of them`,
		}},
		{"links and destinations missing", "scope: destinations\nversions: {connects: '>= 5'}\n", []string{
			`a.yaml:1:1: destinations: found none, want the vendor's cloud destinations, or every device is unclassified`,
			`a.yaml:1:1: links.device_report: found no link, want the page on the device status report`,
			`a.yaml:1:1: links.help: found no link, want the page with the vendor's help`,
			`a.yaml:1:1: links.lifecycle_policy: found no link, want the page on the products' life cycle`,
			`a.yaml:1:1: links.notice: found no link, want the notice itself`,
			`a.yaml:1:1: links.version_policy: found no link, want the page on supported versions`,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := policy.Parse("a.yaml", []byte(head+test.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, fixture.Lines(policy.Lint(p))); diff != "" {
				t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
			}
		})
	}
}

func TestParseFaults(t *testing.T) {
	text, err := os.ReadFile("testdata/faults.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = policy.Parse("faults.yaml", text)
	var problems problem.List
	if !errors.As(err, &problems) {
		t.Fatalf("found error %v, want a list of problems", err)
	}
	want := []string{
		`faults.yaml:1:1: product: found no key "product", want the product's name`,
		`faults.yaml:1:5: id: found "Code 42", want at most 60 lower-case letters, digits and single dashes`,
		`faults.yaml:4:12: announced: found "2019-13-03", want a date like 2020-02-04`,
		`faults.yaml:5:9: source: found "ftp://example.org", want a link that begins with https:, http: or mailto:`,
		`faults.yaml:6:10: content: found "../../etc", want a folder below the policy's own, with / between names`,
		`faults.yaml:8:14: versions.connects[0]: found "5,4", which no version fits, want a range such as ">= 5.4" (a comma means and, || means or)`,
		`faults.yaml:8:21: versions.connects[1]: found ">= 7.0.3.55", want at most three numbers in a version (the fourth is the build, and decides nothing)`,
		`faults.yaml:9:3: versions: found unknown key "unsuported" (did you mean "unsupported"?), want one of connects, unsupported, target`,
		`faults.yaml:11:13: ports.retired[0]: found "70000", want a number from 1 to 65535`,
		`faults.yaml:13:10: destinations[0].uid: found "8.39648E+17", want digits`,
		`faults.yaml:14:5: destinations[1].uid: found no key "uid", want digits, or names beside it`,
		`faults.yaml:16:13: cloud.domains[0]: found "*.code42.com", want a domain like code42.com`,
		`faults.yaml:17:14: cloud.networks[0]: found "162.222.40.5/21", want the network's first address, 162.222.40.0/21`,
		`faults.yaml:19:5: systems[0].name: found no key "name", want the system's name`,
		`faults.yaml:21:1: effective: found nothing, want a date like 2020-02-04`,
	}
	if diff := cmp.Diff(want, fixture.Lines(problems)); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
	if _, err := policy.Parse("a.yaml", []byte(strings.Replace(head, "2020-02-01", "2019-12-31", 1)+"versions: {connects: '>= 5'}\n")); err == nil ||
		err.Error() != `a.yaml:6:12: effective: found "2019-12-31", want a day not before the announcement, 2020-01-01` {
		t.Errorf("effective before announced: found %v", err)
	}
}

func TestLintProse(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"the policy's own facts, in every form", "From 4 February 2020 on (announced on October 3rd, 2019, that is 2019-10-03), " +
			"port 4282 stops; ports 443 and/or 4287 stay. Versions 5.4, 4.8.x and v4.9 connect, in February 2020 and after. In 2020, on 4.2.2020.", nil},
		{"placeholders, code, links, comments", "Upgrade to {{ .Aim }} {{/* not 5.3 */}} by `2020-02-05`, see [the page](https://example.org/2018/v5.3/port-9999) or <https://example.org/9999>.\n" +
			"<!-- 5.3 -->\n```\nnc -vz host 9999\n```\n[x]: https://example.org/9999\nhttps://example.org/5.3\n", nil},
		{"another version", "Version 5.3 is fine.", []string{`faq.md:1:9: found version "5.3", want a placeholder, or what the policy says: 4.8, 4.9, 5.4, 10.6 or 4.3`}},
		{"a build", "like 7.0.3.55.", []string{`faq.md:1:6: found version "7.0.3.55", want a placeholder, or what the policy says: 4.8, 4.9, 5.4, 10.6 or 4.3`}},
		{"another port", "first line\n\nOpen port 8443 or 443.", []string{`faq.md:3:6: found port "port 8443 or 443", want a placeholder, or what the policy says: 443, 4287 or 4282`}},
		{"a small port", "Port 80, too.", []string{`faq.md:1:1: found port "Port 80", want a placeholder, or what the policy says: 443, 4287 or 4282`}},
		{"a number alone", "Über 4283 geht nichts.", []string{`faq.md:1:6: found port "4283", want a placeholder, or what the policy says: 443, 4287 or 4282`}},
		{"other dates", "On 5 February 2020, on 2020-02-03, on March 4th, on 3.4.2020, and in 2021.", []string{
			`faq.md:1:4: found date "5 February 2020", want a placeholder, or what the policy says: 2019-10-03 or 2020-02-04`,
			`faq.md:1:24: found date "2020-02-03", want a placeholder, or what the policy says: 2019-10-03 or 2020-02-04`,
			`faq.md:1:39: found date "March 4th", want a placeholder, or what the policy says: 2019-10-03 or 2020-02-04`,
			`faq.md:1:53: found date "3.4.2020", want a placeholder, or what the policy says: 2019-10-03 or 2020-02-04`,
			`faq.md:1:70: found date "2021", want a placeholder, or what the policy says: 2019-10-03 or 2020-02-04`,
		}},
		{"no facts of a notice", "TLS 1.2 from 162.222.40.218 within 1000 rows, 2000 devices, 2.5 % of 4.7 GB; versions 4.8 may go on, 1,000,000 times.", nil},
	}
	p := named(t, "code42-port-4282")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, fixture.Lines(policy.LintProse(p, "faq.md", []byte(test.text)))); diff != "" {
				t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
			}
		})
	}
}

// The same text is judged by the policy that it goes with.
func TestLintProseOfAnotherPolicy(t *testing.T) {
	p := fromFile(t, "testdata/harbor-tls.yaml")
	got := fixture.Lines(policy.LintProse(p, "faq.md", []byte("From 30 September 2031 on port 8443 takes the place of 8080; 5.4 is fine.")))
	want := []string{`faq.md:1:62: found version "5.4", want a placeholder, or what the policy says: 2.1.4, 3.2 or 6.2`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
}
