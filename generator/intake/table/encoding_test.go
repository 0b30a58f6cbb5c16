package table

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"example.org/cutoff/generator/intake/table/charset"
)

// foreign has texts in other encodings, each with the encoding's name.
var foreign = []struct {
	name     string
	encoding encoding.Encoding
	text     string
}{
	{"Shift_JIS", japanese.ShiftJIS, "営業部,田中さんのPC\n総務,テスト端末\n"},
	{"cp932", japanese.ShiftJIS, "開発,サーバー"},
	{"euc-jp", japanese.EUCJP, "営業部,田中"},
	{"GB18030", simplifiedchinese.GB18030, "销售部,张伟的电脑\n研发,李娜\n"},
	{"gbk", simplifiedchinese.GBK, "财务,王芳"},
	{"big5", traditionalchinese.Big5, "業務部,陳小姐"},
	{"EUC-KR", korean.EUCKR, "영업부,김민준"},
	{"Mac Roman", charmap.Macintosh, "Müller,Köln\nBjörn,Vertrieb Süd\n"},
	{"macintosh", charmap.Macintosh, "José,Général\n"},
	{"CP850", charmap.CodePage850, "Jäger,Köln\n"},
	{"windows-1250", charmap.Windows1250, "Paweł,Łódź\nSprzedaż,Żaneta\n"},
	{"CP1251", charmap.Windows1251, "Отдел продаж,Иван Петров\n"},
	{"KOI8-R", charmap.KOI8R, "Отдел продаж,Иван Петров\n"},
	{"windows-1253", charmap.Windows1253, "Πωλήσεις,Γιώργος\n"},
	{"ISO-8859-5", charmap.ISO8859_5, "Продажи,Ольга\n"},
}

// Text in another encoding is refused. It is read if its encoding is given.
func TestForeignEncodings(t *testing.T) {
	for _, test := range foreign {
		text := "department,name\n" + test.text
		bytes, err := test.encoding.NewEncoder().String(text)
		if err != nil {
			t.Fatal(test.name, err)
		}
		got := readAll(t, "devices.csv", []byte(bytes), Limits{})
		if got.refusal == nil || !strings.Contains(got.refusal.Error(), "encoding in the configuration") && !strings.Contains(got.refusal.Error(), "want one encoding") {
			t.Errorf("%s: found refusal %v and rows %v, want a refusal", test.name, got.refusal, got.sheets)
		}
		for _, rest := range []bool{false, true} {
			said, ok := charset.Find(test.name)
			if said.Rest = rest; !ok {
				t.Fatalf("%s: found no such encoding", test.name)
			}
			f, err := Open("devices.csv", strings.NewReader(bytes), Limits{}, said)
			if err != nil {
				t.Fatal(test.name, err)
			}
			var found strings.Builder
			for {
				row, err := f.Sheets()[0].Read()
				if err != nil {
					break
				}
				found.WriteString(strings.Join(row.Cells, ",") + "\n")
			}
			if strings.TrimSpace(found.String()) != strings.TrimSpace(text) || f.Encoding() != said.Name || len(f.Problems()) > 0 {
				t.Errorf("%s: found %q in %s (%v), want %q", test.name, found.String(), f.Encoding(), f.Problems(), text)
			}
		}
	}
}

// Text as people in the West write it is taken for Windows-1252.
func TestWesternText(t *testing.T) {
	for _, text := range []string{
		"Müller,Größe 15 m²", "Straße 5 €,ÄRZTE", "José Nuñez,Nº 3", "d’Été,L´Hôpital", "François Œuvre,cœur", "Ångström,Ørsted", "Château—Île,naïve",
		"Škoda,Žižek", "“Büro”,„Lager“", "Code42®,PC™ neu", "25 °C,§ 5 BDSG", "¿Qué?,¡Olé!", "Paral·lel,São João", "½ Stelle,100 µm", "10 cm³,© Müller", "Þór Guðmundsson,Æsa", "• Vertrieb,… und", "Caf\u00e9\u00a0Blau,x",
	} {
		bytes, err := charmap.Windows1252.NewEncoder().String("department,name\n" + text + "\n")
		if err != nil {
			t.Fatal(text, err)
		}
		if got := readAll(t, "devices.csv", []byte(bytes), Limits{}); got.refusal != nil || strings.Join(got.sheets[0].rows[1], ",") != text {
			t.Errorf("%s: found %v, refusal %v", text, got.sheets, got.refusal)
		}
	}
}

func TestSaidEncodings(t *testing.T) {
	for _, test := range []struct {
		name, file string
		said       string
		rest       bool
		want       string // the one cell below the header
		encoding   string
	}{
		{"a mark is stronger", "\ufeffn\né\n", "windows-1251", false, "é", "UTF-8"},
		{"UTF-16 with a mark", "\xff\xfen\x00\n\x00\xe9\x00", "windows-1251", false, "é", "UTF-16 LE"},
		{"one file", "n\né\n", "windows-1251", false, "Г©", "windows-1251"},
		{"the rest, and it is UTF-8", "n\né\n", "windows-1251", true, "é", "UTF-8"},
		{"the rest, and it is not", "n\n\xc8\xe2\xe0\xed\n", "windows-1251", true, "Иван", "windows-1251"},
		{"sense does not matter", "n\nM\x81ller\n", "windows-1252", false, "M\ufffdller", "Windows-1252"},
		{"UTF-16 without a mark", "\x00n\x00\n\x30\x42\x30\x44", "utf-16be", false, "あい", "utf-16be"},
	} {
		t.Run(test.name, func(t *testing.T) {
			said, ok := charset.Find(test.said)
			if said.Rest = test.rest; !ok {
				t.Fatal("found no such encoding")
			}
			f, err := Open("a.csv", strings.NewReader(test.file), Limits{}, said)
			if err != nil {
				t.Fatal(err)
			}
			var last string
			for {
				row, err := f.Sheets()[0].Read()
				if err != nil {
					break
				}
				last = row.Cells[0]
			}
			if last != test.want || !strings.EqualFold(f.Encoding(), test.encoding) {
				t.Errorf("found %q in %s, want %q in %s", last, f.Encoding(), test.want, test.encoding)
			}
		})
	}
	for _, name := range []string{"", "klingon", "replacement", "hz-gb-2312", "x-user-defined"} {
		if e, ok := charset.Find(name); ok && name != "x-user-defined" {
			t.Errorf("found %v for %q, want none", e, name)
		}
	}
}
