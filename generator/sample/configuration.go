package sample

import (
	"fmt"
	"io"
	"path"
	"strings"
)

// configuration gives the configuration file for a night. folder is its own folder
// below the fleet's. inputs is the path from there to the night's exports, and up
// the path to the fleet's folder.
func (f Fleet) configuration(night int, tables []table, folder, inputs, up string) File {
	var text strings.Builder
	fmt.Fprintf(&text, "# A fleet that does not exist, on %s: cutoff sample --seed %d made it.\n", f.day(night), f.Seed)
	fmt.Fprintf(&text, "organization: Larkfield Group\n")
	var last kind
	for _, t := range tables {
		if t.kind != last {
			fmt.Fprintf(&text, "%s:\n", t.kind)
		}
		fmt.Fprintf(&text, "  - %s%s\n", inputs, t.name)
		last = t.kind
	}
	fmt.Fprintf(&text, `policy: code42-port-4282
as_of: %s
supported:
  versions: ">= 7.0"
  source: https://support.code42.com/hc/en-us/articles/14827694468631-Code42-cloud-version-policy
  checked: 2020-01-10
destinations:
  on_premises: [%q, %q]
out: %ssite
`, f.day(night), ownServer.name, ownServer.uid, up)
	content := text.String()
	return File{path.Join(folder, "cutoff.yaml"), func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}}
}
