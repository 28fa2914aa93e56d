package mail

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wneessen/go-mail/smtp"

	"github.com/artra/klachtbot/mail/mailtest"
)

func TestSession_wrongPassword(t *testing.T) {
	methods := []string{"PLAIN", "LOGIN", "XOAUTH2"}
	for _, method := range []string{"plain", "login", "xoauth2"} {
		s := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS, User: user, Password: secret, Methods: methods})
		wrong := strings.Replace(s.URL(method), "hunter2", "hunter3", 1)
		fails(t, client(t, wrong).Check(t.Context()), NotSent, "smtp_auth")
		fails(t, client(t, wrong).Send(t.Context(), letter(), ready), NotSent, "smtp_auth")
		holds(t, s, 0)
	}
}

func TestSession_noWayToAuthenticate(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS, User: user, Password: secret})
	fails(t, client(t, s.URL("cram-md5")).Check(t.Context()), NotSent, "smtp_auth")
	nobody := mailtest.Start(t, mailtest.Options{})
	fails(t, client(t, "smtp://u:p@"+nobody.Addr()).Check(t.Context()), NotSent, "smtp_auth")
}

// TestSession_tokenFromFile: a token that a helper renews is read anew each time.
func TestSession_tokenFromFile(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS, User: user, Password: secret, Methods: []string{"XOAUTH2"}})
	token := filepath.Join(t.TempDir(), "token")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(token, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("expired")
	query := url.Values{"auth": {"xoauth2"}, "ca": {s.CAFile()}, "password-file": {token}}
	p := client(t, "smtp://"+user+"@"+s.Addr()+"?"+query.Encode())
	fails(t, p.Check(t.Context()), NotSent, "smtp_auth")
	write(secret + "\n")
	if err := p.Send(t.Context(), letter(), ready); err != nil {
		t.Error(err)
	}
	if err := os.Remove(token); err != nil {
		t.Fatal(err)
	}
	fails(t, p.Send(t.Context(), letter(), ready), NotSent, "smtp_auth")
	holds(t, s, 1)
}

// TestSession_certificateNotTrusted: a server whose certificate nobody vouches for
// is a stranger, and neither password nor letter reaches it. With STARTTLS on this
// machine that is so only when ca= says whom to trust.
func TestSession_certificateNotTrusted(t *testing.T) {
	other := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS})
	for security, query := range map[mailtest.Security]string{
		mailtest.Implicit: "", mailtest.StartTLS: "?ca=" + url.QueryEscape(other.CAFile()),
	} {
		s := mailtest.Start(t, mailtest.Options{Security: security, User: user, Password: secret})
		without, _, _ := strings.Cut(s.URL(""), "?")
		fails(t, client(t, without+query).Send(t.Context(), letter(), ready), NotSent, "smtp_tls")
		if got := s.Commands(); len(got) > 0 {
			t.Errorf("the stranger heard %v", got)
		}
	}
}

// TestSession_relayOnThisMachine: its STARTTLS is used whatever its certificate,
// and the password goes encrypted.
func TestSession_relayOnThisMachine(t *testing.T) {
	s := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS, User: user, Password: secret})
	without, _, _ := strings.Cut(s.URL(""), "?")
	if err := client(t, without).Send(t.Context(), letter(), ready); err != nil {
		t.Fatal(err)
	}
	holds(t, s, 1)
	if got := s.Letters()[0]; !got.TLS {
		t.Error("the letter went in the clear")
	}
}

// TestSession_elsewhere plays a server on another machine, which a test has none of:
// the conversation is with one here, under another name.
func TestSession_elsewhere(t *testing.T) {
	for name, test := range map[string]struct {
		security mailtest.Security
		url      string
	}{
		"no STARTTLS on the offer": {mailtest.Plain, "smtp://u:p@mail.example.com"},
		"another's certificate":    {mailtest.StartTLS, "smtp://u:p@mail.example.com"},
		"another's, from the start": {mailtest.Implicit,
			"smtps://u:p@mail.example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			s := mailtest.Start(t, mailtest.Options{Security: test.security, User: "u", Password: "p"})
			conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", s.Addr())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			_, err = client(t, test.url+"?ca="+url.QueryEscape(s.CAFile())).greet(t.Context(), conn)
			fails(t, err, NotSent, "smtp_tls")
			if got := s.Commands(); len(got) > 0 {
				t.Errorf("it heard %v", got)
			}
		})
	}
}

// TestSession_way: what is chosen of what a server offers.
func TestSession_way(t *testing.T) {
	for _, test := range []struct{ auth, offered, want string }{
		{"auto", "LOGIN PLAIN CRAM-MD5 SCRAM-SHA-256 XOAUTH2", "SCRAM-SHA-256"},
		{"auto", "CRAM-MD5 LOGIN PLAIN", "PLAIN"},
		{"auto", "CRAM-MD5 LOGIN", "LOGIN"},
		{"auto", "CRAM-MD5", "CRAM-MD5"},
		{"auto", "XOAUTH2 NTLM", ""},
		{"xoauth2", "PLAIN XOAUTH2", "XOAUTH2"},
		{"cram-md5", "PLAIN CRAM-MD5", "CRAM-MD5"},
		{"scram-sha-256", "PLAIN SCRAM-SHA-256-PLUS", ""},
	} {
		way := Config{host: "mail.example.com", user: "u", auth: test.auth}.way(strings.Fields(test.offered), "p")
		got := ""
		if way != nil {
			var err error
			if got, _, err = way.Start(&smtp.ServerInfo{Name: "mail.example.com", TLS: true}); err != nil {
				t.Fatal(err)
			}
		}
		if got != test.want {
			t.Errorf("%s of %s is %q, want %q", test.auth, test.offered, got, test.want)
		}
	}
}
