package company

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.org/cutoff/generator/sample"
)

// statusExport writes a row for every archive: one for each destination, backup
// set and legal hold of a device.
func statusExport(machines []*machine) []byte {
	var rows [][]string
	for _, m := range machines {
		if m.exports&inStatus != 0 {
			rows = append(rows, statusRows(m)...)
		}
	}
	return csvFile(sample.ReportHeader, rows)
}

func statusRows(m *machine) [][]string {
	var rows [][]string
	for i, s := range m.stores {
		copies := m.sets
		if i == 0 && m.hold {
			copies++
		}
		for n := range copies {
			rows = append(rows, statusRow(m, s, i+n))
		}
	}
	if m.repeated {
		rows = append(rows, rows[0])
	}
	return rows
}

// statusRow writes the row of a device's nth archive. The first is the newest.
func statusRow(m *machine, s store, n int) []string {
	r := dice(fmt.Sprint(m.guid, s.destination, n))
	activity := m.active
	if n > 0 && !activity.IsZero() {
		activity = activity.Add(-time.Duration(n)*time.Hour - time.Duration(r.IntN(3_000_000))*time.Millisecond)
	}
	selected := strconv.FormatInt(r.Int64N(600_000_000_000), 10)
	kept, complete, completed := strconv.FormatInt(r.Int64N(400_000_000_000), 10), "100.0", sample.Instant(r.IntN, activity, 90*time.Minute)
	alert := pick(r, []string{"OK", "OK", "OK", "OK", "WarningBackupAlert"})
	switch {
	case m.stale != "false":
		alert = "CriticalConnectionAlert"
	case r.IntN(9) == 0:
		selected, kept, complete, completed, alert = sample.Null, sample.Null, "0.0", sample.Null, "CriticalBackupAlert"
	}
	userStatus := "Active"
	if strings.HasPrefix(m.status, "Deactivated") && r.IntN(2) == 0 {
		userStatus = "Deactivated"
	}
	email := m.user.username
	if r.IntN(40) == 0 && !m.user.aliased() {
		email = "None"
	}
	version, last := m.version, sample.Instant(r.IntN, activity, 0)
	if s.version != "" {
		version = s.version
	}
	if s.activity != "" {
		last = s.activity
	}
	if m.activity != "" {
		last = m.activity
	}
	server, serverUID := s.server, longNumber(dice("server"+s.server))
	if server == "" {
		server, serverUID = sample.Null, sample.Null
	}
	return []string{
		longNumber(r), longNumber(dice("org" + m.dept.org)), m.dept.org, sample.Null,
		longNumber(dice("user" + m.user.username)), m.user.username, email, sample.Null,
		m.guid, m.name, m.host, sample.Null,
		s.uid, s.name, serverUID, server,
		version, m.status, userStatus, alert, m.os, m.osVersion,
		m.inside + ":" + m.port, m.outside + pick(r, []string{":0", "", fmt.Sprint(":", 10000+r.IntN(50000))}),
		created(m, r.IntN), selected, complete, kept, "false",
		sample.Instant(r.IntN, activity, 7*time.Minute), completed, last, sample.Null, "",
	}
}

func created(m *machine, number func(int) int) string {
	day := time.Date(2014, 3, 3, 8, 0, 0, 0, time.UTC)
	if m.active.IsZero() {
		day = day.AddDate(5, 0, 0)
	}
	return sample.Instant(number, day.Add(time.Duration(number(1_600))*24*time.Hour+time.Duration(number(30_000_000))*time.Millisecond), 0)
}

// csvFile writes rows with LF, whatever the platform.
func csvFile(header []string, rows [][]string) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	// Writing to a buffer never fails.
	_ = w.Write(header)
	_ = w.WriteAll(rows)
	return out.Bytes()
}
