package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A skeleton names every blank that has to be filled, passes once they are, and
// gives a site.
func TestPolicyNew(t *testing.T) {
	fill := map[string]string{
		"id": "fox-115", "title": "End of life of Fox 115", "vendor": "Fox Foundation", "product": "Fox", "effective": "2025-09-30",
		"source": "https://fox.example.org/115", "  title": "out of support", "  before": "will get no fixes", "  after": "gets no fixes",
		"  connects": `">= 10.5"`, "  retired": "[8080]", "  allowed": "[443]", "  domains": "[fox.example.org]", "  connection_test": "https://fox.example.org/test",
	}
	for _, c := range []struct {
		flags  []string
		header string
		blanks int
	}{
		{nil, "Device Name,Version\nPC-1,10.4\nPC-2,10.5\n", 7},
		{[]string{"--port"}, "Device Name,Version\nPC-1,10.4\nPC-2,10.5\n", 7},
		{[]string{"--system", "mac"}, "Device Name,OS,OS version\nPC-1,macOS,10.4\nPC-2,macOS,10.5\n", 7},
		{[]string{"--system", "windows", "--port"}, "Device Name,OS,OS version\nPC-1,Windows,6.1.7601\nPC-2,Windows,10.5.22000\n", 7},
	} {
		t.Run(strings.Join(c.flags, " "), func(t *testing.T) {
			folder := t.TempDir()
			write := func(name, text string) string {
				file := filepath.Join(folder, name)
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				return file
			}
			skeleton := cutoff(t, append([]string{"policy", "new"}, c.flags...)...)
			next := write("next.yaml", skeleton)
			var messages bytes.Buffer
			s := &session{stdin: strings.NewReader(""), stdout: &messages, stderr: &messages, getenv: func(string) string { return "" }}
			if code := s.run([]string{"policy", "lint", next}); code != int(wrongUsage) {
				t.Errorf("with its blanks: found status %d, want %d", code, wrongUsage)
			}
			if n := strings.Count(messages.String(), ": found nothing, want "); n != c.blanks {
				t.Errorf("found %d blanks named, want %d:\n%s", n, c.blanks, messages.String())
			}
			filled := regexp.MustCompile(`(?m)^( *[a-z_]+):$`).ReplaceAllStringFunc(skeleton, func(line string) string {
				return strings.TrimRight(line+" "+fill[strings.TrimSuffix(line, ":")], " ")
			})
			write("next.yaml", filled)
			cutoff(t, "policy", "lint", next)
			out := cutoff(t, "build", "--policy", next, "--report", write("devices.csv", c.header), "--out", filepath.Join(folder, "site"), "--as-of", "2025-09-01")
			if !strings.Contains(out, "2 devices on 2025-09-01: 1 affected") {
				t.Errorf("found\n%s", out)
			}
		})
	}
}
