package notices

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// sending is the moment at which reminders leave: the rules with who is there,
// and the time in which no bot was at work.
type sending struct {
	*workflow.Policy
	now    time.Time
	outage workflow.Outage
}

func (h *Handler) sending(ctx context.Context) (sending, error) {
	presence, err := h.Presence.Presence(ctx)
	if err != nil {
		return sending{}, fmt.Errorf("render nudge: %w", err)
	}
	outage, err := h.rounds.Outage(ctx)
	if err != nil {
		return sending{}, fmt.Errorf("render nudge: %w", err)
	}
	return sending{h.Policy.With(presence), h.Now(), outage}, nil
}

func (o sending) today() calendar.Date { return o.Calendar.Today(o.now) }

// reminder is one thing that somebody is to be reminded of now.
type reminder struct {
	workflow.Watch
	c      *workflow.Complaint
	to     roster.PersonID
	full   bool // may read all of the case
	about  bool // may read what it is about
	missed bool // was to be said while the bot was away
}

// remind checks everything again, at the moment of sending (deadlines.md,
// "Reminders"). The error is ErrMoot or a *Later.
func (o sending) remind(c *workflow.Complaint, kind workflow.WatchKind, to roster.PersonID) (reminder, error) {
	ok, later := o.MayRemindNow(c, kind, to, o.now)
	w, found := o.Watched(c, kind, o.today())
	switch {
	case !ok && !later.IsZero():
		return reminder{}, &core.Later{At: later}
	case !ok || !found:
		return reminder{}, core.ErrMoot
	}
	access := c.Access(o.Roster, to)
	return reminder{
		Watch: w, c: c, to: to, full: access == workflow.AccessFull, about: o.about(c, access),
		missed: o.Missed(c, kind, to, o.outage, o.now),
	}, nil
}

// reminderMessage reminds somebody of one thing: whom, which case, what, by when,
// how long that is, and the buttons that settle it.
func (h *Handler) reminderMessage(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, p outbox.Reminder) (core.Message, error) {
	o, err := h.sending(ctx)
	if err != nil {
		return core.Message{}, err
	}
	r, err := o.remind(c, p.Watch, p.To)
	if err != nil {
		return core.Message{}, err
	}
	if r.Kind == workflow.WatchErasure {
		return h.erasureAsk(ctx, sp, r), nil
	}
	if !r.full {
		what := cases.PromiseName(sp, c, workflow.PromiseKind(r.Kind.Base()))
		blocks := []slack.Block{kit.Section(overviewLine(sp, r, o.today()), nil)}
		switch {
		case r.Handler == r.to:
			blocks = append(blocks, kit.Buttons(kit.RefTo(c).String(), cases.RemedyDoneButton(sp, r.Kind.Remedy())))
		case r.first(o.today()):
			blocks = append(blocks, expected(sp, c.Guarded()))
		}
		return core.Message{Text: cases.Fallback(sp, c, what), Blocks: blocks}, nil
	}
	blocks := []slack.Block{kit.Section(h.reminderText(ctx, sp, o, r), nil), kit.Buttons(kit.RefTo(c).String(), reminderButtons(sp, r, o.today())...)}
	if r.missed {
		blocks = append(blocks, outageRemark(sp, o))
	}
	text := cases.Fallback(sp, c, r.what(sp))
	return core.Message{Text: text, Blocks: blocks, Announces: o.announces(r)}, nil
}

// announces are the erasures that a reminder tells somebody of who may still stop
// them. An account that was closed takes messages, and nobody reads them.
func (o sending) announces(r reminder) []outbox.Announcement {
	if r.Kind != workflow.WatchRetention || !r.full || o.Roster.Presence.Gone[r.to] {
		return nil
	}
	return []outbox.Announcement{{Case: r.c.ID, Until: r.Due}}
}

// about reports whether somebody may read what a case is about: not once its contents
// are closed.
func (o sending) about(c *workflow.Complaint, access workflow.Access) bool {
	return access >= workflow.AccessOverview && !o.PastTerm(c, o.today())
}

// first reports whether this is a director's first notice of an overdue promise.
func (r reminder) first(today calendar.Date) bool {
	return !r.full && r.Kind != workflow.WatchErasure && r.Handler != r.to && r.Overdue(today)
}

// overviewLine is all that a director reads: number, what it is about, promise and
// days; and without what it is about, all that somebody does who sees to a remedy
// without a right on its case.
func overviewLine(sp texts.Speaker, r reminder, today calendar.Date) string {
	args := texts.Args{
		"Number": r.c.Number, "What": cases.PromiseName(sp, r.c, workflow.PromiseKind(r.Kind.Base())), "When": daysLeft(sp, r.Watch, today),
	}
	if args["About"] = aboutCase(sp, r.c); r.about && args["About"] != "" {
		return sp.Say("reminder.overview.about", args)
	}
	return sp.Say("reminder.overview", args)
}

// maxAbout is how much of the name of an offering a line shows.
const maxAbout = 40

// aboutCase is the training and the subject of a case; "" where neither is known.
func aboutCase(sp texts.Speaker, c *workflow.Complaint) string {
	var all []string
	if c.Facts.OfferingName != "" {
		all = append(all, kit.Escape(kit.Cut(c.Facts.OfferingName, maxAbout)))
	}
	if c.Facts.Category != "" {
		all = append(all, kit.Choice(sp, "category", c.Facts.Category))
	}
	return strings.Join(all, ", ")
}

// expected says what is expected of a director who reads that something is overdue. A
// guarded case is to be asked of nobody but who handles it.
func expected(sp texts.Speaker, guarded bool) slack.Block {
	lines := []string{sp.Say("weekly.expected")}
	if guarded {
		lines = append(lines, sp.Say("weekly.expected_guarded"))
	}
	return kit.Remark(strings.Join(lines, " "))
}

// feasibleWithin is how near the date of an outcome must be for the question
// whether it is feasible.
const feasibleWithin = 10

// reminderText is what the reminder says, and why this person reads it.
func (h *Handler) reminderText(ctx context.Context, sp texts.Speaker, o sending, r reminder) string {
	key := "reminder.line"
	if !r.Promised() {
		key = "reminder.line." + string(r.Kind)
	}
	if pastTerm(r.Watch, o.today()) {
		key = "reminder.line.retention_past"
	}
	lines := []string{sp.Say(key, texts.Args{
		"Who": "<@" + string(r.to) + ">", "Number": r.c.Number, "What": r.what(sp),
		"Date": sp.Date(r.date()), "When": daysLeft(sp, r.Watch, o.today()),
	})}
	if left := r.Due.DaysSince(o.today()); r.asksFeasible() && left > 0 && left <= feasibleWithin {
		lines = append(lines, sp.Say("reminder.feasible"))
	}
	if r.Promised() && o.Calendar.Today(r.c.LoggedAt).After(r.Due) {
		lines = append(lines, sp.Say("reminder.late_logged"))
	}
	if r.Handler != "" && r.to == r.Handler {
		lines = append(lines, sp.Say("reminder.as_handler"))
	} else if r.to != r.c.Owner {
		key := "reminder.as_deputy"
		if o.Roster.Absent(r.c.Owner, o.today()) {
			key = "reminder.for_absent"
		}
		lines = append(lines, sp.Say(key, texts.Args{"Owner": kit.Escape(h.Name(ctx, sp, r.c.Owner))}))
	}
	return strings.Join(lines, "\n")
}

// date is the one that the reminder names: of a question, when it was asked.
func (r reminder) date() calendar.Date {
	if r.Due.IsZero() {
		return r.Made
	}
	return r.Due
}

// asksFeasible reports whether a progress notice could take the promise's place
// (R4).
func (r reminder) asksFeasible() bool {
	return !r.c.Untold() && (r.Kind == workflow.WatchKind(workflow.PromiseOutcome) || r.Kind == workflow.WatchKind(workflow.PromiseProgress))
}

// reminderButtons settle the reminder, or put it off as long as that is possible.
func reminderButtons(sp texts.Speaker, r reminder, today calendar.Date) []slack.BlockElement {
	var all []slack.BlockElement
	for i, name := range r.c.Settlers(r.Kind) {
		if name == workflow.ActionRemedy {
			all = append(all, cases.RemedyButton(sp, r.Kind.Remedy()))
			continue
		}
		all = append(all, cases.ActionButton(sp, r.c, name, i == 0))
	}
	if r.Kind == workflow.WatchRetention { // what there is to decide on
		all = append(all, cases.ActionButton(sp, r.c, workflow.ActionDossier, false))
	}
	if r.Promised() && r.Due.After(today) {
		all = append(all, kit.Button(string(workflow.ActionSnooze), string(r.Kind), sp.Say("reminder.snooze"), slack.StyleDefault))
	}
	return all
}

// outageRemark explains why the reminder comes late.
func outageRemark(sp texts.Speaker, o sending) slack.Block {
	return kit.Remark(sp.Say("reminder.outage", texts.Args{
		"From":  sp.Instant(o.outage.From, o.Calendar.Location),
		"Until": sp.Instant(o.outage.Until, o.Calendar.Location),
	}))
}

// pastTerm reports whether it is the end of retention that is watched, and the
// last day of it is over.
func pastTerm(w workflow.Watch, today calendar.Date) bool {
	return w.Kind == workflow.WatchRetention && today.After(w.Due)
}

// daysLeft says how far off the due date is, or how long ago it was; of a
// question, how long it is open.
func daysLeft(sp texts.Speaker, w workflow.Watch, today calendar.Date) string {
	left := w.Due.DaysSince(today)
	switch {
	case w.Kind == workflow.WatchWaiting:
		return sp.Say("reminder.unanswered", texts.Args{"Count": today.DaysSince(w.Made)})
	case w.Kind == workflow.WatchHold:
		return sp.Say("reminder.review")
	case pastTerm(w, today):
		return sp.Say("reminder.term_over")
	case left < 0:
		return sp.Say("reminder.overdue", texts.Args{"Count": -left})
	case left == 0:
		return sp.Say("reminder.today")
	}
	return sp.Say("reminder.left", texts.Args{"Count": left})
}
