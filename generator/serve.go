package main

import (
	"context"
	"fmt"

	"httpstatus/generator/serve"
)

// serveSite builds in memory, serves, and builds again whenever a file changes.
func serveSite(ctx context.Context, p *project, args []string) error {
	addr := p.flags.String("addr", "localhost:8403", "address to listen on")
	p.renderFlags()
	if _, err := p.parse(args, 0, "serve [FLAG ...]"); err != nil {
		return err
	}
	for _, f := range []struct{ name, flag string }{{p.content, "content"}, {p.templates, "templates"}} {
		if _, err := folder(f.name, f.flag); err != nil {
			return err
		}
	}
	l, err := serve.Listen(ctx, *addr)
	if err != nil {
		return err
	}
	p.baseURL = "http://" + l.Addr().String() + "/"
	s := serve.New(p.files)
	rebuild := func() {
		if err := s.Rebuild(ctx); err != nil && ctx.Err() == nil {
			p.report(err)
			fmt.Fprintln(p.stderr, "the last good build stays up")
		}
	}
	rebuild()
	fmt.Fprintf(p.stderr, "%s  (Ctrl-C stops)\n", displayURL(*addr, p.baseURL))
	watching, stop := context.WithCancel(ctx)
	defer stop()
	failed := make(chan error, 1)
	go func() { failed <- serve.Watch(watching, []string{p.content, p.templates}, rebuild) }()
	go func() {
		if err := <-failed; err != nil {
			fmt.Fprintf(p.stderr, "changes are not noticed: %v\n  hint: stop and start again after a change\n", err)
		}
	}()
	return s.Run(ctx, l)
}

// displayURL prefers the name that was asked for over the number that it resolved to.
func displayURL(asked, resolved string) string {
	if len(asked) > 0 && asked[0] != ':' && asked[len(asked)-2:] != ":0" {
		return "http://" + asked + "/"
	}
	return resolved
}
