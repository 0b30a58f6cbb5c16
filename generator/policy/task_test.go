package policy_test

import (
	"testing"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
)

// Devices with the same thing to do share its sentence, whatever their versions.
// An older system, another verdict or a missing version gets its own.
func TestTask(t *testing.T) {
	rules := policy.New(named(t, "code42-port-4282"), policy.DefaultSettings())
	task := func(version, system string, connections ...device.Connection) string {
		d := &device.Device{Home: &device.Home{Destinations: []device.Destination{cloud}}, Software: &device.Software{Version: device.ParseVersion(version), OS: "mac", OSVersion: system}, Connections: connections}
		return rules.Task(d, rules.Assess(d, today))
	}
	retired := seen(4282, "", none)
	for _, c := range []struct{ name, got, want string }{
		{"upgrade", task("4.7.1", "10.14"), "Upgrade the Code42 app to 5.4 or later."},
		{"another version", task("5.1.0", "10.14"), task("4.7.1", "10.14")},
		{"old system", task("4.3.0", "10.6.8"), "First give this computer a newer system: it has Mac OS X 10.6 or older (the app's last version for it is 4.3.x), then upgrade the Code42 app to 5.4 or later."},
		{"port", task("6.8.3", "10.14", retired), "Allow the Code42 app through the firewall on port 443 or 4287 instead of 4282."},
		{"both", task("4.7.1", "10.14", retired), "Upgrade the Code42 app to 5.4 or later, then allow it through the firewall on port 443 or 4287 instead of 4282."},
		{"unknown", task("", "10.14"), "Look up the version of the Code42 app on this computer: if it is older than 5.4 and not 4.8 or 4.9, upgrade it to 5.4 or later; otherwise only its port is left to verify."},
		{"ready", task("6.8.3", "10.14", seen(443, "", none)), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: found %q, want %q", c.name, c.got, c.want)
		}
	}
}
