package content

import "reflect"

// Decode reads one file without looking at any other, at its prose or its exchanges: what a schema can judge.
func Decode(path string, data []byte) Problems {
	l := loader{kinds: kinds(), shapes: shapes{}}
	k := l.kindOf(path)
	l.shapes.of(reflect.TypeOf(k.make()).Elem())
	f := &file{source: newSource(path, string(data)), path: path, kind: k}
	l.decode(f, f.text, Pos{})
	return f.problems
}
