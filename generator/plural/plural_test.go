package plural

import "testing"

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 rows", 1: "1 row", 2: "2 rows", 1204: "1204 rows"} {
		if got := Count(n, "row", "rows"); got != want {
			t.Errorf("found %q, want %q", got, want)
		}
	}
}
