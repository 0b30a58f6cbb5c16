package company

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.org/cutoff/generator/sample"
)

// listColumns is the header of code42 devices list -f CSV with the options
// that add the backup usage, the total storage, user names and legal holds.
var listColumns = strings.Split("computerId,guid,name,osHostname,status,lastConnected,creationDate,productVersion,osName,osVersion,userUid,"+
	"backupUsage,archiveCount,totalStorageBytes,username,legalHoldUid,legalHoldName", ",")

// devicesList writes a row for each device, and a second one if a legal hold keeps
// it. It has no destination column, and it is two days older than the status report.
func devicesList(machines []*machine) []byte {
	var rows [][]string
	for _, m := range machines {
		if m.exports&inList == 0 {
			continue
		}
		rows = append(rows, listRow(m, "", ""))
		if m.hold {
			rows = append(rows, listRow(m, longNumber(dice("hold")), "Matter 2019-07"))
		}
	}
	return csvFile(listColumns, rows)
}

func listRow(m *machine, holdUID, hold string) []string {
	r := dice("list" + m.guid)
	host := m.host
	if m.exports == inList || r.IntN(4) == 0 {
		host = "UNKNOWN"
	}
	numbers := strings.Split(m.version, ".")
	version := strings.Join(numbers[:min(3, len(numbers))], ".")
	connected := ""
	if !m.active.IsZero() {
		connected = listTime(m).Format(sample.InstantLayout)
	}
	bytes := r.Int64N(400_000_000_000)
	return []string{
		strconv.Itoa(1000 + r.IntN(9000)), m.guid, m.name, host, m.status, connected, created(m, r.IntN), version, strings.TrimSuffix(m.os, "64"),
		m.osVersion, longNumber(dice("user" + m.user.username)),
		backupUsage(m, bytes, connected), "1", strconv.FormatInt(bytes, 10), m.user.username, holdUID, hold,
	}
}

// listTime is when the device last connected before the list was made. It is earlier
// than in the status report.
func listTime(m *machine) time.Time {
	t := m.active.Add(-2 * time.Hour)
	if t.After(listExport) {
		t = listExport.Add(-time.Duration(m.active.Minute()) * time.Minute)
	}
	return t
}

// backupUsage is Python's way of writing a list, which is not JSON.
func backupUsage(m *machine, bytes int64, connected string) string {
	last := "None"
	if connected != "" {
		last = "'" + connected + "'"
	}
	return fmt.Sprintf("[{'targetComputerParentId': None, 'targetComputerGuid': '%s', 'targetComputerName': '%s', 'targetComputerType': 'SERVER', "+
		"'archiveBytes': %d, 'lastConnected': %s, 'using': True, 'alertStates': ['OK'], 'percentComplete': 100.0}]",
		m.stores[0].uid, m.stores[0].name, bytes, last)
}
