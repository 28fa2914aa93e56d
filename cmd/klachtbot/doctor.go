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
type doctor struct{ settings }

// Run checks everything and prints a line for each check. It fails when anything
// would keep the bot from its work.
func (c doctor) Run(ctx context.Context, s streams) error {
	conf, err := c.check()
	if err != nil {
		return usageError{err}
	}
	say, ill := conf.words.In(conf.Language), false
	account := slackapi.Account{BotToken: conf.BotToken, AppToken: conf.AppToken, URL: conf.APIURL}
	for _, f := range monitor.Check(ctx, account, monitor.Workspace{
		CaseChannel: conf.CaseChannel, DirectorsChannel: conf.DirectorsChannel, Roster: conf.policy.Roster,
		Wall: wallclock.Now,
	}) {
		fmt.Fprintln(s.out, tick(f.OK), f.Say(say))
		ill = ill || !f.OK
	}
	examineLetters(conf.firm, s, say)
	ill = examineMail(ctx, conf.mail, s, say) || ill
	registerIll, err := c.examineRegister(ctx, s, say)
	if err != nil {
		return err
	}
	if ill || registerIll {
		return errors.New(say.Say("cli.doctor_ill"))
	}
	return nil
}

func tick(ok bool) string {
	if ok {
		return "✓"
	}
	return "✗"
}

// examineRegister prints whether the register opens and can be written, which
// deliveries of the outbox keep failing (case, lane and Slack's word for why), what
// can't be deleted in Slack, and how the erasure list stands.
func (c doctor) examineRegister(ctx context.Context, s streams, say texts.Speaker) (ill bool, err error) {
	g := ground{register: c.register, say: say}
	tried, cancel := context.WithTimeout(ctx, openTime)
	defer cancel()
	db, err := inspectRegister(tried, c.register)
	if errors.Is(err, vault.ErrKeyFileMissing) || errors.Is(err, storage.ErrEmpty) {
		if empty, emptyErr := storage.Empty(tried, c.Database); emptyErr == nil && empty {
			return c.examineNew(tried, s, say, g), nil
		}
	}
	if err != nil {
		sayLines(s, false, g.worded(engine.Explain(tried, err)).Error())
		return true, nil
	}
	ill = examineGround(tried, db, s, say, g)
	failing, err := db.Queue().Failing(ctx, maxFailing)
	if err == nil {
		fmt.Fprintln(s.out, tick(len(failing) == 0), say.Say("cli.doctor_outbox", texts.Args{"Count": len(failing)}))
	}
	for _, d := range failing {
		fmt.Fprintf(s.out, "  %s %s %s: %s (%d)\n", d.Case, d.Lane, d.Kind(), d.Fault, d.Attempts)
	}
	left, leftErr := db.Undeletables().Unfinished(ctx)
	if leftErr == nil {
		fmt.Fprintln(s.out, tick(left.None()), unfinished(say, left))
	}
	listIll := examineErasures(ctx, db, s, say)
	listIll = examineUnannounced(ctx, db, s, say) || listIll
	return ill || len(failing) > 0 || !left.None() || listIll, errors.Join(err, leftErr, closeInTime(db))
}

// examineNew looks at a place where there is no register yet: whether one can be
// made, and whether the key did not serve another.
func (c doctor) examineNew(ctx context.Context, s streams, say texts.Speaker, g ground) (ill bool) {
	err := storage.TryNew(ctx, c.Database, c.statePath(), c.KeyFile)
	if err != nil {
		sayLines(s, false, g.worded(err).Error())
		return true
	}
	fmt.Fprintln(s.out, tick(true), say.Say("cli.doctor_new"))
	return false
}

// sayLines prints a finding whose text has several lines.
func sayLines(s streams, ok bool, text string) {
	first, rest, _ := strings.Cut(text, "\n")
	fmt.Fprintln(s.out, tick(ok), first)
	if rest != "" {
		fmt.Fprintln(s.out, "  "+strings.ReplaceAll(rest, "\n", "\n  "))
	}
}

// warning begins a finding that keeps nobody from work.
const warning = "!"

// examineGround prints whether a complaint could be written at this moment, and
// what of the ground is not as it should be.
func examineGround(ctx context.Context, db *storage.DB, s streams, say texts.Speaker, g ground) (ill bool) {
	if err := db.Try(ctx, true); err != nil {
		sayLines(s, false, g.worded(err).Error())
		ill = true
	} else {
		fmt.Fprintln(s.out, tick(true), say.Say("cli.database_ok"))
	}
	if slices.Contains(db.Core().Warnings(), engine.WarnPlain) {
		fmt.Fprintln(s.out, warning, say.Say("cli.database_plain"))
	}
	if err := db.Core().State.Try(); err != nil {
		sayLines(s, false, g.worded(err).Error())
		ill = true
	} else {
		fmt.Fprintln(s.out, tick(true), say.Say("cli.state_ok", texts.Args{"File": g.statePath()}))
	}
	if vault.MayRewrite(g.KeyFile) != nil {
		fmt.Fprintln(s.out, warning, say.Say("cli.key_fixed", texts.Args{"File": g.KeyFile}))
	}
	return ill
}

// unfinished words what still stands in Slack of cases that were erased or moved.
func unfinished(say texts.Speaker, left outbox.Unfinished) string {
	if left.None() {
		return say.Say("replies.doctor_none")
	}
	return say.Say("replies.doctor", texts.Args{
		"Erased": left.Erased, "Moved": left.Moved,
		"Replies": left.Replies, "Messages": left.Messages, "Files": left.Files,
	})
}

// maxFailing is how many failing deliveries doctor lists.
const maxFailing = 20

// examineMail prints whether the mail server would take letters, and nothing when
// none is set.
func examineMail(ctx context.Context, p *mail.Client, s streams, say texts.Speaker) (ill bool) {
	if p == nil {
		return false
	}
	if err := p.Check(ctx); err != nil {
		fmt.Fprintln(s.out, tick(false), say.Say("mail.check."+mail.WordOf(err)))
		return true
	}
	fmt.Fprintln(s.out, tick(true), say.Say("mail.check_ok"))
	return false
}

// examineUnannounced prints what was erased lately though nobody could be told
// before.
func examineUnannounced(ctx context.Context, db *storage.DB, s streams, say texts.Speaker) (ill bool) {
	since := calendar.Calendar{Location: time.UTC}.Today(wallclock.Now()).AddDays(-workflow.UnannouncedShown)
	numbers, err := db.Erasures().Unannounced(ctx, since, false)
	if err != nil {
		fmt.Fprintln(s.out, tick(false), err)
		return true
	}
	key := "doctor.announced_ok"
	if len(numbers) > 0 {
		key = "doctor.unannounced"
	}
	fmt.Fprintln(s.out, tick(len(numbers) == 0), say.Say(key, texts.Args{"Count": len(numbers), "Numbers": strings.Join(numbers, ", ")}))
	return len(numbers) > 0
}

// examineErasures prints how the erasure list compares with the register.
func examineErasures(ctx context.Context, db *storage.DB, s streams, say texts.Speaker) (ill bool) {
	l, err := db.Erasures().List(ctx)
	if err != nil {
		fmt.Fprintln(s.out, tick(false), err)
		return true
	}
	if l.OK() {
		fmt.Fprintln(s.out, tick(true), say.Say("cli.erased", texts.Args{"File": l.Path, "Count": l.Entries}))
		return false
	}
	lines := strings.Trim(strings.ReplaceAll(fmt.Sprint(l.Broken), " ", ", "), "[]")
	for _, f := range []struct {
		wrong bool
		words string
	}{
		{len(l.Broken) > 0, say.Say("cli.erased_broken", texts.Args{"File": l.Path, "Lines": lines})},
		{l.Torn, say.Say("cli.erased_torn", texts.Args{"File": l.Path})},
		{l.Exposed, say.Say("cli.erased_exposed", texts.Args{"File": l.Path})},
		{len(l.Waiting) > 0, say.Say("cli.erased_waiting", texts.Args{"Count": len(l.Waiting)})},
		{l.Missing > 0, say.Say("cli.erased_missing", texts.Args{"File": l.Path, "Count": l.Missing})},
		{l.Forged > 0, say.Say("cli.erased_forged", texts.Args{"Count": l.Forged})},
	} {
		if f.wrong {
			fmt.Fprintln(s.out, tick(false), f.words)
		}
	}
	return true
}
