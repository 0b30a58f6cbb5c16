package sample

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ReportHeader is the widest header that a device status report is known with.
var ReportHeader = strings.Split("archiveGuid,orgUid,orgName,orgExtRef,userUid,username,email,userExtRef,deviceUid,deviceName,"+
	"deviceOsHostname,deviceExtRef,destinationUid,destinationName,serverUid,serverName,version,status,userStatus,alertStates,os,"+
	"osVersion,address,remoteAddress,creationDate,selectedBytes,backupCompletePercentage,archiveBytes,coldStorage,"+
	"lastConnectedDate,lastCompletedBackupDate,lastActivity,mostRecentUserProfileCreationResult,mostRecentUserProfileBackupResult", ",")

// report has a row for each archive of each device.
func (f Fleet) report(night, from, to int) rows {
	return func(yield func([]string) bool) {
		for number := from; number < to; number++ {
			m := f.machine(number, night)
			if m.gone {
				continue
			}
			active := f.active(&m, night)
			for copy := range m.copies {
				if !yield(f.reportRow(&m, copy, active)) {
					return
				}
			}
		}
	}
}

// fault is what a faulty row has in a column, or after the last one. A fault that
// rejects its row is put only into the rows of further archives, so that no device
// is lost.
type fault struct {
	column, text string
	rejects      bool
}

var (
	wrongClock = fault{column: "lastActivity", text: "2031-05-05T08:00:00.000Z"}
	faults     = []fault{
		{column: "lastActivity", text: "yesterday"}, {column: "lastActivity", text: "yesterday"}, wrongClock, wrongClock,
		{column: "lastConnectedDate", text: "recently"}, {column: "lastConnectedDate", text: "recently"},
		{column: "destinationUid", text: "6.32540E+17"}, {column: "destinationUid", text: "6.32540E+17"},
		{column: "deviceUid", text: "8.39648E+17", rejects: true}, {text: "see ticket", rejects: true},
	}
)

// reportRow gives the row of a device's archive. The first is the newest. The order
// of the draws must stay as it is, or the bytes change.
func (f Fleet) reportRow(m *machine, copy int, active time.Time) []string {
	d := f.roll(aRow, m.number, copy)
	var wrong fault
	if d.chance(f.Problems) {
		if wrong = pick(d, faults); wrong.rejects && copy == 0 {
			wrong = wrongClock
		}
	}
	if copy > 0 && !active.IsZero() {
		active = active.Add(-time.Duration(copy)*time.Hour - time.Duration(d.below(3_000_000))*time.Millisecond)
	}
	username, host := mail(m.owner), m.host()
	email := username
	if d.below(40) == 0 {
		email = "None"
	}
	if d.below(50) == 0 {
		host = Null
	}
	store := m.stores[copy%len(m.stores)]
	server, serverUID := store.server, "635"
	if server == "" {
		server, serverUID = Null, Null
	}
	kept := d.below(9) > 0
	alert := "OK"
	switch {
	case m.seen >= stale:
		alert = "CriticalConnectionAlert"
	case !kept:
		alert = "CriticalBackupAlert"
	case d.below(5) == 0:
		alert = "WarningBackupAlert"
	}
	port := ":4242"
	if d.below(12) == 0 {
		port = ":4282" // the device's own port, which says nothing about the cloud's
	}
	remotePort := ""
	switch n := d.below(4); {
	case n == 0:
		remotePort = ":0"
	case n > 1:
		remotePort = ":" + strconv.Itoa(10_000+d.below(50_000))
	}
	created := Instant(d.below, time.Date(2014, 3, 3, 8, 0, 0, 0, time.UTC).Add(time.Duration(m.number%43_000)*time.Hour), 0)
	selected, percentage, archived := Null, "0.0", Null
	if kept {
		selected, percentage, archived = strconv.Itoa(d.below(600_000_000_000)), "100.0", strconv.Itoa(d.below(400_000_000_000))
	}
	connected, completed := Null, Null
	if wrong.column != "lastConnectedDate" {
		connected = Instant(d.below, active, 7*time.Minute)
	}
	if kept {
		completed = Instant(d.below, active, 90*time.Minute)
	}
	home := f.home(m.owner)
	row := []string{
		"8" + strconv.Itoa(100_000_000_000_000_000+m.number*8+copy), strconv.Itoa(9_000 + home), departmentName(home), Null,
		strconv.Itoa(840_103_986_000_000_001 + m.owner), username, email, Null,
		f.guid(m), m.name(), host, Null,
		store.uid, store.name, serverUID, server,
		m.versionText(), m.status, "Active", alert, m.os, m.osVersion,
		address(m.number) + port, "203.0.113." + strconv.Itoa(1+m.number/perNetwork%250) + remotePort,
		created, selected, percentage, archived, "false",
		connected, completed, Instant(d.below, active, 0), Null, "",
	}
	switch {
	case wrong.column != "":
		row[slices.Index(ReportHeader, wrong.column)] = wrong.text
	case wrong.text != "":
		row = append(row, wrong.text)
	}
	return row
}

// versionText gives the version in one of the forms that consoles have: four
// numbers, three, two, with the build in words, or the long number.
func (m *machine) versionText() string {
	v := m.version
	switch pair, isPair := strings.CutSuffix(v.short, ".0"); {
	case v.build == "":
		return v.short
	case m.form < 8 && v.long != "":
		return v.long
	case m.form < 12:
		return v.short + " (Build: " + v.build + ")"
	case m.form < 15 && isPair:
		return pair
	case m.form < 22:
		return v.short
	}
	return v.short + "." + v.build
}

var american = time.FixedZone("", -6*60*60)

// Instant writes the time before t as reports do: in UTC, or in the zone of the
// American server, since one export mixes them. The zero time gives Null. below
// draws a number below another.
func Instant(below func(int) int, t time.Time, before time.Duration) string {
	if t.IsZero() {
		return Null
	}
	if t = t.Add(-before); below(4) == 0 {
		t = t.In(american)
	}
	return t.Format(InstantLayout)
}

// InstantLayout is the form of times in reports.
const InstantLayout = "2006-01-02T15:04:05.000Z07:00"

// perNetwork is how many devices are in one network of 256 addresses.
const perNetwork = 128

// address is a device's inside address, different for each device.
func address(number int) string {
	network := number / perNetwork
	return fmt.Sprintf("10.%d.%d.%d", network>>8, network&255, 20+number%perNetwork)
}
