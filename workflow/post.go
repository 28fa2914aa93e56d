package workflow

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
)

// What becomes of letters that the bot sends by e-mail.

// keptByLetter are the promises that a letter of a kind keeps.
var keptByLetter = map[RecordKind][]PromiseKind{
	RecordAcknowledgement: {PromiseAcknowledgement},
	RecordProgress:        {PromiseProgress},
	RecordConfirmation:    {PromiseConfirmation, PromiseAcknowledgement},
}

// mailFailed takes back what a letter had kept: it did not reach anybody. The
// case returns to where the promise can be kept again, and its handler reads
// of it in the thread.
func (s *step) mailFailed(a MailFailed) {
	s.takeBack(a)
	c := &s.Complaint
	for i, p := range c.Promises {
		switch {
		case !slices.Contains(keptByLetter[a.Kind], p.Kind) || !p.Kept.At.Equal(a.At):
		case p.Kind == PromiseAcknowledgement && a.Kind == RecordAcknowledgement && c.State == StateClosed:
			// The confirmation of the outcome keeps it too.
			if sent, ok := c.Promise(PromiseConfirmation); ok {
				c.Promises[i].Kept = sent.Kept
			}
		default:
			c.Promises[i].Kept, c.Promises[i].Reminders = Kept{}, ""
		}
	}
	s.record(Record{Kind: RecordMailFailed, Date: s.today, Texts: texts{"fault": Confidential(a.Fault)}})
	s.show(CaseChanged{})
	s.show(LetterFailed{a.Kind})
}

// takeBack undoes what a letter did beside keeping a promise. What a newer
// letter of its kind did stands.
func (s *step) takeBack(a MailFailed) {
	c := &s.Complaint
	switch {
	case a.Kind == RecordConfirmation && c.State == StateClosed:
		if sent, _ := c.Promise(PromiseConfirmation); sent.Kept.At.Equal(a.At) {
			s.undone, c.ClosedAt = StateDecided, time.Time{}
		}
	case a.Kind == RecordQuestion && c.State == StateWaiting:
		if c.Last.Action != ActionQuestion || !c.Last.At.After(a.At) {
			s.undone = StateInProgress
			c.WaitingSince, c.WaitingReminders = calendar.Date{}, ""
		}
	case a.Kind == RecordProgress:
		if i := c.open(PromiseProgress); i >= 0 && c.madeBy(i, a.At) {
			c.Promises[i].Lapsed = s.today
		}
	}
}

// madeBy reports whether the notice that was recorded then made the progress
// promise with that index: it kept the one before, if there was one.
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

// mailDoubt tells the handler that nobody knows whether a letter left.
func (s *step) mailDoubt(a MailDoubt) {
	s.record(Record{Kind: RecordMailDoubt, Date: s.today, Texts: texts{"fault": Confidential(a.Fault)}})
	s.show(LetterInDoubt{a.Version})
}

// mailWaits tells the handler that a letter has not left yet.
func (s *step) mailWaits(a MailWaits) {
	s.record(Record{Kind: RecordMailWaits, Date: s.today, Texts: texts{"fault": Confidential(a.Fault)}})
	s.show(ActionTaken{ActionMailWaits})
}

// mailAgain sends a letter once more; the register finds it by its version.
func (s *step) mailAgain(a MailAgain) {
	if a.Version <= 0 || a.Version > s.Complaint.Version {
		s.refuse("", CodeNotNow)
	}
	s.show(LetterRepeated{a.Version})
	s.show(ActionTaken{ActionMailAgain})
}
