package download

import (
	"archive/zip"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/fleet"
)

func TestWorkbook(t *testing.T) {
	in := small()
	in.Fleet.Departments[1].Name = `R&D <"Süd">`
	book, err := excelize.OpenReader(strings.NewReader(render(t, in)["data/departments/slug-1.xlsx"]))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if diff := cmp.Diff([]string{"To do", "Devices"}, book.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	if dimension, err := book.GetSheetDimension("Devices"); err != nil || dimension != "A1:O4" {
		t.Errorf("dimension %q, %v, want A1:O4", dimension, err)
	}
	panes, err := book.GetPanes("Devices")
	if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.TopLeftCell != "A2" {
		t.Errorf("panes %+v, %v, want the first row frozen", panes, err)
	}
	properties, err := book.GetDocProps()
	if err != nil || properties.Title != `End of support for port 4282: R&D <"Süd">` || properties.Creator != "cutoff" ||
		properties.Created != "2020-01-15T00:00:00Z" || properties.Modified != properties.Created {
		t.Errorf("properties %+v, %v", properties, err)
	}
	style, err := book.GetCellStyle("Devices", "O1")
	if err != nil {
		t.Fatal(err)
	}
	if look, err := book.GetStyle(style); err != nil || look.Font == nil || !look.Font.Bold {
		t.Errorf("header %+v, %v, want it bold", look, err)
	}
	if style, err = book.GetCellStyle("Devices", "A2"); err != nil {
		t.Fatal(err)
	}
	if look, err := book.GetStyle(style); err != nil || look.NumFmt != textFormat {
		t.Errorf("GUID %+v, %v, want the format of text", look, err)
	}
	if layout, err := book.GetPageLayout("Devices"); err != nil || layout.Orientation == nil || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 {
		t.Errorf("layout %+v, %v, want landscape, one page wide", layout, err)
	}
	if width, err := book.GetColWidth("Devices", "J"); err != nil || width != 70 {
		t.Errorf("the action is %v wide, %v, want 70", width, err)
	}
	if err := book.UpdateLinkedValue(); err != nil {
		t.Error(err)
	}
}

// The sheet to work with has a title, a date, a head that stays in sight and
// prints on every page, real days, wrapped text and a box to tick.
func TestToDo(t *testing.T) {
	in := small()
	department := in.Fleet.Departments[1]
	department.Devices[1].SupersededBy = "77"
	department.Devices[2].Stale = fleet.Stale
	book, err := excelize.OpenReader(strings.NewReader(render(t, in)["data/departments/slug-1.xlsx"]))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("To do")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Sales: what to do before 4 February 2020"},
		{"As of", "2020-01-15"},
		nil,
		{"Device", "User", "System", "App version", "Last seen", "What to do", "Done?"},
		{"PC-00", "user0", "Windows", "6.8.8.12", "2020-01-14", "Waived until 14 February 2020. Upgrade it, then let it out on 443 or 4287."},
		{"PC-02", "user2", "Windows", "6.8.8.12", "2020-01-14", "Probably replaced by the device with the GUID 77: confirm, then deactivate it in the console."},
		{"PC-04", "user4", "Windows", "6.8.8.12", "2020-01-14", "Not seen lately: find out whether it is still in use. Upgrade it, then let it out on 443 or 4287."},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if kind, err := book.GetCellType("To do", "E5"); err != nil || kind != excelize.CellTypeUnset { // a number
		t.Errorf("a day is of type %v, %v, want a number", kind, err)
	}
	if panes, err := book.GetPanes("To do"); err != nil || !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("panes %+v, %v, want the head frozen", panes, err)
	}
	style, err := book.GetCellStyle("To do", "F5")
	if err != nil {
		t.Fatal(err)
	}
	if look, err := book.GetStyle(style); err != nil || look.Alignment == nil || !look.Alignment.WrapText {
		t.Errorf("what to do %+v, %v, want it wrapped", look, err)
	}
	if layout, err := book.GetPageLayout("To do"); err != nil || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("layout %+v, %v, want one page wide", layout, err)
	}
	var names []string
	for _, n := range book.GetDefinedName() {
		names = append(names, n.Name+" "+n.RefersTo)
	}
	if !slices.Contains(names, "_xlnm.Print_Titles 'To do'!$4:$4") || !slices.Contains(names, "_xlnm._FilterDatabase 'To do'!$A$4:$G$7") {
		t.Errorf("names %q, want the printed head and the filter", names)
	}
	in.Config.Privacy.UserNames = false
	in.Fleet.AsOf = in.Policy.Effective
	if title := toDoTitle(t, in); title != "Sales: what is left to do" {
		t.Errorf("title on the day %q, want nothing about before", title)
	}
}

func toDoTitle(t *testing.T, in Input) string {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(render(t, in)["data/departments/slug-1.xlsx"]))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if head, err := book.GetCellValue("To do", "B4"); err != nil || head != "System" {
		t.Errorf("second column %q, %v, want no user names", head, err)
	}
	title, err := book.GetCellValue("To do", "A1")
	if err != nil {
		t.Fatal(err)
	}
	return title
}

// This checks what the library's own reader does not show.
func TestWorkbookParts(t *testing.T) {
	for name, content := range render(t, small()) {
		if !strings.HasSuffix(name, ".xlsx") {
			continue
		}
		archive, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		sheet := ""
		for _, part := range archive.File {
			if part.ModifiedTime != 0 || part.ModifiedDate != 0 || len(part.Extra) != 0 {
				t.Errorf("%s: %s has a time of its own: %v", name, part.Name, part.Modified)
			}
			reader, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(reader) // checks the part's checksum
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "xuri") || strings.Contains(string(text), "excelize") {
				t.Errorf("%s: %s names somebody else", name, part.Name)
			}
			if part.Name == devicePart {
				sheet = string(text)
			}
		}
		if !strings.Contains(sheet, `<autoFilter ref="$A$1:$O$`) || !strings.HasSuffix(sheet, "</worksheet>") || strings.Contains(sheet, "<f>") {
			t.Errorf("%s: sheet ends in %s", name, sheet[max(0, len(sheet)-300):])
		}
		// Excel repairs a sheet whose columns are not in order.
		var columns []string
		for _, match := range regexp.MustCompile(`<col min="(\d+)"`).FindAllStringSubmatch(sheet, -1) {
			columns = append(columns, match[1])
		}
		if want := strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15"); !slices.Equal(columns, want) {
			t.Errorf("%s: columns %v, want %v", name, columns, want)
		}
	}
}

// A large workbook's rows are written in several pieces.
func TestLargeWorkbook(t *testing.T) {
	in := large(10_000, 1)
	files := render(t, in)
	rows := sheetRows(t, files["data/departments/slug-0.xlsx"])
	if len(rows) != 3001 {
		t.Errorf("%d rows, want 3001", len(rows))
	}
	if diff := cmp.Diff(csvRows(t, files["data/departments/slug-0.csv"]), rows); diff != "" {
		t.Errorf("(-csv +xlsx):\n%s", diff)
	}
}
