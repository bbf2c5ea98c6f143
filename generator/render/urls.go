package render

import "strings"

// linker makes rooted paths relative to one page, so that the same bytes work at a domain's root and in any folder.
type linker struct {
	from  string // rooted path of the page
	index bool   // write folders with their index.html, for reading from disk
	base  string // if set, links are rooted below this path instead of relative
}

// href is the link to a rooted path, with its fragment if it has one.
func (l linker) href(to string) string {
	to, fragment, found := strings.Cut(to, "#")
	if found {
		fragment = "#" + fragment
	}
	if to == "" || to == l.from {
		if found {
			return fragment
		}
		to = l.from
	}
	if l.base != "" {
		return l.base + strings.TrimPrefix(to, "/") + fragment
	}
	if l.index && strings.HasSuffix(to, "/") {
		to += "index.html"
	}
	from := strings.Split(l.from, "/")
	target := strings.Split(to, "/")
	from = from[:len(from)-1]
	same := 0
	for same < len(from) && same < len(target)-1 && from[same] == target[same] {
		same++
	}
	rel := strings.Repeat("../", len(from)-same) + strings.Join(target[same:], "/")
	if rel == "" {
		rel = "./"
	}
	return rel + fragment
}
