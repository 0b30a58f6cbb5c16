package site

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
)

// A group says whose turn it is: first the devices seen lately, in the order of
// what to do, then, folded, those that were not seen, were replaced, or are
// waived. The head counts all of them.
func TestListsSayWhoFirst(t *testing.T) {
	in := made{devices: 40, departments: 1, change: func(i int, d *device.Device) {
		only("4.7.1", 4287)(i, d)
		d.LastActivity, d.LastConnected = device.InstantOf(midDecember.Start()), device.InstantOf(midDecember.Start())
		d.Connections[0].Time = d.LastSeen()
		d.OS, d.OSVersion = "mac", "10.14.6"
		switch {
		case i < 3:
			d.OSVersion = "10.6.8"
		case i < 7:
			d.LastActivity, d.LastConnected = device.InstantOf(midDecember.Add(-91).Start()), 0
		case i < 9: // one computer, set up anew
			d.Hostname, d.Username = "same", "same"
			if i == 8 {
				d.LastActivity, d.LastConnected = device.InstantOf(midDecember.Add(-20).Start()), 0
			}
		}
	}}.input(t)
	page := string(render(t, in).files["departments/"+in.Fleet.Departments[0].Slug+".html"])
	group := page[strings.Index(page, `<section class="group`):]
	var got []string
	for _, found := range regexp.MustCompile(`(?s)<p class="group-words">(.*?)</p>|<summary>(.*?)</summary>|<p class="list-words">(.*?)</p>|<li>(It has.*?)</li>`).FindAllStringSubmatch(group, -1) {
		got = append(got, regexp.MustCompile(`<.*?>`).ReplaceAllString(strings.Join(found[1:], ""), ""))
	}
	want := []string{
		"Too old to connect from the cutoff on. 35 seen lately, 3 not seen for more than 90 days, 1 probably replaced, 1 waived.",
		"Upgrade the Code42 app to 7.0 or later. 32 devices",
		"These computers need a newer system first, in three steps: 3 devices",
		"It has Mac OS X 10.6 or older, which runs nothing newer than app 4.3.x. Find out whether this computer can run a newer system; if it cannot, replace it.",
		"Not seen for more than 90 days 3 devices",
		"Find out whether they are still in use. If so: upgrade the Code42 app to 7.0 or later.",
		"Probably replaced 1 device",
		"A computer of the same name and user was seen later, under another GUID. Confirm that, then deactivate the old one in the console.",
		"Waived 1 device",
		"A waiver does not keep a device from being cut off. When it ends: upgrade the Code42 app to 7.0 or later.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if heads := strings.Count(group, `<th scope="col">Replaced by</th>`); heads != 1 {
		t.Errorf("found %d columns of who replaced a device, want 1", heads)
	}
}
