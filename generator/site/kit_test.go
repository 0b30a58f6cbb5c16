package site

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/config"
)

// The text to forward names the day until it has come, and the site's address
// where that is configured.
func TestKit(t *testing.T) {
	address := func(c *config.Config) { c.SiteURL = "https://intranet.example.org/cutoff/" }
	page := func(m made) string {
		m.devices, m.departments, m.change = 4, 1, only("4.7.1", 4287)
		in := m.input(t)
		return string(render(t, in).files["departments/"+in.Fleet.Departments[0].Slug+".html"])
	}
	text := func(page string) string {
		_, found, _ := strings.Cut(page, `command-lines--letter" tabindex="0" aria-label="Text for your staff"><pre><code>`)
		found, _, _ = strings.Cut(found, "</code>")
		return found
	}
	want := `Subject: Is your computer ready for 4 February 2020?

Dear all,

From 4 February 2020 on, the Code42 cloud will not let in old versions of the Code42 app or anything on port 4282. Some of our computers need attention.

Please do two things:

1. See whether yours is one of them: https://intranet.example.org/cutoff/find.html

2. If it is, do what that page says by 3 February 2020, or ask for help with it.

Questions: Endpoint team (endpoint@example.org).`
	before := page(made{configure: address})
	if diff := cmp.Diff(want, text(before)); diff != "" {
		t.Errorf("before (-want +got):\n%s", diff)
	}
	if !strings.Contains(before, `href="../cutoff.ics"`) {
		t.Error("before: found no calendar entry")
	}
	after := page(made{asOf: afterwards})
	for _, wanted := range []string{"may need attention now", "The Code42 cloud no longer lets in old versions", "1. Ask me whether"} {
		if !strings.Contains(text(after), wanted) {
			t.Errorf("afterwards: found no %q in %s", wanted, text(after))
		}
	}
	if strings.Contains(after, "cutoff.ics") {
		t.Error("afterwards: found a calendar entry for a day that is over")
	}
}
