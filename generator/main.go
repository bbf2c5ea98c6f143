// Command generator builds, checks and serves the HTTP status code reference.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

const usage = `usage: go run ./generator COMMAND [FLAG ...]

  build     render the site into a folder (-out public)
  serve     build in memory and serve it, with live reload (-addr localhost:8403)
  check     validate content, references, links and near-duplicates
  new code  write a commented skeleton for a code: new code 507

Every command takes -content DIR and -templates DIR; COMMAND -h lists its flags.
Exit status: 0 fine, 1 problems found, 2 wrong usage.
`

// errUsage marks errors of the command line; its message has been printed.
var errUsage = errors.New("wrong usage")

// command runs one command with the arguments behind its name.
type command func(ctx context.Context, p *project, args []string) error

func main() {
	// A build is over before collecting its garbage pays. The limit is for serve, which builds again and again.
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(256 << 20)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	commands := map[string]command{
		"build": build,
		"serve": serveSite,
		"check": check,
		"new":   newFile,
	}
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return 2
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		fmt.Fprint(stdout, usage)
		return 0
	}
	c, ok := commands[args[0]]
	if !ok {
		fmt.Fprintf(stderr, "unknown command %q\n\n%s", args[0], usage)
		return 2
	}
	p := newProject(args[0], stdout, stderr)
	switch err := c(ctx, p, args[1:]); {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		return 2
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "interrupted; nothing was changed")
		return 1
	default:
		p.report(err)
		return 1
	}
}
