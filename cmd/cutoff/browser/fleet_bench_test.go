package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkFleet gives, in milliseconds, how long readers of a fleet of 100,000
// devices wait: until the largest page of a department is interactive and until
// it is all there, for the first answer of find.html after it was opened, and
// for the slowest one to a further letter.
func BenchmarkFleet(b *testing.B) {
	folder := b.TempDir()
	program := filepath.Join(filepath.Dir(sites.Sample), "cutoff")
	for _, args := range [][]string{
		{"sample", "--devices", "100000", "--departments", "40", "--log-lines", "0", "--nights", "1", "--out", "fleet"},
		{"build", "--config", "fleet/cutoff.yaml", "--out", "site", "--workbooks=false"},
	} {
		if err := run(folder, program, args...); err != nil {
			b.Fatal(err)
		}
	}
	site := filepath.Join(folder, "site")
	largest, size := largestPage(b, site)
	for b.Loop() {
		page := openOnDisk(b, desk, site, largest)
		times := ask[struct{ Interactive, Loaded float64 }](page, `(async () => {
			const [entry] = performance.getEntriesByType("navigation");
			while (entry.loadEventEnd === 0) await new Promise((next) => setTimeout(next, 5));
			return {interactive: entry.domInteractive, loaded: entry.loadEventEnd};
		})()`)
		b.ReportMetric(times.Interactive, "interactive-ms")
		b.ReportMetric(times.Loaded, "loaded-ms")
		waits := ask[[]float64](openOnDisk(b, desk, site, "find.html"), typing)
		b.ReportMetric(waits[0], "first-answer-ms")
		slowest := 0.0
		for _, wait := range waits[1:] {
			slowest = max(slowest, wait)
		}
		b.ReportMetric(slowest, "keystroke-ms")
	}
	b.ReportMetric(float64(size)/1000, "page-kB")
	b.ReportMetric(0, "ns/op") // mostly the browser's own start
}

// typing types a device's name letter by letter and gives how long each answer
// took, from the fourth letter on, the third that is one of the search.
const typing = `(async () => {
	const field = document.querySelector("#find-field");
	const answers = document.querySelector("[data-find-answers]");
	const waits = [];
	for (let letters = 4; letters <= 9; letters++) {
		field.value = "lt-000777".slice(0, letters);
		const answered = new Promise((resolve) => new MutationObserver((_, observer) => {
			if (answers.children.length > 0) { observer.disconnect(); resolve(); }
		}).observe(answers, {childList: true}));
		const start = performance.now();
		field.dispatchEvent(new Event("input", {bubbles: true}));
		await answered;
		waits.push(performance.now() - start);
	}
	return waits;
})()`

// largestPage gives the page of a department that has most bytes.
func largestPage(b *testing.B, site string) (name string, size int64) {
	b.Helper()
	pages, err := Pages(site)
	if err != nil {
		b.Fatal(err)
	}
	for _, page := range pages {
		stat, err := os.Stat(filepath.Join(site, filepath.FromSlash(page)))
		if err != nil {
			b.Fatal(err)
		}
		if strings.HasPrefix(page, "departments/") && stat.Size() > size {
			name, size = page, stat.Size()
		}
	}
	return name, size
}
