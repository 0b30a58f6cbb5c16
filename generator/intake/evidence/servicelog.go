package evidence

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"time"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
)

// The forms of the client's service.log, as users of the app have published
// them (github.com/jlesage/docker-crashplan-pro issues 216, 243 and 255,
// github.com/jlesage/docker-crashplan issue 12). A line begins with month, day,
// year and time of the computer's own zone, which the log does not name:
//
//	[08.12.20 15:08:18.730 INFO  re-event-2-1 SabreLogger] TLS connection established. initiator=true, ..., channel=[id: 0xf74d0119, L:/192.168.1.68:52326 - R:/162.222.40.218:4287]
//	[06.15.20 04:29:03.440 INFO  DefaultGroup com.code42.backup.BackupEntityV1] BC[727225959197707875>42:: ... Session-[..., remoteIdentity=STORAGE, local=172.17.0.12:51926, remote=162.222.40.245:4287]
//
// A pair such as 727225959197707875>42 is the device's GUID and the
// destination's.
var (
	logLine  = regexp.MustCompile(`^\[(\d\d)\.(\d\d)\.(\d\d) (\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))? `)
	logTLS   = regexp.MustCompile(`TLS connection established\b.*?R:\s*(\S*?:\d+)`)
	logLocal = regexp.MustCompile(`\bL:\s*(\S*?:\d+)`)
	logPeer  = regexp.MustCompile(`\bremoteIdentity=([A-Z]+)\b(?:[^\]]*?\blocal=\s*([^,\s\]]+))?.*?\bremote=\s*([^,\s\]]+:\d+)`)
	logPair  = regexp.MustCompile(`\b(\d{6,19})>\d+`)
	logGUID  = regexp.MustCompile(`(?i)guid\s*[=:]\s*(\d{6,19})\b`)
	logName  = regexp.MustCompile(`(?i)\b(?:computer|device|host|os_?host)_?name\s*[=:]\s*"?([^,"\]]+)`)
)

// HeadBytes is how much of a file is looked at to know what it is.
const HeadBytes = 64 << 10

// IsLog reports whether a file begins like a service.log, and gives a reader
// that still has its beginning.
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
	reader  *Reader
	account *ledger.Account
	tally   *tally
	dates   value.Dates
	// seen has the newest sighting by local network and remote end.
	seen map[logKey]*sighting
	// storage and authority have the remote ends that the log calls so.
	storage, authority map[string]bool
	// pairs, guids and names have what may name the log's own device; only what
	// the fleet knows matters.
	pairs, guids, names map[string]bool
}

type logKey struct {
	network netip.Prefix
	remote  string
	tls     bool // known from the line that the connection was made
}

// Log reads the app's own log. STORAGE is the destination; AUTHORITY is only the
// login server and does not count, also where only its TLS connection is logged.
func (r *Reader) Log(in io.Reader, account *ledger.Account) error {
	l := &serviceLog{
		reader: r, account: account, tally: r.tally(account, ""), dates: value.Dates{AsOf: r.opts.AsOf},
		seen:    map[logKey]*sighting{},
		storage: map[string]bool{}, authority: map[string]bool{},
		pairs: map[string]bool{}, guids: map[string]bool{}, names: map[string]bool{},
	}
	digest := sha256.New()
	lines := bufio.NewReaderSize(io.TeeReader(in, digest), HeadBytes)
	limits := r.opts.Limits.WithDefaults()
	total := int64(0)
	for row := 1; ; row++ {
		line, size, err := readLine(lines, limits.CellBytes)
		total += int64(size)
		if size > 0 {
			account.Read(1)
			if row > limits.Rows {
				return table.Refuse(problem.Position{File: account.Path()}, problem.TooLarge,
					fmt.Sprintf("found more than %d lines, want no more: raise limits.rows in the configuration if the file is right", limits.Rows))
			}
			l.line(line, row)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	account.Digest(hex.EncodeToString(digest.Sum(nil)), total)
	l.finish()
	return nil
}

// readLine reads a line without its end, cut to limit bytes, and how many bytes
// it has in all.
func readLine(r *bufio.Reader, limit int) (line []byte, size int, err error) {
	for {
		part, err := r.ReadSlice('\n')
		size += len(part)
		if room := limit - len(line); room > 0 {
			line = append(line, part[:min(room, len(part))]...)
		}
		if err != bufio.ErrBufferFull {
			return bytes.TrimRight(line, "\r\n"), size, err
		}
	}
}

// line reads one line, which counts once.
func (l *serviceLog) line(line []byte, row int) {
	l.identify(line)
	var see *end
	tls := false
	if bytes.Contains(line, []byte("remoteIdentity=")) {
		for _, m := range logPeer.FindAllSubmatch(line, -1) {
			e := newEnd(string(m[2]), string(m[3]))
			switch {
			case e == nil:
			case string(m[1]) == "STORAGE":
				remember(l.storage, e.key())
				see = cmp.Or(see, e)
			case string(m[1]) == "AUTHORITY":
				remember(l.authority, e.key())
			}
		}
	}
	if see == nil && bytes.Contains(line, []byte("TLS connection established")) && !bytes.Contains(line, []byte("initiator=false")) {
		if m := logTLS.FindSubmatch(line); m != nil {
			local := ""
			if m := logLocal.FindSubmatch(line); m != nil {
				local = string(m[1])
			}
			see, tls = newEnd(local, string(m[1])), true
		}
	}
	if see == nil {
		l.account.Other(1)
		return
	}
	l.see(see, line, row, tls)
}

// remember adds a text to what is remembered of a log.
func remember(set map[string]bool, text string) {
	if len(set) < lookupLimit {
		set[text] = true
	}
}

// end is the remote end of a connection, and the local address.
type end struct {
	host, name string // an address as a rule, and a host name where there is one too
	port       int
	local      netip.Addr
}

// newEnd reads "162.222.40.218:4287" or "central.crashplan.com/162.222.40.218:4287";
// nil without a port.
func newEnd(local, remote string) *end {
	to, ok := value.ParseEndpoint(remote)
	if !ok || to.Port == 0 {
		return nil
	}
	e := &end{host: to.Host, name: to.Name, port: to.Port}
	if local != "" {
		e.local, _ = value.Address(local)
	}
	return e
}

func (e *end) key() string { return e.host + " " + strconv.Itoa(e.port) }

// see keeps the newest sighting of a remote end.
func (l *serviceLog) see(e *end, line []byte, row int, tls bool) {
	if !l.tally.inCloud(e.host) && !l.tally.inCloud(e.name) {
		l.tally.ignore(&l.tally.elsewhere, 1)
		return
	}
	if !l.reader.decides(e.port) {
		l.tally.ignore(&l.tally.otherPorts, 1)
		return
	}
	at, how := l.time(line)
	if how == value.Future {
		l.account.Reject(1)
		l.tally.problem(problem.FutureDate, row, 1, fmt.Sprintf("found a line of %s, want none later than the as-of date %s: the line does not count", at.Format("2006-01-02"), l.dates.AsOf))
		return
	}
	key := logKey{remote: e.key(), tls: tls}
	if e.local.IsValid() {
		key.network = device.CutNetwork(e.local)
	}
	have, known := l.seen[key]
	if !known {
		have = &sighting{host: e.host, port: e.port, address: e.local}
		l.seen[key] = have
	}
	have.rows++
	if !at.Before(have.at) {
		have.at, have.row = at, row
	}
}

// time reads the time at a line's start. The zone is the computer's, which the
// log does not name, so it counts as UTC like other dates without one.
func (l *serviceLog) time(line []byte) (time.Time, value.Reading) {
	m := logLine.FindSubmatch(line)
	if m == nil {
		return time.Time{}, value.NoDate
	}
	at, how := l.dates.Read(fmt.Sprintf("20%s-%s-%s %s.%s", m[3], m[1], m[2], m[4], cmp.Or(string(m[5]), "0")))
	if how == value.Unreadable {
		return time.Time{}, value.NoDate
	}
	return at, how
}

// finish joins the log to its device and gives that what was seen.
func (l *serviceLog) finish() {
	seen := make([]*sighting, 0, len(l.seen))
	total := 0
	for key, see := range l.seen {
		if key.tls && l.authority[key.remote] && !l.storage[key.remote] {
			l.account.Other(see.rows)
			continue
		}
		seen = append(seen, see)
		total += see.rows
	}
	slices.SortFunc(seen, func(a, b *sighting) int {
		return cmp.Or(cmp.Compare(a.row, b.row), a.address.Compare(b.address), cmp.Compare(a.host, b.host), cmp.Compare(a.port, b.port))
	})
	owner, how := l.owner()
	if owner != "" {
		l.account.Note("It is a service.log of the app, tied to its device by %s.", how)
		for _, see := range seen {
			see.owner = cmp.Or(l.reader.owners.byName(owner), l.reader.owners.byAddress(see.address, owner))
			l.tally.count(*see)
		}
	} else if total > 0 {
		// An inside address in the log is not enough: logs are kept for long.
		l.account.Unjoined(total)
		l.tally.problem(problem.UnjoinedConnection, seen[0].row, 0, fmt.Sprintf(
			"found a service.log that nothing ties to one device (%s), want its GUID or name under evidence.devices in the configuration: it counts for no device", plural.Count(total, "connection", "connections")))
	}
	l.tally.close(0, 0)
}
