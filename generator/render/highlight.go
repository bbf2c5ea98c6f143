package render

import (
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// HighlightCache keeps highlighted code by the hash of what it was made from. Highlighting is by far the slowest step
// of a build, so a build is handed the former one's cache. The zero value is an empty cache.
type HighlightCache struct {
	mu    sync.Mutex
	known map[string]string
	used  map[string]string
}

// NewHighlightCache starts from what Used returned earlier.
func NewHighlightCache(known map[string]string) *HighlightCache {
	return &HighlightCache{known: known}
}

// Used returns all entries that were asked for since the cache was made, and whether any of them is new.
// Entries that nobody asked for are left out, so that the cache does not grow for ever.
func (c *HighlightCache) Used() (entries map[string]string, changed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key := range c.used {
		if _, ok := c.known[key]; !ok {
			return c.used, true
		}
	}
	return c.used, len(c.used) != len(c.known)
}

func (c *HighlightCache) get(key string) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.used[key]
	if !ok {
		if v, ok = c.known[key]; ok {
			c.keep(key, v)
		}
	}
	return v, ok
}

func (c *HighlightCache) add(key, value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(key, value)
}

func (c *HighlightCache) keep(key, value string) {
	if c.used == nil {
		c.used = map[string]string{}
	}
	c.used[key] = value
}

// highlighterVersion changes with every change of this file or of chroma that changes the result.
const highlighterVersion = "1 chroma v2.27.0"

type highlighter struct{ cache *HighlightCache }

// highlight returns code as HTML with classes, inside a code element. An unknown language is not highlighted.
func (h *highlighter) highlight(language, code string) (template.HTML, error) {
	code = strings.TrimRight(code, "\n")
	sum := sha256.Sum256([]byte(highlighterVersion + "\x00" + language + "\x00" + code))
	key := hex.EncodeToString(sum[:])
	if out, ok := h.cache.get(key); ok {
		return template.HTML(out), nil
	}
	out, err := colour(language, code)
	if err != nil {
		return "", err
	}
	h.cache.add(key, out)
	return template.HTML(out), nil
}

// colour marks only what helps reading (keywords, strings, numbers, comments, names that are called or declared),
// so that a page of snippets stays small.
func colour(language, code string) (string, error) {
	lexer := lexers.Get(language)
	if language == "" || lexer == nil {
		return "<code>" + template.HTMLEscapeString(code) + "</code>", nil
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for t := tokens(); t != chroma.EOF; t = tokens() {
		text := template.HTMLEscapeString(t.Value)
		class := tokenClass(t.Type)
		if class == "" || strings.TrimSpace(t.Value) == "" {
			out.WriteString(text)
			continue
		}
		out.WriteString(`<span class="` + class + `">` + text + "</span>")
	}
	return "<code>" + strings.TrimRight(out.String(), "\n") + "</code>", nil
}

func tokenClass(t chroma.TokenType) string {
	switch {
	case t.InCategory(chroma.Comment):
		return "c"
	case t.InCategory(chroma.Keyword):
		return "k"
	case t.InSubCategory(chroma.LiteralString):
		return "s"
	case t.InSubCategory(chroma.LiteralNumber):
		return "m"
	case t == chroma.NameFunction, t == chroma.NameClass, t == chroma.NameTag, t == chroma.NameDecorator:
		return "f"
	}
	return ""
}
