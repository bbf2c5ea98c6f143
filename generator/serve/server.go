package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"httpstatus/generator/site"
)

// Server holds the last good build of a site and what is wrong with the present one.
type Server struct {
	build func(context.Context) ([]site.File, error)

	mu      sync.RWMutex
	pages   *snapshot
	version int
	problem string
	changed chan struct{} // closed and replaced at every change
}

// New makes a server that has nothing to serve until Rebuild has run.
func New(build func(context.Context) ([]site.File, error)) *Server {
	return &Server{build: build, changed: make(chan struct{})}
}

// Rebuild builds the site. If that fails the former build stays in place and open pages show the error,
// which is also returned.
func (s *Server) Rebuild(ctx context.Context) error {
	files, err := s.build(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.problem = err.Error()
	} else {
		s.problem = ""
		s.version++
		s.pages = newSnapshot(files, liveTag(s.version))
	}
	close(s.changed)
	s.changed = make(chan struct{})
	return err
}

// state is what open pages are told.
type state struct {
	version int
	problem string
	changed <-chan struct{}
}

func (s *Server) state() state {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return state{s.version, s.problem, s.changed}
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !reading(w, r) {
		return
	}
	switch r.URL.Path {
	case eventsPath:
		s.events(w, r)
		return
	case scriptPath:
		s.script(w, r)
		return
	}
	s.mu.RLock()
	pages := s.pages
	s.mu.RUnlock()
	if pages == nil {
		s.explain(w)
		return
	}
	pages.ServeHTTP(w, r)
}

// Run serves on a listener until the context ends, then lets requests under way finish for a moment.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	stopped := make(chan error, 1)
	go func() { stopped <- srv.Serve(l) }()
	select {
	case err := <-stopped:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// Listen opens an address; its error says what to do if something else is there already.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		message := err.Error()
		if strings.Contains(message, "address already in use") {
			return nil, fmt.Errorf("%s is in use by another program\n  hint: stop it, or choose another address with -addr localhost:8404", addr)
		}
		return nil, err
	}
	return l, nil
}
