// Package plural words numbers of things in messages.
package plural

import "strconv"

// Of gives the word that fits a number.
func Of(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// Count gives a number with its word: "1 device", "0 devices".
func Count(n int, one, many string) string { return strconv.Itoa(n) + " " + Of(n, one, many) }
