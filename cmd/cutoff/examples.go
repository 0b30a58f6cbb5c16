package main

import (
	"strings"

	"github.com/alecthomas/kong"
)

// example is a command line as people type it, and what it is for.
type example struct{ what, line string }

// examples has the examples of each command. They are in its help and on the manual
// page, and a test runs them.
var examples = map[string][]example{
	"build": {
		{"one export, one site", "cutoff build --report devices.csv --out site"},
		{"what cutoff.yaml in the current folder says, as a schedule runs it", "cutoff build --quiet"},
		{"fail where somebody needs a new version", "cutoff build --fail-on upgrade --fail-on upgrade-and-change-port"},
	},
	"check": {
		{"before the first night: problems, totals, lines to paste", "cutoff check"},
		{"what tomorrow's site would say", "cutoff check --as-of 2020-01-16"},
		{"for a program", "cutoff check --json"},
	},
	"init": {
		{"all exports that there are", "cutoff init exports/*.csv"},
		{"a column that has a name of its own", "cutoff init devices.csv --column app_version=Client --out first.yaml"},
	},
	"explain": {
		{"by device, host or user name, or GUID", "cutoff explain PC-0042"},
		{"for a program", "cutoff explain PC-0042 --json"},
	},
	"bundle": {
		{"what goes into a ticket", "cutoff bundle site --out bundle"},
		{"fail where ServiceNow would not take it", "cutoff bundle site --out bundle --profile servicenow"},
		{"prove a zip", "cutoff bundle --verify bundle/*.zip"},
	},
	"mail": {
		{"look first: nothing is sent", "cutoff mail site --dry-run --out mails"},
		{"one to yourself", "cutoff mail site --to me@example.org --only Sales"},
		{"to everybody whose turn it is", "cutoff mail site"},
	},
	"diff": {
		{"what other rules would change", "cutoff diff --to-policy next.yaml"},
		{"what time will change", "cutoff diff --to-as-of 2020-02-04"},
	},
	"policy new": {
		{"a notice about an app", "cutoff policy new > next.yaml"},
		{"about Windows", "cutoff policy new --system windows > next.yaml"},
		{"one that closes a port too", "cutoff policy new --port > next.yaml"},
	},
	"policy keys": {
		{"what stands below versions", "cutoff policy keys versions"},
	},
	"policy show": {
		{"the rules as a file", "cutoff policy show > next.yaml"},
	},
	"policy lint": {
		{"what contradicts itself in rules and texts", "cutoff policy lint next.yaml"},
	},
	"sample": {
		{"six nights of a thousand devices; the same flags give the same bytes", "cutoff sample --devices 1000 --nights 6 --out fleet"},
		{"the last of them", "cutoff build --config fleet/cutoff.yaml"},
		{"one by one, as a schedule runs them", "for night in fleet/nights/*; do cutoff build --config $night/cutoff.yaml; done"},
	},
	"completion": {
		{"in ~/.bashrc", `eval "$(cutoff completion bash)"`},
		{"in ~/.zshrc, below compinit", `eval "$(cutoff completion zsh)"`},
		{"in ~/.config/fish/config.fish", "cutoff completion fish | source"},
		{"in PowerShell's $PROFILE", "cutoff completion powershell | Out-String | Invoke-Expression"},
	},
	"man": {
		{"read it", "cutoff man | man -l -"},
		{"where a system looks for it", "cutoff man > /usr/local/share/man/man1/cutoff.1"},
	},
	"version": {
		{"the tag, else the commit with its time", "cutoff version"},
	},
	"help": {
		{"a command", "cutoff help build"},
		{"a key of the configuration", "cutoff help config stop.fewer"},
	},
}

// commandName is a command as people type it: "policy show".
func commandName(command *kong.Node) string {
	return strings.TrimPrefix(strings.Split(command.Path(), " <")[0], "cutoff ")
}

// addExamples adds the examples to the help of a command and of those below it.
func addExamples(command *kong.Node) {
	for _, child := range command.Children {
		addExamples(child)
	}
	for i, e := range examples[commandName(command)] {
		if i == 0 {
			command.Detail = "Examples:\n"
		}
		command.Detail += "\n    # " + e.what + "\n    " + e.line
	}
}
