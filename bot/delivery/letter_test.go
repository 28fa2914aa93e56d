package delivery

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/mail"
	"github.com/artra/klachtbot/mail/mailtest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// mailbox is the register as far as a letter is concerned: one letter, the
// mark that it is leaving, and what was said of it.
type mailbox struct {
	mu     sync.Mutex
	letter outbox.Letter
	lost   bool // the lease went to somebody else
	away   bool // the register answers nothing but Sending
	// awayOnceMarked: it answers nothing any more once a letter is leaving.
	awayOnceMarked bool
	marked         int
	said           []string // actions, once for each gesture
	known          map[string]bool
}

func (m *mailbox) Letter(_ context.Context, _ workflow.CaseID, version int) (outbox.Letter, error) {
	if m.away && m.marked > 0 {
		return outbox.Letter{}, errAway
	}
	if version != 7 {
		return outbox.Letter{}, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return m.letter, nil
}

var errAway = errors.New("register away")

func (m *mailbox) MarkSending(context.Context, outbox.Lease, outbox.Delivery) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lost {
		return queue.ErrLeaseLost
	}
	m.marked++
	m.away = m.away || m.awayOnceMarked
	return nil
}

func (m *mailbox) MarkReporting(context.Context, outbox.Lease, outbox.Delivery) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lost {
		return queue.ErrLeaseLost
	}
	return nil
}

func (m *mailbox) CarriedOut(_ context.Context, gesture string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return false, errAway
	}
	return m.known[gesture], nil
}

func (m *mailbox) Apply(_ context.Context, c workflow.Command) (workflow.Result, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return workflow.Result{}, errAway
	}
	if m.known == nil {
		m.known = map[string]bool{}
	}
	if c.By == roster.Clock && !m.known[c.Gesture] {
		m.known[c.Gesture] = true
		m.said = append(m.said, string(c.Action.Name()))
	}
	return workflow.Result{}, nil
}

// newLetterSender returns a sender of letters before a real server, with a letter to be sent.
func newLetterSender(t *testing.T, server *mailtest.Server) (*letterSender, *mailbox) {
	t.Helper()
	box := &mailbox{letter: outbox.Letter{
		Kind: workflow.RecordAcknowledgement, At: time.Now(), Key: "key", Language: "nl",
		To: "noor@example.org", Name: "Noor Voorbeeld", Text: "Ontvangstbevestiging\n\nBeste Noor,\n\n" + confided + "\n",
	}}
	config, err := mail.Parse(server.URL(""))
	if err != nil {
		t.Fatal(err)
	}
	from, err := mail.ParseSender("artra <klachten@example.com>")
	if err != nil {
		t.Fatal(err)
	}
	return &letterSender{box: box, client: mail.New(config, from), now: time.Now}, box
}

func letterDelivery() outbox.Delivery {
	return outbox.Delivery{
		ID: 1, Lane: outbox.LaneLetters, Case: "case", Payload: outbox.NewLetter{Letter: "acknowledgement"},
		Version: 7, Attempts: 1, FirstTry: time.Now(),
	}
}

// TestLetter_everyEndOfALetter: sent, tried again, refused, in doubt, and what the
// officer is told.
func TestLetter_everyEndOfALetter(t *testing.T) {
	for _, test := range []struct {
		name   string
		server func(*mailtest.Server)
		change func(*letterSender, *mailbox, *outbox.Delivery)
		fault  string // of the attempt, "" when it is settled
		moot   bool
		said   []string
		sent   int
		marked int // beside those that were sent
	}{
		{name: "taken", sent: 1},
		{name: "asked for again", sent: 1, change: func(_ *letterSender, _ *mailbox, d *outbox.Delivery) {
			d.Version, d.Payload = 9, outbox.RepeatedLetter{Version: 7}
		}},
		{name: "refused for good", server: func(s *mailtest.Server) { s.Refuse(mailtest.AtRecipient, 550) }, said: []string{"mail_failed"}},
		{name: "not now", server: func(s *mailtest.Server) { s.Refuse(mailtest.AtRecipient, 450) }, fault: "smtp_refused_450"},
		{name: "not now, for the tenth time within half an hour", server: func(s *mailtest.Server) { s.Refuse(mailtest.AtRecipient, 450) },
			fault: "smtp_refused_450", change: triedFor(10, 29*time.Minute)},
		{name: "not now, for half an hour", server: func(s *mailtest.Server) { s.Refuse(mailtest.AtRecipient, 450) }, fault: "smtp_refused_450",
			said: []string{"mail_waits"}, change: triedFor(2, 30*time.Minute)},
		{name: "not now, for four days", server: func(s *mailtest.Server) { s.Refuse(mailtest.AtLetter, 451) }, fault: "smtp_letter_451",
			said: []string{"mail_waits"}, change: triedFor(60, 4*24*time.Hour), marked: 2},
		{name: "not now, for five days", server: func(s *mailtest.Server) { s.Refuse(mailtest.AtRecipient, 450) },
			said: []string{"mail_failed"}, change: triedFor(70, 5*24*time.Hour+time.Minute)},
		{name: "taken at last, before anybody was told", sent: 1, change: triedFor(3, 20*time.Minute)},
		{name: "taken at last, though the officer was told", sent: 1, said: []string{"mail_left"}, change: func(s *letterSender, b *mailbox, d *outbox.Delivery) {
			triedFor(5, time.Hour)(s, b, d)
			b.known = map[string]bool{"mail|1|mail_waits": true}
		}},
		{name: "left, and the case was not told so", said: []string{"mail_left"}, change: func(s *letterSender, b *mailbox, d *outbox.Delivery) {
			triedFor(6, time.Hour)(s, b, d)
			d.Fault, b.known = outbox.FaultLeft, map[string]bool{"mail|1|mail_waits": true}
		}},
		{name: "our own address is refused", server: func(s *mailtest.Server) { s.Refuse(mailtest.AtSender, 550) }, fault: "smtp_sender_550"},
		{name: "nobody answers", server: func(s *mailtest.Server) { s.Stop() }, fault: "smtp_connect"},
		{name: "the answer is lost", server: func(s *mailtest.Server) { s.Abort(mailtest.AtLetter) }, said: []string{"mail_doubt"}, sent: 1},
		{name: "died while it left", said: []string{"mail_doubt"}, change: func(_ *letterSender, _ *mailbox, d *outbox.Delivery) { d.Fault = outbox.FaultSending }},
		{name: "no server any more", said: []string{"mail_failed"}, change: func(m *letterSender, _ *mailbox, _ *outbox.Delivery) { m.client = nil }},
		{name: "no address any more", said: []string{"mail_failed"}, change: func(_ *letterSender, b *mailbox, _ *outbox.Delivery) { b.letter.To = "" }},
		{name: "erased", moot: true, change: func(_ *letterSender, _ *mailbox, d *outbox.Delivery) { d.Version = 8 }},
	} {
		server := mailtest.Start(t, mailtest.Options{})
		m, box := newLetterSender(t, server)
		if test.server != nil {
			test.server(server)
		}
		d := letterDelivery()
		if test.change != nil {
			test.change(m, box, &d)
		}
		for range 2 { // an attempt that is repeated says nothing twice
			err := m.send(t.Context(), outbox.Lease{}, d)
			if mailFault(err) != test.fault || errors.Is(err, handlers.ErrMoot) != test.moot || (err != nil) != (test.fault != "" || test.moot) {
				t.Errorf("%s: %v, want %q", test.name, err, test.fault)
			}
			if test.sent > 0 {
				break
			}
		}
		if !cmp.Equal(box.said, test.said) || len(server.Letters()) != test.sent || box.marked != test.sent+test.marked {
			t.Errorf("%s: said %q, %d letters, marked %d times", test.name, box.said, len(server.Letters()), box.marked)
		}
	}
}

// triedFor is a letter that was tried so many times in that long.
func triedFor(attempts int, waited time.Duration) func(*letterSender, *mailbox, *outbox.Delivery) {
	return func(_ *letterSender, _ *mailbox, d *outbox.Delivery) {
		d.Attempts, d.FirstTry = attempts, time.Now().Add(-waited)
	}
}

// TestLetter_triedOnTheTermsOfSMTP: a server that says "later" is asked soon at
// first, at the half-hour at which the officer is told, then at least half an hour
// apart, and for five days.
func TestLetter_triedOnTheTermsOfSMTP(t *testing.T) {
	d := letterDelivery()
	first := d.FirstTry
	var tries []time.Duration
	words := []string{"smtp_refused_450", "smtp_sender_451", "smtp_letter_421", "smtp_auth"} // cmail-mta/cmail#24: also at MAIL FROM
	for now := first; now.Sub(first) < mailGives; d.Attempts++ {
		next := outcome(d, outbox.Posted{}, &mailError{word: words[d.Attempts%len(words)]}, time.Time{}, now).Retry
		tries, now = append(tries, next.Sub(first)), next
	}
	if want := []time.Duration{5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour}; !cmp.Equal(tries[:4], want) {
		t.Errorf("the first tries come after %v", tries[:4])
	}
	for i := range tries[3:] {
		if gap := tries[i+3] - tries[i+2]; gap < 30*time.Minute || gap > 2*time.Hour {
			t.Errorf("try %d comes %v after the one before", i+4, gap)
		}
	}
	if n := len(tries); n > 100 {
		t.Errorf("%d tries", n)
	}
}

// TestLetter_noServerIsTriedSooner: a server that does not answer is no server that
// asks for patience, and the officer hears of it at the half-hour all the same.
func TestLetter_noServerIsTriedSooner(t *testing.T) {
	d := letterDelivery()
	d.Attempts = 20
	for waited, most := range map[time.Duration]time.Duration{
		time.Minute: 5 * time.Minute, 29 * time.Minute: time.Minute, 31 * time.Minute: 30 * time.Minute, 9 * time.Hour: 2 * time.Hour,
	} {
		now := d.FirstTry.Add(waited)
		if next := outcome(d, outbox.Posted{}, &mailError{word: "smtp_connect"}, time.Time{}, now).Retry; next.Sub(now) > most || !next.After(now) {
			t.Errorf("after %v it is tried %v later", waited, next.Sub(now))
		}
	}
	d.Attempts, d.Fault = 1, outbox.FaultSending
	if next := letterRetry(d, outbox.FaultSending, d.FirstTry.Add(time.Hour)); next.After(d.FirstTry.Add(time.Hour + time.Second)) {
		t.Error("what the case must be told waits for a mail server")
	}
}

// TestLetter_leftIsSaidLater: a letter that left is not sent again because the
// case could not be told so at once.
func TestLetter_leftIsSaidLater(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	m, box := newLetterSender(t, server)
	box.known = map[string]bool{"mail|1|mail_waits": true}
	d := letterDelivery()
	triedFor(5, time.Hour)(m, box, &d)
	box.awayOnceMarked = true
	settled := outcome(d, outbox.Posted{}, m.send(t.Context(), outbox.Lease{}, d), time.Time{}, time.Now())
	if settled.Fault != outbox.FaultLeft || settled.Retry.IsZero() {
		t.Errorf("%+v", settled)
	}
	box.away, box.awayOnceMarked = false, false
	d.Fault, d.Attempts = settled.Fault, d.Attempts+1
	if err := m.send(t.Context(), outbox.Lease{}, d); err != nil {
		t.Error(err)
	}
	if len(server.Letters()) != 1 || !cmp.Equal(box.said, []string{"mail_left"}) {
		t.Errorf("%d letters, said %q", len(server.Letters()), box.said)
	}
}

// TestLetter_nothingLeavesWithoutTheMark: another sender has the lane, or the bot
// stops.
func TestLetter_nothingLeavesWithoutTheMark(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	m, box := newLetterSender(t, server)
	box.lost = true
	if err := m.send(t.Context(), outbox.Lease{}, letterDelivery()); err == nil {
		t.Error("sent in a lane that is somebody else's")
	}
	box.lost = false
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := m.send(stopped, outbox.Lease{}, letterDelivery()); !errors.Is(err, slackapi.ErrNotBegun) {
		t.Errorf("while stopping: %v", err)
	}
	if len(server.Letters()) > 0 || len(box.said) > 0 {
		t.Errorf("%d letters, said %q", len(server.Letters()), box.said)
	}
}

// TestLetter_doubtOutlastsTheRegister: a letter of which nobody knows whether it left
// is not sent again because the register could not be told so at once.
func TestLetter_doubtOutlastsTheRegister(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	m, box := newLetterSender(t, server)
	server.Abort(mailtest.AtLetter)
	box.away = true
	d := letterDelivery()
	for range 3 {
		settled := outcome(d, outbox.Posted{}, m.send(t.Context(), outbox.Lease{}, d), time.Time{}, time.Now())
		if settled.Fault != outbox.FaultSending || settled.Retry.IsZero() {
			t.Errorf("attempt %d: %+v", d.Attempts, settled)
		}
		d.Fault, d.Attempts = settled.Fault, d.Attempts+1
	}
	box.away = false
	if err := m.send(t.Context(), outbox.Lease{}, d); err != nil {
		t.Error(err)
	}
	if len(server.Letters()) != 1 || !cmp.Equal(box.said, []string{"mail_doubt"}) {
		t.Errorf("%d letters, said %q", len(server.Letters()), box.said)
	}
}

// TestLetter_aPanicAboutALetterIsDoubt: it may have left by then.
func TestLetter_aPanicAboutALetterIsDoubt(t *testing.T) {
	s := &Sender{panics: recovered(&bottest.Log{})} // without a sender of letters
	_, err := s.attempt(t.Context(), outbox.Lease{}, letterDelivery())
	if settled := outcome(letterDelivery(), outbox.Posted{}, err, time.Time{}, time.Now()); settled.Fault != outbox.FaultSending {
		t.Errorf("%+v", settled)
	}
}

func TestLetter_aLetterIsTheLetter(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	m, _ := newLetterSender(t, server)
	if err := m.send(t.Context(), outbox.Lease{}, letterDelivery()); err != nil {
		t.Fatal(err)
	}
	opened, err := server.Letters()[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	if opened.Subject != "Ontvangstbevestiging" || len(opened.Parts) != 2 || !strings.HasPrefix(opened.Parts[0].Text, "Beste Noor,") {
		t.Errorf("subject %q, %d parts", opened.Subject, len(opened.Parts))
	}
}
