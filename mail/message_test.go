package mail

import (
	"bytes"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/mail/mailtest"
	"github.com/artra/klachtbot/workflow"
)

// deliver sends a letter and opens it at the other end.
func deliver(t *testing.T, m Message) mailtest.Opened {
	t.Helper()
	s := mailtest.Start(t, mailtest.Options{})
	if err := client(t, s.URL("")).Send(t.Context(), m, ready); err != nil {
		t.Fatal(err)
	}
	holds(t, s, 1)
	opened, err := s.Letters()[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

func TestMessage_isWhatWasWritten(t *testing.T) {
	got := deliver(t, letter())
	if got.Subject != letter().Subject.Reveal() {
		t.Errorf("subject %q", got.Subject)
	}
	want := []mailtest.Part{{Type: "text/plain", Text: letter().Text.Reveal()}, {Type: "text/html", Text: letter().HTML.Reveal()}}
	if diff := cmp.Diff(want, got.Parts); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	to, err := got.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != "Jan van der Berg" || to[0].Address != "jan@example.com" {
		t.Errorf("to %v, %v", to, err)
	}
	from, err := got.Header.AddressList("From")
	if err != nil || len(from) != 1 || *from[0] != (mail.Address{Name: "artra", Address: "klachten@artra.example"}) {
		t.Errorf("from %v, %v", from, err)
	}
	if date, err := got.Header.Date(); err != nil || time.Since(date) > time.Minute {
		t.Errorf("date %v, %v", date, err)
	}
	for _, name := range []string{"User-Agent", "X-Mailer", "Auto-Submitted"} {
		if got.Header.Get(name) != "" {
			t.Errorf("it says %s", name)
		}
	}
}

func TestMessage_id(t *testing.T) {
	const id = "3bc30f5901e3e31a1aec94b9ad310b98@artra.example"
	if got := deliver(t, letter()).Header.Get("Message-ID"); got != "<"+id+">" {
		t.Errorf("%s, want <%s>", got, id)
	}
	if MessageID("case:7:1", "artra.example") != id {
		t.Error("not the same each time")
	}
	if MessageID("case:7:2", "artra.example") == id {
		t.Error("another letter has the same")
	}
}

// TestMessage_injection: what people typed is never a header, a command or another
// address.
func TestMessage_injection(t *testing.T) {
	m := letter()
	m.Subject = "Klacht\r\nBcc: eve@example.com\r\n\r\nHallo"
	m.ToName = "Jan\r\nBcc: eve@example.com, \"x\" <eve@example.com>"
	m.Text = "a\r\n.\r\nMAIL FROM:<eve@example.com>\r\nRCPT TO:<eve@example.com>\n"
	got := deliver(t, m)
	if len(got.Header["Bcc"]) > 0 || got.Subject != "Klacht Bcc: eve@example.com Hallo" {
		t.Errorf("subject %q, header %v", got.Subject, got.Header)
	}
	if to, err := got.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "jan@example.com" {
		t.Errorf("to %v, %v", to, err)
	}
	if got.Parts[0].Text != "a\n.\nMAIL FROM:<eve@example.com>\nRCPT TO:<eve@example.com>\n" {
		t.Errorf("text %q", got.Parts[0].Text)
	}
}

func TestMessage_addressesThatAreNone(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	p := client(t, s.URL(""))
	for _, to := range []workflow.Confidential{
		"", "jan", "jan@", "@example.com", "Jan <jan@example.com>", "jan@example.com, eve@example.com",
		"jan@example.com>\r\nRCPT TO:<eve@example.com", `"jan eve"@example.com`, "jan@example.com (jan)", "jań@example.com",
	} {
		m := letter()
		m.To = to
		fails(t, p.Send(t.Context(), m, ready), Refused, "smtp_address")
	}
	holds(t, s, 0)
}

// TestMessage_addressNotInASCII goes where the server can take it, and is the only one
// that asks this of the servers further on.
func TestMessage_addressNotInASCII(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{UTF8: true})
	p := client(t, s.URL(""))
	for i, to := range []string{"jań@example.com", "jan@example.com", "jań@xn--bcher-kva.example"} {
		m := letter()
		m.To = workflow.Confidential(" " + to + " ")
		if err := p.Send(t.Context(), m, ready); err != nil {
			t.Fatal(err)
		}
		if got := s.Letters()[i]; got.To != to || got.UTF8 != !ascii(to) {
			t.Errorf("it went elsewhere, or with SMTPUTF8 %t", got.UTF8)
		}
	}
}

// TestMessage_internationalDomain goes to the A-label of the domain, in the
// envelope and in the header, so that no server on the way needs to know more.
func TestMessage_internationalDomain(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	m := letter()
	m.To = "Jan@B\u00fccher.example"
	if err := client(t, s.URL("")).Send(t.Context(), m, ready); err != nil {
		t.Fatal(err)
	}
	holds(t, s, 1)
	const want = "Jan@xn--bcher-kva.example"
	got := s.Letters()[0]
	opened, err := got.Open()
	if err != nil {
		t.Fatal(err)
	}
	to, err := opened.Header.AddressList("To")
	if err != nil || got.To != want || got.UTF8 || len(to) != 1 || to[0].Address != want {
		t.Errorf("to %s, SMTPUTF8 %t, header %v, %v", got.To, got.UTF8, to, err)
	}
}

// TestMessage_internationalSender: the firm's own domain may have other letters.
// Envelope, header, Message-ID and greeting have its A-labels.
func TestMessage_internationalSender(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{})
	from, err := ParseSender("Bücher & co <klachten@b\u00fccher.example>")
	if err != nil {
		t.Fatal(err)
	}
	conf, err := Parse(s.URL(""))
	if err != nil {
		t.Fatal(err)
	}
	if err := New(conf, from).Send(t.Context(), letter(), ready); err != nil {
		t.Fatal(err)
	}
	got := s.Letters()[0]
	opened, err := got.Open()
	if err != nil {
		t.Fatal(err)
	}
	const domain = "@xn--bcher-kva.example"
	sender, err := opened.Header.AddressList("From")
	if err != nil || got.From != "klachten"+domain || sender[0].Address != got.From || sender[0].Name != "Bücher & co" {
		t.Errorf("from %s, header %v, %v", got.From, sender, err)
	}
	if id := opened.Header.Get("Message-ID"); !strings.HasSuffix(id, domain+">") || got.UTF8 {
		t.Errorf("Message-ID %s, SMTPUTF8 %t", id, got.UTF8)
	}
	if got.Greeting != domain[1:] {
		t.Errorf("it calls itself %q", got.Greeting)
	}
}

// FuzzRender: whatever people typed, the message has the headers of the frame,
// one address, and the text.
func FuzzRender(f *testing.F) {
	for _, s := range []string{"Jan", "a\r\nBcc: x@example.com", "é \u2028 😀", "=?utf-8?q?x?=", "\x00\xff", strings.Repeat("lang ", 100)} {
		f.Add(s, s, s)
	}
	from, err := ParseSender("klachten@artra.example")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name, subject, text string) {
		m := letter()
		m.ToName, m.Subject, m.Text = workflow.Confidential(name), workflow.Confidential(subject), workflow.Confidential(text)
		made, err := render(from, m, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		read, err := mail.ReadMessage(bytes.NewReader(made.raw))
		if err != nil {
			t.Fatal(err)
		}
		for header := range read.Header {
			if !strings.Contains(" Date From To Subject Message-Id Mime-Version Content-Type ", " "+header+" ") {
				t.Errorf("a header %s", header)
			}
		}
		opened, err := mailtest.Letter{Raw: made.raw}.Open()
		if err != nil || len(opened.Parts) != 2 {
			t.Fatalf("%d parts, %v", len(opened.Parts), err)
		}
		if opened.Subject != oneLine(m.Subject) {
			t.Errorf("subject %q became %q", subject, opened.Subject)
		}
		if to, err := opened.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "jan@example.com" {
			t.Error("another address")
		}
	})
}
