package company

import (
	"cmp"
	"slices"
	"time"
)

// expectations writes what each device was made for, by GUID: its verdict,
// department, the waiver that holds on the as-of date, and whether it is
// stale. Nothing here is computed from the rules.
func expectations(machines []*machine) []byte {
	sorted := slices.SortedFunc(slices.Values(machines), func(a, b *machine) int { return cmp.Compare(a.guid, b.guid) })
	rows := make([][]string, len(sorted))
	for i, m := range sorted {
		until := ""
		if m.waiver != nil && m.waiver.expires >= asOf.Format(time.DateOnly) {
			until = m.waiver.expires
		}
		rows[i] = []string{m.guid, m.verdict, m.dept.name, until, m.stale, m.situation}
	}
	return csvFile([]string{"device_guid", "verdict", "department", "waived_until", "stale", "situation"}, rows)
}
