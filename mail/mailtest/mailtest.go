// Package mailtest is a mail server for tests, on loopback: a real one
// (emersion/go-smtp), with a certificate of its own, that records what it
// accepts and can be made to refuse, to disconnect or to stop answering.
package mailtest

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/url"
	"slices"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// Security is how the server encrypts.
type Security int

// How the server encrypts. Plain offers nothing.
const (
	Plain Security = iota
	StartTLS
	Implicit
)

// Options are what kind of server it is. The zero Options take letters from
// everybody, unencrypted.
type Options struct {
	Security Security
	User     string // asks for this name; "" asks for none
	Password string // or token
	Methods  []string
	UTF8     bool // takes addresses that are not ASCII
}

// Stage is a point in the conversation.
type Stage int

// The stages. AtBody is in the middle of a letter, where only Abort has an effect.
// AtLetter is after the whole letter came in: Refuse answers it so, while Abort
// and Hang accept it, as a server does whose answer gets lost.
const (
	AtSender Stage = iota + 1
	AtRecipient
	AtBody
	AtLetter
)

// Server is a running mail server.
type Server struct {
	options  Options
	server   *smtp.Server
	listener net.Listener
	caFile   string
	ended    chan struct{} // closed at the end, to let hanging sessions go

	mu       sync.Mutex
	letters  []Letter
	commands []string
	orders   map[Stage]order
}

// order is how the server misbehaves at a stage.
type order struct {
	code  int // refuses with this code; 0 does not
	abort bool
	hang  chan<- struct{} // hangs, and reports it here
}

// Start starts a server that lives until the test ends.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	certificate, caFile := certify(t)
	s := &Server{options: o, caFile: caFile, ended: make(chan struct{}), orders: map[Stage]order{}}
	s.server = smtp.NewServer(smtp.BackendFunc(s.session))
	s.server.Domain, s.server.ErrorLog = "mail.example.com", log.New(io.Discard, "", 0)
	s.server.AllowInsecureAuth = o.Security == Plain
	s.server.EnableSMTPUTF8 = o.UTF8
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.listener = listener
	conf := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	switch o.Security {
	case StartTLS:
		s.server.TLSConfig = conf
	case Implicit:
		listener = tls.NewListener(listener, conf)
	case Plain:
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.server.Serve(listener) }()
	t.Cleanup(func() {
		close(s.ended)
		s.Stop()
		<-done
	})
	return s
}

// URL is the setting that reaches the server, user, password and certificate
// included; auth is a method, or "" for the client's choice.
func (s *Server) URL(auth string) string {
	u := url.URL{Scheme: "smtp", Host: s.Addr()}
	if s.options.Security == Implicit {
		u.Scheme = "smtps"
	}
	query := url.Values{}
	if s.options.Security != Plain {
		query.Set("ca", s.caFile)
	}
	if s.options.User != "" {
		u.User = url.UserPassword(s.options.User, s.options.Password)
		if auth != "" {
			query.Set("auth", auth)
		}
	}
	u.RawQuery = query.Encode()
	return u.String()
}

// Addr is the server's address, host:port.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// CAFile is the path of the certificate, in PEM form, with which the server's
// own is signed.
func (s *Server) CAFile() string { return s.caFile }

// Refuse makes the server answer with that code at the stage, from now on.
func (s *Server) Refuse(at Stage, code int) { s.order(at, order{code: code}) }

// Abort makes the server drop the connection at the stage, from now on.
func (s *Server) Abort(at Stage) { s.order(at, order{abort: true}) }

// Hang makes the server stop answering at the stage, from now on. The channel
// receives once a client has reached it.
func (s *Server) Hang(at Stage) <-chan struct{} {
	there := make(chan struct{}, 1)
	s.order(at, order{hang: there})
	return there
}

// AcceptAll makes the server take everything again.
func (s *Server) AcceptAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.orders)
}

func (s *Server) order(at Stage, o order) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orders[at] = o
}

// Stop ends the server: nobody listens any more, and connections break.
func (s *Server) Stop() {
	_ = s.server.Close()
	_ = s.listener.Close() // which the server does not know yet when it has only just started
}

// Letters returns the letters that the server has, in the order in which they
// came.
func (s *Server) Letters() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.letters)
}

// Commands returns what clients asked of the server: "auth NAME", "mail",
// "rcpt" and "data".
func (s *Server) Commands() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands)
}

func (s *Server) note(command string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commands = append(s.commands, command)
}
