package render

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"httpstatus/generator/site"
)

// assets are the files of templates/assets, minified. Those that pages load carry a hash in their name, so that hosts may
// let clients keep them for good.
type assets struct {
	files  []site.File
	paths  map[string]string // rooted path by name in the folder
	head   string            // head.js, which runs before the page is painted
	policy string            // the Content-Security-Policy that lets just these assets run
}

// atRoot are assets that browsers ask for at a fixed place.
func atRoot(name string) bool {
	switch name {
	case "favicon.ico", "favicon.svg", "apple-touch-icon.png":
		return true
	}
	return false
}

func loadAssets(templates fs.FS, m *minifier) (*assets, error) {
	a := &assets{paths: map[string]string{}}
	names, err := fs.Glob(templates, "assets/*")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(templates, name)
		if err != nil {
			return nil, err
		}
		base := path.Base(name)
		ext := path.Ext(base)
		if media := minifiable(ext); media != "" {
			if data, err = m.bytes(media, data); err != nil {
				return nil, fmt.Errorf("templates/%s: %w", name, err)
			}
		}
		switch {
		case base == "head.js":
			a.head = string(data)
			continue
		case atRoot(base):
			a.paths[base] = "/" + base
		default:
			sum := sha256.Sum256(data)
			a.paths[base] = asset(strings.TrimSuffix(base, ext) + "." + hex.EncodeToString(sum[:4]) + ext)
		}
		a.files = append(a.files, site.File{Path: a.paths[base], Data: data})
	}
	hash := sha256.Sum256([]byte(a.head))
	a.policy = "default-src 'none'; script-src 'self' 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) +
		"'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self';" +
		" base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
	return a, nil
}

// minifiable is the media type of files that are minified, and empty for all others.
func minifiable(ext string) string {
	switch ext {
	case ".css":
		return "text/css"
	case ".js":
		return "text/javascript"
	case ".svg":
		return "image/svg+xml"
	}
	return ""
}

func (a *assets) path(name string) (string, error) {
	p, ok := a.paths[name]
	if !ok {
		return "", fmt.Errorf("no file %q in templates/assets", name)
	}
	return p, nil
}
