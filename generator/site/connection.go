package site

import (
	"fmt"
	"regexp"
	"strconv"

	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// connectionPage says how to test from a network whether the app will be able
// to connect.
type connectionPage struct {
	frame
	Ports       string // those to try: "443 or 4287"
	Retired     string
	Effective   string
	InForce     bool
	Enough      string // says that one port is enough; "" when there is only one
	Placeholder bool   // no host is configured: the reader puts one in
	Hosts       []string
	Systems     []testSystem
	VendorPage  string
}

// testSystem is an operating system with its commands.
type testSystem struct {
	ID, Name string
	Where    string // what to open
	Commands string // one a line
	Success  string // what the output says when it worked
	Failure  string
	Note     string
}

// placeholderHost is in the commands when the configuration names no host.
const placeholderHost = "HOST"

func (s *Site) connectionTest() *connectionPage {
	ports := s.in.Policy.Ports
	page := &connectionPage{
		frame:      s.frame("Test a network", "connection-test", "", "cutoff.js"),
		Ports:      prose.Ports(ports.Allowed).Or(),
		Retired:    prose.Ports(ports.Retired).Or(),
		Effective:  s.words.Day(s.in.Policy.Effective),
		InForce:    s.in.Fleet.Phase == policy.InForce,
		Hosts:      s.in.Config.TestHosts,
		VendorPage: s.in.Policy.Links.ConnectionTest,
	}
	switch n := len(ports.Allowed); {
	case n == 2:
		page.Enough = "Either port is enough."
	case n > 2:
		page.Enough = "Any one of them is enough."
	}
	hosts := page.Hosts
	if len(hosts) == 0 {
		page.Placeholder = true
		hosts = []string{placeholderHost}
	}
	commands := func(format string) string {
		var lines string
		for _, host := range hosts {
			for _, port := range ports.Allowed {
				lines += fmt.Sprintf(format, host, strconv.Itoa(port)) + "\n"
			}
		}
		return lines
	}
	page.Systems = []testSystem{
		{
			ID: "windows", Name: "Windows", Where: "Open PowerShell.",
			Commands: commands("Test-NetConnection -ComputerName %s -Port %s"),
			Success:  "TcpTestSucceeded : True",
			Failure:  "TcpTestSucceeded : False",
			Note:     "A failure can take a while to show; a warning that the connection failed comes first.",
		},
		{
			ID: "macos", Name: "macOS", Where: "Open Terminal.",
			Commands: commands("nc -vz -G 5 %s %s"),
			Success:  "succeeded!",
			Failure:  "Operation timed out",
			Note:     "“Connection refused” is a failure too.",
		},
		{
			ID: "linux", Name: "Linux", Where: "Open a terminal.",
			Commands: commands("nc -vz -w 5 %s %s"),
			Success:  "succeeded!",
			Failure:  "timed out",
			Note:     "Some versions of nc write “open” or “Connected to” when it worked. “Connection refused” is a failure.",
		},
	}
	return page
}

var hostForm = regexp.MustCompile(`^[A-Za-z0-9.:][A-Za-z0-9.:-]*$`)

// checkHosts refuses text that cannot be a host, because people paste these
// commands into a shell.
func checkHosts(hosts []string) error {
	for i, host := range hosts {
		if !hostForm.MatchString(host) {
			return fmt.Errorf("connection_test.hosts[%d]: found %q, want a host name or an address", i, host)
		}
	}
	return nil
}
