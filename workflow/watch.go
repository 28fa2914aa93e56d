package workflow

import (
	"strconv"
	"strings"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/reminder"
	"github.com/artra/klachtbot/workflow/roster"
)

// WatchKind names something that people are reminded of: an open promise, a
// complainant who was asked something, a hold, the end of retention, or a
// request to erase the case. That of a remedy, and of what a colleague was asked, has
// its number behind it (RemedyWatch, ConsultationWatch).
type WatchKind string

// The watches beside those of the promises, which are named after their
// promise.
const (
	WatchWaiting   WatchKind = "waiting"
	WatchHold      WatchKind = "hold"
	WatchRetention WatchKind = "retention" // the purge is near (R10)
	WatchErasure   WatchKind = "erasure"   // somebody asks for an erasure before the term
)

// previewSight is how many days ahead the end of retention is watched: more
// than its first step, which weekends and own working days bring forward.
const previewSight = 45

// escalations are those of each kind of watch (deadlines.md, "Reminders").
var escalations = map[WatchKind]reminder.Escalation{
	WatchKind(PromiseAcknowledgement): {
		Steps: []reminder.Step{reminder.AfterMade(2), reminder.AfterMade(4), reminder.BeforeDue(0).AndDeputy()},
		Then:  reminder.WhenOverdue,
	},
	WatchKind(PromiseOutcome): {
		Steps: append([]reminder.Step{reminder.AfterMade(14)}, beforeOutcome...),
		Then:  reminder.WhenOverdue,
	},
	WatchKind(PromiseProgress): {
		Steps: beforeOutcome,
		Then:  reminder.WhenOverdue,
	},
	WatchKind(PromiseConfirmation): {Then: reminder.EverySecondDay},
	WatchKind(PromiseRemedy): {
		Steps: []reminder.Step{reminder.BeforeDue(14), reminder.BeforeDue(7), reminder.BeforeDue(0)},
		Then:  reminder.WhenOverdue,
	},
	WatchKind(PromiseDefence): {
		Steps: []reminder.Step{
			reminder.BeforeDue(14), reminder.BeforeDue(7), reminder.BeforeDue(2).AndDeputy(), reminder.BeforeDue(0).AndDeputy(),
		},
		Then: reminder.WhenOverdue,
	},
	WatchKind(PromiseConsultation): {
		Steps: []reminder.Step{reminder.BeforeDue(0), reminder.WorkdaysLate(2), reminder.WorkdaysLate(4).ToOwner()},
	},
	WatchWaiting:   {Steps: []reminder.Step{reminder.OnceWaited(7)}},
	WatchHold:      {Steps: []reminder.Step{reminder.BeforeDue(0)}},
	WatchRetention: {Steps: []reminder.Step{reminder.BeforeDue(30), reminder.BeforeDue(7)}, Then: reminder.DailyUntilDelivered},
	WatchErasure:   {Then: reminder.WeeklyUntilDecided},
}

// beforeOutcome are the steps before an outcome is due, also by a notice.
var beforeOutcome = []reminder.Step{
	reminder.BeforeDue(7), reminder.BeforeDue(2).AndDeputy(), reminder.BeforeDue(0).AndDeputy(),
}

// Watch is one thing that is watched now.
type Watch struct {
	Kind WatchKind
	reminder.Watch
}

// Settlers lists the actions that end a watch, the likeliest first: the
// buttons that its reminders carry.
func (k WatchKind) Settlers() []ActionName {
	switch k.Base() {
	case WatchKind(PromiseAcknowledgement):
		return []ActionName{ActionAcknowledge}
	case WatchKind(PromiseRemedy):
		return []ActionName{ActionRemedy}
	case WatchKind(PromiseOutcome), WatchKind(PromiseProgress):
		return []ActionName{ActionResolve, ActionProgress}
	case WatchKind(PromiseConfirmation):
		return []ActionName{ActionConfirm}
	case WatchKind(PromiseDefence):
		return []ActionName{ActionDispute}
	case WatchKind(PromiseConsultation):
		return []ActionName{ActionConsult}
	case WatchWaiting:
		return []ActionName{ActionAnswer}
	case WatchHold, WatchRetention:
		return []ActionName{ActionHold}
	case WatchErasure:
		return []ActionName{ActionEraseConfirm, ActionEraseDecline}
	}
	return nil
}

// Watches lists what is watched on a case: what is open and can be settled
// where the case stands. An outcome with a progress notice is watched by the
// notice's date (R4). What was sent on a day that is still to come, since the
// clock stood ahead then, was not sent.
func (p *Policy) Watches(c *Complaint, today calendar.Date) []Watch {
	var all []Watch
	remembering := func(kind WatchKind, made, due, snoozed calendar.Date, history reminder.History) {
		if rules[c.Settlers(kind)[0]].allows(p, c, today) {
			all = append(all, Watch{kind, reminder.Watch{
				Made: made, Due: due, Snoozed: snoozed, History: history.Until(today), Escalation: escalations[kind.Base()],
				Handler: p.handlerOf(c, kind),
			}})
		}
	}
	watch := func(kind WatchKind, made, due, snoozed calendar.Date) {
		remembering(kind, made, due, snoozed, *c.history(kind))
	}
	never := calendar.Date{}
	for _, kind := range PromiseKinds() {
		if i := c.owed(kind); i >= 0 && !kind.numbered() {
			pr := c.Promises[i]
			watch(WatchKind(kind), pr.Made, pr.Due, pr.Snoozed)
		}
	}
	for _, r := range c.OpenRemedies() {
		watch(RemedyWatch(r.Number), r.Made, r.Due, r.Snoozed)
	}
	for _, q := range c.Consultations() {
		if q.Open() {
			watch(ConsultationWatch(q.Number), q.Made, q.Due, never)
		}
	}
	if !c.WaitingSince.IsZero() {
		watch(WatchWaiting, c.WaitingSince, never, never)
	}
	if !c.HoldReview.IsZero() {
		watch(WatchHold, c.HoldReview, c.HoldReview, never)
	}
	if last, history, ok := p.retentionWatch(c, today); ok {
		remembering(WatchRetention, last, last, never, history)
	}
	if c.Erasure.Stands() {
		watch(WatchErasure, c.Erasure.On, c.Erasure.On.AddDays(eraseLapses), never)
	}
	return all
}

// Watched returns the watch of that kind; ok is false when there is none now.
func (p *Policy) Watched(c *Complaint, kind WatchKind, today calendar.Date) (w Watch, ok bool) {
	for _, w := range p.Watches(c, today) {
		if w.Kind == kind {
			return w, true
		}
	}
	return Watch{}, false
}

// history is where the complaint remembers who was reminded of what is watched.
func (c *Complaint) history(kind WatchKind) *reminder.History {
	switch kind {
	case WatchWaiting:
		return &c.WaitingReminders
	case WatchHold:
		return &c.HoldReminders
	case WatchRetention:
		return &c.RetentionReminders
	case WatchErasure:
		return &c.Erasure.Reminders
	}
	return &c.Promises[c.watchedPromise(kind)].Reminders
}

// handlerOf is who sees to what is watched apart from the case's owner; "" when
// the owner does.
func (p *Policy) handlerOf(c *Complaint, kind WatchKind) roster.PersonID {
	if promise, number := kind.numbered(); number > 0 {
		if r, ok := nth(c, promise, number); ok {
			return p.SeesTo(c, r)
		}
	}
	return ""
}

// watchedPromise returns the index of the promise that is watched, -1 when none
// is.
func (c *Complaint) watchedPromise(kind WatchKind) int {
	if promise, number := kind.numbered(); number > 0 {
		return c.index(promise, number)
	}
	return c.owed(PromiseKind(kind))
}

// planner plans the reminders of a case.
func (p *Policy) planner(c *Complaint) reminder.Planner {
	return reminder.Planner{Calendar: p.Calendar, Roster: p.Roster, Case: watched{c, p}}
}

// watched is a complaint as package reminder sees it.
type watched struct {
	complaint *Complaint
	policy    *Policy
}

func (w watched) Owner() roster.PersonID { return w.complaint.Owner }

func (w watched) Deputy(d calendar.Date) roster.PersonID {
	return w.complaint.Deputy(w.policy.Roster, d)
}

func (w watched) MaySee(who roster.PersonID) bool {
	return w.complaint.Access(w.policy.Roster, who) >= AccessOverview
}

func (w watched) Deciders(d calendar.Date) []roster.PersonID {
	return w.complaint.Confirmers(w.policy.Roster, w.complaint.Erasure.By, d)
}

func (w watched) MayDecide(who roster.PersonID, d calendar.Date) bool {
	return who != w.complaint.Erasure.By && w.policy.MayDecide(w.complaint, who, d)
}

// RemedyWatch names the watch of the remedy with that number: several may be open,
// and each has its own.
func RemedyWatch(number int) WatchKind { return numberedWatch(PromiseRemedy, number) }

// ConsultationWatch names the watch of what a colleague was asked, by its number.
func ConsultationWatch(number int) WatchKind { return numberedWatch(PromiseConsultation, number) }

func numberedWatch(k PromiseKind, number int) WatchKind {
	return WatchKind(string(k) + numberMark + strconv.Itoa(number))
}

// numberMark stands between a kind and its number; it is in no other kind of watch.
// Reminders that wait in the outbox hold it.
const numberMark = ":"

// Remedy is the number of the remedy that is watched, 0 for any other watch.
func (k WatchKind) Remedy() int { return k.numberOf(PromiseRemedy) }

// Consultation is the number of the question to a colleague that is watched, 0 for any
// other watch.
func (k WatchKind) Consultation() int { return k.numberOf(PromiseConsultation) }

func (k WatchKind) numberOf(kind PromiseKind) int {
	if promise, number := k.numbered(); promise == kind {
		return number
	}
	return 0
}

// numbered is what is watched when that has a number; 0 for any other watch.
func (k WatchKind) numbered() (kind PromiseKind, number int) {
	word, digits, ok := strings.Cut(string(k), numberMark)
	n, err := strconv.Atoi(digits)
	if kind = PromiseKind(word); !ok || err != nil || !kind.numbered() {
		return "", 0
	}
	return kind, n
}

// Base is the kind without a number, by which texts and escalations are named.
func (k WatchKind) Base() WatchKind {
	if kind, number := k.numbered(); number > 0 {
		return WatchKind(kind)
	}
	return k
}
