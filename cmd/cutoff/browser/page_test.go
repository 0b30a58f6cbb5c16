package browser

import (
	"bytes"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// A page of every kind, from disk, whatever the folder is called: one heading,
// readable in the dark, by keyboard alone and without script. The tab sees to it that nothing outside the site is asked for.
func TestPages(t *testing.T) {
	for _, k := range sites.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			t.Parallel()
			b := openOnDisk(t, desk, k.Folder, k.Page)
			if got := ask[int](b, `document.querySelectorAll("h1").length`); got != 1 {
				t.Errorf("found %d h1, want 1", got)
			}
			b.wantSchemes()
			b.look(desk)
			b.wantSameWithoutScript(k.Folder, k.Page)
			if ask[int](b, `document.querySelectorAll("tbody a").length`) > 100 {
				// Leave a few of hundreds of links that are alike.
				ask[chromedp.Void](b, `(() => { const field = document.querySelector("#tools-field"); field.value = "region 01"; field.dispatchEvent(new Event("input")); })()`)
			}
			b.wantByKeyboard()
		})
	}
}

// Every kind of page loads from a server, below a path of it.
func TestPagesFromServer(t *testing.T) {
	for _, k := range sites.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			t.Parallel()
			b := open(t, desk, serve(t, k.Folder), k.Page)
			if got := ask[int](b, `document.styleSheets[0].cssRules.length`); got == 0 {
				t.Error("found an empty style sheet, want the site's")
			}
		})
	}
}

func (b *tab) wantSchemes() {
	b.t.Helper()
	type colors struct{ Ground, Text float64 }
	for _, scheme := range []struct {
		name      string
		dark      bool
		print     bool
		wantLight bool
	}{
		{"light", false, false, true},
		{"dark", true, false, false},
		{"dark, on paper", true, true, true},
	} {
		b.look(screen{width: 1280, height: 900, dark: scheme.dark, print: scheme.print})
		got := ask[colors](b, "reader.colors()")
		light := got.Ground > 0.85 && got.Text < 0.25
		dark := got.Ground < 0.2 && got.Text > 0.75
		if scheme.wantLight && !light || !scheme.wantLight && !dark {
			b.t.Errorf("%s: found ground %.2f and text %.2f", scheme.name, got.Ground, got.Text)
		}
	}
}

// wantByKeyboard presses Tab from the top to the end of the page.
func (b *tab) wantByKeyboard() {
	b.t.Helper()
	stops := ask[[]string](b, "reader.stopsOnTheWay()")
	reached := make([]bool, len(stops))
	// From the top, also where a page puts the focus elsewhere.
	ask[chromedp.Void](b, `(() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex"); })()`)
	for range stops {
		call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: "Tab", Code: "Tab", WindowsVirtualKeyCode: 9})
		at := ask[struct {
			Stop  int
			Fault string
		}](b, "reader.focus()")
		if at.Fault != "" {
			b.t.Errorf("keyboard: %s", at.Fault)
		}
		if at.Stop < 0 || reached[at.Stop] {
			break
		}
		reached[at.Stop] = true
	}
	missed := 0
	for i, reached := range reached {
		if !reached {
			missed++
			if missed == 1 {
				b.t.Errorf("keyboard: never reached %s", stops[i])
			}
		}
	}
	if missed > 1 {
		b.t.Errorf("keyboard: reached %d of %d stops", len(stops)-missed, len(stops))
	}
}

// wantSameWithoutScript wants the same rows with the same words where the
// browser runs no script, and nothing that would need one.
func (b *tab) wantSameWithoutScript(folder, page string) {
	b.t.Helper()
	without := openOnDisk(b.t, screen{width: desk.width, height: desk.height, noScript: true}, folder, page)
	if diff := cmp.Diff(ask[[]string](b, "reader.rowTexts()"), ask[[]string](without, "reader.rowTexts()")); diff != "" {
		b.t.Errorf("rows (-with script +without):\n%s", diff)
	}
	if got := ask[int](without, `document.querySelectorAll("main button, main [data-tools]:not([hidden])").length`); got != 0 {
		b.t.Errorf("found %d things without script that only a script can serve, want none", got)
	}
}

// A sheet of paper has every row, also those that a filter, a search or a fold
// keeps off the screen. The PDF that Chromium prints tags each row of a table.
func TestPrintHasAllRows(t *testing.T) {
	for _, page := range []struct {
		name, folder, page string
		prepare            func(b *tab)
	}{
		{"as it opens", sites.Sample, severalVerdicts, func(*tab) {}},
		{"after a choice", sites.Sample, severalVerdicts, func(b *tab) {
			b.do(chromedp.Click(chromedp.CSS(`label[for="show-upgrade"]`)))
		}},
		{"after a search", sites.Sample, severalVerdicts, func(b *tab) { b.typeInto("#tools-field", "no such device") }},
		{"with folded problems", sites.Corners, "inputs.html", func(*tab) {}},
		{"changes", sites.Sample, "changes.html", func(*tab) {}},
		{"last page of a list", sites.Corners, "departments/long-3.html", func(*tab) {}},
	} {
		t.Run(page.name, func(t *testing.T) {
			t.Parallel()
			b := openOnDisk(t, desk, page.folder, page.page)
			page.prepare(b)
			want := ask[int](b, `document.querySelectorAll("tr").length`)
			printed, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFOutlineAndTagged()))
			if err != nil {
				t.Fatal(err)
			}
			if got := bytes.Count(printed, []byte("/S /TR\n")); got != want {
				t.Errorf("found %d rows in the PDF, want %d", got, want)
			}
		})
	}
}
