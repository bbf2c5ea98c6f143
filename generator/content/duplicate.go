package content

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"
)

const (
	leastWords = 25  // shorter paragraphs may coincide
	shingle    = 5   // words
	alike      = 0.6 // Jaccard similarity of the shingles from which two paragraphs are the same
)

// passage is a paragraph as the set of its shingles: the hashes of every five words in a row, sorted.
type passage struct {
	prose    prose
	start    int
	shingles []uint64
}

// nameSet holds the names of codes and fields, which do not make two paragraphs different. The key is the
// hash of the first word.
type nameSet map[uint64][][]uint64

func (names nameSet) add(name string) {
	words, _ := hashWords(name)
	if len(words) == 0 {
		return
	}
	names[words[0]] = append(names[words[0]], words)
	slices.SortFunc(names[words[0]], func(a, b []uint64) int { return cmp.Compare(len(b), len(a)) })
}

// without removes the names from a text.
func (names nameSet) without(words []uint64) []uint64 {
	out := words[:0]
next:
	for i := 0; i < len(words); {
		for _, name := range names[words[i]] {
			if len(name) <= len(words)-i && slices.Equal(name, words[i:i+len(name)]) {
				i += len(name)
				continue next
			}
		}
		out = append(out, words[i])
		i++
	}
	return out
}

// hashWords hashes the words of a text without regard to case, leaving out numbers, and counts all of them.
func hashWords(s string) (hashes []uint64, total int) {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	hash, size, digits := uint64(offset), 0, false
	for i := 0; i <= len(s); i++ {
		c := byte(' ')
		if i < len(s) {
			c = s[i]
		}
		if isLetter(c) || isDigit(c) || c >= utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			digits = digits || size == 0 && isDigit(c)
			hash = (hash ^ uint64(c)) * prime
			size++
			continue
		}
		if size > 0 {
			total++
			if !digits {
				hashes = append(hashes, hash)
			}
		}
		hash, size, digits = offset, 0, false
	}
	return hashes, total
}

// addPassages notes the long paragraphs of a piece of prose.
func (f *file) addPassages(p prose, names nameSet) {
	if len(p.s) < 3*leastWords {
		return
	}
	for _, para := range paragraphs(p.s) {
		words, total := hashWords(p.s[para.start:para.end])
		if total < leastWords {
			continue
		}
		f.passages = append(f.passages, passage{p, para.start, shingles(names.without(words))})
	}
}

// shingles returns the sorted set of the hashes of every five words in a row.
func shingles(words []uint64) []uint64 {
	var out []uint64
	for i := 0; i+shingle <= len(words); i++ {
		hash := uint64(0)
		for _, w := range words[i : i+shingle] {
			hash = (hash ^ w) * 0x9E3779B97F4A7C15
			hash ^= hash >> 29
		}
		out = append(out, hash)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// nearDuplicates reports each paragraph that stands on an earlier page as well.
//
// Two sets that are alike share at least one of their smallest hashes: of the first n - ceil(0.6 n) + 1.
// Only those are indexed and looked up, so that few pairs need comparing.
func nearDuplicates(files []*file) Problems {
	type entry struct {
		file *file
		passage
	}
	var all []entry
	var problems Problems
	index := map[uint64][]int32{}
	seen := []int32{} // by entry: the last entry that was compared with it
	for _, f := range files {
		for _, p := range f.passages {
			best, most := -1, 0.0
			prefix := p.shingles[:len(p.shingles)-int(math.Ceil(alike*float64(len(p.shingles))))+min(1, len(p.shingles))]
			for _, hash := range prefix {
				for _, at := range index[hash] {
					if seen[at] == int32(len(all)) || all[at].file == f {
						continue
					}
					seen[at] = int32(len(all))
					if j := jaccard(p.shingles, all[at].shingles); j >= alike && j > most {
						best, most = int(at), j
					}
				}
				index[hash] = append(index[hash], int32(len(all)))
			}
			if best >= 0 {
				other := all[best]
				at := other.file.passagePos(other.passage)
				message := fmt.Sprintf("this paragraph also stands at %s:%d:%d (%d percent alike)", other.file.name, at.Line, at.Column, int(100*most))
				problems = append(problems, f.problem(f.passagePos(p), message, "say what is special to this page; what several have in common belongs to the class"))
			}
			all = append(all, entry{f, p})
			seen = append(seen, -1)
		}
	}
	return problems
}

// jaccard returns how much of two sorted sets is common to both.
func jaccard(a, b []uint64) float64 {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch cmp.Compare(a[i], b[j]) {
		case 0:
			common, i, j = common+1, i+1, j+1
		case -1:
			i++
		default:
			j++
		}
	}
	return float64(common) / float64(len(a)+len(b)-common)
}

// passagePos returns where a paragraph begins, found by its first word.
func (f *file) passagePos(p passage) Pos {
	s, start := p.prose.s, p.start
	for isSpace(s[start]) {
		start++
	}
	end := start + 1
	for end < len(s) && !isSpace(s[end]) {
		end++
	}
	return f.locate(p.prose.pos, s, start, end)
}
