package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"example.org/cutoff/cmd/cutoff/browser"
)

// lighthouse asks Lighthouse about pages on a local server. A score below 100 is a
// violation, which names the audits that cost points.
func lighthouse(tools string, pages []string) ([]string, error) {
	chromium, err := browser.Chromium()
	if err != nil {
		return nil, err
	}
	if err := os.Setenv("CHROME_PATH", chromium); err != nil {
		return nil, err
	}
	return each(pages, func(p string) ([]string, error) { return lighthouseOver(tools, p) })
}

// lighthouseOver judges one page. Its styles are beside its folder, or in it.
func lighthouseOver(tools, page string) ([]string, error) {
	folder := filepath.Dir(page)
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Dir(folder))))
	defer server.Close()
	at := url.URL{Scheme: "http", Host: server.Listener.Addr().String(), Path: "/" + filepath.Base(folder) + "/" + filepath.Base(page)}
	out, err := output(filepath.Join(tools, "node_modules", ".bin", "lighthouse"), at.String(),
		"--quiet", "--output=json", "--only-categories=accessibility,best-practices",
		"--chrome-flags=--"+strings.Join(browser.Flags(), " --"))
	if err != nil {
		return nil, err
	}
	var report struct {
		RuntimeError struct{ Message string }
		Categories   map[string]struct {
			Title     string
			Score     *float64
			AuditRefs []struct {
				ID     string
				Weight float64
			}
		}
		Audits map[string]struct {
			Title string
			Score *float64
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, fmt.Errorf("read its report: %w", err)
	}
	if report.RuntimeError.Message != "" {
		return nil, errors.New(report.RuntimeError.Message)
	}
	var violations []string
	for _, name := range []string{"accessibility", "best-practices"} {
		category := report.Categories[name]
		if category.Score == nil {
			return nil, fmt.Errorf("found no score for %s", name)
		}
		if *category.Score == 1 {
			continue
		}
		var cost []string
		for _, ref := range category.AuditRefs {
			if audit := report.Audits[ref.ID]; ref.Weight > 0 && audit.Score != nil && *audit.Score < 1 {
				cost = append(cost, fmt.Sprintf("%s (%s)", audit.Title, ref.ID))
			}
		}
		violations = append(violations, fmt.Sprintf("%s: %s %.0f, want 100: %s", page, category.Title, *category.Score*100, strings.Join(cost, "; ")))
	}
	return violations, nil
}
