package config

import (
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/spelling"
	"example.org/cutoff/generator/strictyaml"
)

// Parse reads a configuration file and fills in the defaults. file is its path with
// forward slashes. It names the file in problems, and its folder becomes Dir. The
// error is a [problem.List] with every fault of the file.
func Parse(file string, text []byte) (*Config, error) {
	doc := strictyaml.Read(file, text, problem.BadSetting)
	c := Default()
	c.File, c.Dir, c.Text = file, path.Dir(file), text
	c.read(doc.Root())
	if err := doc.Err(); err != nil {
		return nil, err
	}
	c.positions = doc.Positions()
	return c, nil
}

// read asks for every key at the top of the file and below.
func (c *Config) read(root *strictyaml.Mapping) {
	c.Organization = root.At("organization").Text()
	c.SiteURL = readSiteURL(root.At("site_url"))
	c.Reports = root.At("reports").Texts()
	c.Connections = root.At("connections").Texts()
	c.Roster = root.At("roster").Texts()
	c.Waivers = root.At("waivers").Texts()
	c.Policy = textOr(root.At("policy"), c.Policy)
	c.Out = textOr(root.At("out"), c.Out)
	c.Memory = root.At("memory").Text()
	c.AsOf = root.At("as_of").Day()
	c.readSupported(root.At("supported"))
	c.readDestinations(root.At("destinations").Mapping())
	c.DepartmentAliases = readAliases(root.At("departments").Mapping().At("aliases"))
	c.Columns = readColumns(root.At("columns"))
	c.Show = root.At("show").Texts()
	c.DateOrder = value.DateOrder(root.At("dates").Mapping().At("order").OneOf(string(c.DateOrder), string(value.Auto), string(value.DayFirst), string(value.MonthFirst)))
	c.Encodings = readEncodings(root.At("encoding"))
	c.readEvidence(root.At("evidence").Mapping())
	c.readNetwork(root.At("network"))
	c.StaleDays = root.At("stale_after").Days(c.StaleDays, 1)
	c.OldDays = root.At("old_data_after").Days(c.OldDays, 0)
	c.readPhases(root.At("phases").Mapping())
	stop := root.At("stop").Mapping()
	c.Stop.RejectedShare = stop.At("rejected").Share(c.Stop.RejectedShare)
	c.Stop.AgeDays = stop.At("age").Days(c.Stop.AgeDays, 1)
	c.Stop.FewerShare = stop.At("fewer").Share(c.Stop.FewerShare)
	c.PaceDays = root.At("pace").Mapping().At("window").Days(c.PaceDays, 1)
	limits := root.At("limits").Mapping()
	c.Limits.CellBytes = int(min(limits.At("cell").Bytes(int64(c.Limits.CellBytes)), 1<<30))
	c.Limits.Columns = limits.At("columns").Int(c.Limits.Columns, 1, 1_000_000)
	c.Limits.Rows = limits.At("rows").Int(c.Limits.Rows, 1, 1_000_000_000)
	c.Limits.UnzippedBytes = limits.At("unzipped").Bytes(c.Limits.UnzippedBytes)
	privacy := root.At("privacy").Mapping()
	c.Privacy.Emails = privacy.At("emails").Bool(c.Privacy.Emails)
	c.Privacy.Addresses = privacy.At("addresses").Bool(c.Privacy.Addresses)
	c.Privacy.UserNames = privacy.At("user_names").Bool(c.Privacy.UserNames)
	c.Privacy.FleetFiles = privacy.At("fleet_files").Bool(c.Privacy.FleetFiles)
	c.Workbooks = root.At("workbooks").Bool(c.Workbooks)
	c.Standalone = root.At("standalone").Bool(c.Standalone)
	for _, m := range root.At("contacts").Mappings() {
		c.Contacts = append(c.Contacts, readContact(m))
	}
	c.TestHosts = readHosts(root.At("connection_test").Mapping().At("hosts"))
	c.readBundle(root.At("bundle").Mapping())
	c.readMail(root.At("mail").Mapping())
	c.readLook(root.At("look").Mapping())
}

func textOr(v strictyaml.Value, fallback string) string {
	if text := v.Text(); text != "" {
		return text
	}
	return fallback
}

func (c *Config) readSupported(v strictyaml.Value) {
	if !v.IsSet() {
		return
	}
	m := v.Mapping()
	c.Rules.Supported = &policy.SupportList{
		Versions: policy.ReadRanges(m.Need("versions", `a range such as ">= 7.0"`)),
		Source:   m.At("source").Text(),
		Checked:  m.At("checked").Day(),
	}
}

// readDestinations refuses a destination that is in both lists. It compares names
// as the rules do: whole, ignoring case.
func (c *Config) readDestinations(m *strictyaml.Mapping) {
	cloud, onPremises := m.At("cloud"), m.At("on_premises")
	c.Rules.CloudDestinations = cloud.Texts()
	c.Rules.OnPremisesDestinations = onPremises.Texts()
	for _, entry := range onPremises.List() {
		name := entry.Quiet()
		if name != "" && slices.ContainsFunc(c.Rules.CloudDestinations, func(other string) bool { return spelling.Same(name, other) }) {
			entry.Want("a destination that is not in destinations.cloud too")
		}
	}
	c.Rules.UnclassifiedIsCloud = m.At("unclassified").OneOf("check", "check", "cloud") == "cloud"
}

// readAliases maps each other spelling to the department that it means. A spelling
// that means two departments is a problem. So is one that is itself a department
// with aliases, because its devices could go to either page.
func readAliases(v strictyaml.Value) map[string]string {
	departments := v.Mapping()
	aliases, names := map[string]string{}, map[string]string{}
	departments.Each(func(name, _ strictyaml.Value) {
		if text := name.Text(); text != "" {
			names[spelling.Fold(text)] = text
		}
	})
	meaning := map[string]string{}
	departments.Each(func(name, others strictyaml.Value) {
		department := name.Quiet()
		for _, entry := range others.List() {
			text := entry.Text()
			if text == "" {
				continue
			}
			key := spelling.Fold(text)
			other, taken := meaning[key]
			if !taken && names[key] != "" && key != spelling.Fold(department) {
				other, taken = names[key], true
			}
			if taken && spelling.Fold(other) != spelling.Fold(department) {
				entry.Want("a spelling that does not mean " + problem.Quote(other) + " as well")
				continue
			}
			meaning[key], aliases[text] = department, department
		}
	})
	return aliases
}

func (c *Config) readEvidence(m *strictyaml.Mapping) {
	c.Rules.WindowDays = m.At("window").Days(c.Rules.WindowDays, 0)
	c.EvidenceNetworks = strictyaml.Entries(m.At("networks"), strictyaml.Value.Prefix)
	c.EvidenceDomains = policy.ReadDomains(m.At("domains"))
	outcomes := m.At("outcomes").Mapping()
	c.EvidenceSuccesses = outcomes.At("success").Texts()
	c.EvidenceFailures = outcomes.At("failure").Texts()
	m.At("devices").Mapping().Each(func(file, device strictyaml.Value) {
		if text := device.Text(); text != "" {
			c.EvidenceDevices[file.Quiet()] = text
		}
	})
}

func (c *Config) readNetwork(v strictyaml.Value) {
	if !v.IsSet() {
		return
	}
	m := v.Mapping()
	c.Network = &Confirmation{
		By:     m.Need("confirmed_by", "who vouches for the network").Text(),
		On:     m.Need("confirmed_on", "a date like 2019-11-20").Day(),
		Source: m.At("source").Text(),
	}
	c.Rules.NetworkConfirmed = true
}

func (c *Config) readPhases(m *strictyaml.Mapping) {
	c.Rules.ApproachingDays = m.At("approaching").Days(c.Rules.ApproachingDays, 1)
	imminent := m.At("imminent")
	c.Rules.ImminentDays = imminent.Days(c.Rules.ImminentDays, 1)
	if c.Rules.ImminentDays > c.Rules.ApproachingDays {
		at := imminent
		if !at.IsSet() {
			at = m.At("approaching")
		}
		at.Want("imminent to be no longer before the date than approaching")
	}
}

// readSiteURL reads the address of the site's folder and gives it with a slash at
// its end, so that the names of pages can follow.
func readSiteURL(v strictyaml.Value) string {
	address := v.Link()
	if address == "" {
		return ""
	}
	if !strings.HasPrefix(address, "http") || strings.ContainsAny(address, "?#") {
		v.Want("the address of the site's folder, like https://intranet.example.org/cutoff/")
		return ""
	}
	return strings.TrimSuffix(strings.TrimSuffix(address, "index.html"), "/") + "/"
}

func readContact(m *strictyaml.Mapping) Contact {
	email := m.At("email")
	contact := Contact{
		Name:  m.Need("name", "a person or team").Text(),
		Email: email.Text(),
		URL:   m.At("url").Link(),
		Phone: m.At("phone").Text(),
	}
	if contact.Email != "" && (strings.Count(contact.Email, "@") != 1 || !strictyaml.IsLink("mailto:"+contact.Email) || strings.ContainsAny(contact.Email, "?&%,;:()")) {
		email.Fault("found no e-mail address, want one like help@example.org")
	}
	return contact
}

// readHosts reads host names or addresses. Anything else is refused, because people
// paste the commands with them into a shell.
func readHosts(v strictyaml.Value) []string {
	var hosts []string
	for _, entry := range v.List() {
		if host := readHost(entry); host != "" {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

func readHost(v strictyaml.Value) string {
	host := v.Text()
	if host != "" && !policy.IsHost(host) {
		v.Want("a host name or an address, without a port")
		return ""
	}
	return host
}

func (c *Config) readLook(m *strictyaml.Mapping) {
	logo := m.At("logo")
	c.Look.Logo = logo.Text()
	if ext := strings.ToLower(path.Ext(c.Look.Logo)); c.Look.Logo != "" && ext != ".png" && ext != ".svg" {
		logo.Want("a .png or .svg file")
	}
	accent := m.At("accent")
	c.Look.Accent = strings.ToLower(accent.Text())
	if accent.IsBlank() { // what follows a bare # is a comment
		accent.Want(`a colour in quotes, like "#1a5fb4"`)
	}
	if c.Look.Accent != "" && !isColour(c.Look.Accent) {
		accent.Want(`a colour like "#1a5fb4"`)
	}
	dates := m.At("dates")
	c.Look.Dates = textOr(dates, c.Look.Dates)
	if !tellsDays(c.Look.Dates) {
		dates.Want("the second of January 2006 written your way, such as 2 January 2006 or 2006-01-02")
	}
	c.Rules.DateLayout = c.Look.Dates
	if thousands := m.At("thousands"); thousands.IsSet() {
		c.Look.Thousands = thousands.Verbatim()
		if utf8.RuneCountInString(c.Look.Thousands) > 1 || strings.ContainsAny(c.Look.Thousands, "0123456789<>&\"") {
			thousands.Want("at most one character, no digit")
		}
	}
	c.Look.Overrides = m.At("overrides").Text()
}

func isColour(text string) bool {
	digits, hash := strings.CutPrefix(text, "#")
	return hash && len(digits) == 6 && strings.Trim(digits, "0123456789abcdef") == ""
}

// tellsDays reports whether a layout shows day, month and year, and no time of day.
// A layout made from another day than the second of January 2006 would show the
// same text for every day.
func tellsDays(layout string) bool {
	written := func(year int, month time.Month, day int) string {
		return calendar.New(year, month, day).Format(layout)
	}
	base := written(2019, time.October, 3)
	if written(2020, time.October, 3) == base || written(2019, time.November, 3) == base || written(2019, time.October, 14) == base {
		return false
	}
	noon := time.Date(2019, time.October, 3, 13, 14, 15, 0, time.UTC)
	return noon.Format(layout) == base
}
