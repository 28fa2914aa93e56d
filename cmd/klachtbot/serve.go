package main

import (
	"context"
	"fmt"
	"os"

	"github.com/mattn/go-isatty"

	"github.com/artra/klachtbot/texts"
)

// serve runs the bot, connected to a workspace.
type serve struct {
	settings
	NewRegister bool `help:"Begin a new register, although the key has served another one."`
}

// Run runs the bot until ctx ends, or until Slack refuses the token.
func (c serve) Run(ctx context.Context, s streams) error {
	if c.BotToken == "" && c.AppToken == "" && atTerminal(s) {
		return c.explain(s)
	}
	conf, err := c.check()
	if err != nil {
		return usageError{err}
	}
	conf.newRegister = c.NewRegister
	return runBot(ctx, conf, s)
}

// explain tells somebody who starts the bot for the first time how to connect
// it, and offers the demo.
func (c serve) explain(s streams) error {
	words, err := texts.Load()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.err, words.In(c.Language).Say("cli.first_time"))
	return err
}

func atTerminal(s streams) bool {
	f, ok := s.err.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}
