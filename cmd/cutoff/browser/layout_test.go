package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// A page of every kind is readable on a phone, enlarged and on paper, whatever
// fonts a reader has.
func TestLayout(t *testing.T) {
	widths := make(map[string]float64)
	for i, fonts := range FontSets() {
		t.Run(fonts.Name, func(t *testing.T) {
			browser := chromium
			if i > 0 {
				started, stop, err := Start(fonts)
				if err != nil {
					t.Fatal(err)
				}
				defer stop()
				browser = started
			}
			b := openIn(t, browser, desk, "file:///", strings.TrimPrefix(onDisk(sites.Sample, "faq.html"), "file:///"))
			widths[fonts.Name] = ask[float64](b, "reader.wordWidth()")
			for _, k := range sites.Kinds() {
				t.Run(k.Name, func(t *testing.T) {
					b.t = t
					b.look(desk)
					b.do(chromedp.Navigate(onDisk(k.Folder, k.Page)))
					ask[chromedp.Void](b, readerScript)
					b.wantLargeText()
					b.wantWidth(screen{width: 320, height: 640}, "at 320 px")
					b.wantWidth(screen{width: 640, height: 450}, "at 1,280 px and 200%")
					b.wantOnPaper()
				})
			}
			b.t = t
		})
	}
	// Fonts that are missing would be replaced, and three sets would be one.
	if narrow, middle, wide := widths["narrow"], widths["middle"], widths["wide"]; narrow > 0.9*middle || wide < 1.1*middle {
		t.Errorf("found words %.0f, %.0f and %.0f px wide in narrow, middle and wide fonts, want three that differ: make test installs them", narrow, middle, wide)
	}
}

// wantWidth wants a page that needs no scrolling sideways.
func (b *tab) wantWidth(s screen, when string) {
	b.t.Helper()
	b.look(s)
	if diff := cmp.Diff([]string{}, ask[[]string](b, "reader.tooWide()")); diff != "" {
		b.t.Errorf("%s: found content wider than the page, want none (-want +got):\n%s", when, diff)
	}
}

// wantLargeText is for readers who enlarge only the text.
func (b *tab) wantLargeText() {
	b.t.Helper()
	b.look(desk)
	ask[string](b, `document.documentElement.style.fontSize = "200%"`)
	if diff := cmp.Diff([]string{}, ask[[]string](b, "reader.tooWide()")); diff != "" {
		b.t.Errorf("text at 200%%: found content wider than the page, want none (-want +got):\n%s", diff)
	}
	ask[string](b, `document.documentElement.style.fontSize = ""`)
}

// paper is a sheet of A4 less its margins, in CSS pixels.
var paper = screen{width: 688, height: 1016, print: true}

// wantOnPaper wants every row of every table whole on the sheet, and the foot at
// the head: at the end it could fill a sheet alone.
func (b *tab) wantOnPaper() {
	b.t.Helper()
	b.look(paper)
	if !ask[bool](b, `document.querySelector(".foot").getBoundingClientRect().top < document.querySelector("h1").getBoundingClientRect().top`) {
		b.t.Error("on paper: found the foot below the page's first words, want it above them")
	}
	if cut := ask[[]string](b, "reader.cutRows()"); len(cut) > 0 {
		b.t.Errorf("on paper: found %d rows that do not show whole, want none; the first is %s", len(cut), cut[0])
	}
}
