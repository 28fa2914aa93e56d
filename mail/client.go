package mail

import (
	"context"
	"net/textproto"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// limit bounds one letter, from the first packet to the server's answer; farewell
// bounds the QUIT after it.
const (
	limit    = 30 * time.Second
	farewell = 2 * time.Second
)

// Client sends letters over SMTP, each over a connection of its own: they are
// few, and an idle connection breaks unnoticed. It is safe for concurrent use.
type Client struct {
	server Config
	from   Sender
}

// New returns a client; it connects to nothing yet.
func New(server Config, from Sender) *Client { return &Client{server, from} }

// Check connects, encrypts and authenticates as Send does, and sends nothing.
// The error is a Failure.
func (c *Client) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	s, err := c.connect(ctx)
	if err != nil {
		return err
	}
	s.quit()
	return nil
}

// Send hands a letter to the server, within 30 seconds. It returns nil when
// the server took it, else a Failure, whose Outcome says whether it may be
// sent again. When the server has accepted sender and address, and before
// anything of the letter goes out, it calls before, so that the caller records
// that the outcome may be in doubt from now on; when before fails, nothing is
// sent.
func (c *Client) Send(ctx context.Context, m Message, before func(context.Context) error) error {
	letter, err := render(c.from, m, time.Now())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	s, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer s.quit()
	if err := s.envelope(c.from.address.Address, letter.to); err != nil {
		return err
	}
	if err := before(ctx); err != nil {
		return &Failure{Outcome: NotSent, Word: wordHeld, cause: err}
	}
	return s.transmit(letter.raw)
}

// envelope gives the server the sender and the recipient. SMTPUTF8 is asked for only where the
// address needs it: asked for on every letter, it makes servers further on that
// don't support it send the letter back.
func (s *session) envelope(from, to string) error {
	if utf8, _ := s.client.Extension("SMTPUTF8"); !utf8 && !ascii(to) {
		return &Failure{Outcome: Refused, Word: wordAddress}
	}
	s.client.SkipSMTPUTF8(ascii(to))
	if err := s.client.Mail("<" + from + ">"); err != nil {
		return answered(wordSender, err)
	}
	if err := s.client.Rcpt("<" + to + ">"); err != nil {
		return answered(wordRefused, err)
	}
	return nil
}

// transmit sends the letter itself. The library's own Send does not distinguish
// a letter that was cut off from one whose answer was lost, hence these steps.
// A write fails only when not all of it was handed over; then the dot that
// ends a letter is not out, and without it no server takes a letter.
func (s *session) transmit(letter []byte) error {
	w, err := s.client.Data()
	if err != nil {
		return answered(wordLetter, err)
	}
	body, ok := w.(*smtp.DataCloser)
	if !ok {
		s.abort()
		return notSent(wordConnect)
	}
	if _, err = body.WriteCloser.Write(letter); err == nil {
		err = body.WriteCloser.Close() // the dot; the library's Close would hide this error
	}
	if err != nil {
		s.abort()
		return notSent(wordConnect)
	}
	return verdict(s.client.Text)
}

// verdict reads the answer to a letter that went out whole.
func verdict(text *textproto.Conn) error {
	_, _, err := text.ReadResponse(2)
	if code := codeOf(err); err != nil && code/100 != 4 && code/100 != 5 {
		return &Failure{Outcome: InDoubt, Word: wordDoubt}
	}
	if err != nil {
		return answered(wordLetter, err)
	}
	return nil
}
