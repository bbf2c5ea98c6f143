package publish

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// bigSite is about as large as the real site: 600 files of 24 KB.
func bigSite() []File {
	var files []File
	for i := range 600 {
		files = append(files, file(fmt.Sprintf("%d/page-%d/index.html", i%60, i), strings.Repeat(fmt.Sprint("page ", i, "\n"), 2400)))
	}
	return files
}

func BenchmarkPublish(b *testing.B) {
	site := bigSite()
	changed := append([]File{file(site[0].Path, "changed")}, site[1:]...)
	size := 0
	for _, f := range site {
		size += len(f.Data)
	}
	run := func(dir string, files []File, mode system) {
		if _, err := publish(context.Background(), dir, files, mode); err != nil {
			b.Fatal(err)
		}
	}
	for name, mode := range map[string]system{"exchange": {exchange, syncFiles}, "in-place": {noExchange, syncFiles}} {
		b.Run(name+"/new", func(b *testing.B) {
			b.SetBytes(int64(size))
			top := b.TempDir()
			for i := 0; b.Loop(); i++ {
				run(filepath.Join(top, fmt.Sprint(i)), site, mode)
			}
		})
		b.Run(name+"/unchanged", func(b *testing.B) {
			b.SetBytes(int64(size))
			dir := filepath.Join(b.TempDir(), "public")
			run(dir, site, mode)
			for b.Loop() {
				run(dir, site, mode)
			}
		})
		b.Run(name+"/one-page", func(b *testing.B) {
			b.SetBytes(int64(size))
			dir := filepath.Join(b.TempDir(), "public")
			run(dir, site, mode)
			for i := 0; b.Loop(); i++ {
				run(dir, [][]File{changed, site}[i%2], mode)
			}
		})
	}
}
