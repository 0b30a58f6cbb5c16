package policy

import (
	"strconv"
	"strings"
)

// aim names the versions to upgrade to, for a sentence: "5.4 or later".
//
// Without a list of supported versions, the policy's own word goes first, if it
// has one. With a list, it is the lowest run of versions on the list that the
// policy lets connect and does not call unsupported. If neither gives anything, it
// is the highest run of versions that pass: nobody should move to an exception
// below it, such as 4.8 and 4.9.
func aim(p *Policy, s Settings) string {
	if p.Versions.Target != "" && s.Supported == nil {
		return p.Versions.Target
	}
	good := without(p.Versions.Connects, p.Versions.Unsupported)
	if len(good) == 0 {
		good = union(p.Versions.Connects)
	}
	if s.Supported != nil {
		if supported := common(good, s.Supported.Versions); len(supported) > 0 {
			return runInWords(supported[0])
		}
	}
	if len(good) == 0 {
		return "a version that " + p.Passes()
	}
	return runInWords(good[len(good)-1])
}

// runInWords gives one run of versions for a sentence, to follow "upgrade to".
func runInWords(r Range) string {
	versions, few := r.Named(fewMinors)
	switch {
	case r.FromTheFirst() && r.Below == nil:
		return "any version"
	case r.FromTheFirst():
		return "a version below " + r.Below.Short()
	case r.Below == nil:
		return r.From.Short() + " or later"
	case few:
		return either(versions)
	}
	return r.From.Short() + " or later, but below " + r.Below.Short()
}

// fewMinors is how many minor versions a sentence names one by one.
const fewMinors = 3

// Named lists the versions of a short range: one single version, or up to most
// whole minor versions, such as 4.8 and 4.9 for ">= 4.8, < 4.10". few is false for
// any other range.
func (r Range) Named(most int) (versions []string, few bool) {
	if r.From == nil || r.Below == nil || r.From.Major != r.Below.Major {
		return nil, false
	}
	if r.From.Minor == r.Below.Minor && r.Below.Patch-r.From.Patch == 1 {
		return []string{r.From.Short()}, true
	}
	if r.From.Patch != 0 || r.Below.Patch != 0 || r.Below.Minor-r.From.Minor > most {
		return nil, false
	}
	for minor := r.From.Minor; minor < r.Below.Minor; minor++ {
		versions = append(versions, strconv.Itoa(r.From.Major)+"."+strconv.Itoa(minor))
	}
	return versions, true
}

// tooOldInWords says which versions are cut off, to follow "it is" in a
// sentence: "older than 5.4 and not 4.8 or 4.9"; "" when none is.
func tooOldInWords(p *Policy) string {
	runs := union(p.Versions.Connects)
	switch {
	case len(runs) == 0:
		return "of any version"
	case len(without([]Range{{}}, runs)) == 0:
		return ""
	}
	last := runs[len(runs)-1]
	if last.Below == nil {
		words := "older than " + last.From.Short()
		if rest := exceptions(runs[:len(runs)-1]); rest != "" {
			words += " and " + rest
		}
		return words
	}
	return exceptions(runs)
}

// exceptions gives "not 4.8 or 4.9 and not from 5.0.2 up to below 5.1". Each of
// the runs has an upper bound.
func exceptions(runs []Range) string {
	var names, spans []string
	for _, r := range runs {
		versions, few := r.Named(fewMinors)
		switch {
		case few:
			names = append(names, versions...)
		case r.FromTheFirst():
			spans = append(spans, "not below "+r.Below.Short())
		default:
			spans = append(spans, "not from "+r.From.Short()+" up to below "+r.Below.Short())
		}
	}
	if len(names) > 0 {
		spans = append([]string{"not " + either(names)}, spans...)
	}
	return strings.Join(spans, " and ")
}

// either joins words for a choice: "4.6, 4.8 or 4.9".
func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// portsInWords gives "port 443 or 4287".
func portsInWords(ports []int) string { return "port " + oneOf(ports) }

func oneOf(ports []int) string {
	var words []string
	for _, port := range ports {
		words = append(words, strconv.Itoa(port))
	}
	return either(words)
}
