package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"example.org/cutoff/cmd/cutoff/browser"
)

// axe asks axe-core about pages in Chromium, opened from disk: in light and in
// dark at a desk, and on a phone.
func axe(tools string, pages []string) ([]string, error) {
	source, err := os.ReadFile(filepath.Join(tools, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return nil, err
	}
	chromium, stop, err := browser.Start(browser.FontSets()[0])
	if err != nil {
		return nil, err
	}
	defer stop()
	return each(pages, func(p string) ([]string, error) { return axeOver(chromium, string(source), p) })
}

// axeOver judges one page in a tab of its own.
func axeOver(chromium context.Context, source, page string) ([]string, error) {
	tab, closeTab := chromedp.NewContext(chromium)
	defer closeTab()
	tab, cancel := context.WithTimeout(tab, 3*time.Minute)
	defer cancel()
	at := url.URL{Scheme: "file", Path: filepath.ToSlash(page)}
	if err := chromedp.Do(tab, chromedp.Navigate(at.String()), chromedp.Evaluate[chromedp.Void](source)); err != nil {
		return nil, err
	}
	var violations []string
	for _, look := range []struct {
		name   string
		width  int64
		scheme string
	}{
		{"light", 1280, "light"},
		{"dark", 1280, "dark"},
		{"360 px", 360, "light"},
	} {
		_, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: look.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}})
		if err != nil {
			return nil, err
		}
		if err := chromedp.Do(tab, chromedp.EmulateViewport(look.width, 900)); err != nil {
			return nil, err
		}
		found, err := chromedp.Run(tab, chromedp.Evaluate[[]struct {
			ID, Help string
			Nodes    []string
		}](`axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, help, nodes }) => ({
			id, help, nodes: nodes.map((node) => node.target.join(" ")),
		})))`, chromedp.EvalAwaitPromise))
		if err != nil {
			return nil, err
		}
		for _, v := range found {
			violations = append(violations, fmt.Sprintf("%s: %s: %s (%s), %d times: %s", page, look.name, v.Help, v.ID, len(v.Nodes), strings.Join(v.Nodes[:min(3, len(v.Nodes))], ", ")))
		}
	}
	return violations, nil
}
