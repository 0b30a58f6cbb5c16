package prose

import (
	"bufio"
	"flag"
	"fmt"
	"hash/fnv"
	"html/template"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

var update = flag.Bool("update", false, "write the golden texts anew")

// contents is the folder of the program's own texts.
const contents = "../../templates/content/"

// renderContent loads one of these texts and renders it.
func renderContent(t *testing.T, name string, facts Facts) (Text, error) {
	t.Helper()
	text, err := os.ReadFile(contents + name)
	if err != nil {
		t.Fatal(err)
	}
	return renderText(name, text, facts)
}

// The sizes of a fleet in these tests: "none" has nothing affected, "one" has a
// single affected device, "each" has a device of each verdict, "many" has a
// thousand and everything that can be configured.
var sizes = []string{"none", "one", "each", "many"}

// shapes are policies for which a text must read right that knows nothing about
// its policy.
func shapes(t *testing.T) map[string]*policy.Policy {
	built := func(change func(*policy.Policy)) *policy.Policy {
		p, err := policy.Named("code42-port-4282")
		if err != nil {
			t.Fatal(err)
		}
		p.Title = "A notice of another subject"
		change(p)
		return p
	}
	return map[string]*policy.Policy{
		"all rules":         built(func(*policy.Policy) {}),
		"no site around it": built(func(*policy.Policy) {}),
		"no ports": built(func(p *policy.Policy) {
			p.Ports = policy.Ports{}
		}),
		"no version cut off, none unsupported": built(func(p *policy.Policy) {
			p.Versions = policy.VersionRule{Connects: rangesOf(t, ">= 0")}
		}),
		"no version connects": built(func(p *policy.Policy) {
			p.Versions, p.Ports = policy.VersionRule{}, policy.Ports{}
		}),
		"only the required": built(func(p *policy.Policy) {
			p.Versions.Unsupported, p.Systems, p.Links, p.Ports = nil, nil, policy.Links{}, policy.Ports{}
		}),
		"no rule at all": built(func(p *policy.Policy) {
			p.Versions, p.Ports = policy.VersionRule{Connects: rangesOf(t, ">= 0")}, policy.Ports{}
		}),
	}
}

// eachText renders every text in every phase, size and shape of policy.
func eachText(t *testing.T, visit func(t *testing.T, file string, facts Facts, text Text)) {
	for shape, p := range shapes(t) {
		folders := []string{"default"}
		if shape == "all rules" || shape == "no site around it" {
			folders = append(folders, p.ID)
		}
		for _, folder := range folders {
			names := []string{"announcement.md", "faq.md"}
			if folder == "default" {
				names = append(names, "how-to-upgrade.md")
			}
			for _, name := range names {
				file := path.Join(folder, name)
				source, err := parseSource(file, readContent(t, file), Funcs(config.Look{Thousands: ","}))
				if err != nil {
					t.Fatal(err)
				}
				for _, phase := range allPhases() {
					for _, size := range sizes {
						t.Run(strings.Join([]string{shape, file, string(phase), size}, "/"), func(t *testing.T) {
							facts := FactsOf(matterFor(t, p, phase, size))
							if shape == "no site around it" {
								facts.Pages = Pages{}
							}
							text, err := source.Render(facts, Place{})
							if err != nil {
								t.Fatal(err)
							}
							visit(t, file, facts, text)
						})
					}
				}
			}
		}
	}
}

// slips matches what goes wrong when placeholders meet a sentence.
var slips = regexp.MustCompile(`\{\{|\}\}|<no value>|%!| [,.;:?!)]|\( |,,|\.\.|,\.|  |\b1 (devices|days|departments|apps)\b|` +
	`\b0 (day|device|department)\b|(^|[^0-9,.])1 ((device|of the affected devices|of our affected devices)( of ours)? )?(are|have|need|connect|run) |1 device .*\b(their|them)\b|\b(none|no devices) (is|has)\b|` +
	`\b(a|an|the|of|on|in|and|or|from|since|version|versions|port|ports|with) ([.,;:?)]|$)|\b(the the|a a|is is|are are)\b`)

func TestTextsRenderInEverySituation(t *testing.T) {
	for shape, p := range shapes(t) {
		for _, file := range []string{"default/announcement.md", "default/faq.md", "default/how-to-upgrade.md"} {
			if _, err := renderContent(t, file, FactsOf(matterFor(t, p, policy.Announced, "many"))); err != nil {
				t.Errorf("%s: %v", shape, err)
			}
		}
	}
}

// sitePage matches the names that the texts use for the site's pages.
var sitePage = regexp.MustCompile(`Find a device|Test a network|Networks|Inputs`)

func TestTextsReadRight(t *testing.T) {
	eachText(t, func(t *testing.T, file string, facts Facts, text Text) {
		if text.Title == "" || text.Summary == "" {
			t.Errorf("found title %q and summary %q, want both", text.Title, text.Summary)
		}
		passages := append(passagesOf(t, string(text.HTML)), text.Title, text.Summary)
		for _, passage := range passages {
			if slip := slips.FindString(passage); slip != "" {
				t.Errorf("found %q in %q, want a sentence", slip, passage)
			}
			if page := sitePage.FindString(passage); facts.Pages == (Pages{}) && page != "" {
				t.Errorf("found page %q in %q, want no word of pages that are not there", page, passage)
			}
			if passage == "" {
				t.Error("found an empty passage, want text or nothing")
			}
		}
		for _, harm := range harms(string(text.HTML)) {
			t.Errorf("found %s", harm)
		}
		last := 1
		for _, heading := range text.Headings {
			if heading.Level > last+1 || heading.Level < 2 || heading.Level > 3 {
				t.Errorf("found heading %+v below level %d, want no level left out, and 2 or 3", heading, last)
			}
			last = heading.Level
		}
	})
}

// later and earlier match wordings that only fit one side of the effective
// date.
var (
	later   = regexp.MustCompile(`\b(will be|will not|will then|will go on|takes effect|closes|unless somebody acts|in danger|is due|be done the day before)\b`)
	earlier = regexp.MustCompile(`\b(is closed|are locked out|took effect|are cut off|is cut off:|bring it back|has changed|None\. )`)
)

func TestTextsKeepTheirTense(t *testing.T) {
	eachText(t, func(t *testing.T, file string, facts Facts, text Text) {
		wrong := earlier
		if facts.InForce {
			wrong = later
		}
		if facts.Phase == policy.Before {
			wrong = regexp.MustCompile(wrong.String() + `|\bannounced\b`)
		}
		for _, passage := range append(passagesOf(t, string(text.HTML)), text.Title, text.Summary) {
			if strings.Contains(passage, "A device that is cut off") || strings.Contains(passage, "a device that is cut off") {
				continue // holds at any time
			}
			if found := wrong.FindString(passage); found != "" {
				t.Errorf("found %q in %q, want the tense of phase %s", found, passage, facts.Phase)
			}
		}
	})
}

func TestAnnouncementSaysOnEffectiveDayThatItIsInForce(t *testing.T) {
	p := shapes(t)["all rules"]
	in := matterFor(t, p, policy.InForce, "many")
	in.Fleet.AsOf = p.Effective
	text, err := renderContent(t, "code42-port-4282/faq.md", FactsOf(in))
	if err != nil {
		t.Fatal(err)
	}
	if want := "None: it takes effect today, 4 February 2020"; !strings.Contains(string(text.HTML), want) {
		t.Errorf("found no %q in\n%s", want, text.HTML)
	}
}

// TestAnnouncementGolden shows an editor the two phases that most readers see.
func TestAnnouncementGolden(t *testing.T) {
	for _, tt := range []struct {
		phase policy.Phase
		size  string
	}{
		{policy.Approaching, "many"},
		{policy.InForce, "one"},
	} {
		t.Run(string(tt.phase), func(t *testing.T) {
			text, err := renderContent(t, "code42-port-4282/announcement.md", factsFor(t, tt.phase, tt.size))
			if err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprintf("<!-- %s\n%s -->\n%s", text.Title, text.Summary, text.HTML)
			golden := "testdata/announcement-" + string(tt.phase) + ".html"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// shingleWords is how many words in a row our texts may not share with the
// vendor's notice.
const shingleWords = 8

// TestTextsAreInOurOwnWords compares our texts with the vendor's notice, which
// is not here: testdata/notice-shingles.txt has hashes of every eight words in
// a row.
func TestTextsAreInOurOwnWords(t *testing.T) {
	vendor := noticeHashes(t)
	eachText(t, func(t *testing.T, file string, facts Facts, text Text) {
		for _, passage := range append(passagesOf(t, string(text.HTML)), text.Title, text.Summary) {
			for _, run := range shingles(passage) {
				if vendor[hashOf(run)] {
					t.Errorf("found the vendor's words %q, want our own", run)
				}
			}
		}
	})
}

func TestNoticeHashesAreThoseOfTheNotice(t *testing.T) {
	vendor := noticeHashes(t)
	if len(vendor) < 500 {
		t.Errorf("found %d hashes, want those of a notice of some 600 words", len(vendor))
	}
	// The subject is the policy's title, so our texts may have it.
	p, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range shingles(p.Title) {
		if !vendor[hashOf(run)] {
			t.Errorf("found no hash of the notice's title, %q", run)
		}
	}
}

func noticeHashes(t *testing.T) map[uint64]bool {
	t.Helper()
	file, err := os.Open("testdata/notice-shingles.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	hashes := map[uint64]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		hash, err := strconv.ParseUint(lines.Text(), 16, 64)
		if err != nil {
			t.Fatal(err)
		}
		hashes[hash] = true
	}
	return hashes
}

var word = regexp.MustCompile(`[a-z0-9]+`)

// shingles gives every run of eight words: lower case, letters and digits only.
func shingles(text string) []string {
	words := word.FindAllString(strings.ToLower(text), -1)
	var runs []string
	for i := 0; i+shingleWords <= len(words); i++ {
		runs = append(runs, strings.Join(words[i:i+shingleWords], " "))
	}
	return runs
}

func hashOf(text string) uint64 {
	hash := fnv.New64a()
	hash.Write([]byte(text))
	return hash.Sum64()
}

// literal matches a version, a date or a port that somebody wrote by hand.
var literal = regexp.MustCompile(`\b\d+\.\d+|\b\d{3,5}\b|\b\d{1,2}(st|nd|rd|th)?,? (January|February|March|April|May|June|July|August|September|October|November|December)|` +
	`(January|February|March|April|May|June|July|August|September|October|November|December) \d`)

func TestTextsNameNoVersionDateOrPortByHand(t *testing.T) {
	actions := regexp.MustCompile(`(?s)\{\{.*?\}\}|\]\(.*?\)`)
	for _, file := range contentFiles(t) {
		text := actions.ReplaceAllStringFunc(readContent(t, file), func(action string) string {
			return strings.Repeat("\n", strings.Count(action, "\n"))
		})
		for i, line := range strings.Split(text, "\n") {
			if found := literal.FindString(line); found != "" {
				t.Errorf("%s:%d: found %q, want a placeholder", file, i+1, found)
			}
		}
	}
}

// noticeFacts are the facts that the notice states, and how our texts name
// each: by a placeholder, or in words where the notice has no figure.
var noticeFacts = map[string][]string{
	"when it was announced":           {".Announced"},
	"when it takes effect":            {".Effective"},
	"the port that closes":            {".RetiredPorts"},
	"the ports that go on":            {".AllowedPorts"},
	"the port of TLS":                 {".AllowedPorts.Highest", "TLS"},
	"the oldest version":              {".OldestVersion"},
	"the exceptions":                  {".ExceptedVersions"},
	"versions without support":        {".UnsupportedVersions", "guarantee", "recommends upgrading"},
	"both groups of customers":        {"Code42 for Enterprise", "CrashPlan for Small Business"},
	"on-premises":                     {"store on-premises only", "on-premises installation"},
	"supported apps are not affected": {"Devices with a supported app"},
	"the device status report":        {".Links.DeviceReport", "device status report"},
	"the connection test":             {".Links.ConnectionTest", ".Pages.ConnectionTest"},
	"the version policy":              {".Links.VersionPolicy"},
	"the lifecycle policy":            {".Links.LifecyclePolicy"},
	"the notice itself":               {".Links.Notice"},
	"help":                            {".Links.Help", "Customer Champions"},
	"it may change":                   {"change at any time without anybody being told", "look at it again"},
	"it binds nobody":                 {"binds nobody", "informational", "no warranty"},
	"updates":                         {"How is this document updated?"},
	"no time of day":                  {"without a time of day"},
	"hybrid installations":            {"hybrid"},
	"why a new app uses the old port": {"firewall blocks"},
	"computers that are off":          {"switched off", ".AffectedStale"},
	"backups":                         {"Do I lose my backups?"},
	"our figures":                     {".Affected", ".Open", ".Devices", ".Check", ".Waived", ".VerifyPort", ".UpgradeRecommended"},
	"the age of the figures":          {".Newest", ".AsOf"},
	"find a computer":                 {".Pages.Find"},
}

func TestTextsHoldEveryFactOfTheNotice(t *testing.T) {
	both := readContent(t, "code42-port-4282/announcement.md") + readContent(t, "code42-port-4282/faq.md")
	both = strings.Join(strings.Fields(both), " ") // wherever the lines break
	for fact, signs := range noticeFacts {
		for _, sign := range signs {
			if !strings.Contains(both, sign) {
				t.Errorf("%s: found no %q", fact, sign)
			}
		}
	}
}

func TestAnnouncementIsShort(t *testing.T) {
	eachText(t, func(t *testing.T, file string, facts Facts, text Text) {
		if path.Base(file) != "announcement.md" {
			return
		}
		for part, most := range map[template.HTML]int{text.HTML: 500, text.Brief: 250} {
			if words := len(strings.Fields(strings.Join(passagesOf(t, string(part)), " "))); words == 0 || words > most {
				t.Errorf("found %d words, want at most %d: people have two minutes", words, most)
			}
		}
	})
}

func contentFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, folder := range []string{"code42-port-4282", "default"} {
		files = append(files, folder+"/announcement.md", folder+"/faq.md")
	}
	return files
}

func readContent(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(path.Join("../../templates/content", file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// passagesOf gives the text of each paragraph, entry and heading.
func passagesOf(t *testing.T, rendered string) []string {
	t.Helper()
	root := fixture.Page(t, []byte(rendered))
	var passages []string
	for n := range root.Descendants() {
		if slices.Contains([]string{"p", "li", "h2", "h3", "h4", "td", "th"}, n.Data) && n.Type == html.ElementNode {
			passages = append(passages, strings.TrimSpace(strings.ReplaceAll(fixture.Text(n), "\n", " ")))
		}
	}
	return passages
}

// factsFor gives the placeholders' values for the built-in policy.
func factsFor(t *testing.T, phase policy.Phase, size string) Facts {
	t.Helper()
	p, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	return FactsOf(matterFor(t, p, phase, size))
}

func matterFor(t *testing.T, p *policy.Policy, phase policy.Phase, size string) Matter {
	t.Helper()
	daysLeft := map[policy.Phase]int{
		policy.Before: 130, policy.Announced: 100, policy.Approaching: 45, policy.Imminent: 1, policy.InForce: -1,
	}
	asOf := p.Effective.Add(-daysLeft[phase])
	f := &fleet.Fleet{AsOf: asOf, Phase: phase, Counts: countsFor(t, size)}
	open := &fleet.Department{Name: "Sales", Counts: fleet.Counts{Open: 1}}
	c := &config.Config{StaleDays: 90, Look: config.Look{Thousands: ","}}
	c.Rules.ApproachingDays, c.Rules.ImminentDays, c.Rules.WindowDays = 60, 14, 30
	if size != "none" {
		f.Departments = append(f.Departments, open)
		f.Newest = asOf.Add(-1)
		c.Organization = "Northwind"
	}
	if size == "many" {
		f.Departments = append(f.Departments, open, &fleet.Department{Name: "Board"})
		c.Privacy.FleetFiles = true
		c.Contacts = []config.Contact{{Name: "Service Desk", Email: "desk@example.com", Phone: "+44 20 7946 0000", URL: "https://example.com/desk"}, {Name: "Network team"}}
		c.Network = &config.Confirmation{By: "Network team", On: calendar.New(2019, time.November, 20), Source: "CHG-1042"}
		c.Rules.UnclassifiedIsCloud = true
		c.Rules.Supported = &policy.SupportList{Versions: rangesOf(t, ">= 7.0"), Source: "https://example.com/versions", Checked: calendar.New(2019, time.October, 1)}
	}
	return Matter{Fleet: f, Policy: p, Rules: policy.New(p, c.Rules), Config: c}
}

func countsFor(t *testing.T, size string) fleet.Counts {
	t.Helper()
	verdicts := map[policy.Verdict]int{}
	for _, v := range policy.Verdicts() {
		verdicts[v] = 0
	}
	counts := fleet.Counts{Verdicts: verdicts}
	switch size {
	case "none":
		counts.Devices, verdicts[policy.Ready], verdicts[policy.NotAffected] = 3, 2, 1
	case "one":
		counts.Devices, verdicts[policy.Upgrade] = 1, 1
		counts.Affected, counts.Open, counts.AffectedStale = 1, 1, 1
	case "each", "many":
		for i, v := range policy.Verdicts() {
			verdicts[v] = 1
			if size == "many" {
				verdicts[v] = 1000 + i
			}
			counts.Devices += verdicts[v]
		}
		counts.Affected = verdicts[policy.UpgradeAndChangePort] + verdicts[policy.Upgrade] + verdicts[policy.ChangePort]
		counts.Waived, counts.AffectedStale = 1, 1
		if size == "many" {
			counts.Waived, counts.AffectedStale = 7, 11
		}
		counts.Open, counts.AffectedRecent = counts.Affected-counts.Waived, counts.Affected-counts.AffectedStale
	default:
		t.Fatalf("found size %q, want none, one, each or many", size)
	}
	return counts
}

func rangesOf(t *testing.T, text string) []policy.Range {
	t.Helper()
	ranges, err := policy.ParseRanges(text)
	if err != nil {
		t.Fatal(err)
	}
	return ranges
}
