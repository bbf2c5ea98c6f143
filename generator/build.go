package main

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"httpstatus/generator/publish"
)

// build renders the site into a folder.
func build(ctx context.Context, p *project, args []string) error {
	out := p.flags.String("out", "public", "folder to write; what an earlier build left there and this one does not make is removed")
	p.flags.StringVar(&p.baseURL, "base-url", "", "where the site will live (default: base_url of content/site.yaml)")
	p.flags.StringVar(&p.host, "host", "", "what will serve the site: empty for any web server, or file for opening it from disk")
	p.renderFlags()
	if _, err := p.parse(args, 0, "build [FLAG ...]"); err != nil {
		return err
	}
	if p.host != "" && p.host != "file" {
		fmt.Fprintf(p.stderr, "unknown -host %q\n  hint: leave it out for any web server, or write -host file\n", p.host)
		return errUsage
	}
	if p.baseURL != "" {
		if u, err := url.Parse(p.baseURL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			fmt.Fprintf(p.stderr, "-base-url %q is not an absolute http or https URL\n  hint: write it like https://example.org/status/\n", p.baseURL)
			return errUsage
		}
	}
	start := time.Now()
	files, err := p.files(ctx)
	if err != nil {
		return err
	}
	published := make([]publish.File, len(files))
	for i, f := range files {
		published[i] = publish.File{Path: relative(f.Path), Data: f.Data}
	}
	result, err := publish.Publish(ctx, *out, published)
	if err != nil {
		return err
	}
	p.say("%s: %d files, %d written, %d removed, %d ms", *out, len(files), result.Written, result.Removed, time.Since(start).Milliseconds())
	return nil
}
