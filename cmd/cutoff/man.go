package main

import (
	"fmt"
	"io"
	"reflect"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"
)

// manCommand prints the manual page: the same words as in help, in the form that
// man reads.
type manCommand struct{}

func (manCommand) Run(s *session) error {
	_, err := io.WriteString(s.stdout, manualPage(newParser().Model))
	return err
}

// manualEnd is the end of the page, which help does not have.
const manualEnd = `.SH EXIT STATUS
.TP
0
done
.TP
1
failed: the disk, a lock, a folder that is not the program's, mail that did not
reach everybody
.TP
2
wrong flag, configuration or policy
.TP
3
an input is wanting, and nothing was published
.TP
4
done, and
.B \-\-fail\-on
was met
.SH FILES
.TP
.I cutoff.yaml
the configuration, in the current folder unless
.B \-\-config
names another;
.B cutoff help config
explains its keys
.TP
.I site
the site, unless
.B \-\-out
or the configuration names another folder
.TP
.I site\-memory
what the program remembers of the nights, beside the site
.SH ENVIRONMENT
.TP
.B SOURCE_DATE_EPOCH
seconds since 1970: the day for which the site speaks, where neither a flag nor
the configuration says one
.TP
.B NO_COLOR
no colours in messages, when it is not empty
.SH SEE ALSO
REFERENCE.md and OPERATIONS.md, which come with the program
`

// manualPage writes the commands as a page of section 1.
func manualPage(app *kong.Application) string {
	var page strings.Builder
	fmt.Fprintf(&page, ".TH CUTOFF 1 %q %q\n", buildDay(), "cutoff "+toolVersion())
	page.WriteString(".SH NAME\ncutoff \\- find the devices that a cutoff notice hits, and publish them\n")
	page.WriteString(".SH SYNOPSIS\n.B cutoff\n.I command\n[\\fIflags\\fR]\n")
	fmt.Fprintf(&page, ".SH DESCRIPTION\n%s\n", roff(app.Help))
	page.WriteString(".SH COMMANDS\nA flag wins over its key in the configuration, and a list given by flags\nreplaces the configuration's.\n")
	for _, command := range app.Leaves(true) {
		fmt.Fprintf(&page, ".SS %s\n%s\n", roff(strings.TrimSuffix(command.Summary(), " [flags]")), roff(command.Help))
		for _, argument := range command.Positional {
			page.WriteString(manualValue(".I "+roff(placeholder(argument)), argument.Help))
		}
		for _, flag := range command.Flags {
			if !flag.Hidden {
				page.WriteString(manualValue(".B "+roff(flagForm(flag)), flag.Help))
			}
		}
		page.WriteString(".PP\nExamples:\n.PP\n.EX\n")
		for _, e := range examples[commandName(command)] {
			fmt.Fprintf(&page, "# %s\n%s\n", escapeRoff(e.what), escapeRoff(e.line))
		}
		page.WriteString(".EE\n")
	}
	return page.String() + manualEnd
}

func manualValue(head, help string) string { return ".TP\n" + head + "\n" + roff(help) + "\n" }

// flagForm is a flag with its placeholder: "--out DIR".
func flagForm(flag *kong.Flag) string {
	switch {
	case flag.IsBool() && flag.Value.Target.Kind() == reflect.Pointer:
		return "--" + flag.Name + "=false"
	case flag.IsBool():
		return "--" + flag.Name
	}
	return "--" + flag.Name + " " + flag.FormatPlaceHolder()
}

// roff writes a text so that man shows it as it is, in lines of moderate length.
func roff(text string) string {
	const width = 78
	line, lines := "", ""
	for word := range strings.FieldsSeq(escapeRoff(text)) {
		switch {
		case line == "":
			line = word
		case len(line)+len(word) > width:
			lines, line = lines+line+"\n", word
		default:
			line += " " + word
		}
	}
	return lines + line
}

func escapeRoff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "~", `\(ti`, "^", `\(ha`, "`", `\(ga`, "'", `\(aq`).Replace(text)
	if strings.HasPrefix(text, ".") {
		text = `\&` + text
	}
	return text
}

// buildDay is the day of the commit that the program was built from, as Go recorded
// it; "" without a record.
func buildDay() (day string) {
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range build.Settings {
			if setting.Key == "vcs.time" {
				day, _, _ = strings.Cut(setting.Value, "T")
			}
		}
	}
	return day
}
