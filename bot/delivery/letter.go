package delivery

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/mail"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	mailTells = 30 * time.Minute   // after which the officer reads that it does not leave
	mailGives = 5 * 24 * time.Hour // after which a letter that does not leave has failed (RFC 5321, section 4.5.4.1)

	// senderRefused begins the word for a server that refuses the firm's own
	// address: a setting is wrong, and no address of a complainant.
	senderRefused = "smtp_sender_"

	faultMailOff   = "mail_off"        // no mail server is set any more
	faultNoAddress = "mail_no_address" // the address was taken out meanwhile
)

// letterSender carries out the deliveries of letters. Nothing is sent twice and
// nothing stays behind in silence: each ends as sent, or the officer reads in
// the thread what became of it.
type letterSender struct {
	box    Mailbox
	client MailClient // nil: no mail server
	now    func() time.Time
}

// send makes one attempt at a letter; nil means that it is settled, whether it
// left or the officer reads that it did not. stop ends at a stop of the bot: then nothing
// leaves any more, but what is leaving is waited for.
func (s *letterSender) send(stop context.Context, lease outbox.Lease, d outbox.Delivery) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(stop), outbox.MailTime)
	defer cancel()
	version, letter, err := s.letter(ctx, d)
	switch {
	case workflow.Refused(err) != nil:
		return handlers.ErrMoot // erased meanwhile
	case d.Fault == outbox.FaultLeft:
		return s.left(ctx, d)
	case err != nil && d.Fault == outbox.FaultSending:
		return stillInDoubt(err)
	case err != nil:
		return renderError(err)
	case d.Fault == outbox.FaultSending: // whoever sent it died at that moment
		return s.doubt(ctx, d, version, "smtp_in_doubt")
	case s.client == nil:
		return s.report(ctx, lease, d, failed(letter, faultMailOff))
	case letter.To.Blank():
		return s.report(ctx, lease, d, failed(letter, faultNoAddress))
	}
	return s.hand(ctx, stop, attempted{lease, d, version, letter})
}

// attempted is a letter with the delivery that it is attempted for.
type attempted struct {
	lease   outbox.Lease
	d       outbox.Delivery
	version int // of the change that recorded the letter
	letter  outbox.Letter
}

// hand hands the letter to the mail server. When the mark can't be made nothing
// leaves, and there is nothing to tell: the lane is somebody else's, or the
// officer sent the letter themselves meanwhile.
func (s *letterSender) hand(ctx, stop context.Context, a attempted) error {
	message, err := messageOf(a.letter)
	if err != nil {
		return renderError(err)
	}
	var held error
	err = s.client.Send(ctx, message, func(ctx context.Context) error {
		if stop.Err() != nil {
			return slackapi.ErrNotBegun
		}
		held = s.box.MarkSending(ctx, a.lease, a.d)
		return held
	})
	switch {
	case errors.Is(err, slackapi.ErrNotBegun):
		return slackapi.ErrNotBegun
	case held != nil:
		return &mailError{mail.WordOf(err), held}
	}
	return s.settle(ctx, a, err)
}

// letter finds what the delivery is about: the letter of its own change, or the
// one that somebody asked to send again.
func (s *letterSender) letter(ctx context.Context, d outbox.Delivery) (version int, l outbox.Letter, err error) {
	version = d.Version
	if again, ok := d.Payload.(outbox.RepeatedLetter); ok {
		version = again.Version
	}
	l, err = s.box.Letter(ctx, d.Case, version)
	return version, l, err
}

func messageOf(l outbox.Letter) (mail.Message, error) {
	subject, text := letters.Split(l.Text.Reveal())
	page, err := letters.HTML(text, l.Language)
	if err != nil {
		return mail.Message{}, fmt.Errorf("letter as a page: %w", err)
	}
	name := l.Name
	if letters.Anonymous(name) {
		name = ""
	}
	return mail.Message{
		Key: l.Key, To: l.To, ToName: name, Subject: workflow.Confidential(subject),
		Text: workflow.Confidential(text), HTML: workflow.Confidential(page),
	}, nil
}

// settle sorts what became of an attempt.
func (s *letterSender) settle(ctx context.Context, a attempted, err error) error {
	word := mail.WordOf(err)
	switch outcome := mail.OutcomeOf(err); {
	case outcome == mail.Sent:
		return s.left(ctx, a.d)
	case outcome == mail.Refused && !strings.HasPrefix(word, senderRefused):
		return s.report(ctx, a.lease, a.d, failed(a.letter, word))
	case outcome == mail.InDoubt:
		return s.doubt(ctx, a.d, a.version, word)
	}
	switch waited := s.now().Sub(a.d.FirstTry); {
	case waited >= mailGives:
		over := failed(a.letter, word)
		over.Expired = true
		return s.report(ctx, a.lease, a.d, over)
	case waited >= mailTells:
		if err := s.report(ctx, a.lease, a.d, workflow.MailWaits{Version: a.version, Fault: word}); err != nil {
			return err
		}
	}
	return &mailError{word: word}
}

func failed(l outbox.Letter, word string) workflow.MailFailed {
	return workflow.MailFailed{Kind: l.Kind, At: l.At, Fault: word}
}

// left calls the alarm off when the officer had read that the letter waits. Until
// the case says so the delivery stays.
func (s *letterSender) left(ctx context.Context, d outbox.Delivery) error {
	if d.Attempts <= 1 {
		return nil
	}
	told, err := s.box.CarriedOut(ctx, gestureOf(d, workflow.ActionMailWaits))
	if err == nil && told {
		err = s.tell(ctx, d, workflow.MailLeft{})
	}
	if err != nil {
		return &mailError{outbox.FaultLeft, err}
	}
	return nil
}

// report brings the word of a letter that did not leave to the case, unless the
// officer sent it themselves meanwhile.
func (s *letterSender) report(ctx context.Context, lease outbox.Lease, d outbox.Delivery, a workflow.Action) error {
	if err := s.box.MarkReporting(ctx, lease, d); err != nil {
		return &mailError{outbox.FaultReporting, err}
	}
	return s.tell(ctx, d, a)
}

// tell brings a word to the case. The gesture is the delivery's, so that an
// attempt which is repeated says nothing twice.
func (s *letterSender) tell(ctx context.Context, d outbox.Delivery, a workflow.Action) error {
	_, err := s.box.Apply(ctx, workflow.Command{Case: d.Case, Action: a, By: roster.Clock, Gesture: gestureOf(d, a.Name())})
	if err != nil && workflow.Refused(err) == nil {
		return renderError(err)
	}
	return nil
}

func gestureOf(d outbox.Delivery, a workflow.ActionName) string {
	return "mail|" + strconv.FormatInt(d.ID, 10) + "|" + string(a)
}

// doubt records on the case that nobody knows whether the letter left. Until
// that succeeds the delivery stays marked: without the mark the letter would be
// sent again.
func (s *letterSender) doubt(ctx context.Context, d outbox.Delivery, version int, word string) error {
	if err := s.tell(ctx, d, workflow.MailDoubt{Version: version, Fault: word}); err != nil {
		return stillInDoubt(err)
	}
	return nil
}

// stillInDoubt is a letter that may have left and must not be sent, though the
// case does not say so yet.
func stillInDoubt(cause error) error { return &mailError{outbox.FaultSending, cause} }

// mailError is a letter that is tried again, or whose doubt is recorded again.
type mailError struct {
	word  string
	cause error // nil for what a mail server said
}

func (e *mailError) Error() string { return e.word }
func (e *mailError) Unwrap() error { return e.cause }

// mailFault returns the word of a letter that did not leave, "" for any other
// error.
func mailFault(err error) string {
	var e *mailError
	if errors.As(err, &e) {
		return e.word
	}
	return ""
}

// When a letter is tried that the server puts off (RFC 5321, section 4.5.4.1):
// soon at first, since greylisting ends after some minutes, then no sooner than
// half an hour after the last try, and less often when that did not help either.
// One try falls on the half-hour at which the officer is told.
var firstTries = []time.Duration{5 * time.Minute, 15 * time.Minute, mailTells}

const (
	laterTries = 30 * time.Minute
	lastTries  = 2 * time.Hour
	oftenUntil = 8 * time.Hour
)

// letterRetry is when a letter is tried again that did not leave for that reason.
// What no server answered, and what the register has to say, is tried sooner.
func letterRetry(d outbox.Delivery, fault string, now time.Time) time.Time {
	soon := now.Add(slackapi.Backoff(d.Attempts, unsureBase, unsureMost))
	waited := now.Sub(d.FirstTry)
	switch {
	case !smtpFault(fault):
		return soon
	case unanswered(fault) && waited < mailTells:
		if tells := d.FirstTry.Add(mailTells); tells.Before(soon) {
			return tells
		}
		return soon
	}
	for _, after := range firstTries {
		if waited < after {
			return d.FirstTry.Add(after)
		}
	}
	if waited < oftenUntil {
		return now.Add(laterTries)
	}
	return now.Add(lastTries)
}

// smtpFault reports whether a letter waits for the mail server.
func smtpFault(fault string) bool { return strings.HasPrefix(fault, "smtp_") && fault != "smtp_held" }

// unanswered reports whether there was no server, or no way to talk to it.
func unanswered(fault string) bool { return fault == "smtp_connect" || fault == "smtp_tls" }
