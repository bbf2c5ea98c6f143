package content

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Problem is one mistake in the content, as data.
type Problem struct {
	File    string // with the root that Load was given
	Line    int    // from 1; 0 means the file as a whole
	Column  int    // from 1, in characters
	Message string
	Hint    string // what to do about it; may be empty
	Source  string // the source line, for the caret
}

// String returns the place and the message on one line.
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Message
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column) + ": " + p.Message
}

// Problems are all mistakes of one run.
type Problems []Problem

// Sort orders by file, line, column and message, and removes what is said twice.
func (ps *Problems) Sort() {
	slices.SortFunc(*ps, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Hint, b.Hint),
		)
	})
	*ps = slices.CompactFunc(*ps, func(a, b Problem) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column && a.Message == b.Message
	})
}

// Print writes each problem with its source line, a caret and the hint, and then how many there are.
func (ps Problems) Print(w io.Writer) error {
	var b strings.Builder
	files := map[string]bool{}
	for _, p := range ps {
		files[p.File] = true
		b.WriteString(p.String())
		b.WriteByte('\n')
		if p.Line > 0 && strings.TrimSpace(p.Source) != "" {
			line, caret := excerpt(p.Source, p.Column)
			fmt.Fprintf(&b, "    %s\n    %s^\n", line, caret)
		}
		if p.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", p.Hint)
		}
	}
	fmt.Fprintf(&b, "%s in %s\n", count(len(ps), "problem"), count(len(files), "file"))
	_, err := io.WriteString(w, b.String())
	return err
}

// Error returns what Print writes.
func (ps Problems) Error() string {
	var b strings.Builder
	_ = ps.Print(&b) // a Builder takes everything
	return strings.TrimSuffix(b.String(), "\n")
}

// excerpt cuts a long line down to the part around the column and returns what stands before the caret.
func excerpt(line string, column int) (text, before string) {
	const width, left = 100, 60
	runes := []rune(line)
	at := min(max(column-1, 0), len(runes))
	if len(runes) > width {
		from := max(0, min(at-left, len(runes)-width))
		to := min(len(runes), from+width)
		cut := slices.Clone(runes[from:to])
		if from > 0 {
			cut[0] = '…'
		}
		if to < len(runes) {
			cut[len(cut)-1] = '…'
		}
		runes, at = cut, at-from
	}
	pad := slices.Clone(runes[:at])
	for i, r := range pad {
		if r != '\t' {
			pad[i] = ' '
		}
	}
	return string(runes), string(pad)
}

func count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		return strconv.Itoa(n) + " " + strings.TrimSuffix(noun, "y") + "ies"
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
