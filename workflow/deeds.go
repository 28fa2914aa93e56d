package workflow

import (
	"maps"

	"github.com/artra/klachtbot/workflow/calendar"
)

// What the officer does on the main road: letters, answer, decision.

// maxBody is the longest text that an officer can write in one field: the
// limit of Slack's plain_text_input, in characters.
const maxBody = 3000

func (s *step) acknowledge(a Acknowledge) {
	s.sent(a.Sent)
	s.keepLetter(PromiseAcknowledgement, a.Sent)
	s.recordLetter(a.Sent, RecordAcknowledgement, nil)
	s.showAction(ActionAcknowledge)
}

func (s *step) question(a Question) {
	s.sent(a.Sent)
	if a.Way == WayNotPossible {
		s.refuse("way", CodeWayImpossible)
	}
	if s.Complaint.WaitingSince.IsZero() {
		s.Complaint.WaitingSince = a.Date
	}
	s.Complaint.WaitingReminders = ""
	s.recordLetter(a.Sent, RecordQuestion, nil)
	s.showAction(ActionQuestion)
}

func (s *step) answer(a Answer) {
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

// stopWaiting counts the days waited for the complainant (R6).
func (s *step) stopWaiting(until calendar.Date) {
	c := &s.Complaint
	if !c.WaitingSince.IsZero() {
		c.WaitedDays += max(0, until.DaysSince(c.WaitingSince))
	}
	c.WaitingSince, c.WaitingReminders = calendar.Date{}, ""
}

func (s *step) resolve(a Resolve) {
	s.choice("verdict", known(a.Verdict, Verdicts()))
	s.choice("cause", known(a.Cause, Causes()))
	s.text("outcome", a.Outcome)
	s.optional("remedy", a.Remedy)
	s.optional("lesson", Confidential(a.Lesson))
	s.date("contact_date", a.Contact)
	s.way("contact_way", a.Way)
	s.text("contact_reaction", a.Reaction)
	s.decide(Decision{Verdict: a.Verdict, Cause: a.Cause, Lesson: a.Lesson, On: s.today}, a.Way)
	s.record(Record{Kind: RecordDecision, Date: a.Contact, Way: a.Way, Texts: texts{
		"verdict": Confidential(a.Verdict), "outcome": a.Outcome, "remedy": a.Remedy, "contact_reaction": a.Reaction,
	}})
	s.showAction(ActionResolve)
}

// decide keeps what was promised about the outcome and promises its
// confirmation (R9).
func (s *step) decide(d Decision, way Way) {
	s.stopWaiting(s.today)
	s.Complaint.Decision = d
	kept := Kept{On: d.On, Entered: d.On, Way: way}
	s.keep(PromiseOutcome, kept)
	s.keep(PromiseProgress, kept)
	s.promise(PromiseConfirmation, d.On, d.On.AddDays(s.policy.Terms.ConfirmDays))
}

func (s *step) confirm(a Confirm) {
	s.sent(a.Sent)
	if a.Date.Before(s.Complaint.Decision.On) {
		s.refuseWith("date", CodeDateEarly, Args{Date: s.Complaint.Decision.On})
	}
	s.keepLetter(PromiseConfirmation, a.Sent)
	s.keepLetter(PromiseAcknowledgement, a.Sent)
	s.Complaint.ClosedAt, s.Complaint.RetentionReminders = s.now, ""
	s.recordLetter(a.Sent, RecordConfirmation, nil)
	s.showAction(ActionConfirm)
}

func (s *step) note(a Note) {
	s.text("note", a.Text)
	s.attach(a.Attachments)
	s.record(Record{Kind: RecordNote, Date: s.today, Texts: texts{"note": a.Text}})
	s.show(ActionTaken{ActionNote})
}

func (s *step) lookIdentity(LookIdentity) { s.silent, s.Journal = true, true }
func (s *step) lookDossier(LookDossier)   { s.silent, s.Journal = true, true }
func (s *step) export(Export)             { s.silent, s.Journal = true, true }

func (s *step) disclose(a Disclose) {
	s.silent, s.Journal = true, true
	s.optional("reason", a.Reason)
	s.record(Record{Kind: RecordDisclosure, Date: s.today, Texts: texts{"reason": a.Reason}})
}

// sent checks what every letter has: a date, a way and a body. Only a
// complainant who stays anonymous can't be reached.
func (s *step) sent(l Sent) {
	s.date("date", l.Date)
	s.way("way", l.Way)
	s.text("body", l.Body)
	if l.Way == WayNotPossible && s.Complaint.Facts.Preferred != ContactNone {
		s.refuse("way", CodeWayImpossible)
	}
	if l.Mail {
		s.mailed(l)
	}
}

// mailed checks a letter that the bot sends: by e-mail, today, to an address
// that is known.
func (s *step) mailed(l Sent) {
	switch {
	case l.Way != WayEmail:
		s.refuse("way", CodeMailWay)
	case s.Complaint.Particulars.Email.Blank():
		s.refuse("way", CodeMailNoAddress)
	case l.Date != s.today:
		s.refuse("date", CodeMailToday)
	}
}

// recordLetter keeps a letter, with further texts that belong to it, and has
// it sent when the bot is to do that.
func (s *step) recordLetter(l Sent, kind RecordKind, more texts) {
	all := texts{"body": l.Body, "letter": l.Letter}
	maps.Copy(all, more)
	s.record(Record{Kind: kind, Date: l.Date, Way: l.Way, Texts: all})
	if l.Mail {
		s.show(LetterWritten{kind})
	}
}

// date checks received ≤ date ≤ today (design section 6).
func (s *step) date(field string, d calendar.Date) {
	received := s.Complaint.Facts.Received
	switch {
	case d.IsZero():
		s.refuse(field, CodeDateRequired)
	case d.After(s.today):
		s.refuse(field, CodeDateFuture)
	case d.Before(received):
		s.refuseWith(field, CodeDateEarly, Args{Date: received})
	}
}

func (s *step) way(field string, w Way) { s.choice(field, known(w, ContactWays())) }

func (s *step) choice(field string, ok bool) {
	if !ok {
		s.refuse(field, CodeUnknownChoice)
	}
}

func (s *step) text(field string, t Confidential) {
	if t.Blank() {
		s.refuse(field, CodeRequired)
	}
	s.optional(field, t)
}

func (s *step) optional(field string, t Confidential) {
	if len([]rune(t.Reveal())) > maxBody {
		s.refuseWith(field, CodeTooLong, Args{Max: maxBody})
	}
}
