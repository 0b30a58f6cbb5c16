package download

import (
	"io"
	"slices"
	"strconv"
	"time"

	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// column is a column of devices.csv and of the departments' files.
type column struct {
	name string
	// append adds the device's bare text to dst. It adds nothing for a value
	// that is not known or does not apply.
	append func(dst []byte, a *fleet.Assessed) []byte
	// width is the column's width in a workbook, in characters; 0 for a column
	// that no workbook has.
	width float64
}

// columns gives the columns of devices.csv in their order. Those that the
// configuration adds come last.
func columns(in Input) []column {
	conf, privacy, ofSystem := in.Config, in.Config.Privacy, in.Policy.Subject == policy.SystemVersion
	user := func(dst []byte, a *fleet.Assessed) []byte { return append(dst, privacy.User(a.Username)...) }
	all := []column{
		{"device_guid", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.GUID...) }, 22},
		{"device_name", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Name...) }, 26},
		{"hostname", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Hostname...) }, 22},
		{"username", user, 30},
		{"department", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Department...) }, 0},
		{"organization", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Organization...) }, 0},
		{"os", func(dst []byte, a *fleet.Assessed) []byte { return appendSystem(dst, a, ofSystem) }, 8},
		{"app_version", func(dst []byte, a *fleet.Assessed) []byte {
			if ofSystem {
				return append(dst, a.AppVersion...)
			}
			return append(dst, a.Version.Text...)
		}, 14},
		{"status", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Status...) }, 0},
		{"destination", appendDestinations, 30},
		{"destination_kind", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.DestinationKind...) }, 0},
		{"port", appendPort, 8},
		{"version_status", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.VersionStatus...) }, 0},
		{"port_status", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.PortStatus...) }, 0},
		{"verdict", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Verdict...) }, 24},
		{"action", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Action...) }, 70},
		{"waived_until", func(dst []byte, a *fleet.Assessed) []byte {
			if a.Waiver == nil {
				return dst
			}
			return append(dst, a.Waiver.Expires.String()...)
		}, 14},
		{"stale", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.Stale.String()...) }, 10},
		{"last_connected", func(dst []byte, a *fleet.Assessed) []byte {
			if a.LastConnected == 0 {
				return dst
			}
			return a.LastConnected.Time().AppendFormat(dst, time.RFC3339)
		}, 22},
		{"affected_since", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.AffectedSince.String()...) }, 14},
		{"source", func(dst []byte, a *fleet.Assessed) []byte {
			return strconv.AppendInt(append(append(dst, a.Source.File...), ':'), int64(a.Source.Row), 10)
		}, 0},
		{"superseded_by", func(dst []byte, a *fleet.Assessed) []byte { return append(dst, a.SupersededBy...) }, 22},
	}
	for i, name := range conf.Show {
		all = append(all, column{name, func(dst []byte, a *fleet.Assessed) []byte { return append(dst, shown(a, i)...) }, 20})
	}
	return all
}

// shown gives a device's value for the i-th column that the configuration adds;
// "" for none.
func shown(a *fleet.Assessed, i int) string {
	if shown := a.Further().Shown; shown != nil {
		return shown[i]
	}
	return ""
}

// departmentColumns gives the columns that a manager needs, under the same
// names. A column that the policy does not ask about is left out.
func departmentColumns(in Input) []column {
	possible := in.Policy.Possible(in.Config.Rules.Supported != nil)
	decides := map[string]bool{"app_version": !possible.System, "destination": possible.Destinations, "port": possible.Ports}
	return slices.DeleteFunc(columns(in), func(c column) bool {
		asked, known := decides[c.name]
		return c.width == 0 || known && !asked
	})
}

// appendSystem appends the operating system as exported. It appends its version
// too where the policy judges that version: devices.csv has no column for it.
func appendSystem(dst []byte, a *fleet.Assessed, withVersion bool) []byte {
	dst = append(dst, a.OS...)
	if !withVersion || a.OSVersion == "" {
		return dst
	}
	if a.OS != "" {
		dst = append(dst, ' ')
	}
	return append(dst, a.OSVersion...)
}

// appendDestinations leaves out a destination that the report left blank. The
// destination's kind still takes it into account.
func appendDestinations(dst []byte, a *fleet.Assessed) []byte {
	start := len(dst)
	for _, destination := range a.Destinations {
		name := destination.String()
		if name == "" {
			continue
		}
		if len(dst) > start {
			dst = append(dst, "; "...)
		}
		dst = append(dst, name...)
	}
	return dst
}

func appendPort(dst []byte, a *fleet.Assessed) []byte {
	if a.Port == 0 {
		return dst
	}
	return strconv.AppendInt(dst, int64(a.Port), 10)
}

func writeDevices(w io.Writer, in Input) error {
	return writeRows(w, columns(in), in.Fleet.Devices)
}

// writeRows writes a header and a line for each device. Like every file here it
// is written line by line; the sink buffers.
func writeRows(w io.Writer, columns []column, devices []*fleet.Assessed) error {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	line := csvcell.AppendLine(nil, names...)
	if _, err := w.Write(line); err != nil {
		return err
	}
	for _, a := range devices {
		line = line[:0]
		for i, c := range columns {
			if i > 0 {
				line = append(line, ',')
			}
			start := len(line)
			line = csvcell.Finish(c.append(line, a), start)
		}
		line = append(line, '\n')
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}
