package mailtest

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
)

// Letter is a message as the server took it.
type Letter struct {
	From, To string // of the envelope
	Greeting string // how the client called itself
	TLS      bool   // came over an encrypted connection
	UTF8     bool   // sent as one that only servers with SMTPUTF8 can pass on
	Raw      []byte
}

// Opened is a letter as a mail program shows it.
type Opened struct {
	Header  mail.Header
	Subject string
	Parts   []Part
}

// Part is one form of a letter's text.
type Part struct{ Type, Text string }

// Open reads the letter as a mail program does.
func (l Letter) Open() (Opened, error) {
	m, err := mail.ReadMessage(bytes.NewReader(l.Raw))
	if err != nil {
		return Opened{}, fmt.Errorf("letter: %w", err)
	}
	o := Opened{Header: m.Header}
	if o.Subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		return o, fmt.Errorf("subject: %w", err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		return o, fmt.Errorf("letter is %q, not multipart/alternative: %w", kind, err)
	}
	o.Parts, err = parts(multipart.NewReader(m.Body, params["boundary"]))
	return o, err
}

func parts(r *multipart.Reader) (all []Part, err error) {
	for {
		p, err := r.NextPart()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, fmt.Errorf("part: %w", err)
		}
		text, err := io.ReadAll(p)
		if err != nil {
			return all, fmt.Errorf("part: %w", err)
		}
		kind, _, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			return all, fmt.Errorf("part: %w", err)
		}
		all = append(all, Part{kind, strings.ReplaceAll(string(text), "\r\n", "\n")})
	}
}
