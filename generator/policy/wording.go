package policy

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The parts of sentences that every output takes from the policy.

// TheProduct names the product in a sentence: "the Code42 app", "Windows". A
// product whose last word begins with a small letter gets an article; any other is
// a name and gets none.
func (p *Policy) TheProduct() string {
	if strings.HasPrefix(strings.ToLower(p.Product), "the ") || !startsSmall(p.kind()) {
		return p.Product
	}
	return "the " + p.Product
}

// TheApp is [Policy.TheProduct] for a sentence in which everybody knows which
// product is meant: "the app", "the agent", "Windows".
func (p *Policy) TheApp() string {
	if kind := p.kind(); startsSmall(kind) {
		return "the " + kind
	}
	return p.TheProduct()
}

// kind is the last word of the product: "app".
func (p *Policy) kind() string { return p.Product[strings.LastIndexByte(p.Product, ' ')+1:] }

func startsSmall(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(first)
}

// Hosts names what devices connect to: "the Code42 cloud", else the vendor.
func (p *Policy) Hosts() string {
	if p.Scope.Destinations {
		return "the " + p.Vendor + " cloud"
	}
	return p.Vendor
}

// CutOff reports whether the policy leaves the consequence to the program:
// devices are cut off, and cannot connect.
func (p *Policy) CutOff() bool { return p.Consequence == Consequence{} }

// Fate is what an affected device is, or will be: "cut off", "out of support".
func (p *Policy) Fate() string { return small(cmp.Or(p.Consequence.Title, "cut off")) }

// Will says what will happen to so many affected devices until the effective
// date: "will be unable to connect to the Code42 cloud".
func (p *Policy) Will(devices int) string {
	return p.fate(p.Consequence.Before, "will be unable to connect", devices)
}

// Does says what happens to so many affected devices from the effective date on:
// "cannot connect to the Code42 cloud".
func (p *Policy) Does(devices int) string {
	return p.fate(p.Consequence.After, "cannot connect", devices)
}

func (p *Policy) fate(words, usual string, devices int) string {
	switch {
	case words == "" && p.Scope.Destinations:
		return usual + " to " + p.Hosts()
	case words == "":
		return usual
	case devices == 1:
		return small(words)
	}
	return several(small(words))
}

// several turns words about one device into words about several: "gets" to
// "get". Words that fit both stay: "will", "cannot".
func several(words string) string {
	verb, rest, _ := strings.Cut(words, " ")
	switch {
	case verb == "is":
		verb = "are"
	case verb == "has":
		verb = "have"
	case verb == "does", verb == "goes":
		verb = verb[:len(verb)-2]
	case strings.HasSuffix(verb, "sses"), strings.HasSuffix(verb, "ches"), strings.HasSuffix(verb, "shes"):
		verb = verb[:len(verb)-2]
	case strings.HasSuffix(verb, "s") && len(verb) > 3 && !strings.HasSuffix(verb, "ss"):
		verb = verb[:len(verb)-1]
	}
	return strings.TrimSpace(verb + " " + rest)
}

// small begins a text with a small letter, unless its first word is a name or
// letters alone: "IT", "Windows".
func small(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	word, _, _ := strings.Cut(text, " ")
	if !unicode.IsUpper(first) || strings.ContainsFunc(word[size:], unicode.IsUpper) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}

// Whose says which devices the notice is about, to follow "devices": "that store
// in the Code42 cloud", "with Windows"; "" for all.
func (p *Policy) Whose() string {
	switch {
	case p.Scope.Destinations:
		return "that store in the " + p.Vendor + " cloud"
	case len(p.Scope.Families) > 0:
		return "with " + p.Scope.systems()
	}
	return ""
}

// Passes is the verb for a version that is not too old: "connects", or "passes"
// where the policy words its own consequence.
func (p *Policy) Passes() string {
	if p.CutOff() {
		return "connects"
	}
	return "passes"
}

// Pass is [Policy.Passes] for several versions.
func (p *Policy) Pass() string { return several(p.Passes()) }
