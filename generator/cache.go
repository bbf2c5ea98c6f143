package main

import (
	"encoding/gob"
	"os"
	"path/filepath"
)

// cacheFile is where highlighted code is kept between builds; empty if nowhere.
func (p *project) cacheFile() string {
	folder := p.cache
	switch folder {
	case "off":
		return ""
	case "":
		user, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		folder = filepath.Join(user, "httpstatus")
	}
	return filepath.Join(folder, "highlight.gob")
}

// readCache returns nothing if the file is missing or damaged: then the code is highlighted anew.
func readCache(file string) map[string]string {
	entries := map[string]string{}
	if file == "" {
		return entries
	}
	f, err := os.Open(file)
	if err != nil {
		return entries
	}
	defer f.Close()
	if err := gob.NewDecoder(f).Decode(&entries); err != nil {
		return map[string]string{}
	}
	return entries
}

// writeCache keeps entries for the next build. A cache that cannot be written costs time only, so that is no error.
func writeCache(file string, entries map[string]string) {
	if file == "" || os.MkdirAll(filepath.Dir(file), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".highlight-*")
	if err != nil {
		return
	}
	err = gob.NewEncoder(f).Encode(entries)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil || os.Rename(f.Name(), file) != nil {
		_ = os.Remove(f.Name())
	}
}
