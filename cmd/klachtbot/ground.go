package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"github.com/artra/klachtbot/cmd/klachtbot/findings"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/state"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/texts"
)

func (r register) check(m *mistakes) slog.Level {
	scheme, rest, ok := strings.Cut(r.Database, ":")
	if !ok || rest == "" || scheme != "sqlite" && scheme != "postgres" && scheme != "postgresql" {
		m.add("DATABASE_URL", "must be sqlite:PATH or postgres://…")
	}
	if r.KeyFile == "" {
		m.add("KLACHTBOT_KEY_FILE", "is empty")
	}
	if wait, ok := m.duration("KLACHTBOT_DATABASE_WAIT", r.DatabaseWait); ok && wait < 0 {
		m.add("KLACHTBOT_DATABASE_WAIT", "must not be less than 0")
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(r.LogLevel)); err != nil {
		m.add("KLACHTBOT_LOG_LEVEL", "%q is not debug, info, warn or error", r.LogLevel)
	}
	return level
}

// ground is what the bot is built on, and the words for what is wrong with it.
type ground struct {
	register
	say texts.Speaker
	log *slog.Logger
}

const (
	openTime  = 10 * time.Second // for one try to open the register, beside its migrations
	waitFirst = 500 * time.Millisecond
	waitMost  = 5 * time.Second
)

// wait opens until it succeeds, fails with what does not pass by itself, or
// KLACHTBOT_DATABASE_WAIT is over. waiting hears why it goes on.
func (g ground) wait(ctx context.Context, waiting func(error), open func(context.Context) error) error {
	most, err := time.ParseDuration(g.DatabaseWait)
	if err != nil {
		return err
	}
	told := engine.Fault("")
	for until, pause := time.Now().Add(most), waitFirst; ; pause = min(2*pause, waitMost) {
		err := g.once(ctx, open)
		fault := engine.FaultOf(err)
		if err == nil || ctx.Err() != nil || fault == "" || fault.Lasting() || !time.Now().Add(pause).Before(until) {
			return err
		}
		waiting(err)
		if fault != told {
			told = fault
			g.log.WarnContext(ctx, "waiting for the database", "at most", most, "fault", fault, "error", err)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

// once opens, unless the database says nothing at all for openTime.
func (g ground) once(ctx context.Context, open func(context.Context) error) error {
	probe, cancel := context.WithTimeout(ctx, openTime)
	defer cancel()
	if err := engine.Reach(probe, g.Database); err != nil {
		return err
	}
	return open(ctx)
}

// explain says in one line what is wrong, with the fault's own word.
func (g ground) explain(err error) string {
	if f := engine.FaultOf(err); f != "" {
		return fmt.Sprintf("database %s: %s", f, g.ill(f))
	}
	return err.Error()
}

func (g ground) ill(f engine.Fault) string {
	fault := g.databaseFinding(f)
	return fault.Text + " " + fault.Fix
}

func (g ground) databaseFinding(f engine.Fault) findings.Finding {
	return findings.Finding{
		Code: findings.Databases + string(f), Level: findings.Error,
		Text: g.say.Say("doctor.database_ill", texts.Args{"Fault": g.say.Say("database." + string(f))}),
		Fix:  g.say.Say("database.fix." + string(f)),
	}
}

// statePath is where the state file is.
func (r register) statePath() string {
	return cmp.Or(r.StateFile, filepath.Join(filepath.Dir(r.KeyFile), state.Name))
}

// reasons are the errors of the ground that have a finding of their own.
var reasons = []struct {
	err  error
	code string
}{
	{storage.ErrOtherRegister, "other_register"}, {storage.ErrNewerSchema, "register_newer"}, {state.ErrUnwritable, "state_unwritable"},
	{storage.ErrNoKey, "key_missing"}, {vault.ErrKeyFileMissing, "key_missing"}, {vault.ErrKeyFileExposed, "key_exposed"},
	{vault.ErrKeyFileMalformed, "key_malformed"}, {vault.ErrKeyFileNewer, "key_newer"},
	{vault.ErrOtherKey, "key_other"}, {vault.ErrUnknownKey, "key_other"},
}

// finding is an error of the ground as doctor says it.
func (g ground) finding(err error) findings.Finding {
	for _, r := range reasons {
		if !errors.Is(err, r.err) {
			continue
		}
		args := texts.Args{"Database": engine.Shown(g.Database), "File": g.KeyFile}
		if r.code == "other_register" || r.code == "state_unwritable" {
			args["File"] = g.statePath()
		}
		return findings.New(g.say, r.code, args)
	}
	f := findings.New(g.say, "register_ill", nil)
	if fault := engine.FaultOf(err); fault != "" {
		f = g.databaseFinding(fault)
	}
	f.More = err.Error()
	return f
}

// worded is an error as whoever runs the program reads it.
func (g ground) worded(err error) error {
	f := g.finding(err)
	switch f.Code {
	case "other_register":
		return errors.New(f.Text + " " + f.Fix)
	case "state_unwritable":
		return fmt.Errorf("%s %s\n%w", f.Text, f.Fix, err)
	}
	if engine.FaultOf(err) != "" {
		return fmt.Errorf("%s %s\n%w", f.Text, f.Fix, err)
	}
	return err
}

// closeTime bounds the closing of a database that hangs; what was committed stands.
const closeTime = 500 * time.Millisecond

// closeInTime closes the register, and leaves it when that takes too long.
func closeInTime(db *storage.DB) error {
	done := make(chan error, 1)
	go func() { done <- db.Close() }()
	select {
	case err := <-done:
		return err
	case <-time.After(closeTime):
		return nil
	}
}
