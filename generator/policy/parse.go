package policy

import (
	"net/netip"
	"regexp"
	"strings"

	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/strictyaml"
)

// Parse reads a policy file. file names it in problems. The error is a
// [problem.List] with every fault of the file: it is refused as a whole, since
// half a notice is a wrong one.
func Parse(file string, text []byte) (*Policy, error) {
	doc := strictyaml.Read(file, text, problem.BadSetting)
	root := doc.Root()
	p := &Policy{File: file, Text: text}

	p.ID = readID(root.Need("id", "a name of lower-case letters, digits and dashes"))
	p.Title = root.Need("title", "the notice's subject").Text()
	p.Vendor = root.Need("vendor", "who announced it").Text()
	p.Product = root.Need("product", "the product's name").Text()
	p.Announced = root.At("announced").Day()
	effective := root.Need("effective", "a date like 2020-02-04")
	p.Effective = effective.Day()
	if !p.Announced.IsZero() && !p.Effective.IsZero() && p.Effective.Before(p.Announced) {
		effective.Want("a day not before the announcement, " + p.Announced.String())
	}
	p.Subject = Subject(root.At("subject").OneOf(string(AppVersion), string(AppVersion), string(SystemVersion)))
	scope := root.At("scope")
	consequence := root.At("consequence").Mapping()
	p.Consequence = Consequence{consequence.At("title").Text(), consequence.At("before").Text(), consequence.At("after").Text()}
	for _, m := range root.At("dates").Mappings() {
		p.Dates = append(p.Dates, NamedDay{m.Need("day", "a date like 2020-02-04").Day(), m.Need("what", "what happens on it").Text()})
	}
	p.Source = root.Need("source", "a link to the vendor's page").Link()
	p.Content = readFolder(root.At("content"))

	versions := root.Need("versions", "the key connects with the ranges that connect").Mapping()
	p.Versions.Connects, p.connectsAt = readRanges(versions.Need("connects", `a range such as ">= 5.4"`))
	p.Versions.Unsupported, p.unsupportedAt = readRanges(versions.At("unsupported"))
	p.Versions.Target = versions.At("target").Text()

	ports := root.At("ports").Mapping()
	retired := ports.At("retired")
	p.Ports.Retired = readPorts(retired)
	p.Ports.Allowed = readPorts(ports.At("allowed"))
	if len(p.Ports.Retired) > 0 && len(p.Ports.Allowed) == 0 {
		retired.Fault("found retired ports and no allowed one, want the ports that go on in ports.allowed")
	}

	for _, m := range root.At("destinations").Mappings() {
		p.Destinations = append(p.Destinations, readDestination(m))
	}
	p.Scope = readScope(scope, len(p.Destinations) > 0)
	cloud := root.At("cloud").Mapping()
	p.Cloud.Domains = ReadDomains(cloud.At("domains"))
	p.Cloud.Networks = strictyaml.Entries(cloud.At("networks"), strictyaml.Value.Prefix)
	for _, m := range root.At("systems").Mappings() {
		p.Systems = append(p.Systems, readSystems(m)...)
	}
	p.Links = readLinks(root.At("links").Mapping())

	if err := doc.Err(); err != nil {
		return nil, err
	}
	p.positions = doc.Positions()
	return p, nil
}

// idForm keeps an ID usable as a file name everywhere.
var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func readID(v strictyaml.Value) string {
	id := v.Text()
	if id != "" && (!idForm.MatchString(id) || len(id) > 60) {
		v.Want("at most 60 lower-case letters, digits and single dashes")
		return ""
	}
	return id
}

// readFolder reads a path below the policy's own folder, so that a policy from
// elsewhere cannot put the reader's own files on a page.
func readFolder(v strictyaml.Value) string {
	folder := v.Text()
	if strings.HasPrefix(folder, "/") || strings.Contains(folder, `\`) || strings.Contains(folder, ":") ||
		strings.Contains("/"+folder+"/", "/../") {
		v.Want("a folder below the policy's own, with / between names")
		return ""
	}
	return folder
}

func readPorts(v strictyaml.Value) []int {
	return strictyaml.Entries(v, func(port strictyaml.Value) int { return port.Int(0, 1, 65535) })
}

func readDestination(m *strictyaml.Mapping) CloudDestination {
	uid, names := m.At("uid"), m.At("names")
	d := CloudDestination{UID: uid.Text(), Names: names.Texts()}
	if d.UID != "" && strings.Trim(d.UID, "0123456789") != "" {
		uid.Want("digits")
	}
	if !uid.IsSet() && !names.IsSet() {
		m.Need("uid", "digits, or names beside it")
	}
	return d
}

// ReadDomains reads a list of domains, in lower case, without a dot at either
// end.
func ReadDomains(v strictyaml.Value) []string { return strictyaml.Entries(v, readDomain) }

func readDomain(v strictyaml.Value) string {
	text := v.Text()
	domain := strings.ToLower(strings.Trim(text, "."))
	if text != "" && (!domainForm.MatchString(domain) || len(domain) > 253) {
		v.Want("a domain like code42.com")
		return ""
	}
	return domain
}

var domainForm = regexp.MustCompile(`^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

// IsHost reports whether text is a host's name or address, without a port.
func IsHost(text string) bool {
	if _, err := netip.ParseAddr(text); err == nil {
		return !strings.Contains(text, "%")
	}
	return hostForm.MatchString(text) && len(text) <= 253
}

var hostForm = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$`)

// readSystems gives one system for each range of its versions.
func readSystems(m *strictyaml.Mapping) []System {
	system := System{
		OS:      m.Need("os", "the system as reports write it: mac, win, linux").Text(),
		Name:    m.Need("name", "the system's name").Text(),
		LastApp: m.At("last_app").Text(),
	}
	var systems []System
	for _, r := range ReadRanges(m.Need("versions", `a range of the system's versions, such as "<= 10.6"`)) {
		system.Versions = r
		systems = append(systems, system)
	}
	return systems
}

func readLinks(m *strictyaml.Mapping) Links {
	return Links{
		Notice:          m.At("notice").Link(),
		VersionPolicy:   m.At("version_policy").Link(),
		LifecyclePolicy: m.At("lifecycle_policy").Link(),
		ConnectionTest:  m.At("connection_test").Link(),
		DeviceReport:    m.At("device_report").Link(),
		Help:            m.At("help").Link(),
	}
}
