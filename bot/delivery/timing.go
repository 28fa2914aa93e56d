package delivery

import (
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
)

// When a delivery may be tried, beside what its settlement said (outcome.go).

// onWall turns an instant of the procedure's clock, until which a delivery has
// to wait, into one of the wall clock, which the outbox goes by. The
// outbox retries before that, as hours, holidays and the procedure's clock may
// be set otherwise meanwhile.
func (m *messages) onWall(err error) error {
	var later *handlers.Later
	if !errors.As(err, &later) {
		return err
	}
	wait := min(max(later.At.Sub(m.procedure()), leastWait), waitMost)
	return &notYet{at: m.now().Add(wait), shut: true}
}

// quietUntil is when a repeated delivery may search Slack for its message. An attempt that
// this process made is timed by its settlement, and one of another replica
// by the lease, which is longer than the HTTP timeout. What is left is a
// process that died and came back at once: its last call may still be on its
// way.
func (m *messages) quietUntil(d outbox.Delivery) time.Time {
	switch {
	case d.Attempts <= 1, m.mine.made(d.ID, d.Attempts-1):
		return time.Time{}
	case d.Attempts == 2 && d.FirstTry.Before(m.started):
		return d.FirstTry.Add(m.patience)
	}
	return m.started.Add(m.patience)
}

// lastWord is until when Slack may carry out what an attempt asked for that
// began then. Of what takes long to prepare the last call comes at any time
// up to now.
func (m *messages) lastWord(d outbox.Delivery, began time.Time) time.Time {
	if d.Kind().Slow() {
		began = m.now()
	}
	return began.Add(m.patience)
}

// settled remembers an attempt of this process, as long as that matters.
func (m *messages) settled(d outbox.Delivery) {
	if m.now().Before(m.started.Add(m.patience)) {
		m.mine.add(d.ID, d.Attempts)
	}
}

// attempts knows the last attempt at each delivery.
type attempts struct {
	mu   sync.Mutex
	last map[int64]int
}

func (a *attempts) add(id int64, attempt int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.last == nil {
		a.last = map[int64]int{}
	}
	a.last[id] = attempt
}

func (a *attempts) made(id int64, attempt int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.last[id] == attempt
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
