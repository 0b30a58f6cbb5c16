package browser

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// Expressions over a department's list, as a reader sees it.
const (
	shownGroups = `[...document.querySelectorAll("[data-group]")].filter((group) => group.checkVisibility()).map((group) => group.dataset.verdict)`
	shownRows   = `[...document.querySelectorAll("[data-group] tbody tr")].filter((row) => row.checkVisibility()).map((row) => row.dataset.guid)`
	firstList   = `document.querySelector("[data-group] .turn")`
)

// One can choose an action with the mouse and with the arrow keys, without any
// script.
func TestListIsFilteredWithoutScript(t *testing.T) {
	s := desk
	s.noScript = true
	b := openOnDisk(t, s, sites.Sample, severalVerdicts)
	groups := ask[[]string](b, shownGroups)
	if len(groups) < 2 {
		t.Fatalf("found groups %v, want several", groups)
	}
	second := groups[1]
	b.do(chromedp.Click(chromedp.CSS(`label[for="show-` + second + `"]`)))
	if diff := cmp.Diff([]string{second}, ask[[]string](b, shownGroups)); diff != "" {
		t.Errorf("groups after a click (-want +got):\n%s", diff)
	}
	b.do(chromedp.KeyEvent(kb.ArrowLeft))
	if diff := cmp.Diff(groups[:1], ask[[]string](b, shownGroups)); diff != "" {
		t.Errorf("groups after an arrow key (-want +got):\n%s", diff)
	}
	b.do(chromedp.KeyEvent(kb.ArrowLeft))
	if diff := cmp.Diff(groups, ask[[]string](b, shownGroups)); diff != "" {
		t.Errorf("groups after a second arrow key (-want +got):\n%s", diff)
	}
}

// The list is searched while one types: by the words of a row, in any order.
func TestListIsSearched(t *testing.T) {
	b := openOnDisk(t, desk, sites.Sample, severalVerdicts)
	all := ask[[]string](b, shownRows)
	device := ask[string](b, `document.querySelector("[data-group] tbody th").firstChild.textContent.trim()`)
	rows := ask[int](b, `document.querySelectorAll("[data-group] tbody tr").length`)
	for _, search := range []struct {
		name, typed string
		want        []string
	}{
		{"a device", device, all[:1]},
		{"in other case, with the GUID", all[0] + " " + strings.ToLower(device), all[:1]},
		{"nothing that is there", "no such thing", nil},
		{"pattern characters", `.*[(\`, nil},
		{"nothing", "", all},
	} {
		t.Run(search.name, func(t *testing.T) {
			b.t = t
			b.typeInto("#tools-field", search.typed)
			if got := ask[[]string](b, shownRows); !slices.Equal(got, search.want) {
				t.Errorf("found %d rows %v, want %d", len(got), got, len(search.want))
			}
			want := ""
			if search.typed != "" {
				want = strconv.Itoa(len(search.want)) + " of " + strconv.Itoa(rows) + " devices"
			}
			if got := ask[string](b, `document.querySelector(".tools-status").textContent`); got != want {
				t.Errorf("found status %q, want %q", got, want)
			}
		})
	}
	b.t = t
}

// Devices that were not seen lately are folded; a search unfolds what it finds,
// and the GUIDs show when one asks for them.
func TestListUnfolds(t *testing.T) {
	b := openOnDisk(t, desk, sites.Sample, severalVerdicts)
	const folded = `document.querySelector("[data-group] details:not([open]) tbody tr")`
	guid := ask[string](b, folded+`.dataset.guid`)
	b.typeInto("#tools-field", guid)
	if got := ask[[]string](b, shownRows); !slices.Equal(got, []string{guid}) {
		t.Errorf("searched for %s, found %q, want it alone", guid, got)
	}
	b.typeInto("#tools-field", "")
	if got := ask[string](b, folded+`.dataset.guid`); got != guid {
		t.Errorf("without a search, found %s folded, want %s", got, guid)
	}
	const shown = `document.querySelector("[data-group] .guid").checkVisibility()`
	if ask[bool](b, shown) {
		t.Error("found GUIDs as the page opens, want none")
	}
	b.do(chromedp.Click(chromedp.CSS(`label[for="show-guids"]`)))
	if !ask[bool](b, shown) {
		t.Error("found no GUIDs after asking for them")
	}
}

// A press of a column's head sorts by it, a second one the other way round, and
// the head says so.
func TestListIsSorted(t *testing.T) {
	b := openOnDisk(t, desk, sites.Corners, "departments/versions.html")
	c := openOnDisk(t, desk, sites.Sample, severalVerdicts)
	for _, column := range []struct {
		name, kind, values string
		tab                *tab
		compare            func(a, b string) int
	}{
		{"App version", "version", `row.cells[3].textContent`, b, compareVersions},
		{"Last seen", "time", `row.cells[4].querySelector("time")?.dateTime ?? ""`, c, strings.Compare},
		{"Device", "text", `row.cells[0].firstChild.textContent`, c, strings.Compare},
	} {
		t.Run(column.name, func(t *testing.T) {
			b := column.tab
			b.t = t
			head := `th[data-sort="` + column.kind + `"]`
			values := `[...` + firstList + `.querySelectorAll("tbody tr")].map((row) => ` + column.values + `)`
			before := ask[[]string](b, values)
			for _, order := range []string{"ascending", "descending"} {
				b.do(chromedp.Click(chromedp.CSS("[data-group] " + head + " button")))
				got := ask[[]string](b, values)
				want := slices.Clone(before)
				slices.SortStableFunc(want, func(x, y string) int {
					if order == "descending" {
						x, y = y, x
					}
					return column.compare(x, y)
				})
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", order, diff)
				}
				if got := ask[string](b, firstList+`.querySelector('`+head+`').getAttribute("aria-sort")`); got != order {
					t.Errorf("found aria-sort %q, want %q", got, order)
				}
			}
		})
	}
	b.t, c.t = t, t
}

// compareVersions orders versions number by number.
func compareVersions(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(x, y string) int {
		m, _ := strconv.Atoi(x)
		n, _ := strconv.Atoi(y)
		return m - n
	})
}

// The button puts the GUIDs of its group on the clipboard, those that a search
// left; from disk and from a server.
func TestGUIDsAreCopied(t *testing.T) {
	for _, place := range []struct {
		name string
		site string
	}{
		{"from disk", onDisk(sites.Sample, "")},
		{"from a server", serve(t, sites.Sample)},
	} {
		t.Run(place.name, func(t *testing.T) {
			b := open(t, desk, place.site, severalVerdicts)
			for i, searched := range []bool{false, true} {
				group := fmt.Sprintf(`document.querySelectorAll("[data-group]")[%d]`, i)
				search := ""
				if searched {
					search = ask[string](b, group+`.querySelector("tbody tr").dataset.guid`)
				}
				b.typeInto("#tools-field", search)
				want := ask[[]string](b, `[...`+group+`.querySelectorAll("tbody tr")].filter((row) => !row.hidden).map((row) => row.dataset.guid)`)
				if got := b.copied(group + `.querySelector(".button")`); got != strings.Join(want, "\n") || searched != (len(want) == 1) {
					t.Errorf("searched for %q, found %q on the clipboard, want %q", search, got, want)
				}
			}
		})
	}
}

// Commands are copied line by line as they stand.
func TestCommandsAreCopied(t *testing.T) {
	b := openOnDisk(t, desk, sites.Sample, "connection-test.html")
	want := ask[string](b, `document.querySelector("[data-copy] pre").textContent`)
	if got := b.copied(`document.querySelector("[data-copy] .button")`); got != want || !strings.Contains(got, "443") {
		t.Errorf("found %q on the clipboard, want %q", got, want)
	}
}

// copied presses a button, which an expression names, and gives what the clipboard has then.
func (b *tab) copied(button string) string {
	b.t.Helper()
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		if _, err := chromedp.CallBrowser(b.ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted,
		}); err != nil {
			b.t.Fatal(err)
		}
	}
	b.do(chromedp.Click(chromedp.JSPath(button)))
	until(b, button+`.textContent`, "Copied")
	return ask[string](b, `navigator.clipboard.readText()`)
}

// typeInto empties a field and types into it, letter by letter.
func (b *tab) typeInto(field, text string) {
	b.t.Helper()
	b.do(chromedp.Focus(chromedp.CSS(field)))
	ask[chromedp.Void](b, `(() => { const field = document.querySelector("`+field+`"); field.value = ""; field.dispatchEvent(new Event("input")); })()`)
	if text != "" {
		b.do(chromedp.KeyEvent(text))
	}
}

// The list of departments is searched and sorted too.
func TestDepartmentsAreSearchedAndSorted(t *testing.T) {
	b := openOnDisk(t, desk, sites.Corners, "index.html")
	rows := `[...document.querySelectorAll(".departments tbody tr")].filter((row) => row.checkVisibility()).map((row) => row.cells[0].textContent)`
	names := ask[[]string](b, rows)
	if len(names) != cornerDepartments {
		t.Errorf("found %d departments, want %d", len(names), cornerDepartments)
	}
	var matching []string
	for _, name := range names {
		if strings.Contains(name, "region") && strings.Contains(name, "01") {
			matching = append(matching, name)
		}
	}
	b.typeInto("#tools-field", "01 REGION")
	if diff := cmp.Diff(matching, ask[[]string](b, rows)); diff != "" {
		t.Errorf("departments with both words (-want +got):\n%s", diff)
	}
	b.typeInto("#tools-field", "")
	slices.Sort(names)
	b.do(chromedp.Click(chromedp.CSS(`.departments th[data-sort="text"] button`)))
	if diff := cmp.Diff(names, ask[[]string](b, rows)); diff != "" {
		t.Errorf("departments by name (-want +got):\n%s", diff)
	}
	open := `Number(document.querySelector(".departments tbody tr").cells[document.querySelector(".departments th[data-sort=number]").cellIndex].textContent.replace(/\D/g, ""))`
	most := ask[int](b, `Math.max(...[...document.querySelectorAll(".departments tbody tr")].map((row) => Number(row.cells[document.querySelector(".departments th[data-sort=number]").cellIndex].textContent.replace(/\D/g, ""))))`)
	b.do(chromedp.Click(chromedp.CSS(`.departments th[data-sort="number"] button`)))
	if got := ask[int](b, open); got != most {
		t.Errorf("found %d open devices in the first row, want %d: a number's first order is from the top", got, most)
	}
}

// A page without a clipboard of its own still copies.
func TestGUIDsAreCopiedWithoutClipboard(t *testing.T) {
	b := openOnDisk(t, desk, sites.Sample, severalVerdicts)
	call(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	ask[chromedp.Void](b, `navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"))`)
	guid := ask[string](b, firstList+`.querySelector("tbody tr").dataset.guid`)
	if got := b.copied(`document.querySelector("[data-group] > .button")`); !strings.HasPrefix(got, guid) {
		t.Errorf("found %q on the clipboard, want the GUIDs, %s first", got, guid)
	}
}
