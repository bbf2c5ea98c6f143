package content

import "strings"

// todo is what a skeleton has in the place of everything that a person has to write.
const todo = "TODO"

// unfinished reports the places of a skeleton that nobody has filled yet.
func (f *file) unfinished() {
	if !strings.Contains(f.text, todo) {
		return
	}
	for i := range f.starts {
		line := f.line(i + 1)
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		if at := strings.Index(line, todo); at >= 0 {
			f.report(f.pos(f.starts[i]+at), "write it, or delete the entry if it is optional", "still to be written")
		}
	}
}
