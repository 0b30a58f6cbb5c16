package value

import (
	"strings"
	"testing"
)

func TestGUIDs(t *testing.T) {
	for name, test := range map[string]struct {
		cell     string
		workbook bool
		want     string
		how      Identity
	}{
		"eighteen digits":                {cell: "839648314463407622", want: "839648314463407622", how: SoundGUID},
		"nineteen digits":                {cell: "1234567890123456789", want: "1234567890123456789", how: SoundGUID},
		"twenty digits":                  {cell: "12345678901234567890", how: DamagedGUID},
		"a short one":                    {cell: "42", want: "42", how: SoundGUID},
		"blanks around":                  {cell: "\u00a0839648314463407622 \t", want: "839648314463407622", how: SoundGUID},
		"an apostrophe before":           {cell: " '839648314463407622", want: "839648314463407622", how: SoundGUID},
		"scientific":                     {cell: "8.39648E+17", how: DamagedGUID},
		"scientific with a comma":        {cell: "8,39648E+17", how: DamagedGUID},
		"scientific without a point":     {cell: "8E17", how: DamagedGUID},
		"scientific with all digits":     {cell: "8.39648314463407622E+17", how: DamagedGUID},
		"scientific, exact, in text":     {cell: "1.207E+3", how: DamagedGUID},
		"scientific, exact, in workbook": {cell: "1.207E+3", workbook: true, want: "1207", how: SoundGUID},
		"scientific, lost, in workbook":  {cell: "8.39648314463408E+17", workbook: true, how: DamagedGUID},
		"decimals":                       {cell: "839648314463407622.0", how: DamagedGUID},
		"decimals in a workbook":         {cell: "1207.0", workbook: true, want: "1207", how: SoundGUID},
		"thousands":                      {cell: "839,648,314,463,407,622", how: DamagedGUID},
		"negative":                       {cell: "-839648314463407622", how: DamagedGUID},
		"ends in 000":                    {cell: "839648314463407000", want: "839648314463407000", how: RoundedGUID},
		"a short one that ends in 000":   {cell: "123456789012000", want: "123456789012000", how: SoundGUID},
		"null":                           {cell: "null", how: NoGUID},
		"None":                           {cell: " None ", how: NoGUID},
		"blank":                          {cell: "  ", how: NoGUID},
		"letters and digits":             {cell: "6f9619ff-8b86-d011-b42d-00cf4fc964ff", want: "6f9619ff-8b86-d011-b42d-00cf4fc964ff", how: SoundGUID},
		"letters alone":                  {cell: "alpha", want: "alpha", how: WordGUID},
		"letters with hyphens":           {cell: "north-wing-a", want: "north-wing-a", how: WordGUID},
		"an underscore":                  {cell: "dev_0001", want: "dev_0001", how: WordGUID},
		"braces":                         {cell: "{6F9619FF-8B86-D011-B42D-00CF4FC964FF}", want: "{6F9619FF-8B86-D011-B42D-00CF4FC964FF}", how: WordGUID},
		"letters of another script":      {cell: "gerät7", want: "gerät7", how: WordGUID},
		"kept from being a number":       {cell: `="839648314463407622"`, want: "839648314463407622", how: SoundGUID},
		"a link":                         {cell: `=HYPERLINK("a","b")`, how: ForeignText},
		"a serial number like a number":  {cell: "5E12345", want: "5E12345", how: SoundGUID},
		"a virtual machine's":            {cell: "VMware-56 4d 35 9b c5 0f", want: "VMware-56 4d 35 9b c5 0f", how: SoundGUID},
		"a client's of ConfigMgr":        {cell: "GUID:6F9619FF-8B86-D011", want: "GUID:6F9619FF-8B86-D011", how: WordGUID},
		"no device of the directory":     {cell: "00000000-0000-0000-0000-000000000000", how: NoGUID},
		"no serial number":               {cell: "To Be Filled By O.E.M.", how: NoGUID},
		"not applicable":                 {cell: "N/A", how: NoGUID},
		"not known":                      {cell: "unknown", how: NoGUID},
		"a dash":                         {cell: " - ", how: NoGUID},
		"an escape":                      {cell: "a\x1b[2J", how: ForeignText},
		"a mark that turns text":         {cell: "a\u202eb", how: ForeignText},
		"too long for an identity":       {cell: strings.Repeat("ab", 33), how: ForeignText},
		"a total":                        {cell: "Total", how: ForeignText},
		"a total with its figure":        {cell: "Total:12", how: ForeignText},
		"a sentence":                     {cell: "Made on day 3", how: ForeignText},
		"a formula":                      {cell: "=1+1", how: ForeignText},
		"markup":                         {cell: "<b>1</b>", how: ForeignText},
	} {
		t.Run(name, func(t *testing.T) {
			if got, how := GUID(test.cell, test.workbook); got != test.want || how != test.how {
				t.Errorf("found %q, %d for %q, want %q, %d", got, how, test.cell, test.want, test.how)
			}
		})
	}
}

func TestPassedFloat(t *testing.T) {
	for guid, want := range map[string]bool{
		"839648314463407622":  false,
		"839648314463407616":  true, // the nearest number with 53 bits
		"839648314463407600":  true, // the same as scripts write it
		"839648314463407601":  false,
		"9223372036854775807": false,
		"83964831446340762":   false, // seventeen digits may keep theirs
		"42":                  false,
	} {
		if got := PassedFloat(guid); got != want {
			t.Errorf("found %t for %s, want %t", got, guid, want)
		}
	}
}

func TestVersionCells(t *testing.T) {
	for name, test := range map[string]struct {
		cell     string
		workbook bool
		want     string
	}{
		"text":                            {cell: "7.0.3.55", want: "7.0.3"},
		"10.0 became a number":            {cell: "10", workbook: true, want: "10.0.0"},
		"a bare number in text":           {cell: "10", want: "10"},
		"5.4 with the noise of a float":   {cell: "5.4000000000000004", workbook: true, want: "5.4.0"},
		"the same noise in text":          {cell: "5.4000000000000004", want: "5.4000000000000004"},
		"long":                            {cell: "1512021600671", workbook: true, want: "6.7.1"},
		"long in scientific form":         {cell: "1.512021600671E+12", workbook: true, want: "6.7.1"},
		"long, rounded":                   {cell: "1.51202E+12", workbook: true, want: "1.51202E+12"},
		"a date that was a version":       {cell: "43956", workbook: true, want: "43956"},
		"a word in a workbook":            {cell: "new", workbook: true, want: "new"},
		"not a number but parsed as such": {cell: "NaN", workbook: true, want: "NaN"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Version(test.cell, test.workbook).String(); got != test.want {
				t.Errorf("found %s for %q, want %s", got, test.cell, test.want)
			}
		})
	}
}

func TestCleanCells(t *testing.T) {
	for name, test := range map[string]struct {
		clean      func(string) string
		cell, want string
	}{
		"blanks":                         {Clean, " a b\u00a0\u200b", "a b"},
		"null":                           {Clean, "NULL ", ""},
		"None":                           {Clean, "None", ""},
		"a word that begins so":          {Clean, "nullable", "nullable"},
		"protected formula":              {Name, "'=cmd()", "=cmd()"},
		"a name that begins with a mark": {Name, "'t Hart", "'t Hart"},
		"unknown host":                   {Host, "UNKNOWN", ""},
		"unknown elsewhere":              {Clean, "UNKNOWN", "UNKNOWN"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.clean(test.cell); got != test.want {
				t.Errorf("found %q for %q, want %q", got, test.cell, test.want)
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"10.2.3.4:4242":          "10.2.3.4",
		"10.2.3.4":               "10.2.3.4",
		"10.2.3.4:0":             "10.2.3.4",
		"[2001:db8::1]:4242":     "2001:db8::1",
		"2001:db8::1":            "2001:db8::1",
		"::ffff:10.2.3.4":        "10.2.3.4",
		"fe80::1%eth0":           "fe80::1",
		"10.2.3.4, 192.168.0.1":  "10.2.3.4",
		"10.2.3.4:4242;10.2.3.5": "10.2.3.4",
		"10.2.3":                 "invalid IP",
		"pc-1:4242":              "invalid IP",
		"999.1.1.1":              "invalid IP",
	} {
		got, ok := Address(text)
		if got.String() != want || ok != (want != "invalid IP") {
			t.Errorf("found %s, %t for %q, want %s", got, ok, text, want)
		}
	}
}

func TestEndpoints(t *testing.T) {
	for text, want := range map[string]Endpoint{
		"162.222.40.218":                              {Host: "162.222.40.218"},
		"162.222.40.218:4287":                         {Host: "162.222.40.218", Port: 4287},
		"/162.222.40.218:4287":                        {Host: "162.222.40.218", Port: 4287},
		"162.222.40.218/4282":                         {Host: "162.222.40.218", Port: 4282},
		"162.222.40.218/32":                           {Host: "162.222.40.218"},
		"162.222.40.0/24":                             {Host: "162.222.40.0"},
		"162.222.40.218/33":                           {Host: "162.222.40.218", Port: 33},
		"162.222.40.218.4282":                         {Host: "162.222.40.218", Port: 4282},
		"162.222.40.218.https":                        {Host: "162.222.40.218", Port: 443},
		"162.222.40.218 4282":                         {Host: "162.222.40.218", Port: 4282},
		"162.222.40.218 (4282)":                       {Host: "162.222.40.218"},
		"[::ffff:162.222.40.218]:4282":                {Host: "162.222.40.218", Port: 4282},
		"::ffff:162.222.40.218":                       {Host: "162.222.40.218"},
		"[2001:db8::1]:443":                           {Host: "2001:db8::1", Port: 443},
		"[2001:db8::1]":                               {Host: "2001:db8::1"},
		"2001:db8::1":                                 {Host: "2001:db8::1"},
		"2001:db8::1.4282":                            {Host: "2001:db8::1", Port: 4282},
		"2001:db8::1/128":                             {Host: "2001:db8::1"},
		"2001:db8::1/443":                             {Host: "2001:db8::1", Port: 443},
		"central.crashplan.com":                       {Host: "central.crashplan.com"},
		"central.crashplan.com.":                      {Host: "central.crashplan.com."},
		"central.crashplan.com:4287":                  {Host: "central.crashplan.com", Port: 4287},
		"central.crashplan.com:https":                 {Host: "central.crashplan.com", Port: 443},
		"central.crashplan.com/4287":                  {Host: "central.crashplan.com", Port: 4287},
		"central.crashplan.com/162.222.40.218:4287":   {Host: "162.222.40.218", Name: "central.crashplan.com", Port: 4287},
		"central.crashplan.com (162.222.40.218)":      {Host: "162.222.40.218", Name: "central.crashplan.com"},
		"162.222.40.218 (central.crashplan.com)":      {Host: "162.222.40.218", Name: "central.crashplan.com"},
		"central.crashplan.com:4282 (162.222.40.218)": {Host: "162.222.40.218", Name: "central.crashplan.com", Port: 4282},
		"https://central.crashplan.com/x?y=1":         {Host: "central.crashplan.com", Port: 443},
		"https://162.222.40.218:4287/":                {Host: "162.222.40.218", Port: 4287},
		"tcp://162.222.40.218:4282":                   {Host: "162.222.40.218", Port: 4282},
		"bücher.example":                              {Host: "bücher.example"},
		"":                                            {},
	} {
		got, ok := ParseEndpoint(text)
		if text == "162.222.40.218 (4282)" {
			ok = !ok // a number alone is neither host nor address
		}
		if !ok || got != want {
			t.Errorf("%q: found %+v, %t, want %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{"*", "?", "the vendor's cloud", "999.1.1.1", "10.2.3", "host:*", "host:99999", "a..b", "162.222.40.218:x", "(", "(((", strings.Repeat("/", 400), strings.Repeat("a.", 200) + "com"} {
		if got, ok := ParseEndpoint(text); ok {
			t.Errorf("%q: found %+v, want none", text, got)
		}
	}
}

func TestPorts(t *testing.T) {
	for text, want := range map[string]int{
		"4282": 4282, "4282.0": 4282, "4,282": 4282, "4.282": 4282, "tcp/4282": 4282, "4282/tcp": 4282, "TCP_4282": 4282, "tcp:4282": 4282, "TCP4282": 4282,
		"https": 443, "HTTPS": 443, "https (TCP/443)": 443, "443 (https)": 443, "Port 4282": 4282, "crashplan (tcp/4282)": 4282,
		"": 0, "0": 0, "65536": 0, "42 82": 0, "4282-4287": 0, "-4282": 0, "none": 0, "udp/4282": 0, "PC-4282": 0, "4282.5": 0, "1,282,000": 0,
	} {
		if got, ok := Port(text); ok != (want > 0) || ok && got != want {
			t.Errorf("%q: found %d, %t, want %d", text, got, ok, want)
		}
	}
}
