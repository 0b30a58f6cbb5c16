package spelling

// Distance counts the letters to change, add, drop or swap to get from one word to
// the other (optimal string alignment). It gives limit+1 for anything above limit.
func Distance(a, b string, limit int) int {
	from, to := []rune(a), []rune(b)
	if max(len(from)-len(to), len(to)-len(from)) > limit {
		return limit + 1
	}
	before, above, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range from {
		before, above, row = above, row, before
		row[0] = i + 1
		least := row[0]
		for j, y := range to {
			cost := 1
			if x == y {
				cost = 0
			}
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+cost)
			if i > 0 && j > 0 && x == to[j-1] && from[i-1] == y {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
			least = min(least, row[j+1])
		}
		if least > limit+1 { // a swap looks two rows back
			return limit + 1
		}
	}
	return min(row[len(to)], limit+1)
}
