package sample

import (
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
	return func(yield func(*row) error) error {
		var r row
		for number := from; number < to; number++ {
			m := f.machine(number, night)
			if m.gone {
				continue
			}
			active := f.active(&m, night)
			for copy := range m.copies {
				r.reset()
				f.reportRow(&r, &m, copy, active)
				if err := yield(&r); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// fault is what is wrong with a row.
type fault int

const (
	sound fault = iota
	wordForDate
	wrongClock
	wordForConnected
	roundedUID
	// A row with one of these is rejected, so that only further archives have
	// them: no device is lost.
	roundedGUID
	extraCells
)

var faults = []fault{wordForDate, wordForDate, wrongClock, wrongClock, wordForConnected, wordForConnected, roundedUID, roundedUID, roundedGUID, extraCells}

// reportRow writes the row of a device's archive; the first is the newest.
func (f Fleet) reportRow(r *row, m *machine, copy int, active time.Time) {
	d := f.roll(aRow, m.number, copy)
	wrong := sound
	if d.chance(f.Problems) {
		if wrong = pick(d, faults); wrong >= roundedGUID && copy == 0 {
			wrong = wrongClock
		}
	}
	store := m.stores[copy%len(m.stores)]
	if copy > 0 && !active.IsZero() {
		active = active.Add(-time.Duration(copy)*time.Hour - time.Duration(d.below(3_000_000))*time.Millisecond)
	}
	home := f.home(m.owner)

	r.part("8")
	r.partNumber(100_000_000_000_000_000 + m.number*8 + copy)
	r.add("")                 // archiveGuid
	r.addNumber(9_000 + home) // orgUid
	r.partDepartment(home)
	r.add("") // orgName
	r.add(Null)
	r.addNumber(840_103_986_000_000_001 + m.owner) // userUid
	r.addMail(m.owner)
	if d.below(40) == 0 {
		r.add("None")
	} else {
		r.addMail(m.owner)
	}
	r.add(Null)
	if wrong == roundedGUID {
		r.part("8.39648E+17")
	} else {
		f.partGUID(r, m)
	}
	r.add("") // deviceUid
	m.partName(r)
	r.add("") // deviceName
	if d.below(50) == 0 {
		r.add(Null)
	} else {
		m.partHost(r)
		r.add("")
	}
	r.add(Null)
	if wrong == roundedUID {
		r.add("6.32540E+17")
	} else {
		r.add(store.uid)
	}
	r.add(store.name)
	if store.server == "" {
		r.add(Null)
		r.add(Null)
	} else {
		r.add("635")
		r.add(store.server)
	}
	m.partVersion(r)
	r.add("") // version
	r.add(m.status)
	r.add("Active")
	f.reportBackup(r, m, d, wrong, active)
	if wrong == extraCells {
		r.add("see ticket")
	}
}

// reportBackup writes the second half of a row: the system, the addresses, and
// what was kept when.
func (f Fleet) reportBackup(r *row, m *machine, d *dice, wrong fault, active time.Time) {
	kept := d.below(9) > 0
	switch {
	case m.seen >= stale:
		r.add("CriticalConnectionAlert")
	case !kept:
		r.add("CriticalBackupAlert")
	case d.below(5) == 0:
		r.add("WarningBackupAlert")
	default:
		r.add("OK")
	}
	r.add(m.os)
	r.add(m.osVersion)
	r.partAddress(m.number)
	if d.below(12) == 0 {
		r.add(":4282") // the device's own port, which says nothing of the cloud's
	} else {
		r.add(":4242")
	}
	r.part("203.0.113.")
	r.partNumber(1 + m.number/perNetwork%250)
	switch n := d.below(4); n {
	case 0:
		r.add(":0")
	case 1:
		r.add("")
	default:
		r.part(":")
		r.addNumber(10_000 + d.below(50_000))
	}
	r.addTime(time.Date(2014, 3, 3, 8, 0, 0, 0, time.UTC).Add(time.Duration(m.number%43_000)*time.Hour), d)
	if kept {
		r.addNumber(d.below(600_000_000_000))
		r.add("100.0")
		r.addNumber(d.below(400_000_000_000))
	} else {
		r.add(Null)
		r.add("0.0")
		r.add(Null)
	}
	r.add("false")
	connected, completed := active, active
	if !active.IsZero() {
		connected, completed = active.Add(-7*time.Minute), active.Add(-90*time.Minute)
	}
	if wrong == wordForConnected {
		r.add("recently")
	} else {
		r.addTime(connected, d)
	}
	if kept {
		r.addTime(completed, d)
	} else {
		r.add(Null)
	}
	switch wrong {
	case wordForDate:
		r.add("yesterday")
	case wrongClock:
		r.add("2031-05-05T08:00:00.000Z")
	default:
		r.addTime(active, d)
	}
	r.add(Null)
	r.add("")
}

// partVersion writes the version in one of the forms that consoles have: four
// numbers, three, two, with the build in words, or the long number.
func (m *machine) partVersion(r *row) {
	v := m.version
	switch pair, isPair := strings.CutSuffix(v.short, ".0"); {
	case v.build == "":
		r.part(v.short)
	case m.form < 8 && v.long != "":
		r.part(v.long)
	case m.form < 12:
		r.part(v.short)
		r.part(" (Build: ")
		r.part(v.build)
		r.part(")")
	case m.form < 15 && isPair:
		r.part(pair)
	case m.form < 22:
		r.part(v.short)
	default:
		r.part(v.short)
		r.part(".")
		r.part(v.build)
	}
}

// addTime adds an instant, in UTC or in the zone of the American server, as one
// export mixes them.
func (r *row) addTime(t time.Time, d *dice) {
	if t.IsZero() {
		r.add(Null)
		return
	}
	zone := "Z"
	if d.below(4) == 0 {
		t, zone = t.Add(-6*time.Hour), "-06:00"
	}
	r.text = t.AppendFormat(r.text, "2006-01-02T15:04:05.000")
	r.add(zone)
}

// perNetwork is how many devices stand in one network of 256 addresses.
const perNetwork = 128

// partAddress writes a device's inside address, no two the same.
func (r *row) partAddress(number int) {
	network := number / perNetwork
	r.part("10.")
	r.partNumber(network >> 8)
	r.part(".")
	r.partNumber(network & 255)
	r.part(".")
	r.partNumber(20 + number%perNetwork)
}
