package company

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.org/cutoff/generator/sample"
)

// The second notice of the sample: the end of support for Windows 10, with the
// company's devices as Intune exports them, five years later.
const windowsFolder = "policies/windows-10-end-of-support/"

// intuneExport is the morning of the export, the day before the end of support.
var intuneExport = time.Date(2025, 10, 13, 5, 30, 0, 0, time.UTC)

// intuneColumns are the columns of an export of all devices, as people choose them.
var intuneColumns = strings.Split("Device name,Managed by,Ownership,Compliance,OS,OS version,Last check-in,Primary user UPN,Serial number,Device ID,Model,Encrypted", ",")

// builds are the systems of the fleet, each with its number of devices. The boundary
// is build 22000, the first of Windows 11.
var builds = []struct {
	system, version, model string
	devices                int
}{
	{"Windows", "10.0.19045.6396", "Latitude 5420", 45},
	{"Windows", "10.0.19045.5854", "OptiPlex 7070", 9},
	{"Windows", "10.0.19044.6396", "Precision 3650", 4}, // 21H2
	{"Windows", "10.0.17763.7919", "IPC 427E", 2},       // 1809
	{"Windows", "10.0.21996.1", "Surface Go 3", 1},      // a preview, the last below 22000
	{"Windows", "10.0.22000.3260", "Latitude 5330", 1},  // the first Windows 11
	{"Windows", "10.0.22631.6060", "Latitude 5440", 20},
	{"Windows", "10.0.26100.6899", "Latitude 5450", 18},
	{"Windows", "", "Latitude 5420", 2}, // enrolled, never reported
	{"macOS", "15.6.1 (24G90)", "MacBook Air", 7},
	{"macOS", "14.8 (23J21)", "MacBook Pro", 3},
	{"iOS", "18.7.1", "iPhone 14", 4},
	{"Android", "15", "Galaxy XCover 7", 2},
	{"Linux (Ubuntu)", "24.04", "Precision 3660", 2},
}

// intuneList writes the devices in mixed order, as in such an export, and the waivers
// of four of them.
func intuneList(people []*person) (devices, waivers []byte) {
	var rows, waived [][]string
	serial := 0
	for _, b := range builds {
		for n := range b.devices {
			serial++
			r := dice("intune" + strconv.Itoa(serial))
			user := people[(serial*37)%len(people)]
			seen := intuneExport.Add(-time.Duration(r.Int64N(60*60*40)) * time.Second)
			if serial%14 == 3 { // not used for a long time
				seen = intuneExport.AddDate(0, 0, -40-r.IntN(120))
			}
			compliance := "Compliant"
			if b.version < "10.0.19045.6" && b.system == "Windows" {
				compliance = "Not Compliant"
			}
			name := fmt.Sprintf("QM-%s-%04d", user.dept.code, 2000+serial)
			rows = append(rows, []string{
				name, "Intune", "Corporate", compliance, b.system, b.version,
				seen.Format("2006-01-02 15:04:05.") + fmt.Sprintf("%07d", r.IntN(10_000_000)),
				user.username, fmt.Sprintf("%07X", r.Int64N(1<<28)), deviceID(r.Uint64(), r.Uint64()), b.model, "True",
			})
			switch {
			case strings.HasPrefix(b.version, "10.0.17763"):
				waived = append(waived, []string{name, "Drives a machine that cannot be changed before it is replaced", "Goran Adeyemi", "Mei Castellan", "2026-06-30"})
			case strings.HasPrefix(b.version, "10.0.19044") && n < 2:
				waived = append(waived, []string{name, "Extended Security Updates are bought for it", "Leyla Novotny", "Mei Castellan", "2026-10-13"})
			}
		}
	}
	dice("intune order").Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return csvFile(intuneColumns, rows), csvFile(sample.WaiversHeader, waived)
}

// deviceID is a UUID of version 4.
func deviceID(high, low uint64) string {
	high = high&^0xf000 | 0x4000
	low = low&^(0xc<<60) | 0x8<<60
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", high>>32, high>>16&0xffff, high&0xffff, low>>48, low&0xffffffffffff)
}

// intuneRoster is the directory's list as a CSV file.
func intuneRoster(people []*person) []byte {
	var rows [][]string
	for _, p := range people {
		rows = append(rows, []string{p.username, p.dept.name, p.dept.manager, mailOf(p.dept.manager)})
	}
	return csvFile([]string{"userPrincipalName", "department", "manager", "manager_email"}, rows)
}
