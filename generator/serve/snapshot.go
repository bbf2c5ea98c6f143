package serve

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"

	"httpstatus/generator/site"
)

// snapshot is one build, ready to be sent.
type snapshot struct{ files map[string]*file }

// Static serves a finished site the way a careful static host does, without live reload.
func Static(files []site.File) http.Handler { return newSnapshot(files, "") }

type file struct {
	data   []byte
	media  string
	tag    string
	squash bool

	brotli, gzip lazy
}

// lazy is an encoded form that is made when it is first asked for.
type lazy struct {
	once sync.Once
	data []byte
}

func newSnapshot(files []site.File, live string) *snapshot {
	s := &snapshot{files: make(map[string]*file, len(files))}
	for _, f := range files {
		media, text := mediaType(f.Path)
		data := f.Data
		if live != "" && strings.HasSuffix(f.Path, ".html") {
			data = append(bytes.Clone(data), live...)
		}
		sum := sha256.Sum256(data)
		s.files[f.Path] = &file{data: data, media: media, squash: text, tag: base64.RawURLEncoding.EncodeToString(sum[:12])}
	}
	return s
}

// mediaType is the Content-Type of a file and whether compressing it pays.
func mediaType(name string) (media string, text bool) {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8", true
	case ".css":
		return "text/css; charset=utf-8", true
	case ".js":
		return "text/javascript; charset=utf-8", true
	case ".json":
		return "application/json", true
	case ".md":
		return "text/markdown; charset=utf-8", true
	case ".txt":
		return "text/plain; charset=utf-8", true
	case ".xml":
		return "application/xml", true
	case ".svg":
		return "image/svg+xml", true
	case ".png":
		return "image/png", false
	case ".ico":
		return "image/vnd.microsoft.icon", false
	}
	return "application/octet-stream", false
}

// ServeHTTP implements http.Handler.
func (s *snapshot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !reading(w, r) {
		return
	}
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Content-Security-Policy", "frame-ancestors 'none'")
	name := r.URL.Path
	if strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	f, ok := s.files[name]
	if !ok {
		if _, folder := s.files[name+"/index.html"]; folder {
			h.Set("Location", path.Base(name)+"/"+query(r))
			w.WriteHeader(http.StatusMovedPermanently)
			return
		}
		s.notFound(w, r)
		return
	}
	f.ServeHTTP(w, r)
}

// reading refuses methods other than GET and HEAD.
func reading(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}
	w.Header().Set("Allow", "GET, HEAD")
	http.Error(w, "only GET and HEAD are answered here", http.StatusMethodNotAllowed)
	return false
}

func query(r *http.Request) string {
	if r.URL.RawQuery == "" {
		return ""
	}
	return "?" + r.URL.RawQuery
}

func (s *snapshot) notFound(w http.ResponseWriter, r *http.Request) {
	f, ok := s.files["/404.html"]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.media)
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.data)
	}
}

// ServeHTTP implements http.Handler.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	data, tag := f.data, f.tag
	h := w.Header()
	h.Set("Content-Type", f.media)
	h.Set("Cache-Control", "no-cache")
	if strings.HasSuffix(r.URL.Path, ".json") || strings.HasSuffix(r.URL.Path, ".md") {
		h.Set("Access-Control-Allow-Origin", "*")
	}
	if f.squash {
		h.Set("Vary", "Accept-Encoding")
		switch coding := preferred(r.Header.Values("Accept-Encoding")); coding {
		case "br":
			data, tag = f.brotli.get(data, squashBrotli), tag+"-br"
			h.Set("Content-Encoding", coding)
		case "gzip":
			data, tag = f.gzip.get(data, squashGzip), tag+"-gz"
			h.Set("Content-Encoding", coding)
		}
	}
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

func (l *lazy) get(data []byte, squash func([]byte) []byte) []byte {
	l.once.Do(func() { l.data = squash(data) })
	return l.data
}

func squashBrotli(data []byte) []byte {
	var buf bytes.Buffer
	w := brotli.NewWriterLevel(&buf, 5)
	_, _ = w.Write(data)
	_ = w.Close()
	return buf.Bytes()
}

func squashGzip(data []byte) []byte {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	_, _ = w.Write(data)
	_ = w.Close()
	return buf.Bytes()
}

// preferred chooses br, gzip or nothing by RFC 9110 section 12.5.3: a coding that is not listed is not acceptable
// unless "*" is, and a weight of zero refuses it.
func preferred(values []string) string {
	weights := map[string]bool{}
	for _, item := range strings.Split(strings.Join(values, ","), ",") {
		coding, weight, _ := strings.Cut(item, ";")
		q := strings.TrimLeft(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(weight)), "q="), " ")
		weights[strings.ToLower(strings.TrimSpace(coding))] = strings.Trim(q, "0.") != "" || q == ""
	}
	for _, coding := range []string{"br", "gzip"} {
		if ok, listed := weights[coding]; ok || !listed && weights["*"] {
			return coding
		}
	}
	return ""
}
