package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/artra/klachtbot/bot"
	"github.com/artra/klachtbot/bot/delivery"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
)

// runBot opens the register and runs the bot until ctx ends.
func runBot(ctx context.Context, conf config, s streams) error {
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: conf.level}))
	db, err := openRegister(ctx, conf, log, s)
	if err != nil {
		return err
	}
	metrics := prometheus.NewRegistry()
	if err := metrics.Register(outboxFigures{db}); err != nil {
		return errors.Join(err, db.Close())
	}
	b, err := newBot(conf, db, log, metrics)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	stopServing, err := serveHealth(ctx, conf.HTTPAddr, health{
		ready: func(ctx context.Context) bool { return b.Connected() > 0 && db.Ping(ctx) == nil }, metrics: metrics,
	})
	if err != nil {
		return errors.Join(err, db.Close())
	}
	err = b.Run(ctx)
	return errors.Join(err, stopServing(), db.Close())
}

func newBot(conf config, db *storage.DB, log *slog.Logger, metrics prometheus.Registerer) (*bot.Bot, error) {
	all := db.Rooms()
	newHandler := func(slack core.Slack, people core.People) bot.Handler {
		return handlers.New(handlers.Config{
			Env: &core.Env{
				Policy: &conf.policy, Presence: db, Slack: slack, People: people, Texts: conf.words, Firm: conf.firm, Faces: conf.faces,
				Language: conf.Language, Chosen: db.Languages(), Now: conf.now, Log: log, Nonce: rand.Text,
			},
			Cases: db, Records: db.Records(), Dossiers: all, Lister: db.Search(), Home: all, Absences: db, Languages: db.Languages(), Source: all, Rounds: all, Messages: db.Queue(),
			Documents: db.Documents(), Contents: all, Registers: db.Reviews(), Searcher: db.Search(), Holdings: db.Records(), Figures: db.Reviews(), Reviews: db.Reviews(), Undeletables: db.Undeletables(),
			Letters: conf.letters, Mails: conf.mail != nil, DirectorsChannel: conf.DirectorsChannel != "",
		})
	}
	var client delivery.MailClient // a nil *mail.Client would be a MailClient that is not nil
	if conf.mail != nil {
		client = conf.mail
	}
	return bot.New(bot.Config{
		BotToken: conf.BotToken, AppToken: conf.AppToken, APIURL: conf.APIURL, MailClient: client,
		CaseChannel: conf.CaseChannel, DirectorsChannel: conf.DirectorsChannel, Sockets: conf.sockets, Language: conf.Language,
		Policy: &conf.policy, Texts: conf.words, Languages: db.Languages(), Sweeper: db, Attendance: all, Handler: newHandler,
		Register: delivery.Register{Outbox: db.Queue(), PendingDeletions: db.Queue(), Undeletables: db.Undeletables(), Mailbox: all, Files: db.Records()},
		Now:      conf.now, Log: log, Metrics: metrics,
	})
}

// now is the procedure's clock: the wall clock, set forward in a rehearsal.
func (c config) now() time.Time { return time.Now().Add(c.offset) }

// openRegister opens the register with its key. On a first start, when both are
// missing, it creates the key file and asks for a copy of it.
func openRegister(ctx context.Context, conf config, log *slog.Logger, s streams) (*storage.DB, error) {
	ring, err := openKeys(ctx, conf.register, s)
	if err != nil {
		return nil, err
	}
	return storage.Open(ctx, storage.Options{
		URL: conf.Database, Keys: ring, Policy: &conf.policy,
		Now: conf.now, Pace: conf.pace, Log: log, DirectorsChannel: conf.DirectorsChannel != "",
	})
}

func openKeys(ctx context.Context, r register, s streams) (*vault.Ring, error) {
	ring, err := vault.OpenKeyFile(r.KeyFile)
	if !errors.Is(err, vault.ErrKeyFileMissing) {
		return ring, err
	}
	empty, emptyErr := storage.Empty(ctx, r.Database)
	if emptyErr != nil {
		return nil, emptyErr
	}
	if !empty {
		return nil, storage.ErrNoKey
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
	return storage.Inspect(ctx, storage.Options{URL: r.Database, Keys: ring})
}
