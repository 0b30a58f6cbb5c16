package evidence

import (
	"bytes"
	"net/netip"
	"strings"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/report"
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/seen"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/sample"
)

// BenchmarkSheet reads a firewall's log of 1,000,000 lines about 25,000 of 100,000
// devices.
func BenchmarkSheet(b *testing.B) {
	const devices, lines = 100_000, 1_000_000
	asOf := calendar.New(2020, 1, 15)
	texts := map[string][]byte{}
	for _, f := range (sample.Fleet{Seed: 1, Devices: devices, Departments: 40, Nights: 1, Last: asOf, LogLines: lines, Format: sample.CSV}).Files() {
		if strings.HasSuffix(f.Name, "device-status.csv") || strings.HasSuffix(f.Name, "firewall.csv") {
			var text bytes.Buffer
			if err := f.Write(&text); err != nil {
				b.Fatal(err)
			}
			texts[f.Name[strings.LastIndexByte(f.Name, '/')+1:]] = text.Bytes()
		}
	}
	read := func(name string, kind column.Kind, into func(*rows.Sheet) error) *ledger.Account {
		account := ledger.New(name, kind)
		f, err := table.Open(name, bytes.NewReader(texts[name]), table.Limits{}, charset.Encoding{})
		if err != nil {
			b.Fatal(err)
		}
		if err := rows.Read(f, column.NewMatcher(kind, nil, nil), account, into); err != nil {
			b.Fatal(err)
		}
		return account
	}
	ports := seen.New()
	reports := report.New(report.Options{AsOf: asOf, Addresses: true}, ports)
	read("device-status.csv", column.Report, reports.Sheet)
	fleet := reports.Devices()
	inside := fleet.Inside()
	fleet.Inside = func() map[netip.Addr]*device.Device { return inside }
	b.SetBytes(int64(len(texts["firewall.csv"])))
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range fleet.All {
			d.Connections = nil
		}
		r := New(Options{
			AsOf: asOf, WindowDays: 30, CloudDomains: []string{"crashplan.com", "code42.com"}, CloudNetworks: []netip.Prefix{netip.MustParsePrefix("162.222.40.0/21")},
			Ports: []int{4282, 443, 4287}, Retired: []int{4282},
		}, fleet, seen.New())
		if used := read("firewall.csv", column.Connections, r.Sheet).Used(); used < lines/2 {
			b.Fatalf("found %d rows used, want most of %d", used, lines)
		}
	}
}
