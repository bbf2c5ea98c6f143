package content

import "strings"

// nearest returns the candidate that word most likely meant, or "".
func nearest(word string, candidates []string) string {
	word = strings.ToLower(word)
	best, least := "", 1+max(1, min(3, (len(word)+1)/3))
	for _, c := range candidates {
		if abs(len(c)-len(word)) >= least {
			continue
		}
		if d := distance(word, strings.ToLower(c)); d < least && d < len(c) {
			best, least = c, d
		}
	}
	return best
}

// didYouMean is the end of a message that names the nearest candidate, or "".
func didYouMean(word string, candidates []string) string {
	if c := nearest(word, candidates); c != "" {
		return ` (did you mean "` + c + `"?)`
	}
	return ""
}

// distance is the Damerau-Levenshtein distance with adjacent transpositions, in bytes.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

func abs(n int) int {
	return max(n, -n)
}
