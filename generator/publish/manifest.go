package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// Manifest is the name of the file, at the top of a published folder, that lists the folder's other files. Its
// first line names the format; each further line has a file's SHA-256 in hexadecimal, its size in bytes and its
// path, separated by spaces, in the order of the paths.
const Manifest = ".manifest"

const (
	manifestHead = "httpstatus manifest 1\n"
	nextManifest = ".manifest.next" // what a run in place is about to make
	workDir      = ".publish"       // where a run in place keeps new files until all are there
	gitignore    = ".gitignore"
	finderFile   = ".DS_Store"
)

// reserved are the names at the top that no file may have.
var reserved = []string{fold(Manifest), fold(nextManifest), fold(workDir), fold(gitignore)}

// entry is what the manifest says about a file.
type entry struct {
	size int64
	sum  sum
}

// formatManifest lists files, which are sorted by path.
func formatManifest(files []File) []byte {
	b := []byte(manifestHead)
	for _, f := range files {
		hash := sha256.Sum256(f.Data)
		b = hex.AppendEncode(b, hash[:])
		b = append(b, ' ')
		b = strconv.AppendInt(b, int64(len(f.Data)), 10)
		b = append(b, ' ')
		b = append(b, f.Path...)
		b = append(b, '\n')
	}
	return b
}

// parseManifest reads a manifest.
func parseManifest(data []byte) (map[string]entry, error) {
	text, ok := bytes.CutPrefix(data, []byte(manifestHead))
	if !ok {
		return nil, fmt.Errorf("first line is not %q", strings.TrimSpace(manifestHead))
	}
	entries := map[string]entry{}
	for n, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if line == "" && len(text) == 0 {
			break
		}
		hash, rest, _ := strings.Cut(line, " ")
		size, name, _ := strings.Cut(rest, " ")
		var e entry
		var err error
		if e.size, err = strconv.ParseInt(size, 10, 64); err == nil && len(hash) == hex.EncodedLen(len(e.sum)) {
			_, err = hex.Decode(e.sum[:], []byte(hash))
		} else {
			err = strconv.ErrSyntax
		}
		if err != nil || checkPath(name) != nil {
			return nil, fmt.Errorf("line %d is not a hash, a size and a path", n+2)
		}
		entries[name] = e
	}
	return entries, nil
}
