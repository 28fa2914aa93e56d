package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/artra/klachtbot/bot"
	"github.com/artra/klachtbot/bot/delivery"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/cmd/klachtbot/health"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/internal/wallclock"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
)

// runBot opens the register and runs the bot until ctx ends.
func runBot(ctx context.Context, conf config, s streams) error {
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: conf.level}))
	ground := ground{conf.register, conf.words.In(conf.Language), log}
	second := slackapi.NewClock(conf.account(), wallclock.Now)
	about := health.New(ground.explain)
	stopServing, err := about.Serve(ctx, conf.HTTPAddr)
	if err != nil {
		return err
	}
	db, err := openRegister(ctx, conf, ground, about, s, second)
	if err != nil {
		err = errors.Join(ground.worded(err), stopServing())
		if ctx.Err() != nil {
			return nil // stopped before it began
		}
		return err
	}
	b, err := newBot(conf, db, log, about.Metrics, second)
	if err == nil {
		err = about.Metrics.Register(health.Outbox{Backlog: db.Queue()})
	}
	if err == nil {
		about.Attach(ctx, db, b.Connected)
		health.TellSystemd(ctx, log)
		err = b.Run(ctx)
	}
	return errors.Join(err, stopServing(), closeInTime(db))
}

func newBot(conf config, db *storage.DB, log *slog.Logger, metrics prometheus.Registerer, second *slackapi.Clock) (*bot.Bot, error) {
	all := db.Rooms()
	newHandler := func(slack core.Slack, links core.Links, people core.People) bot.Handler {
		return handlers.New(handlers.Config{
			Env: &core.Env{
				Policy: &conf.policy, Presence: db, Slack: slack, Links: links, People: people, Texts: conf.words, Firm: conf.firm, Faces: conf.faces,
				Language: conf.Language, Chosen: db.Languages(), Now: conf.now, Log: log, Nonce: rand.Text,
			},
			Cases: db, Records: db.Records(), Remedies: all, Consulted: all, Dossiers: all, Lister: db.Search(), Home: all, Absences: db, Languages: db.Languages(), Source: all, Rounds: all, Messages: db.Queue(),
			Views: db.Queue().Views(), Documents: db.Documents(), Contents: all, Registers: db.Reviews(), Searcher: db.Search(), Holdings: db.Records(), Figures: db.Reviews(), Reviews: db.Reviews(), Undeletables: db.Undeletables(),
			Letters: conf.letters, Logo: conf.logo, Mails: conf.mail != nil, DirectorsChannel: conf.DirectorsChannel != "",
		})
	}
	var client delivery.MailClient // a nil *mail.Client would be a MailClient that is not nil
	if conf.mail != nil {
		client = conf.mail
	}
	return bot.New(bot.Config{
		BotToken: conf.BotToken, AppToken: conf.AppToken, APIURL: conf.APIURL, MailClient: client,
		CaseChannel: conf.CaseChannel, DirectorsChannel: conf.DirectorsChannel, Sockets: conf.sockets, Language: conf.Language,
		Policy: &conf.policy, Texts: conf.words, Languages: db.Languages(), Sweeper: db, Views: db.Queue().Views(), Attendance: all, Handler: newHandler,
		Register: delivery.Register{Outbox: db.Queue(), PendingDeletions: db.Queue(), Undeletables: db.Undeletables(), Views: db.Queue().Views(), Mailbox: all, Files: db.Records()},
		Now:      conf.now, Wall: wallclock.Now, Clock: second, Log: log, Metrics: metrics,
	})
}

// now is the procedure's clock: the wall clock, set forward in a rehearsal.
func (c config) now() time.Time { return wallclock.Now().Add(c.offset) }

// checked compares the machine's clock with Slack's.
func (c config) checked(second *slackapi.Clock) func() storage.ClockCheck {
	return func() storage.ClockCheck {
		_, known := second.Ahead()
		switch {
		case !known:
			return storage.ClockUnchecked
		case second.Wrong():
			return storage.ClockDiffers
		case c.offset != 0:
			return storage.ClockRehearsed
		}
		return storage.ClockAgrees
	}
}

func (c config) account() slackapi.Account {
	return slackapi.Account{BotToken: c.BotToken, AppToken: c.AppToken, URL: c.APIURL}
}

// openRegister opens the register with its key, and waits for a database that is
// not there yet. On a first start, when both are missing, it creates the key file
// and asks for a copy of it.
func openRegister(ctx context.Context, conf config, g ground, about *health.Health, s streams, second *slackapi.Clock) (*storage.DB, error) {
	var db *storage.DB
	err := g.wait(ctx, about.Waiting, func(ctx context.Context) error {
		ring, err := openKeys(ctx, conf.register, s)
		if err != nil {
			return err
		}
		db, err = storage.Open(ctx, storage.Options{
			URL: conf.Database, Keys: ring, State: conf.StateFile, NewRegister: conf.newRegister, Policy: &conf.policy,
			Now: conf.now, Wall: wallclock.Now, Check: conf.checked(second), Pace: conf.pace, Log: g.log, CaseChannel: conf.CaseChannel, DirectorsChannel: conf.DirectorsChannel != "",
		})
		return err
	})
	if err == nil && slices.Contains(db.Core().Warnings(), engine.WarnPlain) {
		g.log.WarnContext(ctx, "what is sent to the database is not encrypted: use sslmode=verify-full")
	}
	return db, err
}

// openKeys opens the key file. It is made when the register is empty and none
// is there, once the database can be used.
func openKeys(ctx context.Context, r register, s streams) (*vault.Ring, error) {
	ring, err := vault.OpenKeyFile(r.KeyFile)
	if !errors.Is(err, vault.ErrKeyFileMissing) {
		return ring, err
	}
	empty, err := storage.Empty(ctx, r.Database)
	if err == nil && !empty {
		err = storage.ErrNoKey
	}
	if err == nil {
		err = storage.TryEmpty(ctx, r.Database)
	}
	if err != nil {
		return nil, err
	}
	if ring, err = vault.CreateKeyFile(r.KeyFile); err != nil {
		return nil, err
	}
	if !r.throwaway {
		fmt.Fprintf(s.err, "klachtbot: made the key file %s; keep a copy of it apart from the database: "+
			"without it no complaint can ever be read again\n", r.KeyFile)
	}
	return ring, nil
}

// inspectRegister opens a register that must exist already, beside a working bot:
// it creates no key and changes no schema.
func inspectRegister(ctx context.Context, r register) (*storage.DB, error) {
	ring, err := vault.OpenKeyFile(r.KeyFile)
	if err != nil {
		return nil, err
	}
	return storage.Inspect(ctx, storage.Options{URL: r.Database, Keys: ring, State: r.StateFile})
}
