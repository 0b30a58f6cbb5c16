package download

import (
	"io"

	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/memory"
)

// changeColumns are those of changes.csv, in its order.
var changeColumns = []string{"against", "change", "how", "device_guid", "device_name", "username", "department",
	"verdict_before", "verdict", "app_version_before", "app_version"}

// writeChanges writes what changed since the last night, and then since the
// announcement: a line for each device, the header alone on the first night.
func writeChanges(w io.Writer, in Input) error {
	var buffer []byte
	for i, name := range changeColumns {
		if i > 0 {
			buffer = append(buffer, ',')
		}
		buffer = append(buffer, name...)
	}
	buffer = append(buffer, '\n')
	for _, comparison := range comparisons(in.Memory) {
		against := comparison.Against.String()
		for i := range comparison.Changes {
			buffer = appendChange(buffer, in, against, &comparison.Changes[i])
			if len(buffer) >= chunk {
				if _, err := w.Write(buffer); err != nil {
					return err
				}
				buffer = buffer[:0]
			}
		}
	}
	_, err := w.Write(buffer)
	return err
}

// comparisons gives the two, or the one where both compare with one night.
func comparisons(account *memory.Account) []*memory.Comparison {
	switch {
	case account.Last == nil:
		return nil
	case account.Last == account.Announcement:
		return []*memory.Comparison{account.Last}
	}
	return []*memory.Comparison{account.Last, account.Announcement}
}

func appendChange(buffer []byte, in Input, against string, c *memory.Change) []byte {
	shown := c.Shown()
	var then, now memory.Facts
	if c.Then != nil {
		then = *c.Then
	}
	if c.Now != nil {
		now = *c.Now
	}
	for i, text := range [...]string{
		against, string(c.Kind), string(c.How), c.GUID, shown.Name, in.Config.Privacy.User(shown.Username), shown.Department,
		string(then.Verdict), string(now.Verdict), then.Version, now.Version,
	} {
		if i > 0 {
			buffer = append(buffer, ',')
		}
		buffer = csvcell.Append(buffer, text)
	}
	return append(buffer, '\n')
}
