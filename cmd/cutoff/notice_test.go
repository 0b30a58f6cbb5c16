package main

import (
	"bytes"
	"io/fs"
	"mime/quotedprintable"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.org/cutoff/generator/fixture"
)

const windowsSample = "../../sample-data/policies/windows-10-end-of-support/"

// foreign are words of the built-in notice that no other notice may speak in.
var foreign = regexp.MustCompile(`(?i)\b(ports?|4282|4287|443|code42|crashplan|destinations?|firewalls?|networks?|apps?|cloud|on-premises|backups?|cut off|connect(s|ing|ed|ion|ions)?|console)\b`)

// formats are files for programs: their columns and keys are fixed, whatever the
// notice. Their rows come from the reports.
var formats = map[string]bool{
	"data/devices.csv": true, "data/summary.json": true, "data/summary.schema.json": true, "data/history.json": true,
	"data/texts.json": true, "manifest.json": true, "SHA256SUMS": true,
}

// No word of the built-in notice is in anything made from another notice: about an
// operating system, with its own texts and with the program's, an application, or a
// protocol; before the date, on it and after it.
func TestAnotherNoticeSpeaksForItself(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	own, err := os.ReadFile(windowsSample + "policy.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const head = "announced: 2025-01-10\neffective: 2025-10-14\nsource: https://example.org/\n"
	report := write("report.csv", "GUID,Device Name,Username,Version,Operating System,Last Activity\n"+
		"839648314463407621,PC-1,ada,114.0.1,win,2025-10-12\n839648314463407622,PC-2,bo,,mac,2025-10-12\n839648314463407623,PC-3,cy,128.3,win,2025-10-12\n")
	intune := []string{"--config", windowsSample + "cutoff.yaml"}
	other := []string{"--config", write("cutoff.yaml", "organization: Quillmoor\n"), "--report", report}
	waived := []string{"--config", write("waived.yaml", "reports: settled.csv\nwaivers: waivers.csv\n")}
	write("settled.csv", "GUID,Device Name,Version,Last Activity\n839648314463407621,PC-1,114.0.1,2025-10-12\n839648314463407623,PC-3,130.0,2025-10-12\n")
	write("waivers.csv", "device,reason,owner,approver,expires\nPC-1,retires,Ada,Bo,2025-12-24\n")
	browser := write("browser.yaml", "id: browser\ntitle: End of Fox 115\nvendor: Fox Foundation\nproduct: Fox\n"+head+
		"consequence: {title: without updates, before: will get no more updates, after: gets no more updates}\nversions: {connects: '>= 128', unsupported: '>= 128, < 129'}\n")
	for _, notice := range []struct {
		name   string
		flags  []string
		policy string
		words  []string // that the first page, the questions or the ticket says
	}{
		{"own texts", intune, windowsSample + "policy.yaml", []string{"Upgrade Windows to Windows 11", "out of support", "Versions that pass 10.0.22000 or later"}},
		{"the program's texts", intune, write("windows.yaml", strings.Replace(string(own), "content: texts\n", "", 1)),
			[]string{"more security updates", "10.0.22000 or later (upgrade to Windows 11)"}},
		{"an application", other, browser, []string{"Upgrade Fox to 129.0 or later", "without updates"}},
		{"an application whose affected devices are all waived", waived, browser, []string{"Yes, but for 1 waived device, which", "without updates"}},
		{"a protocol", other, write("protocol.yaml", "id: protocol\ntitle: End of SMB 1\nvendor: Samba\nproduct: SMB protocol\n"+head+
			"scope: all\nconsequence: {title: shut out, before: will be refused, after: is refused}\nversions: {connects: '>= 120'}\n"),
			[]string{"Upgrade the SMB protocol to 120.0 or later", "shut out"}},
	} {
		for _, day := range []string{"2025-10-13", "2025-10-14", "2025-11-03"} {
			t.Run(notice.name+" on "+day, func(t *testing.T) {
				out := t.TempDir()
				site := filepath.Join(out, "site")
				flags := append([]string{"--policy", notice.policy}, notice.flags...)
				cutoff(t, append([]string{"build", "--out", site, "--memory", filepath.Join(out, "memory"), "--as-of", day}, flags...)...)
				cutoff(t, "bundle", site, "--out", filepath.Join(out, "bundle"))
				cutoff(t, append([]string{"mail", site, "--dry-run", "--out", filepath.Join(out, "mails")}, notice.flags[:2]...)...)
				all := ""
				for _, part := range []string{"site", "bundle", "mails"} {
					all += speech(t, filepath.Join(out, part))
				}
				for _, at := range foreign.FindAllStringIndex(all, 20) {
					t.Errorf("found a word of another notice: ...%s...", strings.Join(strings.Fields(all[max(0, at[0]-60):at[1]+20]), " "))
				}
				for _, words := range notice.words {
					if !strings.Contains(all, words) {
						t.Errorf("found nowhere %q", words)
					}
				}
				for _, gone := range []string{"network.html", "connection-test.html", "data/network.csv", "data/firewall-rules.csv"} {
					if _, err := os.Stat(filepath.Join(site, gone)); err == nil {
						t.Errorf("found %s, want none", gone)
					}
				}
			})
		}
	}
}

// speech is everything that the files of a folder say to people, after the name
// of each.
func speech(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || formats[name] || strings.HasPrefix(name, "static/") && !strings.HasPrefix(name, "static/find/") {
			return err
		}
		content, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		all.WriteString("\n[" + name + "] ")
		switch path.Ext(name) {
		case ".zip": // the site once more
		case ".html":
			all.WriteString(fixture.Shown(t, content))
		case ".xlsx":
			all.WriteString(fixture.WorkbookText(t, content))
		case ".eml":
			var decoded bytes.Buffer
			_, _ = decoded.ReadFrom(quotedprintable.NewReader(bytes.NewReader(content))) // to the first attachment
			plain, _, _ := strings.Cut(decoded.String(), "Content-Disposition: attachment")
			all.WriteString(styles.ReplaceAllString(plain, ""))
		default:
			all.Write(content)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// styles are the attributes of a mail's page, and the names of its encodings.
var styles = regexp.MustCompile(`style="[^"]*"|name="[^"]*"`)
