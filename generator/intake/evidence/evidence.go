// Package evidence turns firewalls' logs, listings and the app's own service.log
// into observations of devices' ports. It keeps only what reached the vendor's
// cloud on a port that decides something, and of each kind the newest. Everything
// else is counted, and the file's notes say how much there was.
package evidence

import (
	"net/netip"
	"slices"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/intake/report"
	"example.org/cutoff/generator/intake/seen"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
)

// Options are the settings that decide what counts.
type Options struct {
	// AsOf is the day that the run describes. Later observations do not count.
	AsOf calendar.Day
	// WindowDays is how many days before AsOf an observation may be. Older ones are
	// not kept. 0 keeps all.
	WindowDays int
	// DateOrder decides dates such as 03/04/2020.
	DateOrder value.DateOrder
	// CloudDomains (each with all domains below it) and CloudNetworks are the
	// vendor's cloud. Only connections to it count.
	CloudDomains  []string
	CloudNetworks []netip.Prefix
	// Ports are the destination ports that decide something. Observations of others
	// are not kept. Empty keeps all, and every row by itself.
	Ports []int
	// Retired are those of Ports that stop. An observation of one counts even if its
	// outcome or date is in doubt.
	Retired []int
	// Successes and Failures are words for outcomes in the organisation's own logs.
	Successes, Failures []string
	// Devices maps the path of a service.log or a listing to its device: a GUID, or
	// a name that only one device has.
	Devices map[string]string
	// Limits bound logs and listings. Other tables are bounded where they are
	// opened.
	Limits table.Limits
}

// Reader reads evidence, file by file.
type Reader struct {
	opts     Options
	outcomes *value.Outcomes
	owners   *owners
	ports    *seen.Ports
	oldest   calendar.Day // the first day of the window; zero for none
}

// New gives a reader of evidence about the devices of the reports. It adds the
// observations to ports.
func New(opts Options, devices report.Devices, ports *seen.Ports) *Reader {
	r := &Reader{opts: opts, outcomes: value.NewOutcomes(opts.Successes, opts.Failures), owners: &owners{devices: devices}, ports: ports}
	if opts.WindowDays > 0 {
		r.oldest = opts.AsOf.Add(-opts.WindowDays)
	}
	return r
}

// decides reports whether observations of a port are kept.
func (r *Reader) decides(port int) bool {
	return len(r.opts.Ports) == 0 || slices.Contains(r.opts.Ports, port)
}

// retired reports whether a port is one that stops.
func (r *Reader) retired(port int) bool { return slices.Contains(r.opts.Retired, port) }

// everyRow reports whether rows of different instants are kept apart: somebody
// wants to see each of them.
func (r *Reader) everyRow() bool { return len(r.opts.Ports) == 0 }

// inCloud reports whether a host name or an address is in the vendor's cloud.
func (o *Options) inCloud(host string) bool {
	if address, err := netip.ParseAddr(host); err == nil {
		return slices.ContainsFunc(o.CloudNetworks, func(network netip.Prefix) bool { return network.Contains(address.Unmap()) })
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return slices.ContainsFunc(o.CloudDomains, func(domain string) bool {
		domain = strings.ToLower(strings.Trim(domain, "."))
		return host == domain || strings.HasSuffix(host, "."+domain)
	})
}
