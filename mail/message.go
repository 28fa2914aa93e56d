package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/workflow"
)

// Message is a letter to be mailed to one person.
type Message struct {
	Key     string // of the letter: the same letter has the same key, and so the same Message-ID
	To      workflow.Confidential
	ToName  workflow.Confidential // "" for nobody that we know by name
	Subject workflow.Confidential
	Text    workflow.Confidential // the letter
	HTML    workflow.Confidential // the same letter, as a page
}

// MessageID returns the Message-ID of the letter with that key, without the
// angle brackets: always the same one, so that a mail program shows a letter
// that came twice once, and nothing of the key in it.
func MessageID(key, domain string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16]) + "@" + domain
}

// addressed is a message ready to go: the address for the envelope, and the
// bytes.
type addressed struct {
	to  string
	raw []byte
}

// render writes the whole message to memory before anything is sent, so that
// only the connection can fail halfway.
func render(from Sender, m Message, now time.Time) (addressed, error) {
	to := onWire(m.To.Reveal())
	if !plain(to) {
		return addressed{}, &Failure{Outcome: Refused, Word: wordAddress}
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&from.address)
	// Go writes a backslash beside a sign that is not ASCII so that the address is unreadable.
	name := strings.ReplaceAll(oneLine(m.ToName), `\`, "")
	msg.ToMailAddress(&mail.Address{Name: name, Address: to})
	msg.Subject(oneLine(m.Subject))
	msg.SetMessageIDWithValue(MessageID(m.Key, from.domain()))
	msg.SetDateWithValue(now)
	msg.SetBodyString(gomail.TypeTextPlain, m.Text.Reveal())
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML.Reveal())
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return addressed{}, &Failure{Outcome: Refused, Word: wordUnmade}
	}
	return addressed{to, b.Bytes()}, nil
}

// onWire is an address as it goes into envelope and header, with its domain as
// mail servers know it: in A-labels, which need no SMTPUTF8. A register may hold
// one that would not be taken by now: it goes as it stands.
func onWire(typed string) string {
	if email, err := contact.ParseEmail(typed); err == nil {
		return email.ASCII()
	}
	return strings.TrimSpace(typed)
}

// oneLine makes a text fit for one header: no line ends that would start another
// header, and no "=?", which mail programs read as an encoded word.
func oneLine(c workflow.Confidential) string {
	line := strings.Join(strings.FieldsFunc(strings.ToValidUTF8(c.Reveal(), "\ufffd"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	return strings.ReplaceAll(line, "=?", "= ?")
}
