package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/artra/klachtbot/bot/monitor"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/cmd/klachtbot/findings"
	"github.com/artra/klachtbot/internal/wallclock"
	"github.com/artra/klachtbot/mail"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// doctor is the command that says what is wrong with the settings, the register,
// the Slack app or the mail server.
type doctor struct {
	settings
	JSON bool `name:"json" help:"Print one JSON document, for a program that watches."`
}

// Run checks everything and prints what it finds. It fails when anything would keep
// the bot from its work.
func (c doctor) Run(ctx context.Context, s streams) error {
	report := findings.NewReport(s.out, c.JSON)
	conf, err := c.check()
	if err != nil {
		return errors.Join(usageError{err}, c.mistaken(report, err))
	}
	x := examination{report, ground{register: c.register, say: conf.words.In(conf.Language)}}
	x.slack(ctx, conf)
	x.letters(conf.firm)
	x.mail(ctx, conf.mail)
	if err := errors.Join(x.register(ctx), report.Close()); err != nil {
		return err
	}
	if !report.OK() {
		return errors.New(x.say.Say("cli.doctor_ill"))
	}
	return nil
}

// mistaken has the document say what is wrong with the settings, a finding each;
// whoever reads lines reads so as the error.
func (c doctor) mistaken(report *findings.Report, err error) error {
	if !c.JSON {
		return nil
	}
	words, failed := texts.Load()
	if failed != nil {
		return failed
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		f := findings.New(words.In(c.Language), "settings", nil)
		f.Text = line
		report.Add(f)
	}
	return report.Close()
}

// examination is one run of doctor.
type examination struct {
	report *findings.Report
	ground
}

func (x examination) found(code string, args texts.Args) {
	x.report.Add(findings.New(x.say, code, args))
}

// slack looks at Slack's side of the installation, in the order of docs/install.md.
func (x examination) slack(ctx context.Context, conf config) {
	account := slackapi.Account{BotToken: conf.BotToken, AppToken: conf.AppToken, URL: conf.APIURL}
	for _, one := range monitor.Check(ctx, account, monitor.Workspace{
		CaseChannel: conf.CaseChannel, DirectorsChannel: conf.DirectorsChannel, Roster: conf.policy.Roster,
		Wall: wallclock.Now,
	}) {
		f := findings.New(x.say, one.Code, one.Args)
		if !one.OK && f.Level == findings.OK {
			f.Level = findings.Error
		}
		x.report.Add(f.With(one.Numbers()))
	}
}

// mail looks whether the mail server would take letters; nothing is said when none
// is set.
func (x examination) mail(ctx context.Context, p *mail.Client) {
	if p == nil {
		return
	}
	if err := p.Check(ctx); err != nil {
		x.found(mail.WordOf(err), nil)
		return
	}
	x.found("smtp_ok", nil)
}

// register looks whether the register opens and can be written, which deliveries
// keep failing (case, lane and Slack's word for why), what can't be deleted in Slack,
// and how the erasure list stands.
func (x examination) register(ctx context.Context) error {
	tried, cancel := context.WithTimeout(ctx, openTime)
	defer cancel()
	db, err := inspectRegister(tried, x.ground.register)
	if errors.Is(err, vault.ErrKeyFileMissing) || errors.Is(err, storage.ErrEmpty) {
		empty, emptyErr := storage.Empty(tried, x.Database)
		switch {
		case emptyErr == nil && empty:
			x.noRegister(tried)
			return nil
		case engine.FaultOf(emptyErr) != "": // that comes before a key
			err = emptyErr
		}
	}
	if err != nil {
		x.report.Add(x.finding(engine.Explain(tried, err)))
		return nil
	}
	x.writable(ctx, db)
	for _, look := range []func(context.Context, *storage.DB) error{x.outbox, x.undeletables, x.erasures, x.unannounced} {
		if err := look(ctx, db); err != nil {
			x.report.Add(x.finding(engine.Explain(ctx, err)))
		}
	}
	return closeInTime(db)
}

// noRegister looks at a place where there is no register yet: whether one can be
// made, and whether the key did not serve another.
func (x examination) noRegister(ctx context.Context) {
	if err := storage.TryNew(ctx, x.Database, x.statePath(), x.KeyFile); err != nil {
		x.report.Add(x.finding(err))
		return
	}
	x.found("register_new", nil)
	x.found("backup_none", nil)
}

// writable looks whether a complaint could be written at this moment, and what of
// the ground is not as it should be.
func (x examination) writable(ctx context.Context, db *storage.DB) {
	if err := db.Try(ctx, true); err != nil {
		x.report.Add(x.finding(err))
	} else {
		x.found("database_ok", nil)
	}
	if slices.Contains(db.Core().Warnings(), engine.WarnPlain) {
		x.found("database_plain", nil)
	}
	if err := db.Core().State.Try(); err != nil {
		x.report.Add(x.finding(err))
	} else {
		x.found("state_ok", texts.Args{"File": x.statePath()})
	}
	if vault.MayRewrite(x.KeyFile) != nil {
		x.found("key_fixed", texts.Args{"File": x.KeyFile})
	}
}

// maxFailing is how many failing deliveries doctor lists.
const maxFailing = 20

func (x examination) outbox(ctx context.Context, db *storage.DB) error {
	backlog, err := db.Queue().Backlog(ctx)
	if err != nil {
		return err
	}
	failing, err := db.Queue().Failing(ctx, maxFailing)
	if err != nil {
		return err
	}
	code := "outbox_ok"
	if backlog.Failing > 0 {
		code = "outbox_failing"
	}
	f := findings.New(x.say, code, texts.Args{"Count": backlog.Failing})
	for _, d := range failing {
		f.More += fmt.Sprintf("%s %s %s: %s (%d)\n", d.Case, d.Lane, d.Kind(), d.Fault, d.Attempts)
	}
	f.More = strings.TrimSuffix(f.More, "\n")
	oldest := time.Duration(0)
	if !backlog.Oldest.IsZero() {
		oldest = max(0, wallclock.Now().Sub(backlog.Oldest))
	}
	x.report.Add(f.With(map[string]int64{
		"waiting": int64(backlog.Due), "failing": int64(backlog.Failing), "oldest_seconds": int64(oldest / time.Second),
	}))
	return nil
}

// undeletables says what still stands in Slack of cases that were erased or moved.
func (x examination) undeletables(ctx context.Context, db *storage.DB) error {
	left, err := db.Undeletables().Unfinished(ctx)
	if err != nil {
		return err
	}
	code := "undeletables_ok"
	if !left.None() {
		code = "undeletables"
	}
	x.report.Add(findings.New(x.say, code, unfinishedArgs(left)).With(map[string]int64{
		"erased": int64(left.Erased), "moved": int64(left.Moved),
		"replies": int64(left.Replies), "messages": int64(left.Messages), "files": int64(left.Files),
	}))
	return nil
}

func unfinishedArgs(left outbox.Unfinished) texts.Args {
	return texts.Args{
		"Erased": left.Erased, "Moved": left.Moved,
		"Replies": left.Replies, "Messages": left.Messages, "Files": left.Files,
	}
}

// unannounced says what was erased lately though nobody could be told before.
func (x examination) unannounced(ctx context.Context, db *storage.DB) error {
	since := calendar.Calendar{Location: time.UTC}.Today(wallclock.Now()).AddDays(-workflow.UnannouncedShown)
	numbers, err := db.Erasures().Unannounced(ctx, since, false)
	if err != nil {
		return err
	}
	code := "announced_ok"
	if len(numbers) > 0 {
		code = "unannounced"
	}
	f := findings.New(x.say, code, texts.Args{"Count": len(numbers), "Numbers": strings.Join(numbers, ", ")})
	x.report.Add(f.With(map[string]int64{"count": int64(len(numbers))}))
	return nil
}

// erasures says how the erasure list compares with the register.
func (x examination) erasures(ctx context.Context, db *storage.DB) error {
	l, err := db.Erasures().List(ctx)
	if err != nil {
		return err
	}
	lines := strings.Trim(strings.ReplaceAll(fmt.Sprint(l.Broken), " ", ", "), "[]")
	for _, f := range []struct {
		so    bool
		code  string
		count int
	}{
		{l.OK(), "erasure_list_ok", l.Entries},
		{len(l.Broken) > 0, "erasure_list_broken", len(l.Broken)},
		{l.Torn, "erasure_list_torn", 1},
		{l.Exposed, "erasure_list_exposed", 1},
		{len(l.Waiting) > 0, "erasure_list_waiting", len(l.Waiting)},
		{l.Missing > 0, "erasure_list_missing", l.Missing},
		{l.Forged > 0, "erasure_list_forged", l.Forged},
	} {
		if f.so {
			x.report.Add(findings.New(x.say, f.code, texts.Args{"File": l.Path, "Lines": lines, "Count": f.count}).
				With(map[string]int64{"count": int64(f.count)}))
		}
	}
	return nil
}
