package intake

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/intake/value"
)

func at(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return cell != "" && strings.TrimFunc(cell, value.Ignorable) != "" })
}

// filled counts the cells that are not blank, and gives the first of them.
func filled(cells []string) (n int, first string) {
	for _, cell := range cells {
		if text := strings.TrimFunc(cell, value.Ignorable); text != "" {
			if n++; n == 1 {
				first = text
			}
		}
	}
	return n, first
}

func cloneCells(cells []string) []string {
	clones := make([]string, len(cells))
	for i, cell := range cells {
		clones[i] = strings.Clone(cell)
	}
	return clones
}
