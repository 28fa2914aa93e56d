package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/texts"
)

// key groups the commands about the master keys.
type key struct {
	Rotate rotate `cmd:"" help:"Add a master key and wrap every case's key anew with it, beside a running bot."`
}

// rotate is the command that adds a master key.
type rotate struct {
	register
	Language string `env:"KLACHTBOT_LANGUAGE" default:"nl" help:"nl or en."`
}

// Run adds a master key and wraps every case's key with it. It fails, after
// doing the rest, when the key of a case does not open.
func (c rotate) Run(ctx context.Context, s streams) error {
	var m mistakes
	c.check(&m)
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
	say := words.In(c.Language)
	if err := vault.MayRewrite(c.KeyFile); err != nil {
		about := texts.Args{"File": c.KeyFile}
		return errors.Join(fmt.Errorf("%s\n%w", say.Say("cli.key_fixed_rotate", about), err), db.Close())
	}
	done, err := db.Rotator().Rotate(ctx)
	if err == nil {
		c.report(s, say, done)
	}
	return errors.Join(explainRotation(say, done, err), db.Close())
}

func (c rotate) report(s streams, say texts.Speaker, done storage.Rotation) {
	about := texts.Args{"Count": done.Rewrapped, "File": c.KeyFile}
	if done.Resumed {
		fmt.Fprintln(s.out, say.Say("key.resumed", about))
	} else {
		fmt.Fprintln(s.out, say.Say("key.rotated", about))
	}
	fmt.Fprintln(s.out, say.Say("key.copy", about))
	for _, id := range done.Unopened {
		fmt.Fprintln(s.out, " ", id)
	}
}

// explainRotation adds what an operator can do to a failure.
func explainRotation(say texts.Speaker, done storage.Rotation, err error) error {
	switch {
	case errors.Is(err, vault.ErrUnknownKey):
		return fmt.Errorf("%w\n%s", err, say.Say("key.old_copy"))
	case err != nil:
		return fmt.Errorf("%w\n%s", err, say.Say("key.again"))
	case len(done.Unopened) > 0:
		return errors.New(say.Say("key.unopened", texts.Args{"Count": len(done.Unopened)}))
	}
	return nil
}
