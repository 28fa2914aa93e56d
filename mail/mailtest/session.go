package mailtest

import (
	"crypto/tls"
	"errors"
	"io"
	"net"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// session is one client's conversation.
type session struct {
	server *Server
	conn   *smtp.Conn
	authed bool
	letter Letter
}

func (s *Server) session(c *smtp.Conn) (smtp.Session, error) {
	return &session{server: s, conn: c}, nil
}

// follow carries out the order for a stage, if there is one.
func (s *session) follow(at Stage) error {
	s.server.mu.Lock()
	o := s.server.orders[at]
	s.server.mu.Unlock()
	switch {
	case o.hang != nil:
		select {
		case o.hang <- struct{}{}:
		default: // an earlier client was reported already
		}
		<-s.server.ended
	case o.abort:
		s.abort()
	case o.code != 0:
		return &smtp.SMTPError{Code: o.code, EnhancedCode: smtp.NoEnhancedCode, Message: "not <" + s.letter.To + ">"}
	}
	return nil
}

// abort resets the connection as a crash does.
func (s *session) abort() {
	conn := s.conn.Conn()
	if encrypted, ok := conn.(*tls.Conn); ok {
		conn = encrypted.NetConn()
	}
	if raw, ok := conn.(*net.TCPConn); ok {
		_ = raw.SetLinger(0)
	}
	_ = conn.Close()
}

func (s *session) Mail(from string, o *smtp.MailOptions) error {
	s.server.note("mail")
	if s.server.options.User != "" && !s.authed {
		return smtp.ErrAuthRequired
	}
	s.letter.From, s.letter.UTF8 = from, o != nil && o.UTF8
	s.letter.Greeting = s.conn.Hostname()
	_, s.letter.TLS = s.conn.TLSConnectionState()
	return s.follow(AtSender)
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.server.note("rcpt")
	s.letter.To = to
	return s.follow(AtRecipient)
}

func (s *session) Data(r io.Reader) error {
	s.server.note("data")
	if err := s.follow(AtBody); err != nil {
		return err
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.letter.Raw = raw
	s.server.mu.Lock()
	refused := s.server.orders[AtLetter].code != 0
	if !refused {
		s.server.letters = append(s.server.letters, s.letter)
	}
	s.server.mu.Unlock()
	return s.follow(AtLetter)
}

func (s *session) Reset() { s.letter = Letter{} }

func (s *session) Logout() error { return nil }

func (s *session) AuthMechanisms() []string {
	if s.server.options.User == "" {
		return nil
	}
	if len(s.server.options.Methods) == 0 {
		return []string{sasl.Plain}
	}
	return s.server.options.Methods
}

func (s *session) Auth(method string) (sasl.Server, error) {
	s.server.note("auth " + method)
	switch method {
	case sasl.Plain:
		return sasl.NewPlainServer(func(_, user, password string) error { return s.admit(user, password) }), nil
	case sasl.Login:
		return &login{admit: s.admit}, nil
	case "XOAUTH2":
		return &xoauth2{admit: s.admit}, nil
	}
	return nil, errors.New("no such method")
}

func (s *session) admit(user, password string) error {
	if user != s.server.options.User || password != s.server.options.Password {
		return smtp.ErrAuthFailed
	}
	s.authed = true
	return nil
}
