package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"httpstatus/generator/content"
	"httpstatus/generator/publish"
	"httpstatus/generator/render"
	"httpstatus/generator/site"
)

// BenchmarkPhase measures the phases of a build one by one; the difference between render and unminified is the minifier's.
func BenchmarkPhase(b *testing.B) {
	fsys := os.DirFS(filepath.Join("..", "content"))
	templates := os.DirFS(filepath.Join("..", "templates"))
	model, problems := content.Load(fsys, "content")
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	linked, err := site.Build(model, "")
	if err != nil {
		b.Fatal(err)
	}
	cache := render.NewHighlightCache(nil)
	draw := func(o render.Options) []site.File {
		r, err := render.New(templates, o)
		if err != nil {
			b.Fatal(err)
		}
		files, err := r.Render(linked)
		if err != nil {
			b.Fatal(err)
		}
		return files
	}
	files := draw(render.Options{Highlights: cache})
	known, _ := cache.Used()
	published := make([]publish.File, len(files))
	for i, f := range files {
		published[i] = publish.File{Path: relative(f.Path), Data: f.Data}
	}
	out := filepath.Join(b.TempDir(), "public")
	for _, phase := range []struct {
		name string
		run  func()
	}{
		{"load", func() { content.Load(fsys, "content") }},
		{"link", func() { _, _ = site.Build(model, "") }},
		{"render,cold", func() { draw(render.Options{}) }},
		{"render,warm", func() { draw(render.Options{Highlights: render.NewHighlightCache(known)}) }},
		{"render,warm,unminified", func() { draw(render.Options{Highlights: render.NewHighlightCache(known), Plain: true}) }},
		{"publish,new", func() {
			if err := os.RemoveAll(out); err != nil {
				b.Fatal(err)
			}
			if _, err := publish.Publish(context.Background(), out, published); err != nil {
				b.Fatal(err)
			}
		}},
		{"publish,unchanged", func() {
			if _, err := publish.Publish(context.Background(), out, published); err != nil {
				b.Fatal(err)
			}
		}},
	} {
		b.Run(phase.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				phase.run()
			}
		})
	}
}

// BenchmarkBuild runs the whole command as its users do and reports the processor time and peak memory of the process.
func BenchmarkBuild(b *testing.B) {
	program := compiled(b)
	for _, c := range []struct {
		name string
		cold bool
	}{{"cold", true}, {"warm", false}} {
		b.Run(c.name, func(b *testing.B) {
			out, cache := filepath.Join(b.TempDir(), "public"), filepath.Join(b.TempDir(), "cache")
			var cpu time.Duration
			var peak int64
			runs := 0
			build := func() {
				cmd := exec.Command(program, "build", "-out", out, "-cache", cache)
				cmd.Dir = ".."
				if text, err := cmd.CombinedOutput(); err != nil {
					b.Fatal(string(text))
				}
				cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
				if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
					peak = max(peak, usage.Maxrss)
				}
				runs++
			}
			if !c.cold {
				build()
				cpu, peak, runs = 0, 0, 0
			}
			for b.Loop() {
				if c.cold {
					if err := os.RemoveAll(cache); err != nil {
						b.Fatal(err)
					}
				}
				build()
			}
			b.ReportMetric(float64(cpu.Milliseconds())/float64(runs), "cpu-ms/op")
			b.ReportMetric(float64(peak)/1024, "peak-MiB")
		})
	}
}

// BenchmarkWeight reports what the heaviest page of a code costs a first visitor: brotli at quality 11, in bytes.
func BenchmarkWeight(b *testing.B) {
	files := realFiles(b, "", "")
	var w weight
	for b.Loop() {
		w = weigh(files)
	}
	b.ReportMetric(float64(w.page), "html-bytes")
	b.ReportMetric(float64(w.page+w.shared), "first-view-bytes")
}

type weight struct {
	page   int // the heaviest page of a code
	shared int // style sheet and script
}

func weigh(files []site.File) weight {
	var w weight
	for _, f := range files {
		switch {
		case strings.HasSuffix(f.Path, ".css"), strings.HasSuffix(f.Path, ".js"):
			w.shared += squashed(f.Data)
		case codePage(f.Path):
			w.page = max(w.page, squashed(f.Data))
		}
	}
	return w
}

func codePage(path string) bool {
	number, ok := strings.CutSuffix(strings.TrimPrefix(path, "/"), "/index.html")
	return ok && strings.Trim(number, "0123456789") == ""
}

func squashed(data []byte) int {
	var buf bytes.Buffer
	w := brotli.NewWriterLevel(&buf, brotli.BestCompression)
	_, _ = w.Write(data)
	_ = w.Close()
	return buf.Len()
}
