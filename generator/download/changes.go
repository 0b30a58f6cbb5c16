package download

import (
	"io"

	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/memory"
)

// writeChanges writes what changed since the last night, then what changed
// since the announcement. There is a line for each device; on the first night,
// there is only the header.
func writeChanges(w io.Writer, in Input) error {
	lines := &csvcell.Lines{To: w}
	lines.Add("against", "change", "how", "device_guid", "device_name", "username", "department",
		"verdict_before", "verdict", "app_version_before", "app_version")
	for _, comparison := range comparisons(in.Memory) {
		against := comparison.Against.String()
		for i := range comparison.Changes {
			c := &comparison.Changes[i]
			shown := c.Shown()
			var then, now memory.Facts
			if c.Then != nil {
				then = *c.Then
			}
			if c.Now != nil {
				now = *c.Now
			}
			lines.Add(against, string(c.Kind), string(c.How), c.GUID, shown.Name, in.Config.Privacy.User(shown.Username), shown.Department,
				string(then.Verdict), string(now.Verdict), then.Version, now.Version)
		}
	}
	return lines.Err
}

// comparisons gives both comparisons, or one where both are with the same
// night.
func comparisons(account *memory.Account) []*memory.Comparison {
	switch {
	case account.Last == nil:
		return nil
	case account.Last == account.Announcement:
		return []*memory.Comparison{account.Last}
	}
	return []*memory.Comparison{account.Last, account.Announcement}
}
