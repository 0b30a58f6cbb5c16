package intake

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
	"strings"
	"time"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/value"
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

// isServiceLog reports whether a file begins like a service.log.
func isServiceLog(r *bufio.Reader) bool {
	head, _ := r.Peek(headBytes)
	for line := range bytes.Lines(head) {
		if logLine.Match(line) || bytes.Contains(line, []byte("remoteIdentity=")) || bytes.Contains(line, []byte("TLS connection established")) {
			return true
		}
	}
	return false
}

// logReader reads one service.log.
type logReader struct {
	*source
	evidence
	// seen has the newest sighting by local network and remote end.
	seen map[logKey]*logSighting
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

type logSighting struct {
	sighting
	rows int
}

// serviceLog reads the client's own log. STORAGE is the destination; AUTHORITY
// is only the login server and does not count, also where only its TLS
// connection is logged.
func (s *source) serviceLog(r io.Reader) (commit func(), err error) {
	l := &logReader{
		source: s, evidence: newEvidence(s), seen: map[logKey]*logSighting{},
		storage: map[string]bool{}, authority: map[string]bool{},
		pairs: map[string]bool{}, guids: map[string]bool{}, names: map[string]bool{},
	}
	digest := sha256.New()
	lines := bufio.NewReaderSize(io.TeeReader(r, digest), headBytes)
	limits := s.run.opts.Limits.WithDefaults()
	for {
		line, size, err := readLine(lines, limits.CellBytes)
		s.file.Bytes += int64(size)
		if size > 0 {
			s.file.Rows++
			if s.file.Rows > limits.Rows {
				return nil, s.refuse(problem.TooLarge, fmt.Sprintf("found more than %d lines, want no more: raise limits.rows in the configuration if the file is right", limits.Rows))
			}
			l.line(line, s.file.Rows)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	s.file.SHA256 = hex.EncodeToString(digest.Sum(nil))
	l.finish()
	return l.commit, nil
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

// line reads one line.
func (l *logReader) line(line []byte, row int) {
	l.identify(line)
	used := false
	at := logTime(line)
	if bytes.Contains(line, []byte("remoteIdentity=")) {
		for _, m := range logPeer.FindAllSubmatch(line, -1) {
			remote := string(m[3])
			switch string(m[1]) {
			case "STORAGE":
				l.remember(l.storage, remote)
				l.see(string(m[2]), remote, at, row, false, &used)
			case "AUTHORITY":
				l.remember(l.authority, remote)
			}
		}
	}
	if bytes.Contains(line, []byte("TLS connection established")) && !bytes.Contains(line, []byte("initiator=false")) {
		if m := logTLS.FindSubmatch(line); m != nil {
			local := ""
			if m := logLocal.FindSubmatch(line); m != nil {
				local = string(m[1])
			}
			l.see(local, string(m[1]), at, row, true, &used)
		}
	}
	if !used {
		l.file.Other++
	}
}

func (l *logReader) remember(set map[string]bool, text string) {
	if len(set) < lookupLimit {
		set[remoteEnd(text)] = true
	}
}

// see keeps the newest sighting of a remote end. A line counts once.
func (l *logReader) see(local, remote string, at time.Time, row int, tls bool, used *bool) {
	host, port := value.CutPort(remote)
	number, ok := value.Port(port)
	if !ok || *used {
		return
	}
	*used = true
	see := sighting{host: host, port: number, at: at, row: row}
	if local, _ := value.CutPort(local); local != "" {
		see.address, _ = value.Address(local)
	}
	if !l.inCloud(host) && !l.inCloud(hostName(remote)) {
		l.file.Other++
		l.elsewhere++
		return
	}
	if !l.decides(number) {
		l.file.Other++
		l.otherPorts++
		return
	}
	if !at.IsZero() && !at.Before(l.run.end) {
		l.file.Rejected++
		l.faults.add(problem.FutureDate, row, 1, fmt.Sprintf("found a line of %s, want none later than the as-of date %s: the line does not count", at.Format("2006-01-02"), l.run.opts.AsOf))
		return
	}
	key := logKey{remote: remoteEnd(remote), tls: tls}
	if see.address.IsValid() {
		key.network = device.CutNetwork(see.address)
	}
	have, known := l.seen[key]
	if !known {
		have = &logSighting{sighting: see}
		l.seen[key] = have
	}
	have.rows++
	if !at.Before(have.at) {
		have.at, have.row = at, row
	}
}

// remoteEnd is the address and port in a remote end that may have a host name
// before them.
func remoteEnd(remote string) string {
	host, port := value.CutPort(remote)
	return host + " " + port
}

// hostName is the host name in "central.crashplan.com/162.222.40.218:4287".
func hostName(remote string) string {
	name, _, _ := strings.Cut(remote, "/")
	name, _, _ = strings.Cut(name, ":")
	return name
}

// logTime reads the time at a line's start. The zone is the computer's, which
// the log does not name, so it counts as UTC like other dates without one.
func logTime(line []byte) time.Time {
	m := logLine.FindSubmatch(line)
	if m == nil {
		return time.Time{}
	}
	var dates value.Dates
	at, how := dates.Read(fmt.Sprintf("20%s-%s-%s %s.%s", m[3], m[1], m[2], m[4], cmp.Or(string(m[5]), "0")))
	if how != value.Readable {
		return time.Time{}
	}
	return at
}

// finish joins the log to its device and gives that what was seen.
func (l *logReader) finish() {
	seen := make([]*logSighting, 0, len(l.seen))
	for key, s := range l.seen {
		if key.tls && l.authority[key.remote] && !l.storage[key.remote] {
			l.file.Other += s.rows
			continue
		}
		seen = append(seen, s)
	}
	slices.SortFunc(seen, func(a, b *logSighting) int {
		return cmp.Or(cmp.Compare(a.row, b.row), a.address.Compare(b.address), cmp.Compare(a.host, b.host), cmp.Compare(a.port, b.port))
	})
	owner, how := l.owner()
	rows := 0
	for _, s := range seen {
		s.device = owner
		s.sighting.rows = s.rows
		rows += s.rows
		if owner != "" {
			l.count(s.sighting)
		}
	}
	if owner != "" {
		l.note("It is a service.log of the app, tied to its device by %s.", how)
	} else if rows > 0 {
		// An inside address in the log is not enough: logs are kept for long.
		l.file.Rejected += rows
		l.lost += rows
		l.faults.add(problem.UnjoinedConnection, seen[0].row, 0, fmt.Sprintf(
			"found a service.log that nothing ties to one device (%s), want its GUID or name under evidence.devices in the configuration: it counts for no device", plural(rows, "connection", "connections")))
	}
	l.evidence.close(0, 0)
}
