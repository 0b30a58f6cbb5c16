package site

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"example.org/cutoff/generator/policy"
	"example.org/cutoff/static"
)

func tokens(t *testing.T) string {
	t.Helper()
	text, err := fs.ReadFile(static.Files, "css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAccent(t *testing.T) {
	for _, c := range []struct{ name, accent, want, fault string }{
		{"none", "", "", ""},
		{"dark", "#1a5fb4", "--accent: light-dark(#1a5fb4, #", ""},
		{"black", "#000000", "--accent: light-dark(#000000, #", ""},
		{"too light", "#ffcc00", "", "look.accent: found #ffcc00 with a contrast of 1.3 to 1 on light pages, want a darker colour with 4.5 or more"},
		{"no colour", "blue", "", `look.accent: found "blue", want a colour like #1a5fb4`},
		{"three digits", "#15b", "", `look.accent: found "#15b", want a colour like #1a5fb4`},
		{"style in it", "#1a5fb4;}", "", `look.accent: found "#1a5fb4;}", want a colour like #1a5fb4`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := accentStyle(c.accent, tokens(t))
			switch {
			case c.fault != "" && (err == nil || err.Error() != c.fault):
				t.Errorf("error %v, want %s", err, c.fault)
			case c.fault == "" && err != nil:
				t.Error(err)
			case !strings.Contains(got, c.want):
				t.Errorf("style %q, want %q in it", got, c.want)
			}
		})
	}
}

// Text must be readable on every ground, in both schemes.
func TestContrast(t *testing.T) {
	inks := []string{"ink", "ink-soft", "accent"}
	for _, verdict := range policy.Verdicts() {
		inks = append(inks, string(verdict)+"-ink")
	}
	text := tokens(t)
	for _, ink := range inks {
		light, dark, err := tokenColour(text, ink)
		if err != nil {
			t.Fatal(err)
		}
		for _, ground := range []string{"paper", "panel", "sunken"} {
			onLight, onDark, err := tokenColour(text, ground)
			if err != nil {
				t.Fatal(err)
			}
			for scheme, ratio := range map[string]float64{"light": contrast(light, onLight), "dark": contrast(dark, onDark)} {
				if ratio < leastContrast {
					t.Errorf("--%s on --%s, %s: contrast %.2f, want %.1f or more", ink, ground, scheme, ratio, leastContrast)
				}
			}
		}
	}
	accent, darkAccent, _ := tokenColour(text, "accent")
	on, darkOn, _ := tokenColour(text, "on-accent")
	if contrast(accent, on) < leastContrast || contrast(darkAccent, darkOn) < leastContrast {
		t.Error("--on-accent is not readable on --accent")
	}
}

// The parts of a bar are next to each other in this order. Without colour, only
// their lightness tells neighbours apart.
func TestFillsDifferWithoutColour(t *testing.T) {
	text := tokens(t)
	verdicts := policy.Verdicts()
	for i := 1; i < len(verdicts); i++ {
		light, dark, err := tokenColour(text, string(verdicts[i]))
		if err != nil {
			t.Fatal(err)
		}
		lightBefore, darkBefore, err := tokenColour(text, string(verdicts[i-1]))
		if err != nil {
			t.Fatal(err)
		}
		for scheme, ratio := range map[string]float64{"light": contrast(light, lightBefore), "dark": contrast(dark, darkBefore)} {
			if ratio < 1.25 {
				t.Errorf("%s beside %s, %s: contrast %.2f, want 1.25 or more", verdicts[i], verdicts[i-1], scheme, ratio)
			}
		}
	}
}

var (
	usedClass    = regexp.MustCompile(`class="([^"]*)"`)
	definedClass = regexp.MustCompile(`\.(-?[a-zA-Z_][\w-]*)`)
	scriptClass  = regexp.MustCompile(`(?:className = |element\("\w+", )"([^"]*)"`)
	styleComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	styleBlock   = regexp.MustCompile(`(?s)\{[^{}]*\}`)
)

// Every class that pages and scripts use has a style, and every style is used.
func TestStylesAndPagesAgree(t *testing.T) {
	used := map[string]bool{}
	for _, site := range many(t) {
		for name, content := range site.out.files {
			pattern := usedClass
			switch {
			case strings.HasPrefix(name, "static/find/"):
				continue
			case strings.HasSuffix(name, ".js"):
				pattern = scriptClass
			case !strings.HasSuffix(name, ".html"):
				continue
			}
			for _, found := range pattern.FindAllStringSubmatch(string(content), -1) {
				for _, class := range strings.Fields(found[1]) {
					used[class] = true
				}
			}
		}
	}
	sheet := string(many(t)[0].out.files["static/cutoff.css"])
	sheet = styleComment.ReplaceAllString(sheet, "")
	// Two passes: the first removes the blocks inside a media query, the second
	// the query's own.
	sheet = styleBlock.ReplaceAllString(sheet, "{}")
	defined := map[string]bool{}
	for _, found := range definedClass.FindAllStringSubmatch(sheet, -1) {
		defined[found[1]] = true
	}
	for class := range used {
		if !defined[class] {
			t.Errorf("class %q is used, and has no style", class)
		}
	}
	for class := range defined {
		if !used[class] {
			t.Errorf("class %q has a style, and is used nowhere", class)
		}
	}
}

// An organisation may replace the tokens by grounds that are neither light nor
// dark.
func TestAccentOnGreyGrounds(t *testing.T) {
	grey := regexp.MustCompile(`(--(?:paper|panel|sunken):\s*light-dark\(#[0-9a-fA-F]{6},\s*)#[0-9a-fA-F]{6}`).ReplaceAllString(tokens(t), "${1}#999999")
	if style, err := accentStyle("#1a5fb4", grey); err == nil || !strings.Contains(err.Error(), "even white") {
		t.Errorf("found %q and error %v, want an error", style, err)
	}
}
