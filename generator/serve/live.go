package serve

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"time"
)

const (
	eventsPath = "/-/events"
	scriptPath = "/-/live.js"
)

//go:embed live.js
var liveScript []byte

// liveTag loads the script that listens for changes; version is the build that the page belongs to.
func liveTag(version int) string {
	return fmt.Sprintf("<script src=\"%s?version=%d\" defer></script>\n", scriptPath, version)
}

func (s *Server) script(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	if r.Method != http.MethodHead {
		_, _ = w.Write(liveScript)
	}
}

// explain answers while no build has succeeded yet.
func (s *Server) explain(w http.ResponseWriter) {
	st := s.state()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = fmt.Fprintf(w, "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The site does not build</title>"+
		"<h1>The site does not build yet</h1><p>This page reloads when it does.</p><pre>%s</pre>%s",
		html.EscapeString(st.problem), liveTag(st.version))
}

// message is what open pages receive.
type message struct {
	Version int    `json:"version"`
	Problem string `json:"problem"`
}

// events streams the present state and every later one as server-sent events.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	beat := time.NewTicker(20 * time.Second)
	defer beat.Stop()
	for {
		st := s.state()
		data, err := json.Marshal(message{st.version, st.problem})
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil || control.Flush() != nil {
			return
		}
	wait:
		for {
			select {
			case <-r.Context().Done():
				return
			case <-st.changed:
				break wait
			case <-beat.C:
				if _, err := fmt.Fprint(w, ":\n\n"); err != nil || control.Flush() != nil {
					return
				}
			}
		}
	}
}
