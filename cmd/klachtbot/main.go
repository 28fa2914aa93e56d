// Command klachtbot runs a firm's complaints procedure in Slack.
//
//	klachtbot demo      a small Slack in the browser, with the real bot in it
//	klachtbot serve     the bot, connected to a workspace
//	klachtbot doctor    what is wrong with the settings, the register or Slack
//	klachtbot verify    checks the register's journal
//	klachtbot report    the figures of a quarter
//	klachtbot export    the register, without identity
//	klachtbot rebuild   has the running bot put back what is gone from Slack
//	klachtbot key       adds a master key: key rotate
//	klachtbot manifest  prints the Slack app's manifest, in Dutch or English
//	klachtbot version   prints the version, commit and date
//	klachtbot help      says what there is
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	_ "time/tzdata" // small images have no zone files

	"github.com/alecthomas/kong"
)

// Exit codes of the program.
const (
	exitFailure = 1 // it could not do its work
	exitUsage   = 2 // the command line or a setting is wrong
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// commands is the command line.
type commands struct {
	Serve    serve     `cmd:"" help:"Run the bot."`
	Demo     demo      `cmd:"" help:"Try it: a small Slack in the browser with the real bot in it. Needs no tokens."`
	Doctor   doctor    `cmd:"" help:"Say what is wrong with the settings, the register, the Slack app or the mail server."`
	Verify   verify    `cmd:"" help:"Check the register's journal: nothing changed, cut off or missing."`
	Report   quarterly `cmd:"" help:"Write the figures of a quarter, beside a running bot."`
	Export   export    `cmd:"" help:"Write the register as a spreadsheet, without who complained, beside a running bot."`
	Rebuild  rebuild   `cmd:"" help:"Have the running bot look whether what open complaints show in Slack still stands, and put back what is gone."`
	Key      key       `cmd:"" help:"Look after the master keys."`
	Manifest manifest  `cmd:"" help:"Print the manifest to create the Slack app from."`
	Version  version   `cmd:"" help:"Print the version, commit and date."`
	Help     help      `cmd:"" help:"Say what there is, or what a command takes."`

	PrintVersion kong.VersionFlag `name:"version" help:"Print the version, commit and date."`
}

// help is --help as a command: asksHelp turns the one into the other.
type help struct {
	Command []string `arg:"" optional:"" help:"Of this command."`
}

// asksHelp makes "help report" into "report --help", and nothing into "--help".
func asksHelp(args []string) []string {
	if len(args) > 0 && args[0] != "help" {
		return args
	}
	return append(slices.Clone(args[min(1, len(args)):]), "--help")
}

// streams is where a command writes: out is what was asked for, err the log.
type streams struct{ out, err io.Writer }

// run is the whole program: it reads the command line and the environment,
// does one command until it is done or ctx ends, and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c commands
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("klachtbot"),
		kong.Description("Runs a firm's complaints procedure in Slack."),
		kong.UsageOnError(),
		kong.Writers(stdout, stderr),
		kong.Vars{"version": "klachtbot " + built()},
		kong.Exit(func(code int) { exited = code }),
		kong.Resolvers(kong.ResolverFunc(fromFile)),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{stdout, stderr}),
	)
	if err != nil {
		fmt.Fprintln(stderr, "klachtbot:", err)
		return exitFailure
	}
	command, err := parser.Parse(asksHelp(args))
	if exited >= 0 { // --help or --version has printed what it has to say
		return exited
	}
	if err != nil {
		fmt.Fprintln(stderr, "klachtbot:", err)
		return exitUsage
	}
	return conclude(stderr, command.Run())
}

// usageError is a mistake of whoever started the program; its text says all of
// it.
type usageError struct{ error }

// conclude prints what went wrong and returns the exit code.
func conclude(stderr io.Writer, err error) int {
	if err == nil {
		return 0
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintln(stderr, "klachtbot:", line)
	}
	if usage := (usageError{}); errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailure
}

// fromFile resolves a secret setting NAME from the file that NAME_FILE names.
func fromFile(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		path := os.Getenv(name + "_FILE")
		if path == "" || !isSecret(name) {
			continue
		}
		value, err := secretFile(path)
		if err != nil {
			return nil, fmt.Errorf("%s_FILE: %w", name, err)
		}
		return value, nil
	}
	return nil, nil
}

// isSecret names the settings that may stand in a file of their own.
func isSecret(name string) bool {
	switch name {
	case "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABASE_URL", "KLACHTBOT_SMTP_URL":
		return true
	}
	return false
}
