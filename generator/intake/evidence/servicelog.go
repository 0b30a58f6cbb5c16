package evidence

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/netip"
	"regexp"
	"strings"
	"time"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
)

// The lines of the client's service.log, as users of the app have published them
// (github.com/jlesage/docker-crashplan-pro issues 216, 243 and 255,
// github.com/jlesage/docker-crashplan issue 12). A line begins with month, day,
// year and time in the computer's zone, which the log does not name:
//
//	[08.12.20 15:08:18.730 INFO  re-event-2-1 SabreLogger] TLS connection established. initiator=true, ..., channel=[id: 0xf74d0119, L:/192.168.1.68:52326 - R:/162.222.40.218:4287]
//	[06.15.20 04:29:03.440 INFO  DefaultGroup com.code42.backup.BackupEntityV1] BC[727225959197707875>42:: ... Session-[..., remoteIdentity=STORAGE, local=172.17.0.12:51926, remote=162.222.40.245:4287]
//
// A pair such as 727225959197707875>42 is the device's GUID and the
// destination's.
var (
	logLine  = regexp.MustCompile(`^\[(\d\d\.\d\d\.\d\d \d\d:\d\d:\d\d(?:[.,]\d{1,9})?) `)
	logTLS   = regexp.MustCompile(`TLS connection established\b.*?R:\s*(\S*?:\d+)`)
	logLocal = regexp.MustCompile(`\bL:\s*(\S*?:\d+)`)
	logPeer  = regexp.MustCompile(`\bremoteIdentity=([A-Z]+)\b(?:[^\]]*?\blocal=\s*([^,\s\]]+))?.*?\bremote=\s*([^,\s\]]+:\d+)`)
)

// HeadBytes is how much of a file is looked at to know what it is.
const HeadBytes = 64 << 10

// IsLog reports whether a file begins like a service.log. It gives a reader that
// still has the beginning, and at least HeadBytes to peek at.
func IsLog(r io.Reader) (*bufio.Reader, bool) {
	head := bufio.NewReaderSize(r, HeadBytes)
	first, _ := head.Peek(HeadBytes)
	for line := range bytes.Lines(first) {
		if logLine.Match(line) || bytes.Contains(line, []byte("remoteIdentity=")) || bytes.Contains(line, []byte("TLS connection established")) {
			return head, true
		}
	}
	return head, false
}

// serviceLog reads one service.log.
type serviceLog struct {
	*tally
	// seen has the newest sighting for each local network and remote end.
	seen map[logKey]*sighting
	// storage and authority have the remote ends that the log calls STORAGE and
	// AUTHORITY.
	storage, authority map[remote]bool
	names              []naming // of the log's own device, as in logNames
}

type logKey struct {
	network netip.Prefix
	remote  remote
	tls     bool // the line only says that a TLS connection was made
}

// remote is the remote end of a connection.
type remote struct {
	host string // mostly an address
	port int
}

// Log reads the app's own log. In it STORAGE is the destination. AUTHORITY is only
// the login server and does not count, nor do its TLS connections.
func (r *Reader) Log(in io.Reader, account *ledger.Account) error {
	l := &serviceLog{
		tally: r.tally(account, ""),
		seen:  map[logKey]*sighting{}, storage: map[remote]bool{}, authority: map[remote]bool{},
	}
	for _, n := range logNames {
		l.names = append(l.names, naming{map[string]bool{}, n.how})
	}
	lines, err := table.Lines(account.Path(), in, r.opts.Limits, nil, func(number int, line string) []table.Row {
		if number == 0 {
			return nil
		}
		account.Read(1)
		l.line(line, number)
		return []table.Row{{Number: number}}
	})
	for err == nil {
		_, err = lines.Sheets()[0].Read()
	}
	if err != io.EOF {
		return err
	}
	account.Digest(lines.SHA256(), lines.Bytes())
	l.finish()
	return nil
}

// line reads one line. It counts once, however many connections it names.
func (l *serviceLog) line(line string, row int) {
	l.identify(line)
	seen := false
	if strings.Contains(line, "remoteIdentity=") {
		for _, m := range logPeer.FindAllStringSubmatch(line, -1) {
			to, ok := value.ParseEndpoint(strings.Clone(m[3]))
			switch {
			case !ok || to.Port == 0:
			case m[1] == "STORAGE":
				remember(l.storage, remote{to.Host, to.Port})
				if !seen {
					l.see(to, m[2], line, row, false)
				}
				seen = true
			case m[1] == "AUTHORITY":
				remember(l.authority, remote{to.Host, to.Port})
			}
		}
	}
	if !seen && strings.Contains(line, "TLS connection established") && !strings.Contains(line, "initiator=false") {
		if to, ok := value.ParseEndpoint(strings.Clone(first(logTLS, line))); ok && to.Port > 0 {
			l.see(to, first(logLocal, line), line, row, true)
			seen = true
		}
	}
	if !seen {
		l.account.Other(1)
	}
}

// first gives the first group of the first match in a line; "" for none.
func first(pattern *regexp.Regexp, line string) string {
	if m := pattern.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	return ""
}

// remember adds to a set, unless it is full.
func remember[T comparable](set map[T]bool, one T) {
	if len(set) < lookupLimit {
		set[one] = true
	}
}

// see keeps a sighting of a remote end if it is the newest and counts.
func (l *serviceLog) see(to value.Endpoint, local, line string, row int, tls bool) {
	if !l.reader.opts.inCloud(to.Host) && !l.reader.opts.inCloud(to.Name) {
		l.ignore(&l.elsewhere, 1)
		return
	}
	if !l.reader.decides(to.Port) {
		l.ignore(&l.otherPorts, 1)
		return
	}
	// The zone is the computer's, which the log does not name, so it counts as UTC
	// like other dates without one. A line without a time is undated.
	at, _ := time.Parse("01.02.06 15:04:05", first(logLine, line))
	if asOf := l.reader.opts.AsOf; !at.Before(asOf.Over()) {
		l.account.Reject(1)
		l.problem(problem.FutureDate, row, 1, fmt.Sprintf("found a line of %s, want none later than the as-of date %s: the line does not count", at.Format(time.DateOnly), asOf))
		return
	}
	key := logKey{remote: remote{to.Host, to.Port}, tls: tls}
	address, _ := value.Address(local)
	if address.IsValid() {
		key.network = device.CutNetwork(address)
	}
	have, known := l.seen[key]
	if !known {
		have = &sighting{host: to.Host, port: to.Port, address: address}
		l.seen[key] = have
	}
	have.rows++
	if !at.Before(have.at) {
		have.at, have.row = at, row
	}
}

// finish finds the device that wrote the log and counts its sightings.
func (l *serviceLog) finish() {
	owner, how := l.reader.owner(l.account.Path(), l.names...)
	if owner != "" {
		l.account.Note("It is a service.log of the app, tied to its device by %s.", how)
	}
	untied, first := 0, 0
	for key, see := range l.seen {
		switch {
		case key.tls && l.authority[key.remote] && !l.storage[key.remote]:
			l.account.Other(see.rows)
		case owner == "":
			if untied += see.rows; first == 0 || see.row < first {
				first = see.row
			}
		default:
			see.owner = cmp.Or(l.reader.owners.byName(owner), l.reader.owners.byAddress(see.address, owner))
			l.count(*see)
		}
	}
	if untied > 0 {
		// An inside address in the log is not enough: logs are kept for long, and
		// another device may have the address by now.
		l.account.Unjoined(untied)
		l.problem(problem.UnjoinedConnection, first, 0, fmt.Sprintf(
			"found a service.log that nothing ties to one device (%s), want its GUID or name under evidence.devices in the configuration: it counts for no device", plural.Count(untied, "connection", "connections")))
	}
	l.close(0, 0)
}
