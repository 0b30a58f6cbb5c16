package browser

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// hostileNames are device names that try to become markup, script or an object's
// property, or to change the direction of text.
func hostileNames() []string {
	return []string{
		`<img src=x onerror=alert(1)>`,
		`"><script>alert(2)</script>`,
		`</script><script>alert(3)</script>`,
		`x'-alert(4)-'`,
		`\u0022); alert(5); (\u0022`,
		"${alert(6)}`",
		`javascript:alert(7)`,
		`__proto__`,
		`constructor`,
		`&lt;b&gt;&amp;&#0;`,
		"right\u202eot tfel",
		"zero\u200bwidth",
		"line\u2028separator",
		`ΟΔΥΣΣΕΥΣ`,
		`İSTANBUL-07`,
		`🖥-desk`,
	}
}

// cornerDepartments is how many departments the made-up fleet has: as many as
// the budgets are meant for.
const cornerDepartments = 400

// special are the departments of the made-up fleet that are not branches.
var special = []string{"Long", "Wide", "Hostile", "Versions", "Calm", "Empty"}

// writeCorners writes the inputs of a made-up fleet and a cutoff.yaml for them:
// Long fills three pages with every listed verdict, Wide fills pages by the
// length of its names, Hostile has hostile names, Versions has versions whose
// order is not that of their letters, Calm has nothing to do, Empty has no
// device at all, and branches make the index long.
func writeCorners(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	f := &corners{}
	for i := range 1150 {
		f.add(fmt.Sprintf("LONG-%04d", i), fmt.Sprintf("person.%d", i), "Long", listed[i%len(listed)])
	}
	for i := range 450 {
		name := fmt.Sprintf("WIDE-%04d-%s", i, strings.Repeat("&", 250))
		f.add(name, fmt.Sprintf("%d.%s", i, strings.Repeat("<>", 120)), "Wide", listed[i%len(listed)])
	}
	for i, name := range hostileNames() {
		f.add(name, name, "Hostile", listed[i%len(listed)])
	}
	for i, version := range []string{"4.10.1", "4.2.0", "4.7.9", "5.0.2", "5.0.10", "4.2", "4.10", "5.3.99"} {
		f.add(fmt.Sprintf("VERSION-%d", i), "", "Versions", setup{version, "42", "443"})
	}
	for i := range 7 {
		f.add(fmt.Sprintf("CALM-%d", i), "", "Calm", setup{version: "7.4.0.1", destination: "42", port: "443"})
	}
	for i := range cornerDepartments - len(special) {
		f.add(fmt.Sprintf("BRANCH-%03d", i), "", fmt.Sprintf("Branch office of region %03d", i), listed[i%len(listed)])
	}
	if err := writeCSV(filepath.Join(folder, "devices.csv"), f.rows); err != nil {
		return err
	}
	// One person of the reports is on the roster, so that it is theirs.
	roster := [][]string{{"username", "email", "department", "manager", "manager_email"}, {"nobody", "", "Empty", "N. Obody", ""},
		{f.rows[1][3], "", f.rows[1][4], "", ""}}
	if err := writeCSV(filepath.Join(folder, "roster.csv"), roster); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "cutoff.yaml"), []byte(cornersConfig), 0o644)
}

const cornersConfig = `organization: Corner & Sons <"quoted">
reports: [devices.csv]
roster: [roster.csv]
policy: code42-port-4282
as_of: 2020-01-15
`

// setup has the values of a device that decide its verdict.
type setup struct{ version, destination, port string }

// listed gives each verdict that pages list, worst first.
var listed = []setup{
	{"4.7.9", "42", "4282"},
	{"5.2.0.3", "42", "443"},
	{"7.4.0.1", "42", "4282"},
	{"null", "42", "443"},
	{"4.9.1", "42", "4287"},
}

type corners struct{ rows [][]string }

func (f *corners) add(name, user, department string, s setup) {
	if f.rows == nil {
		f.rows = [][]string{{"device_guid", "device_name", "hostname", "username", "department", "app_version", "status", "destination_uid", "port", "last_connected"}}
	}
	n := len(f.rows)
	f.rows = append(f.rows, []string{
		strconv.Itoa(839648314463407601 + 7*n), name, fmt.Sprintf("host-%05d.corner.example", n), user, department,
		s.version, "Active", s.destination, s.port, fmt.Sprintf("2020-01-%02dT10:00:00Z", 1+n%14),
	})
}

func writeCSV(path string, rows [][]string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(file)
	return errors.Join(w.WriteAll(rows), file.Close())
}
