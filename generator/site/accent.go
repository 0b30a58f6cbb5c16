package site

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// leastContrast is the contrast that text needs against its ground (WCAG 2.2,
// 1.4.3).
const leastContrast = 4.5

// accentStyle gives the style that replaces our accent by the organisation's;
// "" for none. The accent must be readable on the light grounds. For the dark
// grounds it is made lighter until it is. tokens is the first part of the style
// sheet, where the grounds are.
func accentStyle(accent, tokens string) (string, error) {
	if accent == "" {
		return "", nil
	}
	own, err := parseColour(accent)
	if err != nil {
		return "", fmt.Errorf("look.accent: %w", err)
	}
	var light, dark []colour
	for _, name := range []string{"paper", "panel", "sunken"} {
		l, d, err := tokenColour(tokens, name)
		if err != nil {
			return "", err
		}
		light, dark = append(light, l), append(dark, d)
	}
	if ratio := worstContrast(own, light); ratio < leastContrast {
		return "", fmt.Errorf("look.accent: found %s with a contrast of %.1f to 1 on light pages, want a darker colour with %.1f or more", accent, ratio, leastContrast)
	}
	const steps = 20
	lightened := own
	for step := 0; worstContrast(lightened, dark) < leastContrast; step++ {
		if step > steps {
			return "", fmt.Errorf("static/css/tokens.css: found dark grounds on which even white has a contrast below %.1f to 1, want darker ones", leastContrast)
		}
		lightened = own.toward(colour{255, 255, 255}, float64(step)/steps)
	}
	return fmt.Sprintf(":root {\n  --accent: light-dark(%s, %s);\n}\n", own, lightened), nil
}

// colour is red, green and blue, 0 to 255.
type colour [3]float64

var hexColour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

func parseColour(text string) (colour, error) {
	if !hexColour.MatchString(text) {
		return colour{}, fmt.Errorf("found %q, want a colour like #1a5fb4", text)
	}
	number, err := strconv.ParseUint(text[1:], 16, 32)
	return colour{float64(number >> 16), float64(number >> 8 & 255), float64(number & 255)}, err
}

// tokenColour finds a token's colour in the light and in the dark scheme.
func tokenColour(tokens, name string) (light, dark colour, err error) {
	pattern := regexp.MustCompile(`--` + regexp.QuoteMeta(name) + `:\s*light-dark\((#[0-9a-fA-F]{6}),\s*(#[0-9a-fA-F]{6})\)`)
	found := pattern.FindStringSubmatch(tokens)
	if found == nil {
		return light, dark, fmt.Errorf("static/css/tokens.css: found no --%s of the form light-dark(#rrggbb, #rrggbb), which look.accent is checked against", name)
	}
	if light, err = parseColour(found[1]); err != nil {
		return light, dark, err
	}
	dark, err = parseColour(found[2])
	return light, dark, err
}

func (c colour) String() string {
	return fmt.Sprintf("#%02x%02x%02x", int(c[0]), int(c[1]), int(c[2]))
}

// toward mixes in a share of another colour, 0 to 1.
func (c colour) toward(other colour, share float64) colour {
	for i := range c {
		c[i] = math.Round(c[i] + (other[i]-c[i])*share)
	}
	return c
}

// luminance is the relative luminance of WCAG 2.2.
func (c colour) luminance() float64 {
	var linear [3]float64
	for i, v := range c {
		v /= 255
		if v <= 0.04045 {
			linear[i] = v / 12.92
		} else {
			linear[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*linear[0] + 0.7152*linear[1] + 0.0722*linear[2]
}

func contrast(a, b colour) float64 {
	high, low := a.luminance(), b.luminance()
	if high < low {
		high, low = low, high
	}
	return (high + 0.05) / (low + 0.05)
}

func worstContrast(c colour, grounds []colour) float64 {
	worst := math.Inf(1)
	for _, ground := range grounds {
		worst = min(worst, contrast(c, ground))
	}
	return worst
}
