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
	hashes = make([]uint64, 0, len(s)/5+1)
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
	out := make([]uint64, 0, len(words))
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
// Two sets that are alike have one of their smallest hashes in common: of the first n - ceil(0.6 n) + 1.
// Only those are sorted together, each with its paragraph in the low bits; paragraphs that are then beside
// each other are compared.
func nearDuplicates(files []*file) Problems {
	const low = 20 // bits for a million paragraphs
	type paragraph struct {
		file *file
		passage
	}
	var all []paragraph
	var entries []uint64
	for _, f := range files {
		for _, p := range f.passages {
			least := int(math.Ceil(alike * float64(len(p.shingles))))
			for _, hash := range p.shingles[:min(len(p.shingles), len(p.shingles)-least+1)] {
				entries = append(entries, hash>>low<<low|uint64(len(all)))
			}
			all = append(all, paragraph{f, p})
		}
	}
	slices.Sort(entries)
	type match struct {
		other int
		alike float64
	}
	best := map[int]match{}
	for i, e := range entries {
		at := int(e & (1<<low - 1))
		for k := i - 1; k >= 0 && entries[k]>>low == e>>low; k-- {
			other := int(entries[k] & (1<<low - 1))
			if all[other].file == all[at].file {
				continue
			}
			j := jaccard(all[at].shingles, all[other].shingles)
			if was := best[at]; j >= alike && (j > was.alike || j == was.alike && other < was.other) {
				best[at] = match{other, j}
			}
		}
	}
	var problems Problems
	for at, m := range best {
		p, other := all[at], all[m.other]
		pos := other.file.passagePos(other.passage)
		message := fmt.Sprintf("this paragraph also stands at %s:%d:%d (%d percent alike)", other.file.name, pos.Line, pos.Column, int(100*m.alike))
		problems = append(problems, p.file.problem(p.file.passagePos(p.passage), message, "say what is special to this page; what several have in common belongs to the class"))
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
