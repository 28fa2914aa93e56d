package mail

import (
	"context"
	"crypto/tls"
	"net"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// session is one conversation with the server.
type session struct {
	client  *smtp.Client
	conn    net.Conn
	stop    func() bool // stops watching the context
	aborted bool        // not even QUIT may be written any more
}

// connect opens a conversation that ends with ctx: connection, encryption,
// authentication. Nothing of a letter is in it yet, so every error is NotSent.
func (c *Client) connect(ctx context.Context) (*session, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(c.server.host, c.server.port))
	if err != nil {
		return nil, notSent(wordConnect)
	}
	if deadline, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(deadline) // fails on a closed connection, as the next read will
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	client, err := c.greet(ctx, conn)
	if err != nil {
		stop()
		_ = conn.Close()
		return nil, err
	}
	return &session{client: client, conn: conn, stop: stop}, nil
}

func (c *Client) greet(ctx context.Context, conn net.Conn) (*smtp.Client, error) {
	if c.server.implicit {
		encrypted := tls.Client(conn, c.server.tls())
		if err := encrypted.HandshakeContext(ctx); err != nil {
			return nil, notSent(wordTLS)
		}
		conn = encrypted
	}
	client, err := smtp.NewClient(conn, c.server.host)
	if err != nil {
		return nil, notSent(wordConnect)
	}
	if err := client.Hello(c.from.domain()); err != nil {
		return nil, notSent(wordConnect)
	}
	if err := c.server.encrypt(client); err != nil {
		return nil, err
	}
	return client, c.server.authenticate(client)
}

func (c Config) tls() *tls.Config {
	return &tls.Config{ServerName: c.host, RootCAs: c.roots, MinVersion: tls.VersionTLS12}
}

// startTLS is tls for STARTTLS. On this machine any certificate will do, since a
// server without TLS does too: relays there mostly have one of their own making.
// Who names one to trust (ca=) has it asked for all the same.
func (c Config) startTLS() *tls.Config {
	conf := c.tls()
	conf.InsecureSkipVerify = c.local() && c.roots == nil
	return conf
}

// encrypt starts TLS. A server elsewhere that does not offer it gets nothing,
// not even the password: somebody on the way may have taken the offer out.
func (c Config) encrypt(client *smtp.Client) error {
	if c.implicit {
		return nil
	}
	offered, _ := client.Extension("STARTTLS")
	switch {
	case !offered && c.local():
		return nil
	case !offered, client.StartTLS(c.startTLS()) != nil:
		return notSent(wordTLS)
	}
	return nil
}

func (c Config) authenticate(client *smtp.Client) error {
	if c.user == "" {
		return nil
	}
	_, offered := client.Extension("AUTH")
	secret, err := c.secret()
	if err != nil || offered == "" {
		return notSent(wordAuth)
	}
	way := c.way(strings.Fields(strings.ToUpper(offered)), secret.Reveal())
	if way == nil || client.Auth(way) != nil {
		return notSent(wordAuth)
	}
	return nil
}

// way picks the first method that the server offers and the settings allow; nil
// when there is none.
func (c Config) way(offered []string, secret string) smtp.Auth {
	ways := []struct {
		method string
		auth   smtp.Auth
	}{
		{"scram-sha-256", smtp.ScramSHA256Auth(c.user, secret)},
		{"plain", smtp.PlainAuth("", c.user, secret, c.host, c.local())},
		{"login", smtp.LoginAuth(c.user, secret, c.host, c.local())},
		{"cram-md5", smtp.CRAMMD5Auth(c.user, secret)},
		{"xoauth2", smtp.XOAuth2Auth(c.user, secret)},
	}
	for _, w := range ways {
		chosen := c.auth == w.method || c.auth == "auto" && w.method != "xoauth2"
		for _, name := range offered {
			if chosen && name == strings.ToUpper(w.method) {
				return w.auth
			}
		}
	}
	return nil
}

// quit sends QUIT, if there is time, and closes the connection. The outcome of
// the letter is known by then, so errors no longer matter.
func (s *session) quit() {
	if inTime := s.stop(); inTime && !s.aborted {
		_ = s.conn.SetDeadline(time.Now().Add(farewell))
		_ = s.client.Quit()
	}
	_ = s.conn.Close()
}

// abort closes the connection without QUIT: in the middle of a letter any further
// command would end the letter first, and half of it would arrive.
func (s *session) abort() {
	s.aborted = true
	_ = s.conn.Close()
}
