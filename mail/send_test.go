package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/mail/mailtest"
	"github.com/artra/klachtbot/workflow"
)

// TestSend_accepted: on every kind of server the letter arrives once, as it was.
func TestSend_accepted(t *testing.T) {
	oauth := []string{"XOAUTH2", "PLAIN", "LOGIN"}
	for name, test := range map[string]struct {
		options mailtest.Options
		auth    string
		used    string
	}{
		"plain on this machine":   {mailtest.Options{}, "", ""},
		"password in the clear":   {mailtest.Options{User: user, Password: secret}, "", "auth PLAIN"},
		"STARTTLS":                {mailtest.Options{Security: mailtest.StartTLS, User: user, Password: secret}, "", "auth PLAIN"},
		"TLS from the start":      {mailtest.Options{Security: mailtest.Implicit, User: user, Password: secret}, "plain", "auth PLAIN"},
		"LOGIN":                   {mailtest.Options{Security: mailtest.Implicit, User: user, Password: secret, Methods: oauth}, "login", "auth LOGIN"},
		"XOAUTH2":                 {mailtest.Options{Security: mailtest.StartTLS, User: user, Password: secret, Methods: oauth}, "xoauth2", "auth XOAUTH2"},
		"a password is no token":  {mailtest.Options{Security: mailtest.StartTLS, User: user, Password: secret, Methods: oauth}, "auto", "auth PLAIN"},
		"only LOGIN on the offer": {mailtest.Options{Security: mailtest.StartTLS, User: user, Password: secret, Methods: []string{"LOGIN"}}, "", "auth LOGIN"},
	} {
		t.Run(name, func(t *testing.T) {
			s := mailtest.Start(t, test.options)
			p := client(t, s.URL(test.auth))
			if err := p.Check(t.Context()); err != nil {
				t.Fatal(err)
			}
			holds(t, s, 0)
			if err := p.Send(t.Context(), letter(), ready); err != nil {
				t.Fatal(err)
			}
			holds(t, s, 1)
			if got := s.Letters()[0]; got.From != "klachten@artra.example" || got.To != "jan@example.com" {
				t.Errorf("from %s to %s", got.From, got.To)
			}
			if test.used != "" && !slices.Contains(s.Commands(), test.used) {
				t.Errorf("no %s among %v", test.used, s.Commands())
			}
		})
	}
}

// TestSend_refusals: what the server says at each stage decides whether the letter
// may be tried again. The server repeats the address; the failure does not.
func TestSend_refusals(t *testing.T) {
	for _, test := range []struct {
		at      mailtest.Stage
		code    int
		outcome Outcome
		word    string
	}{
		{mailtest.AtSender, 550, Refused, "smtp_sender_550"},
		{mailtest.AtSender, 421, NotSent, "smtp_sender_421"},
		{mailtest.AtRecipient, 550, Refused, "smtp_refused_550"},
		{mailtest.AtRecipient, 450, NotSent, "smtp_refused_450"},
		{mailtest.AtRecipient, 422, NotSent, "smtp_refused_422"}, // stalwartlabs/stalwart#1108: a code of no list
		{mailtest.AtSender, 451, NotSent, "smtp_sender_451"},
		{mailtest.AtLetter, 554, Refused, "smtp_letter_554"},
		{mailtest.AtLetter, 451, NotSent, "smtp_letter_451"},
	} {
		t.Run(test.word, func(t *testing.T) {
			s := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS})
			p := client(t, s.URL(""))
			s.Refuse(test.at, test.code)
			err := p.Send(t.Context(), letter(), ready)
			fails(t, err, test.outcome, test.word)
			if said := fmt.Sprintf("%v %+v", err, err); strings.Contains(said, "@") {
				t.Errorf("the failure says %q", said)
			}
			holds(t, s, 0)
			s.AcceptAll()
			if err := p.Send(t.Context(), letter(), ready); err != nil {
				t.Fatal(err)
			}
			holds(t, s, 1)
		})
	}
}

// TestSend_brokenConnections: until the end of the letter is out, a broken
// connection leaves no doubt; after it, it does, and the server has it.
func TestSend_brokenConnections(t *testing.T) {
	for _, security := range []mailtest.Security{mailtest.Plain, mailtest.StartTLS, mailtest.Implicit} {
		for name, test := range map[string]struct {
			at      mailtest.Stage
			outcome Outcome
			word    string
			has     int
		}{
			"at the sender":     {mailtest.AtSender, NotSent, "smtp_connect", 0},
			"at the address":    {mailtest.AtRecipient, NotSent, "smtp_connect", 0},
			"within the letter": {mailtest.AtBody, NotSent, "smtp_connect", 0},
			"before the answer": {mailtest.AtLetter, InDoubt, "smtp_in_doubt", 1},
		} {
			t.Run(fmt.Sprint(name, security), func(t *testing.T) {
				s := mailtest.Start(t, mailtest.Options{Security: security})
				s.Abort(test.at)
				m := letter()
				if test.at == mailtest.AtBody { // more than the buffers between the two take, so that a write fails
					m.Text = workflow.Confidential(strings.Repeat("De zaal was te klein.\n", 1<<19))
				}
				fails(t, client(t, s.URL("")).Send(t.Context(), m, ready), test.outcome, test.word)
				holds(t, s, test.has)
			})
		}
	}
}

// mute is a connection on which nothing goes out any more after the command
// DATA, while it can still be read.
type mute struct {
	net.Conn
	silent bool
}

func (m *mute) Write(p []byte) (int, error) {
	if m.silent {
		return 0, net.ErrClosed
	}
	m.silent = strings.HasPrefix(string(p), "DATA")
	return m.Conn.Write(p)
}

// TestSend_dotDoesNotGoOut: a short letter leaves in one write together with the
// dot; when that fails there is no doubt.
func TestSend_dotDoesNotGoOut(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	muted := &mute{Conn: conn}
	client, err := client(t, s.URL("")).greet(t.Context(), muted)
	if err != nil {
		t.Fatal(err)
	}
	talk := &session{client: client, conn: muted, stop: func() bool { return true }}
	defer talk.quit()
	if err := talk.envelope("klachten@artra.example", "jan@example.com"); err != nil {
		t.Fatal(err)
	}
	fails(t, talk.transmit([]byte("Subject: x\r\n\r\nx\r\n")), NotSent, "smtp_connect")
	holds(t, s, 0)
}

// TestSend_stopped: when the time is over, or the program stops, while the server
// says nothing, Send returns at once and tells what is known of the letter.
func TestSend_stopped(t *testing.T) {
	for name, test := range map[string]struct {
		at      mailtest.Stage
		outcome Outcome
		word    string
		has     int
	}{
		"at the address":    {mailtest.AtRecipient, NotSent, "smtp_connect", 0},
		"before the answer": {mailtest.AtLetter, InDoubt, "smtp_in_doubt", 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := mailtest.Start(t, mailtest.Options{Security: mailtest.Implicit})
			silent := s.Hang(test.at)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			go func() {
				<-silent
				cancel()
			}()
			fails(t, client(t, s.URL("")).Send(ctx, letter(), ready), test.outcome, test.word)
			holds(t, s, test.has)
		})
	}
}

// TestSend_before: the caller is asked when only the letter itself is still to go,
// and nothing of it goes when the caller can't write that down.
func TestSend_before(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	p := client(t, s.URL(""))
	broken := errors.New("disk full")
	err := p.Send(t.Context(), letter(), func(ctx context.Context) error {
		if end, ok := ctx.Deadline(); !ok || time.Until(end) > limit {
			t.Error("the whole may take longer than the limit")
		}
		if got := s.Commands(); !slices.Equal(got, []string{"mail", "rcpt"}) {
			t.Errorf("asked after %v", got)
		}
		return broken
	})
	fails(t, err, NotSent, "smtp_held")
	if !errors.Is(err, broken) {
		t.Error("the caller does not recognize its own error")
	}
	if slices.Contains(s.Commands(), "data") {
		t.Error("the letter went")
	}
	for _, at := range []mailtest.Stage{mailtest.AtSender, mailtest.AtRecipient} {
		s.AcceptAll()
		s.Refuse(at, 550)
		if err := p.Send(t.Context(), letter(), func(context.Context) error {
			t.Error("asked though the server refuses")
			return nil
		}); err == nil {
			t.Error("no error")
		}
	}
	holds(t, s, 0)
}

// TestSend_noServer: a server that is not there or stopped halfway.
func TestSend_noServer(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	p := client(t, s.URL(""))
	s.Stop()
	fails(t, p.Check(t.Context()), NotSent, "smtp_connect")
	fails(t, p.Send(t.Context(), letter(), ready), NotSent, "smtp_connect")

	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	go func() {
		for conn, err := listener.Accept(); err == nil; conn, err = listener.Accept() {
			_, _ = conn.Write([]byte("554 go away jan@example.com\r\n"))
			_ = conn.Close()
		}
	}()
	fails(t, client(t, "smtp://"+listener.Addr().String()).Check(t.Context()), NotSent, "smtp_connect")
	fails(t, client(t, "smtps://"+listener.Addr().String()).Check(t.Context()), NotSent, "smtp_tls")
}
