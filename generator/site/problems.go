package site

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/problem"
)

// problemGroup has the problems of one kind. Those with the same message are
// one row.
type problemGroup struct {
	Kind problem.Kind
	Word string
	// Next says what to do about them.
	Next   string
	Count  int
	Number string
	Rows   template.HTML
	More   string // "200 of 1,204 findings are shown"; ""
}

// finding is all problems of one kind with the same message.
type finding struct {
	*problem.Problem // the first of them
	count            int
}

// findings are all problems of one kind.
type findings struct {
	kind     problem.Kind
	problems int
	list     []finding // most first
	places   map[string]int
}

// problemGroups gives the problems by kind, the most frequent kind first.
func (s *Site) problemGroups() []problemGroup {
	kinds := findingsOf(s.in.Problems)
	limit := func(list []finding) []finding {
		return list[:min(len(list), mostProblemsOfKind, max(10, mostProblems/len(kinds)))]
	}
	names := make(map[device.Source]string)
	for _, k := range kinds {
		for _, f := range limit(k.list) {
			names[device.Source{File: f.File, Row: f.Row}] = ""
		}
	}
	s.nameSources(names)
	groups := make([]problemGroup, len(kinds))
	for i, k := range kinds {
		written, n := s.problemRows(limit(k.list), names, mostProblemBytes/len(kinds))
		text := kindText(k.kind)
		if !s.in.Fleet.Possible.Destinations { // without destinations, there is no console either
			text.next = strings.ReplaceAll(text.next, " in the console", "")
		}
		groups[i] = problemGroup{Kind: k.kind, Word: text.word, Next: text.next, Count: k.problems, Number: s.words.Number(k.problems), Rows: written}
		if len(k.list) > n {
			groups[i].More = fmt.Sprintf("The first %s of %s.", s.words.Number(n), s.words.Count(len(k.list), "finding", "findings"))
		}
	}
	return groups
}

// findingsOf sorts problems by kind, the most frequent first, and puts those
// with the same message together.
func findingsOf(problems []problem.Problem) []*findings {
	byKind := make(map[problem.Kind]*findings)
	var kinds []*findings
	for i := range problems {
		p := &problems[i]
		k := byKind[p.Kind]
		if k == nil {
			k = &findings{kind: p.Kind, places: map[string]int{}}
			byKind[p.Kind] = k
			kinds = append(kinds, k)
		}
		k.problems++
		place, known := k.places[p.Message]
		if !known {
			place = len(k.list)
			k.places[p.Message] = place
			k.list = append(k.list, finding{Problem: p})
		}
		k.list[place].count++
	}
	for _, k := range kinds {
		slices.SortStableFunc(k.list, func(a, b finding) int { return cmp.Compare(b.count, a.count) })
	}
	slices.SortFunc(kinds, func(a, b *findings) int {
		return cmp.Or(cmp.Compare(b.problems, a.problems), cmp.Compare(a.kind, b.kind))
	})
	return kinds
}

// nameSources looks up which devices some rows of reports became. Names of all
// rows would take too much memory.
func (s *Site) nameSources(names map[device.Source]string) {
	if len(names) == 0 {
		return
	}
	for _, a := range s.in.Fleet.Devices {
		if _, asked := names[a.Source]; asked {
			names[a.Source] = a.Called()
		}
	}
}

// problemRows writes what was found, how often, and one place as an example,
// until the room is used up. It gives how many rows it wrote.
func (s *Site) problemRows(findings []finding, names map[device.Source]string, room int) (template.HTML, int) {
	r := s.newRows()
	for i, f := range findings {
		if len(r.buf) > room {
			return r.html(), i
		}
		r.write(`<tr><th scope="row">{}</th><td class="number">{}</td><td>{}`, sentence(f.Message), s.words.Number(f.count), cmp.Or(f.Position.String(), "the run"))
		if name := names[device.Source{File: f.File, Row: f.Row}]; name != "" && f.Row > 0 {
			r.write(`<span class="how">{}</span>`, name)
		}
		r.write("</td></tr>\n")
	}
	return r.html(), len(findings)
}

// kindWords says what happened in a kind of problem, and what to do.
type kindWords struct{ word, next string }

// kindText gives the words for a kind. A kind without words goes by its name.
func kindText(kind problem.Kind) kindWords {
	if text, ok := kindTexts[kind]; ok {
		return text
	}
	return kindWords{strings.ReplaceAll(string(kind), "-", " "), "See the message."}
}

var kindTexts = map[problem.Kind]kindWords{
	problem.MissingGUID:           {"Rows without an identity", "These rows became no device. Export the report again with its GUID column."},
	problem.DamagedGUID:           {"GUIDs that lost digits", "A spreadsheet rounded them, so these rows became no device. Export the report again, and do not open it in a spreadsheet first."},
	problem.ExtraCells:            {"Rows with more cells than the header", "Look at the row: a cell may hold the delimiter without quotes."},
	problem.ShiftedRow:            {"Rows whose cells are shifted", "These rows became no device. Export the report again, or move the cells back."},
	problem.TornRow:               {"Rows whose quotes do not fit", "These rows became no device. Export the report again."},
	problem.UnreadableVersion:     {"Versions that cannot be read", "The devices are to be checked. Look their version up in the console."},
	problem.ShownVersion:          {"Versions that a spreadsheet changed", "5.10 may have become 5.1, which counts. Export the report again, with its versions as text."},
	problem.UnreadableDate:        {"Dates that cannot be read", "They count as missing. Set dates.order where day and month could be swapped, or export again."},
	problem.DamagedUID:            {"Destination UIDs that lost digits", "A spreadsheet rounded them: the destination's name alone decides. Export the report again."},
	problem.FutureDate:            {"Dates after these pages' day", "They count as missing. Check the clock of the computer, or the as-of date of the run."},
	problem.UnreadablePort:        {"Ports that cannot be read", "They count as missing. Correct the cell."},
	problem.UnreadableAddress:     {"Addresses that cannot be read", "They count as missing. Correct the cell, or name the column's meaning under columns."},
	problem.NoteRow:               {"Rows with a single text", "They are taken for notes. If it is a computer, give it a version."},
	problem.ShortRow:              {"Rows with fewer cells than the header", "The missing cells count as empty. Check whether the file was cut."},
	problem.ErrorCell:             {"Cells with a formula's error", "They count as empty. Correct the workbook."},
	problem.Conflict:              {"Rows that disagree", "The newest row counts. Look at the device in the console: two computers may share one identity."},
	problem.SharedGUID:            {"Computers that share one GUID", "The newest row counts. Give one of them an identity of its own in the console."},
	problem.DuplicateFile:         {"Files given twice", "The second one adds nothing. Take it away."},
	problem.DuplicateColumn:       {"Columns given twice", "They are equal, so nothing is lost. Take one away."},
	problem.DuplicatePerson:       {"People on the roster twice", "The first row counts. Take the other one off the roster."},
	problem.CloudPortOnPremises:   {"On-premises devices seen at the vendor's cloud", "Check whether they store in the cloud after all."},
	problem.NoDestination:         {"Reports without destinations", "Nobody can tell cloud from on-premises. Export a report with its destination columns."},
	problem.UnjoinedConnection:    {"Connections of no known device", "They prove nothing. Check whether the reports lack these devices, or whether names differ."},
	problem.UnreadableDestination: {"Connections to no readable host", "They do not count. Correct the column of destinations."},
	problem.UnknownOutcome:        {"Words for an outcome that nobody knows", "Such a row proves no allowed port. Add the word to evidence.outcomes."},
	problem.UnjoinedPerson:        {"People without a device", "Nothing is wrong where they have none. Otherwise their user name differs from the reports'."},
	problem.RefusedWaiver:         {"Waivers that are refused", "The device counts. Give the waiver an end within 366 days."},
	problem.AmbiguousWaiver:       {"Waivers that name several devices", "The devices count. Name one by its GUID."},
	problem.ExpiredWaiver:         {"Waivers that have ended", "The device counts again. Fix it, or ask for another waiver."},
	problem.UnusedWaiver:          {"Waivers of no affected device", "Take them off the list, or correct the device's name."},
	problem.IncompleteWaiver:      {"Waivers that do not say why or by whom", "They hold. Add reason, owner and approver."},
	problem.Suspicious:            {"Files that look incomplete", "Look at the file: it may have been cut, or exported in part."},
	problem.NoHeader:              {"Sheets that were not read", "They have no header that is known. Name their columns under columns, if they matter."},
	problem.HiddenSheet:           {"Hidden sheets that were read", "Take them out of the workbook, if they do not belong."},
	problem.Unrecognised:          {"Files that cannot be used", "Export the file again."},
	problem.Damaged:               {"Damaged files", "Export the file again."},
	problem.TooLarge:              {"Files beyond a limit", "Raise the limit, if the file is right."},
	problem.BadSetting:            {"Settings that cannot be used", "Correct the configuration."},
	problem.Forced:                {"Published in spite of a stop", "Look at what stopped the run, and build again without --force."},
}
