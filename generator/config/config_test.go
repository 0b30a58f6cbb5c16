package config_test

import (
	"errors"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

var equal = cmp.Options{
	cmp.Comparer(func(a, b calendar.Day) bool { return a == b }),
	cmp.Comparer(func(a, b netip.Prefix) bool { return a == b }),
	cmpopts.IgnoreUnexported(config.Config{}),
}

func ranges(t *testing.T, text string) []policy.Range {
	t.Helper()
	found, err := policy.ParseRanges(text)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

const everything = `
organization: Northwind
reports: [exports/*.csv, exports/*.xlsx]
connections: [evidence/*]
roster: roster.xlsx
waivers: [waivers.csv, more.yaml]
policy: code42-port-4282
supported: {versions: [">= 7.0", "6.8"], source: "https://example.org/versions", checked: 2019-10-01}
destinations: {cloud: [Our Cloud, 900200], on_premises: ["Backup Server 1", "900123"], unclassified: cloud}
departments: {aliases: {Research and Development: ["R&D", RnD], Sales: Vertrieb}}
columns: {app_version: ["Client-Version"], device_name: Rechner}
dates: {order: day-first}
encoding: {exports/japan/*.csv: Shift-JIS, old.csv: Mac Roman}
evidence:
  window: 14d
  networks: ["198.51.100.0/24", 203.0.113.9]
  domains: [Backup.Example.org.]
  devices: {logs/a/service.log: "900000000000000001"}
network: {confirmed_by: Network team, confirmed_on: 2019-11-20, source: CHG-1042}
stale_after: 45d
old_data_after: 5d
site_url: https://intranet.example.org/cutoff/index.html
phases: {approaching: 90d, imminent: 7d}
stop: {rejected: 12.5%, age: 3d, fewer: 30%}
pace: {window: 21d}
limits: {cell: 64KiB, columns: 200, rows: 5000, unzipped: 2GiB}
privacy: {emails: true, addresses: true, user_names: false, fleet_files: false}
workbooks: false
standalone: false
contacts:
  - {name: Service desk, email: desk@example.org, url: "https://desk.example.org/", phone: "+1 555 0100"}
  - name: Network team
connection_test: {hosts: [central.crashplan.com, 203.0.113.9]}
bundle:
  budget: 10MiB
  templates: ticket
  profiles:
    gateway: {message: 20MB, file: 10MB, base64: false, files: 5, archived_files: 1000, blocked: [.SVG, js, svg], held: [html], script: true, nested: true}
    archive: {}
mail:
  from: Backup desk <desk@example.org>
  reply_to: answers@example.org
  cc: [audit@example.org]
  bcc: journal@example.org
  managers: {Research  and Development: [ada@example.org, grace@example.org]}
  fallback: owner@example.org
  attach: {file: false, workbook: false}
  budget: 1MB
  frequency: {before: 30d, announced: 14d, approaching: 3d, imminent: daily, in_force: daily}
  heartbeat: 30d
  most: 50
  per_minute: 10
  bundle_to: [cio@example.org]
  bundle_frequency: 14d
  smtp: {host: mail.example.org, port: 2525, security: tls, ca: ca.pem, auth: login, username: cutoff, password_env: MAIL_PASSWORD, timeout: 5, attempts: 2}
look: {logo: logo.svg, accent: "#1A5FB4", dates: 2006-01-02, thousands: " ", overrides: ours}
as_of: 2019-12-01
memory: remembered
out: public
`

func TestParseEveryKey(t *testing.T) {
	got, err := config.Parse("etc/cutoff.yaml", []byte(everything))
	if err != nil {
		t.Fatal(err)
	}
	want := &config.Config{
		File: "etc/cutoff.yaml", Dir: "etc", Text: []byte(everything),
		Organization: "Northwind",
		Reports:      []string{"exports/*.csv", "exports/*.xlsx"},
		Connections:  []string{"evidence/*"},
		Roster:       []string{"roster.xlsx"},
		Waivers:      []string{"waivers.csv", "more.yaml"},
		Policy:       "code42-port-4282",
		Out:          "public", Memory: "remembered",
		AsOf: calendar.New(2019, 12, 1),
		Rules: policy.Settings{
			Supported: &policy.SupportList{
				Versions: append(ranges(t, ">= 7.0"), ranges(t, "6.8")...),
				Source:   "https://example.org/versions", Checked: calendar.New(2019, 10, 1),
			},
			CloudDestinations:      []string{"Our Cloud", "900200"},
			OnPremisesDestinations: []string{"Backup Server 1", "900123"},
			UnclassifiedIsCloud:    true,
			WindowDays:             14,
			NetworkConfirmed:       true,
			ApproachingDays:        90, ImminentDays: 7,
			DateLayout: "2006-01-02",
		},
		Network:           &config.Confirmation{By: "Network team", On: calendar.New(2019, 11, 20), Source: "CHG-1042"},
		DepartmentAliases: map[string]string{"R&D": "Research and Development", "RnD": "Research and Development", "Vertrieb": "Sales"},
		Columns:           map[string][]string{"app_version": {"Client-Version"}, "device_name": {"Rechner"}},
		DateOrder:         value.DayFirst,
		Encodings:         []config.EncodedFile{{Pattern: "exports/japan/*.csv", Encoding: charset.Encoding{Name: "Shift_JIS"}}, {Pattern: "old.csv", Encoding: charset.Encoding{Name: "macintosh"}}},
		EvidenceNetworks:  []netip.Prefix{netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.9/32")},
		EvidenceDomains:   []string{"backup.example.org"},
		EvidenceDevices:   map[string]string{"logs/a/service.log": "900000000000000001"},
		StaleDays:         45,
		OldDays:           5,
		SiteURL:           "https://intranet.example.org/cutoff/",
		Limits:            table.Limits{CellBytes: 64 << 10, Columns: 200, Rows: 5000, UnzippedBytes: 2 << 30},
		Stop:              config.Stop{RejectedShare: 0.125, AgeDays: 3, FewerShare: 0.3},
		PaceDays:          21,
		Privacy:           config.Privacy{Emails: true, Addresses: true},
		Contacts: []config.Contact{
			{Name: "Service desk", Email: "desk@example.org", URL: "https://desk.example.org/", Phone: "+1 555 0100"},
			{Name: "Network team"},
		},
		TestHosts: []string{"central.crashplan.com", "203.0.113.9"},
		Bundle: config.Bundle{Budget: 10 << 20, Templates: "ticket", Profiles: []config.Profile{
			{Name: "gateway", Message: 20e6, File: 10e6, Files: 5, ArchivedFiles: 1000,
				Blocked: []string{"svg", "js"}, Held: []string{"html"}, Script: true, Nested: true},
			{Name: "archive", Base64: true},
		}},
		Mail: config.Mail{
			From:     address.Address{Name: "Backup desk", Mailbox: "desk@example.org"},
			ReplyTo:  address.Address{Mailbox: "answers@example.org"},
			Cc:       []address.Address{{Mailbox: "audit@example.org"}},
			Bcc:      []address.Address{{Mailbox: "journal@example.org"}},
			Managers: map[string][]address.Address{"research and development": {{Mailbox: "ada@example.org"}, {Mailbox: "grace@example.org"}}},
			Fallback: address.Address{Mailbox: "owner@example.org"},
			Budget:   1_000_000,
			Every: map[policy.Phase]int{
				policy.Before: 30, policy.Announced: 14, policy.Approaching: 3, policy.Imminent: 1, policy.InForce: 1,
			},
			Heartbeat: 30, Most: 50, PerMinute: 10,
			BundleTo: []address.Address{{Mailbox: "cio@example.org"}}, BundleEvery: 14,
			SMTP: config.SMTP{
				Host: "mail.example.org", Port: 2525, Security: "tls", CA: "ca.pem", Auth: "login", Username: "cutoff",
				PasswordEnv: "MAIL_PASSWORD", Seconds: 5, Attempts: 2,
			},
		},
		Look: config.Look{Logo: "logo.svg", Accent: "#1a5fb4", Dates: "2006-01-02", Thousands: " ", Overrides: "ours"},
	}
	if diff := cmp.Diff(want, got, equal); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
}

// A file with every key and with comments can be read.
func TestParseOutline(t *testing.T) {
	got, err := config.Parse("cutoff.yaml", []byte(`
organization: Northwind
reports: [exports/*.csv, exports/*.xlsx]
connections: [evidence/*]
roster: roster.xlsx
waivers: waivers.csv
policy: code42-port-4282            # a built-in name or a file
supported: {versions: ">= 7.0", source: "https://...", checked: 2019-10-01}
destinations: {cloud: [], on_premises: ["Backup Server 1", "900123"], unclassified: check}   # names or UIDs
departments: {aliases: {Research and Development: ["R&D", RnD]}}
columns: {app_version: ["Client-Version"]}
evidence: {window: 30d, networks: ["198.51.100.0/24"]}
stale_after: 90d
memory: memory
out: site
`))
	if err != nil {
		t.Fatal(err)
	}
	if got.Dir != "." || got.Rules.UnclassifiedIsCloud || got.Rules.WindowDays != 30 || got.StaleDays != 90 {
		t.Errorf("found %+v", got)
	}
}

// A file that sets one thing leaves all others at their defaults.
func TestDefaults(t *testing.T) {
	got, err := config.Parse("cutoff.yaml", []byte("organization: Northwind\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.File, want.Text, want.Organization = "cutoff.yaml", []byte("organization: Northwind\n"), "Northwind"
	want.Rules.DateLayout = want.Look.Dates
	if diff := cmp.Diff(want, got, equal); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
	if _, err := policy.Named(want.Policy); err != nil {
		t.Errorf("the default policy: %v", err)
	}
}

func TestFaults(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"misspelled key", "organisation: Northwind\n", []string{
			`cutoff.yaml:1:1: found unknown key "organisation" (did you mean "organization"?), want one of organization, site_url, reports, connections, roster, waivers, policy, out, memory, as_of, supported, destinations, departments, columns, show, dates, encoding, evidence, network, stale_after, old_data_after, phases, stop, pace, limits, privacy, workbooks, standalone, contacts, connection_test, bundle, mail, look`,
		}},
		{"bad date and bad version", "as_of: 04.02.2020\nsupported: {versions: '>= seven'}\n", []string{
			`cutoff.yaml:1:8: as_of: found "04.02.2020", want a date like 2020-02-04`,
			`cutoff.yaml:2:23: supported.versions: found ">= seven", want a range such as ">= 5.4" or "4.8"`,
		}},
		{"support list without versions", "supported: {source: 'https://example.org'}\n", []string{
			`cutoff.yaml:1:12: supported.versions: found no key "versions", want a range such as ">= 7.0"`,
		}},
		{"support list that is empty", "supported: {versions: []}\n", []string{
			`cutoff.yaml:1:23: supported.versions: found nothing in it, want a range such as ">= 7.0"`,
		}},
		{"one destination in two lists", "destinations:\n  cloud: [Vault, A]\n  on_premises: [B, VAULT]\n", []string{
			`cutoff.yaml:3:20: destinations.on_premises[1]: found "VAULT", want a destination that is not in destinations.cloud too`,
		}},
		{"unclassified as on-premises", "destinations: {unclassified: on-premises}\n", []string{
			`cutoff.yaml:1:30: destinations.unclassified: found "on-premises", want check or cloud`,
		}},
		{"an alias of two departments", "departments:\n  aliases:\n    Sales: [Shop, shop]\n    Support: [' SHOP ']\n", []string{
			`cutoff.yaml:4:15: departments.aliases.Support[0]: found "SHOP", want a spelling that does not mean "Sales" as well`,
		}},
		{"an alias that is a department", "departments: {aliases: {Sales: [support], Support: [Desk]}}\n", []string{
			`cutoff.yaml:1:33: departments.aliases.Sales[0]: found "support", want a spelling that does not mean "Support" as well`,
		}},
		{"window without a unit", "evidence: {window: 30}\n", []string{
			`cutoff.yaml:1:20: evidence.window: found "30", want a number of days from 0d to 36500d`,
		}},
		{"no network, no domain", "evidence: {networks: [198.51.100.1/24], domains: [https://code42.com]}\n", []string{
			`cutoff.yaml:1:23: evidence.networks[0]: found "198.51.100.1/24", want the network's first address, 198.51.100.0/24`,
			`cutoff.yaml:1:51: evidence.domains[0]: found "https://code42.com", want a domain like code42.com`,
		}},
		{"a confirmation of nobody", "network: {confirmed_on: 2019-11-20}\n", []string{
			`cutoff.yaml:1:10: network.confirmed_by: found no key "confirmed_by", want who vouches for the network`,
		}},
		{"phases the wrong way round", "phases: {approaching: 10d, imminent: 20d}\n", []string{
			`cutoff.yaml:1:38: phases.imminent: found "20d", want imminent to be no longer before the date than approaching`,
		}},
		{"approaching later than the default of imminent", "phases: {approaching: 10d}\n", []string{
			`cutoff.yaml:1:23: phases.approaching: found "10d", want imminent to be no longer before the date than approaching`,
		}},
		{"a budget for nothing", "bundle: {budget: 1KiB, profiles: {ours: {blocked: ['*.js']}}}\n", []string{
			`cutoff.yaml:1:18: bundle.budget: found "1KiB", want a size from 256KiB to 1GiB`,
			`cutoff.yaml:1:52: bundle.profiles.ours.blocked[0]: found "*.js", want the ending of a file name, such as js`,
		}},
		{"contacts", "contacts: [{name: Desk, email: desk, url: 'javascript:x'}, {phone: 1}]\n", []string{
			`cutoff.yaml:1:32: contacts[0].email: found no e-mail address, want one like help@example.org`,
			`cutoff.yaml:1:43: contacts[0].url: found "javascript:x", want a link that begins with https:, http: or mailto:`,
			`cutoff.yaml:1:60: contacts[1].name: found no key "name", want a person or team`,
		}},
		{"a host with a command in it", "connection_test: {hosts: ['a.example.org; rm -rf', 'b:443']}\n", []string{
			`cutoff.yaml:1:27: connection_test.hosts[0]: found "a.example.org; rm -rf", want a host name or an address, without a port`,
			`cutoff.yaml:1:52: connection_test.hosts[1]: found "b:443", want a host name or an address, without a port`,
		}},
		{"look", "look: {logo: logo.gif, accent: red, dates: dd.mm.yyyy, thousands: '00'}\n", []string{
			`cutoff.yaml:1:14: look.logo: found "logo.gif", want a .png or .svg file`,
			`cutoff.yaml:1:32: look.accent: found "red", want a colour like "#1a5fb4"`,
			`cutoff.yaml:1:44: look.dates: found "dd.mm.yyyy", want the second of January 2006 written your way, such as 2 January 2006 or 2006-01-02`,
			`cutoff.yaml:1:67: look.thousands: found "00", want at most one character, no digit`,
		}},
		{"a colour without quotes", "look: \n  accent: #1a5fb4\n", []string{
			`cutoff.yaml:2:3: look.accent: found nothing, want a colour in quotes, like "#1a5fb4"`,
		}},
		{"addresses that are none", "mail: {from: desk, cc: ['a@example.org, b@example.org'], frequency: {imminent: hourly}}\n", []string{
			`cutoff.yaml:1:14: mail.from: found no single e-mail address, want one like help@example.org`,
			`cutoff.yaml:1:25: mail.cc[0]: found no single e-mail address, want one like help@example.org`,
			`cutoff.yaml:1:80: mail.frequency.imminent: found "hourly", want a number of days from 1d to 36500d`,
		}},
		{"a server with its port", "mail: {smtp: {host: 'mail.example.org:25'}}\n", []string{
			`cutoff.yaml:1:21: mail.smtp.host: found "mail.example.org:25", want a host name or an address, without a port`,
		}},
		{"signing in without a password", "mail: {smtp: {auth: plain, username: u}}\n", []string{
			`cutoff.yaml:1:21: mail.smtp.auth: found "plain", want either a password_file or a password_env beside it`,
		}},
		{"a token without a file", "mail: {smtp: {auth: xoauth2, username: u}}\n", []string{
			`cutoff.yaml:1:21: mail.smtp.auth: found "xoauth2", want a token_file beside it`,
		}},
		{"signing in where others can read it", "mail: {smtp: {auth: plain, username: u, password_file: p, security: none}}\n", []string{
			`cutoff.yaml:1:21: mail.smtp.auth: found "plain", want security starttls or tls: a password is not sent where others can read it`,
		}},
		{"a column that is none", "columns:\n  devise: Rechner\n  app_version: Version\n", []string{
			`cutoff.yaml:2:11: columns.devise: found unknown column "devise" (did you mean "device"?), want one of ` + strings.Join(config.Columns(), ", "),
		}},
		{"a date form with an hour", "look: {dates: 2006-01-02 15h}\n", []string{
			`cutoff.yaml:1:15: look.dates: found "2006-01-02 15h", want the second of January 2006 written your way, such as 2 January 2006 or 2006-01-02`,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := config.Parse("cutoff.yaml", []byte(test.text))
			if diff := cmp.Diff(test.want, fixture.Faults(t, err)); diff != "" {
				t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
			}
		})
	}
}

func TestProblem(t *testing.T) {
	if got := config.Default().Problem("look.logo", "found no picture, want one").String(); got != "look.logo: found no picture, want one" {
		t.Errorf("without a file: found %q", got)
	}
}

// Whatever a configuration holds, reading it ends in one that can be used, or in
// problems that all say where.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{everything, "", "a: 1\n", "look:\n  accent: #123456\n", "departments: {aliases: {A: [A, B], B: A}}\n", "columns: {'': [x]}\n", "contacts: [{}]\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := config.Parse("c.yaml", []byte(text))
		if err == nil {
			if c.StaleDays < 1 || c.Limits.UnzippedBytes < 1 || c.Policy == "" {
				t.Fatalf("found %+v, want it usable", c)
			}
			return
		}
		var problems problem.List
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("found error %v, want a list of problems", err)
		}
		for _, found := range problems {
			if found.File != "c.yaml" || (found.Row == 0) != (found.Column == 0) || found.Message == "" {
				t.Fatalf("found problem %+v, want a place and words", found)
			}
		}
	})
}

func TestEncodings(t *testing.T) {
	for _, test := range []struct{ text, file, want string }{
		{"organization: X", "a.csv", ""},
		{"encoding: windows-1251", "exports/a.csv", "windows-1251 rest"},
		{"encoding: windows-1251", "-", "windows-1251 rest"},
		{"encoding: {exports/*.csv: cp850, a.csv: GB18030}", "exports/a.csv", "IBM850"},
		{"encoding: {exports/*.csv: cp850, a.csv: GB18030}", "../other/a.csv", "GB18030"},
		{"encoding: {exports/*.csv: cp850, a.csv: GB18030}", "b.csv", ""},
		{"encoding: {'**/*.csv': utf-8}", "x/y/b.csv", "UTF-8"},
	} {
		c, err := config.Parse("cutoff.yaml", []byte(test.text))
		if err != nil {
			t.Fatal(err)
		}
		got := c.Encoding(test.file)
		if got.Rest {
			got.Name += " rest"
		}
		if got.Name != test.want {
			t.Errorf("%s: found %q for %s, want %q", test.text, got.Name, test.file, test.want)
		}
	}
	for text, want := range map[string]string{
		"encoding: klingon":          `cutoff.yaml:1:11: encoding: found "klingon", want the name of an encoding, such as shift_jis, gb18030, macintosh or windows-1250`,
		"encoding: {a.csv: klingon}": `cutoff.yaml:1:19: encoding.a.csv: found "klingon", want the name of an encoding, such as shift_jis, gb18030, macintosh or windows-1250`,
		"encoding: {'[a': utf-8}":    `cutoff.yaml:1:12: encoding.[a: found "[a", want a path or a glob such as exports/*.csv`,
	} {
		if _, err := config.Parse("cutoff.yaml", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("found %v, want %s", err, want)
		}
	}
}
