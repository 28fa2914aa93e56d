package mail

import (
	"context"
	"net/textproto"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// limit is how long one letter may take from the first packet to the answer;
// farewell, how long the server may take to say goodbye afterwards.
const (
	limit    = 30 * time.Second
	farewell = 2 * time.Second
)

// Postman sends letters, each over a connection of its own: they are few, and
// an idle connection is one that breaks unseen. It is safe for use by several
// goroutines at once.
type Postman struct {
	server Config
	from   Sender
}

// New returns a postman; it connects to nothing yet.
func New(server Config, from Sender) *Postman { return &Postman{server, from} }

// Check connects, encrypts and authenticates as Send does, and sends nothing.
// The error is a Failure.
func (p *Postman) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	s, err := p.connect(ctx)
	if err != nil {
		return err
	}
	s.part()
	return nil
}

// Send hands a letter to the server, within 30 seconds. It returns nil when
// the server took it, else a Failure, whose Outcome says whether it may be
// sent again. When the server has accepted sender and address, and before
// anything of the letter goes out, it calls before, so that the caller records
// that the outcome may be in doubt from now on; when before fails, nothing is
// sent.
func (p *Postman) Send(ctx context.Context, m Message, before func(context.Context) error) error {
	letter, err := render(p.from, m, time.Now())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	s, err := p.connect(ctx)
	if err != nil {
		return err
	}
	defer s.part()
	if err := s.envelope(p.from.address.Address, letter.to); err != nil {
		return err
	}
	if err := before(ctx); err != nil {
		return &Failure{Outcome: NotSent, Word: wordHeld, cause: err}
	}
	return s.transmit(letter.raw)
}

// envelope says from whom and to whom. SMTPUTF8 is asked for only where the
// address needs it: a mark on every letter makes servers further on, that do
// not know it, send the letter back.
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

// transmit sends the letter itself. The library's own Send does not tell a
// letter that was cut off from one whose answer was lost, hence these steps.
// A write fails only when not all of it was handed over; then the dot that
// ends a letter is not out, and without it no server takes a letter.
func (s *session) transmit(letter []byte) error {
	w, err := s.client.Data()
	if err != nil {
		return answered(wordLetter, err)
	}
	body, ok := w.(*smtp.DataCloser)
	if !ok {
		s.cut()
		return notSent(wordConnect)
	}
	if _, err = body.WriteCloser.Write(letter); err == nil {
		err = body.WriteCloser.Close() // the dot; the library's Close would hide this error
	}
	if err != nil {
		s.cut()
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
