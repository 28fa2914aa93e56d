package workflow

import (
	"maps"
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
)

// Sent is a letter or call to the complainant: when, how, and what it said.
// Body is what the officer wrote, Letter the whole text as it left, with the
// fixed paragraphs. With Mail the bot sends the letter itself, today and by
// e-mail. Unfilled says that the body still has words in it that the officer was
// to replace.
type Sent struct {
	Date     calendar.Date
	Way      Way
	Body     Confidential
	Letter   Confidential
	Mail     bool
	Unfilled bool
}

// Acknowledge records the acknowledgement of receipt (R2).
type Acknowledge struct{ Sent }

func (a Acknowledge) perform(s *step) {
	s.sent(a.Sent)
	s.keepLetter(PromiseAcknowledgement, a.Sent)
	s.recordLetter(a.Sent, RecordAcknowledgement, nil)
	s.showAction(ActionAcknowledge)
}

// Question records a question to the complainant. The terms run on (R6).
type Question struct{ Sent }

func (a Question) perform(s *step) {
	s.sent(a.Sent)
	if a.Way == WayNotPossible {
		s.refuse("way", CodeWayImpossible)
	}
	if s.Complaint.WaitingSince.IsZero() {
		s.Complaint.WaitingSince = a.Date
	}
	s.Complaint.WaitingReminders = ""
	s.reacted(a.Date, a.Way)
	s.recordLetter(a.Sent, RecordQuestion, nil)
	s.showAction(ActionQuestion)
}

// stopWaiting ends the wait for the complainant and counts its days (R6).
func (s *step) stopWaiting(until calendar.Date) {
	c := &s.Complaint
	if !c.WaitingSince.IsZero() {
		c.WaitedDays += max(0, until.DaysSince(c.WaitingSince))
	}
	c.WaitingSince, c.WaitingReminders = calendar.Date{}, ""
}

// Answer records the complainant's answer.
type Answer struct {
	Date calendar.Date
	Way  Way
	Text Confidential
}

func (a Answer) perform(s *step) {
	s.date("date", a.Date)
	s.way("way", a.Way)
	s.text("answer", a.Text)
	if a.Way == WayNotPossible {
		s.refuse("way", CodeWayImpossible)
	}
	s.stopWaiting(a.Date)
	s.record(Record{Kind: RecordAnswer, Date: a.Date, Way: a.Way, Texts: texts{"answer": a.Text}})
	s.showAction(ActionAnswer)
}

// NoticeMonths is how many months after a progress notice the outcome may be
// expected at most (R4).
const NoticeMonths = 2

// Progress records a notice that the outcome will be later than promised, why,
// and by when it is expected: at most two months after the notice (R4). It may
// be repeated.
type Progress struct {
	Sent
	Reason   Confidential
	Expected calendar.Date
}

// perform promises the outcome, or a new notice, by the expected date (R4). The
// date of R3 itself never changes.
func (a Progress) perform(s *step) {
	s.sent(a.Sent)
	s.text("reason", a.Reason)
	if a.Way == WayNotPossible {
		s.refuse("way", CodeWayImpossible)
	}
	s.expected(a)
	if len(s.refusals) > 0 {
		return
	}
	s.keepLetter(PromiseProgress, a.Sent)
	s.promise(PromiseProgress, s.counts(a.Date, a.Way), a.Expected)
	s.reacted(a.Date, a.Way)
	s.tellDirectors()
	s.recordLetter(a.Sent, RecordProgress, texts{
		"reason": a.Reason, "expected_date": Confidential(a.Expected.String()),
	})
	s.showAction(ActionProgress)
}

// recordLetter adds a letter to the dossier, with further texts that belong to
// it, and has it mailed when the bot is to do that.
func (s *step) recordLetter(l Sent, kind RecordKind, more texts) {
	all := texts{"body": l.Body, "letter": l.Letter}
	maps.Copy(all, more)
	s.record(Record{Kind: kind, Date: l.Date, Way: l.Way, Texts: all})
	if l.Mail {
		s.show(LetterWritten{kind})
	}
}

// MailFailed reports that a letter can't be delivered, so that the promises that
// it kept are open again. At is when the letter was recorded, and Fault the
// reason in one word. Expired says that nobody refused it: it was put off until
// its time was over.
type MailFailed struct {
	Kind    RecordKind
	At      time.Time
	Fault   string
	Expired bool
}

// MailDoubt reports that nobody knows whether a letter left. It is not sent again
// unless somebody asks for that. Version is the version of the change that
// recorded the letter.
type MailDoubt struct {
	Version int
	Fault   string
}

// MailWaits reports that a letter has not left yet, and is tried again. Version
// is the version of the change that recorded it.
type MailWaits struct {
	Version int
	Fault   string
}

// MailLeft reports that a letter left of which MailWaits had said that it did not.
type MailLeft struct{}

// MailSelf records that the officer sent a letter that waits: the bot does not
// send it any more. Version is the version of the change that recorded it. The
// register refuses it once the letter is leaving or waits no more.
type MailSelf struct{ Version int }

// MailAgain sends a letter again. Version is the version of the change that
// recorded it.
type MailAgain struct{ Version int }

// keptByLetter lists the promises that each kind of letter keeps.
var keptByLetter = map[RecordKind][]PromiseKind{
	RecordAcknowledgement: {PromiseAcknowledgement},
	RecordProgress:        {PromiseProgress},
	RecordConfirmation:    {PromiseConfirmation, PromiseAcknowledgement, PromiseOutcome, PromiseProgress},
}

// perform opens the promises that the letter kept, since it reached nobody. The
// case returns to where they can be kept again, and its handler reads of it in
// the thread.
func (a MailFailed) perform(s *step) {
	s.takeBack(a)
	c := &s.Complaint
	over := c.over() && s.landed == StateNone
	for i, p := range c.Promises {
		switch {
		case !slices.Contains(keptByLetter[a.Kind], p.Kind) || !p.Kept.At.Equal(a.At):
		case p.Kind == PromiseProgress && !c.outcomeOf(i).Open():
			c.Promises[i] = p.settledAs(c.outcomeOf(i)) // what it was about is over
		case over && a.Kind == RecordConfirmation:
			c.Promises[i] = p.settledAs(c.saidLater(p.Kind))
		case over && a.Kind == RecordAcknowledgement:
			c.Promises[i] = p.settledAs(c.saidLater(p.Kind))
		case a.heardBefore(c, p.Kind):
		default:
			c.Promises[i].Kept, c.Promises[i].Reminders = Kept{}, ""
		}
	}
	s.record(Record{Kind: RecordMailFailed, Date: s.today, Texts: texts{
		"fault": Confidential(a.Fault), textLetterKind: Confidential(a.Kind), textLetterAt: Confidential(a.At.UTC().Format(time.RFC3339)),
	}})
	s.show(CaseChanged{})
	if a.Expired {
		s.show(LetterExpired{a.Kind})
		return
	}
	s.show(LetterFailed{a.Kind})
}

// takeBack undoes what a letter did beside keeping a promise. The effect of a
// newer letter of its kind stands. A case that is at the dispute committee by now
// returns from it to where the letter is still owed.
func (s *step) takeBack(a MailFailed) {
	c := &s.Complaint
	if !a.heardBefore(c, PromiseOutcome) {
		c.Reactions = c.Reactions.Without(a.At)
	}
	at, back := c.State, &s.landed
	if c.State == StateDisputed {
		at, back = c.Dispute.From, &c.Dispute.From
	}
	switch {
	case a.Kind == RecordConfirmation && at == StateClosed:
		if sent, _ := c.Promise(PromiseConfirmation); sent.Kept.At.Equal(a.At) {
			*back, c.ClosedAt = StateDecided, time.Time{}
		}
	case a.Kind == RecordQuestion && at == StateWaiting:
		if c.Last.Action != ActionQuestion || !c.Last.At.After(a.At) {
			*back = StateInProgress
			c.WaitingSince, c.WaitingReminders = calendar.Date{}, ""
		}
	case a.Kind == RecordProgress:
		if i := c.open(PromiseProgress); i >= 0 && c.madeBy(i, a.At) {
			c.Promises[i].Lapsed = s.today
		}
	}
}

// madeBy reports whether the progress promise with that index was made by the
// notice of that instant: the notice kept the one before, if there was one.
func (c *Complaint) madeBy(index int, at time.Time) bool {
	for _, p := range slices.Backward(c.Promises[:index]) {
		switch {
		case p.Kind == PromiseOutcome:
			return true // the first notice since that was promised
		case p.Kind == PromiseProgress && p.Lapsed.IsZero():
			return p.Kept.At.Equal(at)
		}
	}
	return true
}

func (a MailDoubt) perform(s *step) {
	s.record(Record{Kind: RecordMailDoubt, Date: s.today, Texts: texts{"fault": Confidential(a.Fault)}})
	s.show(LetterInDoubt{a.Version})
}

func (a MailWaits) perform(s *step) {
	s.record(Record{Kind: RecordMailWaits, Date: s.today, Texts: texts{"fault": Confidential(a.Fault)}})
	s.show(LetterWaits{a.Version})
}

func (MailLeft) perform(s *step) {
	s.record(Record{Kind: RecordMailLeft, Date: s.today, Way: WayEmail})
	s.show(ActionTaken{ActionMailLeft})
}

// perform leaves the letter's date as it was: it left the officer's hands then,
// as one does that a mail server takes late.
func (a MailSelf) perform(s *step) {
	if a.Version <= 0 || a.Version > s.Complaint.Version {
		s.refuse("", CodeNotNow)
	}
	s.record(Record{Kind: RecordMailSelf, Date: s.today})
	s.show(ActionTaken{ActionMailSelf})
}

func (a MailAgain) perform(s *step) {
	if a.Version <= 0 || a.Version > s.Complaint.Version {
		s.refuse("", CodeNotNow)
	}
	s.show(LetterRepeated(a))
	s.show(ActionTaken{ActionMailAgain})
}

// Notices is how many progress notices the complainant got.
func (c *Complaint) Notices() (n int) {
	for _, p := range c.Promises {
		if p.Kind == PromiseProgress && p.Stands() {
			n++
		}
	}
	return n
}

// ManyNotices is from which notice on the directors are told, and figures show it
// (R4a).
const ManyNotices = 3

// tellDirectors tells the directors, whom it does not concern, of a complainant who
// gets one notice after another.
func (s *step) tellDirectors() {
	c, r := &s.Complaint, s.policy.Roster
	n := c.Notices()
	if n < ManyNotices {
		return
	}
	for _, who := range r.Directors {
		if who != s.by && c.Access(r, who) >= AccessOverview && !r.Presence.Gone[who] {
			s.show(NoticeRepeated{To: who, Count: n})
		}
	}
}
