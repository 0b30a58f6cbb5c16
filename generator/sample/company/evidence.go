package company

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/cutoff/generator/sample"
)

// firewallLog writes what the firewalls of the head office and the plant saw up to a
// day, newest last. Rows without a time come at the end. Not all connections go to
// the vendor, and one device is in no report of the as-of date.
func firewallLog(machines []*machine, day time.Time) []byte {
	var rows [][]string
	for _, m := range machines {
		for n, s := range m.seen {
			rows = append(rows, []string{loggedName(m, n), loggedAddress(m, s), s.to, strconv.Itoa(s.port), s.time(day)})
		}
	}
	loan := sighting{head, vendorHost, 4282, 5, 16 * time.Hour}
	rows = append(rows, []string{"QM-LOANER-03", loanAddress, loan.to, "4282", loan.time(day)})
	slices.SortStableFunc(rows, func(a, b []string) int {
		return cmp.Or(cmp.Compare(cmp.Or(a[4], "~"), cmp.Or(b[4], "~")), slices.Compare(a[:2], b[:2]))
	})
	return csvFile(sample.ConnectionsHeader, rows)
}

// loggedName is the name of a device in the firewalls' log: its device name or host
// name, sometimes its GUID, and "" for one that has only its address there.
func loggedName(m *machine, n int) string {
	switch {
	case m.byGUID:
		return m.guid
	case m.unnamed:
		return ""
	case n%2 == 1 && m.host != sample.Null && m.exports&inStatus != 0:
		return m.host
	}
	return m.name
}

// loggedAddress is the device's own address in its own network, and another one in a
// network that it visits.
func loggedAddress(m *machine, s sighting) string {
	if strings.HasPrefix(m.inside, string(s.from)) {
		return m.inside
	}
	return s.from.address(dice(string(s.from) + m.guid))
}

func (s sighting) time(day time.Time) string {
	if s.days == undated {
		return ""
	}
	return day.AddDate(0, 0, -s.days).Add(s.at).Format(time.RFC3339)
}

// session is a connection as service.log names it.
type session struct {
	identity, remote string
	port             int
}

// logRetired stores over 4282 and logs in over 4287. logTLS does it the other way
// round. The port for storing is the one that counts.
var (
	logRetired = []session{{"AUTHORITY", vendorLogin, 4287}, {"STORAGE", vendorStorage, 4282}}
	logTLS     = []session{{"AUTHORITY", vendorLogin, 4282}, {"STORAGE", vendorStorage, 4287}}
)

// serviceLog writes two days of a client's service.log. Only the log of the
// device on 4282 names its GUID; cutoff.yaml says whose the other one is.
func serviceLog(m *machine, sessions []session) []byte {
	var out bytes.Buffer
	r := dice("log" + m.guid)
	pair := "42"
	if m.name == onRetiredByLog {
		pair = m.guid + ">42"
	}
	for day := 2; day > 0; day-- {
		t := asOf.AddDate(0, 0, -day).Add(8*time.Hour + time.Duration(r.IntN(3_000_000))*time.Millisecond)
		line := func(thread, class, text string, values ...any) {
			t = t.Add(time.Duration(20+r.IntN(900)) * time.Millisecond)
			fmt.Fprintf(&out, "[%s INFO  %-12s %24s] %s\n", t.Format("01.02.06 15:04:05.000"), thread, class, fmt.Sprintf(text, values...))
		}
		line("main", "com.backup42.service.CPService", "Starting up, version %s", m.version)
		for _, s := range sessions {
			local := fmt.Sprintf("%s:%d", m.inside, 49152+r.IntN(10_000))
			if s.port != 4282 && s.identity == "STORAGE" {
				line("re-event-2-1", "SabreLogger", "TLS connection established. initiator=true, provider=SSLEngineImpl, version=TLSv1.2, "+
					"channel=[id: 0x%08x, L:/%s - R:/%s:%d]", r.Uint32(), local, s.remote, s.port)
			}
			line("DefaultGroup", "peer.SessionImpl", "BC[%s] Session-[localID=%s, remoteID=%s, layer=Peer::Sabre, closed=false, "+
				"expiration=null, remoteIdentity=%s, local=%s, remote=%s:%d]",
				pair, longNumber(r), longNumber(r), s.identity, local, s.remote, s.port)
		}
		line("W1_ScanWrkr", "service.backup.ScanWorker", "Scan done, files=%d", 20_000+r.IntN(90_000))
	}
	return out.Bytes()
}
