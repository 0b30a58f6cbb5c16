package prose

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode"

	"example.org/cutoff/generator/problem"
)

// parseBody parses a text as a template that escapes every value it prints. To
// the Markdown converter, a value is then plain text, whatever it holds.
func parseBody(name, body string, funcs template.FuncMap) (*template.Template, error) {
	tree, err := parseText(name, body, funcs)
	if err != nil {
		return nil, err
	}
	for _, t := range tree.Templates() {
		if t.Tree != nil {
			instrument(t.Root, func(text *parse.TextNode) {
				text.Text = markLines(text.Text, 1+strings.Count(body[:text.Pos], "\n"))
			})
		}
	}
	return tree, nil
}

// fillBody runs a template of [parseBody]. lines has the line in the file for
// each line of the filled text: actions add and swallow lines.
func fillBody(name string, tree *template.Template, facts Facts) (filled string, lines []int, err error) {
	marked, err := executeText(name, tree, facts)
	if err != nil {
		return "", nil, err
	}
	filled, lines = unmark(marked)
	return filled, lines, nil
}

// fillPhrase fills a text of the front matter. The result is plain text, which
// the page escapes.
func fillPhrase(name string, tree *template.Template, facts Facts) (string, error) {
	filled, err := executeText(name, tree, facts)
	return oneLine(filled), wholeLine(err)
}

// wholeLine removes the columns of faults: a phrase's columns count from where
// the phrase begins, not from the start of the line.
func wholeLine(err error) error {
	var faults problem.List
	if errors.As(err, &faults) {
		for i := range faults {
			faults[i].Column = 0
		}
	}
	return err
}

// escapeFunc is the name of the function that [instrument] adds to every
// pipeline that prints.
const escapeFunc = "escapeMarkdown"

func parseText(name, body string, funcs template.FuncMap) (*template.Template, error) {
	tree, err := template.New(name).
		Option("missingkey=error").
		Funcs(funcs).
		Funcs(template.FuncMap{escapeFunc: escapeMarkdown}).
		Parse(body)
	if err != nil {
		return nil, textFault(name, err)
	}
	return tree, nil
}

func executeText(name string, tree *template.Template, facts Facts) (string, error) {
	var out strings.Builder
	if err := tree.Execute(&out, facts); err != nil {
		return "", textFault(name, err)
	}
	return out.String(), nil
}

// Line marks enclose a line's number in filled text until [unmark] removes
// them. No source may hold these characters, and escaping keeps values from
// bringing them in.
const markStart, markEnd = '\x01', '\x02'

// instrument adds escaping to the end of every pipeline that prints, and calls
// between with each text between actions.
func instrument(node parse.Node, between func(*parse.TextNode)) {
	switch node := node.(type) {
	case *parse.ListNode:
		if node == nil {
			return
		}
		for _, child := range node.Nodes {
			instrument(child, between)
		}
	case *parse.TextNode:
		between(node)
	case *parse.ActionNode:
		if len(node.Pipe.Decl) == 0 {
			escape := parse.NewIdentifier(escapeFunc).SetPos(node.Pos)
			node.Pipe.Cmds = append(node.Pipe.Cmds, &parse.CommandNode{
				NodeType: parse.NodeCommand, Pos: node.Pos, Args: []parse.Node{escape},
			})
		}
	case *parse.IfNode:
		instrumentBranch(node.BranchNode, between)
	case *parse.RangeNode:
		instrumentBranch(node.BranchNode, between)
	case *parse.WithNode:
		instrumentBranch(node.BranchNode, between)
	}
}

func instrumentBranch(branch parse.BranchNode, between func(*parse.TextNode)) {
	instrument(branch.List, between)
	instrument(branch.ElseList, between)
}

func markLines(text []byte, line int) []byte {
	mark := func(out []byte) []byte {
		out = append(out, markStart)
		out = strconv.AppendInt(out, int64(line), 10)
		return append(out, markEnd)
	}
	out := mark(nil)
	for _, c := range text {
		out = append(out, c)
		if c == '\n' {
			line++
			out = mark(out)
		}
	}
	return out
}

// unmark removes the marks and reads the numbers. A line has the number of its
// first mark; a line without a mark, made by actions alone, has the number of
// the line before.
func unmark(marked string) (string, []int) {
	var out strings.Builder
	var lines []int
	number := 1
	for i, line := range strings.Split(marked, "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		first := true
		for {
			before, rest, found := strings.Cut(line, string(markStart))
			out.WriteString(before)
			if !found {
				break
			}
			digits, after, _ := strings.Cut(rest, string(markEnd))
			if n, err := strconv.Atoi(digits); err == nil && first {
				number, first = n, false
			}
			line = after
		}
		lines = append(lines, number)
	}
	return out.String(), lines
}

// escapeMarkdown gives a value as Markdown that shows the value and does
// nothing else. Punctuation becomes character references: Markdown never takes
// those for its own signs, neither in a paragraph nor in a link's address. A
// point or comma between digits stays, and so does a hyphen inside a word, so
// that a version can be put into code.
func escapeMarkdown(value any) (string, error) {
	if value == nil {
		return "", errors.New("found no value, want one")
	}
	runes := []rune(oneLine(fmt.Sprint(value)))
	var out strings.Builder
	for i, r := range runes {
		if r >= 0x80 || r == ' ' || isLetterOrDigit(r) || i > 0 && i < len(runes)-1 && harmless(runes[i-1], r, runes[i+1]) {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, "&#%d;", r)
		}
	}
	return out.String(), nil
}

// harmless reports whether a sign means nothing to Markdown between these two
// characters. In "www.", "1. " and "--" it would mean something.
func harmless(before, sign, after rune) bool {
	switch sign {
	case '.', ',':
		return isDigit(before) && isDigit(after)
	case '-':
		return isLetterOrDigit(before) && isLetterOrDigit(after)
	}
	return false
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isLetterOrDigit(r rune) bool {
	return isDigit(r) || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// oneLine makes text fit into a sentence. Line breaks and tabs become spaces, a
// run of spaces becomes one, and what does not print is named (see [Visible]).
func oneLine(text string) string {
	spaced := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) && !unicode.Is(unicode.Zs, r) {
			return ' '
		}
		return r
	}, text)
	return Visible(strings.Join(strings.FieldsFunc(spaced, func(r rune) bool { return r == ' ' }), " "))
}

// templateError splits an error of package template into its parts: "template:
// faq.md:12:5: executing "faq.md" at <.X>: what happened".
var templateError = regexp.MustCompile(`(?s)^template: .*?:(\d+)(?::(\d+))?: (?:executing ".*?" at <(.*?)>: )?(.*)$`)

// unknownPlaceholder matches the error for a name that facts do not have.
var unknownPlaceholder = regexp.MustCompile(`^can't evaluate field (\S+) in type `)

// textFault turns a template's error into a problem with its line.
func textFault(name string, err error) error {
	parts := templateError.FindStringSubmatch(err.Error())
	if parts == nil {
		return problem.List{newFault(name, 0, 0, "found a fault ("+problem.Visible(err.Error())+"), want a template that works")}
	}
	line, _ := strconv.Atoi(parts[1])
	column, _ := strconv.Atoi(parts[2])
	if column > 0 || parts[3] != "" {
		column++ // package template counts a column from 0
	}
	at, what := parts[3], parts[4]
	switch unknown := unknownPlaceholder.FindStringSubmatch(what); {
	case unknown != nil:
		what = fmt.Sprintf("found %s, want a placeholder that exists", problem.Quote("{{"+at+"}}"))
	case at != "":
		what = fmt.Sprintf("found %s (%s), want a template that works", problem.Quote("{{"+at+"}}"), problem.Visible(what))
	default:
		what = fmt.Sprintf("found a fault (%s), want a template that works", problem.Visible(what))
	}
	return problem.List{newFault(name, line, column, what)}
}
