package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/texts"
)

// verify is the command that checks the register's journal.
type verify struct{ register }

// Run prints what was changed, cut off or is missing, and fails when anything
// was.
func (c verify) Run(ctx context.Context, s streams) error {
	var m mistakes
	c.check(&m)
	if len(m) > 0 {
		return usageError{m[0]}
	}
	db, err := inspectRegister(ctx, c.register)
	if err != nil {
		return err
	}
	found := 0
	err = db.Verify(ctx, func(f journal.Finding) {
		found++
		fmt.Fprintln(s.out, f)
	})
	if err == nil {
		err = sayCoverage(ctx, db, s)
	}
	if closeErr := db.Close(); err == nil {
		err = closeErr
	}
	if err == nil && found > 0 {
		err = fmt.Errorf("the journal is not as it was written: %d findings", found)
	}
	if err == nil {
		fmt.Fprintln(s.out, "the journal is whole")
	}
	return err
}

// sayCoverage says since when the word of the command holds, where that is not
// from the beginning.
func sayCoverage(ctx context.Context, db *storage.DB, s streams) error {
	c, err := db.Covered(ctx)
	if err != nil {
		return err
	}
	if c.AsFound > 0 {
		fmt.Fprintf(s.out, "%d cases of an older version were bound as they were found, the last on %s: what was changed in them before, nobody can tell\n",
			c.AsFound, c.Last.UTC().Format("2006-01-02 15:04 UTC"))
	}
	if c.Unbound > 0 {
		fmt.Fprintf(s.out, "%d cases of an older version are not bound yet; the running bot does that\n", c.Unbound)
	}
	return nil
}

// rebuild is the command that has the running bot look whether what open cases show
// in Slack still stands.
type rebuild struct {
	register
	Language string `env:"KLACHTBOT_LANGUAGE" default:"nl" help:"nl or en."`
}

// Run leaves a mark in the register, beside a running bot or for the next.
func (c rebuild) Run(ctx context.Context, s streams) error {
	var m mistakes
	c.check(&m)
	m.language(c.Language)
	if len(m) > 0 {
		return usageError{errors.Join(m...)}
	}
	words, err := texts.Load()
	if err != nil {
		return err
	}
	db, err := inspectRegister(ctx, c.register)
	if err != nil {
		return err
	}
	if err := errors.Join(db.Queue().Views().CheckAll(ctx), db.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.out, words.In(c.Language).Say("cli.rebuild"))
	return err
}
