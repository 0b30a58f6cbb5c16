package deliver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/memory"
)

// Log is what was sent, oldest first. In the memory it is the file
// [memory.MailName], with one JSON object a line.
type Log struct{ Records []Record }

// Record is one mail that a server has taken.
type Record struct {
	// Night is the as-of date of the site.
	Night calendar.Day `json:"night"`
	Kind  Kind         `json:"kind"`
	// To is the key of the address, MessageID the mail's own.
	To        string        `json:"to"`
	MessageID string        `json:"message_id"`
	Shares    []RecordShare `json:"departments,omitempty"`
}

// RecordShare is what a mail said about a department.
type RecordShare struct {
	Slug  string `json:"slug"`
	Whole bool   `json:"whole"`
	Open  int    `json:"open"`
	// Devices are the keys of the open devices. Only the newest mail to an address
	// keeps them.
	Devices []string `json:"devices,omitempty"`
}

// ReadLog reads a log. A last line without a newline is ignored, because a killed
// run left it. The error names the line that cannot be read.
func ReadLog(text []byte) (*Log, error) {
	log := &Log{}
	number := 0
	for line := range bytes.Lines(text) {
		number++
		if !bytes.HasSuffix(line, []byte("\n")) {
			break
		}
		var r Record
		if err := json.Unmarshal(line, &r); err != nil || r.Night.IsZero() || r.To == "" {
			return nil, fmt.Errorf("%s:%d: found no record of a mail, want one", memory.MailName, number)
		}
		log.Records = append(log.Records, r)
	}
	return log, nil
}

// Marshal gives the record as a line of the log.
func (r Record) Marshal() []byte {
	line, err := json.Marshal(r)
	if err != nil {
		panic(err) // strings and numbers alone
	}
	return append(line, '\n')
}

// Marshal gives the log as text. Only the newest mail about devices to each
// address keeps its list of devices, so that the log stays small.
func (l *Log) Marshal() []byte {
	newest := map[string]int{}
	for i, r := range l.Records {
		if r.Kind != Bundle {
			newest[r.To] = i
		}
	}
	var out bytes.Buffer
	for i, r := range l.Records {
		if newest[r.To] != i {
			r.Shares = slices.Clone(r.Shares)
			for j := range r.Shares {
				r.Shares[j].Devices = nil
			}
		}
		out.Write(r.Marshal())
	}
	return out.Bytes()
}

// Add puts records at the end. It skips those that the log has already, because
// after a killed run a record may be in the memory and in the journal.
func (l *Log) Add(records ...Record) {
	for _, r := range records {
		if !l.Has(r.MessageID) {
			l.Records = append(l.Records, r)
		}
	}
}

// Has reports whether a message was sent.
func (l *Log) Has(messageID string) bool {
	return slices.ContainsFunc(l.Records, func(r Record) bool { return r.MessageID == messageID })
}

// last gives the newest mail about devices to an address; nil for none.
func (l *Log) last(to string) *Record {
	for _, r := range slices.Backward(l.Records) {
		if r.To == to && r.Kind != Bundle {
			return &r
		}
	}
	return nil
}

// lastBundle gives the newest day for which a zip was sent to an address; the zero
// day if none was.
func (l *Log) lastBundle(to string) (night calendar.Day) {
	for _, r := range l.Records {
		if r.To == to && r.Kind == Bundle && r.Night.After(night) {
			night = r.Night
		}
	}
	return night
}

// untold gives the owner's shares that no mail to the owner on this day was about.
// There are some after a run for one department alone.
func (l *Log) untold(owner Owner, asOf calendar.Day) []Share {
	told := l.told(owner, func(r Record, _ RecordShare) bool { return r.Night == asOf })
	return slices.DeleteFunc(slices.Clone(owner.Shares), func(s Share) bool { return told[s.Slug] })
}

// told gives the slugs of the departments that mails to the owner were about. Only
// what counts accepts is included.
func (l *Log) told(owner Owner, counts func(Record, RecordShare) bool) map[string]bool {
	told := map[string]bool{}
	for _, r := range l.Records {
		for _, share := range r.Shares {
			if r.To == owner.Address.Key() && counts(r, share) {
				told[share.Slug] = true
			}
		}
	}
	return told
}

// firstFor reports whether one of the owner's departments has open devices and no
// earlier mail to the owner said so.
func (l *Log) firstFor(owner Owner) bool {
	told := l.told(owner, func(_ Record, share RecordShare) bool { return share.Open > 0 })
	return slices.ContainsFunc(owner.Shares, func(s Share) bool { return s.Open() > 0 && !told[s.Slug] })
}

// lastWasOpen reports whether the newest mail about one of the owner's shares said
// that devices are open. If the share is a whole department, a mail about the whole
// department to a former owner counts too.
func (l *Log) lastWasOpen(owner Owner) bool {
	for _, share := range owner.Shares {
		for _, r := range slices.Backward(l.Records) {
			place := slices.IndexFunc(r.Shares, func(s RecordShare) bool { return s.Slug == share.Slug })
			if place < 0 || r.To != owner.Address.Key() && !(share.Whole && r.Shares[place].Whole) {
				continue
			}
			if r.Shares[place].Open > 0 {
				return true
			}
			break
		}
	}
	return false
}

// since compares an owner's open devices with those of the last mail; nil if there
// was none.
func (l *Log) since(owner Owner) *Since {
	last := l.last(owner.Address.Key())
	if last == nil {
		return nil
	}
	s := &Since{Night: last.Night}
	then := map[string]bool{}
	for _, share := range last.Shares {
		s.Open += share.Open
		for _, device := range share.Devices {
			then[device] = true
		}
	}
	still := 0
	for _, share := range owner.Shares {
		for _, device := range share.openDevices() {
			if then[device] {
				still++
			} else {
				s.New++
			}
		}
	}
	s.Done = len(then) - still
	return s
}

// openDevices gives the keys of the share's open devices.
func (s Share) openDevices() []string {
	var devices []string
	for _, row := range s.Own {
		if row.Open() {
			devices = append(devices, row.key())
		}
	}
	return devices
}

// record is what the log keeps about an owner's mail.
func (d Due) record(night calendar.Day, id string) Record {
	r := Record{Night: night, Kind: d.Kind, To: d.Address.Key(), MessageID: id}
	for _, share := range d.Shares {
		r.Shares = append(r.Shares, RecordShare{share.Slug, share.Whole, share.Open(), share.openDevices()})
	}
	return r
}
