package browser

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// deviceRow is one line of devices.csv.
type deviceRow struct{ name, host, user, department, verdict string }

func readDevices(t *testing.T, folder string) []deviceRow {
	t.Helper()
	file, err := os.Open(filepath.Join(folder, "data", "devices.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(record []string, column string) string { return record[slices.Index(records[0], column)] }
	var rows []deviceRow
	for _, r := range records[1:] {
		rows = append(rows, deviceRow{at(r, "device_name"), at(r, "hostname"), at(r, "username"), at(r, "department"), at(r, "verdict")})
	}
	return rows
}

// answer is one device that find.html shows.
type answer struct{ Verdict, Device, Department, Action, Words string }

const answers = `[...document.querySelectorAll("[data-find-answers] > li")].map((li) => ({
	verdict: li.dataset.verdict,
	device: li.querySelector('[data-card="device"]').textContent,
	department: li.querySelector('[data-card="department"]').textContent,
	action: li.querySelector('[data-card="yours"]').textContent,
	words: li.textContent,
}))`

const findStatus = `document.querySelector("[data-find-status]").textContent`

// find types into the search and waits for answers that are what is wanted: an
// answer may still be on its way from a part of the index.
func (b *tab) find(typed string, wanted func(found []answer, status string) bool) {
	b.t.Helper()
	b.typeInto("#find-field", typed)
	b.await(wanted)
}

// await waits for answers.
func (b *tab) await(wanted func(found []answer, status string) bool) {
	b.t.Helper()
	var found []answer
	for range 1000 {
		found = ask[[]answer](b, answers)
		if wanted(found, ask[string](b, findStatus)) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.t.Errorf("typed %q, found status %q with %d answers, not what is wanted: %+v", ask[string](b, `document.querySelector("#find-field").value`), ask[string](b, findStatus), len(found), found)
}

// Typing finds a device by the start of any word of its name, its host name or its
// user's name, from disk and from a server. The answer has verdict, action and
// department.
func TestFindAnswers(t *testing.T) {
	device := readDevices(t, sites.Corners)[777]
	for _, place := range []struct{ name, site string }{
		{"from disk", onDisk(sites.Corners, "")},
		{"from a server", serve(t, sites.Corners)},
	} {
		t.Run(place.name, func(t *testing.T) {
			b := open(t, desk, place.site, "find.html")
			for _, by := range []struct{ name, typed string }{
				{"device name", device.name},
				{"device name in other case", strings.ToLower(device.name)},
				{"host name", device.host},
				{"host name in capitals", strings.ToUpper(device.host)},
				{"user name", device.user},
				{"e-mail address", device.user + "@corner.example"},
				{"user name with a domain", `CORNER\` + device.user},
				{"last word of the device name", device.name[strings.LastIndex(device.name, "-")+1:]},
			} {
				t.Run(by.name, func(t *testing.T) {
					b.t = t
					b.find(by.typed, func(found []answer, _ string) bool {
						return slices.ContainsFunc(found, func(a answer) bool {
							return a.Device == device.name && a.Verdict == device.verdict && a.Department == device.department && a.Action != ""
						})
					})
				})
			}
			b.t = t
		})
	}
}

// Every letter that is typed has its own answer: the devices of which a word
// begins like what stands in the field, at most 10 of them, and no other; fewer
// than three characters have none.
func TestFindAnswersEachLetter(t *testing.T) {
	devices := readDevices(t, sites.Corners)
	b := openOnDisk(t, desk, sites.Corners, "find.html")
	for _, typed := range []string{"p", "pe", "per", "person.114", "long-", "long-1", "long-114", "long-1149", "branch-01", "host-0114", "1149"} {
		begins := func(name string) bool {
			name = strings.ToLower(name)
			for i := range name {
				if (i == 0 || strings.ContainsRune("-._\\ ", rune(name[i-1]))) && strings.HasPrefix(name[i:], strings.TrimRight(typed, "-")) {
					return true
				}
			}
			return false
		}
		matching := make(map[string]bool)
		for _, d := range devices {
			if len(typed) >= 3 && (begins(d.name) || begins(d.host) || begins(d.user)) {
				matching[d.name] = true
			}
		}
		b.find(typed, func(found []answer, status string) bool {
			return len(found) == min(len(matching), 10) && strings.HasPrefix(status, "The first 10") == (len(matching) > 10) &&
				(len(typed) < 3) == strings.HasPrefix(status, "Type three") &&
				!slices.ContainsFunc(found, func(a answer) bool { return !matching[a.Device] })
		})
	}
}

// A link brings what to look for, and the field has the focus.
func TestFindFromALink(t *testing.T) {
	device := readDevices(t, sites.Corners)[777]
	b := open(t, desk, serve(t, sites.Corners), "find.html?q="+device.name)
	b.await(func(found []answer, _ string) bool {
		return slices.ContainsFunc(found, func(a answer) bool { return a.Device == device.name })
	})
	if got := ask[string](b, `document.activeElement.id`); got != "find-field" {
		t.Errorf("found the focus on %q, want it in the field", got)
	}
}

func TestFindSaysWhenThereIsNone(t *testing.T) {
	b := openOnDisk(t, desk, sites.Sample, "find.html")
	for _, typed := range []string{"zzzz", `\\"\"\`, "%00", "__proto__", "constructor", "<<<", "😀"} {
		b.find(typed, func(found []answer, status string) bool {
			return len(found) == 0 && status == "No device or user starts with “"+typed+"”."
		})
		b.find("", func(found []answer, status string) bool { return len(found) == 0 && status == "" })
	}
}

// Hostile names are found by what shows of them, and are words on the page: no
// element comes of them, and the tab sees to it that nothing of them runs.
func TestFindShowsHostileNamesAsText(t *testing.T) {
	b := openOnDisk(t, desk, sites.Corners, "find.html")
	unseen := strings.NewReplacer("\u202e", "", "\u200b", "", "\u2028", "")
	for _, name := range hostileNames() {
		b.find(unseen.Replace(name), func(found []answer, _ string) bool {
			return slices.ContainsFunc(found, func(a answer) bool { return a.Department == "Hostile" })
		})
		if got := ask[int](b, `document.querySelectorAll("[data-find-answers] :is(img, script, b)").length`); got != 0 {
			t.Errorf("%s: found %d elements that come from a name, want none", name, got)
		}
		b.typeInto("#find-field", "")
	}
}

// Without script the page says how to look instead.
func TestFindWithoutScript(t *testing.T) {
	s := desk
	s.noScript = true
	b := openOnDisk(t, s, sites.Sample, "find.html")
	if got := ask[bool](b, `document.querySelector("[data-find-without]").checkVisibility() && !document.querySelector("[data-find]").checkVisibility()`); !got {
		t.Error("want the words on how to look without the search, and no search field")
	}
}
