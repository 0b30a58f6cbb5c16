package table

import (
	"strings"
	"testing"

	"example.org/cutoff/generator/intake/table/charset"
)

func TestLooks(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"CSV", "a,b,c\n1,2,3\n", ""},
		{"one column", "guid\n1\n2\n", ""},
		{"title lines above a table", "Device report, made by hand\n\nguid;name;version\n1;a b c;7\n2;d e f;7\n3;g h i;7\n", ""},
		{"prose", "Hello all,\nplease find the report attached to this mail.\nBest regards\n", ""},
		{"syslog", "<134>date=2020-01-14 time=09:00:00 devname=fw1 srcip=10.0.0.1 dstip=162.222.40.218 dstport=4287 action=accept\n" +
			"<134>date=2020-01-14 time=09:00:01 devname=\"fw 1\" srcip=10.0.0.2 dstip=162.222.40.218 dstport=4282 action=deny\n", "lines of key=value"},
		{"key=value with commas", "user=ann,ip=10.0.0.1,port=4287\nuser=bob,ip=10.0.0.2,port=4282\n", "lines of key=value"},
		{"lines of JSON", "{\"ts\":1,\"port\":4287}\n{\"ts\":2,\"port\":4282}\n", "lines of JSON"},
		{"one line of CEF", "CEF:0|V|P|9|traffic|end|3|src=10.0.0.1 dst=162.222.40.218 dpt=4282\n", "lines of CEF"},
		{"netstat", "Proto Recv-Q Send-Q Local Foreign State\ntcp 0 0 10.0.0.1:5000 162.222.40.218:4287 ESTABLISHED\ntcp 0 0 10.0.0.1:5001 162.222.40.218:4282 SYN_SENT\n", "columns that blanks separate"},
		{"aligned columns", "guid       name      version\n1          a         7.0\n2          b         6.8\n", "columns that blanks separate"},
		{"carets", "guid^name^version\n1^a^7\n2^b^8\n", "columns that '^' separates, want commas, semicolons, tabs or pipes: export with one of these, or write sep=^ above the header"},
		{"times in a column", "guid,when\n1,10:00:00\n2,10:00:01\n", ""},
	} {
		f, err := Open("-", strings.NewReader(test.text), Limits{}, charset.Encoding{})
		if err != nil {
			if !strings.HasPrefix(test.want, "lines of JSON") {
				t.Errorf("%s: %v", test.name, err)
			}
			continue
		}
		if got := f.Looks(); !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s: found %q, want %q", test.name, got, test.want)
		}
	}
}
