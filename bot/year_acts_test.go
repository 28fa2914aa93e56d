//go:build !race

package bot

import (
	"time"

	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// history is what became of a case, by what was done to it.
type history struct {
	*yearTest
	versions []version
}

// version is a case from then on.
type version struct {
	at time.Time
	c  workflow.Complaint
}

func (c *history) now() *workflow.Complaint { return &c.versions[len(c.versions)-1].c }

// secretOf is a word that no message may hold.
const secretOf = "Geheimnaam"

// log registers a complaint, some of them about somebody of the roster, some
// late.
func (y *yearTest) log() {
	l := bottest.Complaint()
	l.Facts.Received = y.today().AddDays(-max(0, y.luck.IntN(14)-8))
	if y.luck.IntN(20) == 0 {
		l.Facts.Received = y.today().AddDays(-y.luck.IntN(60))
	}
	l.Particulars.Name, l.Particulars.Story = secretOf, "Het was koud."
	if y.luck.IntN(8) == 0 {
		l.Particulars.Concerns = []roster.PersonID{olga, dirk, piet, eva}[y.luck.IntN(4)]
	}
	done, err := y.db.Apply(y.Context(), workflow.Command{Action: l, By: anna, Gesture: y.gesture()})
	y.must(err)
	c := &history{yearTest: y}
	y.cases[done.Complaint.ID] = c
	c.keep(done.Complaint)
}

// keep takes down what the case is now, and plans the next act: after hours,
// days or weeks, so that some are forgotten.
func (c *history) keep(now workflow.Complaint) {
	c.versions = append(c.versions, version{time.Now(), now})
	days := c.luck.ExpFloat64() * 3
	if now.State == workflow.StateClosed {
		days += 40
	}
	at := time.Now().Add(time.Duration(days*24*60)*time.Minute + time.Duration(c.luck.IntN(3600))*time.Second)
	c.plan(at, c.act)
}

// act does one of the things that are possible now.
func (c *history) act() {
	now, err := c.db.Case(c.Context(), c.now().ID)
	c.must(err)
	a := c.draw(&now, c.choose(&now))
	if a == nil {
		c.keep(now)
		return
	}
	done, err := c.db.Apply(c.Context(), workflow.Command{Case: now.ID, Action: a, By: c.by(&now, a), Gesture: c.gesture()})
	if workflow.Refused(err) != nil {
		done.Complaint = now
	} else {
		c.must(err)
	}
	c.keep(done.Complaint)
}

// choose draws what is done: every other time what settles something, else
// anything that the case message offers.
func (c *history) choose(now *workflow.Complaint) workflow.ActionName {
	watches := c.policy.Watches(now, c.today())
	if len(watches) > 0 && c.luck.IntN(2) == 0 {
		return watches[c.luck.IntN(len(watches))].Kind.Settlers()[0]
	}
	possible := c.policy.OnMessage(now, c.today())
	return possible[c.luck.IntN(len(possible))]
}

func (c *history) by(now *workflow.Complaint, a workflow.Action) roster.PersonID {
	if a.Name() == workflow.ActionMailFailed {
		return roster.Clock
	}
	if now.Owner != "" {
		return now.Owner
	}
	return dirk
}

// draw fills an action in; a look at a case stands for snoozing, a letter that
// failed and a correction. Nil: nothing is done.
func (c *history) draw(now *workflow.Complaint, name workflow.ActionName) workflow.Action {
	today := c.today()
	sent := workflow.Sent{Date: today, Way: workflow.ContactWays()[c.luck.IntN(3)], Body: "Beste,", Letter: "Beste,"}
	days := func(n int) calendar.Date { return today.AddDays(1 + c.luck.IntN(n)) }
	switch name {
	case workflow.ActionAcknowledge:
		return workflow.Acknowledge{Sent: sent}
	case workflow.ActionQuestion:
		return workflow.Question{Sent: sent}
	case workflow.ActionAnswer:
		return workflow.Answer{Date: today, Way: workflow.WayPhone, Text: "Dinsdag."}
	case workflow.ActionProgress:
		return workflow.Progress{Sent: sent, Reason: "Druk.", Expected: days(55)}
	case workflow.ActionResolve:
		return workflow.Resolve{
			Verdict: workflow.VerdictUpheld, Outcome: "Gelijk.", Cause: "facilities", Lesson: "Stook.",
			Contact: today, Way: workflow.WayPhone, Reaction: "Goed.",
		}
	case workflow.ActionConfirm:
		return workflow.Confirm{Sent: sent}
	case workflow.ActionAssign:
		all := c.policy.Roster.Eligible(now.Particulars.Concerns)
		return workflow.Assign{Owner: all[c.luck.IntN(len(all))]}
	case workflow.ActionHold:
		return workflow.Hold{Reason: "Zaak.", Review: days(150)}
	case workflow.ActionDispute:
		return c.seldom(c.disputed(now))
	case workflow.ActionWithdraw:
		return c.seldom(workflow.Withdraw{Reason: "Laat maar."})
	case workflow.ActionReopen:
		return c.seldom(workflow.Reopen{Reason: "Nieuws."})
	case workflow.ActionNote:
		return workflow.Note{Text: "Gebeld."}
	case workflow.ActionCorrect:
		return c.corrected(now)
	case workflow.ActionIdentity:
		return c.snoozed(now, days(9))
	case workflow.ActionDossier:
		return failedLetter(now)
	}
	return nil
}

// disputed goes to the committee, hears its dates, sends the defence, or comes to an
// end there.
func (c *history) disputed(now *workflow.Complaint) workflow.Action {
	today, known := c.today(), now.DisputeDates()
	a := workflow.Dispute{Date: today, Reference: "GC", Shown: known, Dates: known}
	switch c.luck.IntN(5) {
	case 0, 1:
		a.Dates.Defence = today.AddDays(1 + c.luck.IntN(30))
	case 2:
		if !known.Defence.IsZero() && known.Sent.IsZero() {
			a.Dates.Sent = today
		}
	case 3:
		a.Ruling, a.Verdict = "Ongegrond.", workflow.RulingNotUpheld
	case 4:
		a.Ended = workflow.DisputeEndings()[c.luck.IntN(3)]
	}
	return a
}

func (c *history) seldom(a workflow.Action) workflow.Action {
	if c.luck.IntN(3) > 0 {
		return nil
	}
	return a
}

// corrected moves the date of receipt, or finds out whom it concerns.
func (c *history) corrected(now *workflow.Complaint) workflow.Action {
	l := workflow.File{Facts: now.Facts, Particulars: now.Particulars}
	if c.luck.IntN(3) == 0 {
		l.Particulars.Concerns = []roster.PersonID{olga, dirk, eva}[c.luck.IntN(3)]
	} else {
		l.Facts.Received = l.Facts.Received.AddDays(c.luck.IntN(7) - 3)
	}
	return workflow.Correct{File: l, Reason: "Verkeerd verstaan."}
}

func (c *history) snoozed(now *workflow.Complaint, until calendar.Date) workflow.Action {
	for _, w := range c.policy.Watches(now, c.today()) {
		if w.Promised() {
			return workflow.Snooze{What: w.Kind, Reason: "Vakantie.", Until: until}
		}
	}
	return nil
}

// failedLetter is the mail client's report that the last letter did not arrive.
func failedLetter(now *workflow.Complaint) workflow.Action {
	kinds := map[workflow.PromiseKind]workflow.RecordKind{
		workflow.PromiseAcknowledgement: workflow.RecordAcknowledgement,
		workflow.PromiseConfirmation:    workflow.RecordConfirmation,
	}
	for _, p := range now.Promises {
		if kind, ok := kinds[p.Kind]; ok && p.Kept.Way == workflow.WayEmail {
			return workflow.MailFailed{Kind: kind, At: p.Kept.At, Fault: "smtp_refused_550"}
		}
	}
	return nil
}
