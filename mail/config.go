package mail

import (
	"cmp"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/workflow"
)

// Config is where and how letters are handed in. The zero Config is no server.
type Config struct {
	host     string
	port     string
	implicit bool // TLS from the first byte
	user     string
	secret   func() (workflow.Confidential, error) // password or token of now; a function can't be printed
	auth     string                                // one of methods; "" without user
	roots    *x509.CertPool
}

// methods are the ways to authenticate; auto takes the best that the server
// offers, except xoauth2, since a password is no token.
var methods = []string{"auto", "plain", "login", "cram-md5", "scram-sha-256", "xoauth2"}

// Parse reads a server's URL.
//
//	smtp://USER:PASSWORD@HOST:587    STARTTLS, without which nothing is sent;
//	                                 on this machine only when offered
//	smtps://USER:PASSWORD@HOST:465   TLS from the start
//
// Without USER it does not authenticate. After a question mark may stand
// auth=METHOD (auto, plain, login, cram-md5, scram-sha-256, xoauth2; the
// password of xoauth2 is the token), password-file=PATH in place of PASSWORD,
// read anew at each connection since tokens expire, and ca=PATH, certificates
// to trust beside those of the system. An error never repeats the URL.
func Parse(raw string) (Config, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return Config{}, errors.New("is not a URL like smtp://user:password@smtp.example.com:587; write special signs in the password as %40 for @ and so on")
	}
	if strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		return Config{}, errors.New("has something after the host and port that does not belong there")
	}
	c := Config{host: contact.ASCIIHost(u.Hostname()), port: u.Port(), implicit: u.Scheme == "smtps", user: u.User.Username()}
	if c.port == "" {
		c.port = map[bool]string{false: "587", true: "465"}[c.implicit]
	}
	if n, err := strconv.Atoi(c.port); err != nil || n < 1 || n > 65535 {
		return Config{}, errors.New("has a port that is no number from 1 to 65535")
	}
	password, _ := u.User.Password()
	return c.options(u.RawQuery, workflow.Confidential(password))
}

// options reads what stands after the question mark.
func (c Config) options(raw string, password workflow.Confidential) (Config, error) {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return Config{}, errors.New("has something unreadable after the ?")
	}
	for key := range query {
		if !slices.Contains([]string{"auth", "ca", "password-file"}, key) {
			return Config{}, errors.New("has something after the ? that is not auth=, ca= or password-file=")
		}
	}
	c.auth = query.Get("auth")
	if err := c.authentication(password, query.Get("password-file")); err != nil {
		return Config{}, err
	}
	if path := query.Get("ca"); path != "" {
		if c.roots, err = trust(path); err != nil {
			return Config{}, fmt.Errorf("ca=: %w", err)
		}
	}
	return c, nil
}

// authentication settles who the server will hear that we are.
func (c *Config) authentication(password workflow.Confidential, file string) error {
	switch {
	case c.auth != "" && !slices.Contains(methods, c.auth):
		return fmt.Errorf("auth= is not one of %s", strings.Join(methods, ", "))
	case c.user == "" && (c.auth != "" || file != "" || password != ""):
		return errors.New("names no user to authenticate")
	case c.user == "":
		return nil
	case (password == "") == (file == ""):
		return errors.New("needs either a password or password-file= for its user")
	}
	c.auth = cmp.Or(c.auth, "auto")
	c.secret = func() (workflow.Confidential, error) { return password, nil }
	if file == "" {
		return nil
	}
	c.secret = func() (workflow.Confidential, error) { return readSecret(file) }
	if _, err := c.secret(); err != nil {
		return fmt.Errorf("password-file=: %w", err)
	}
	return nil
}

func readSecret(path string) (workflow.Confidential, error) {
	b, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return "", withoutPath(err)
	}
	return workflow.Confidential(strings.TrimSpace(string(b))), nil
}

// trust reads certificates to accept beside those of the system.
func trust(path string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return nil, withoutPath(err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, errors.New("holds no certificate in PEM form")
	}
	return roots, nil
}

// withoutPath keeps of an error what went wrong: the path stands in the URL,
// and may be a piece of a password that was not escaped.
func withoutPath(err error) error {
	var at *os.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// local reports whether the server is on this machine, where nobody listens on
// the way.
func (c Config) local() bool {
	ip := net.ParseIP(c.host)
	return c.host == "localhost" || ip != nil && ip.IsLoopback()
}

// Sender is who letters come from: an address of the firm, with or without a
// name.
type Sender struct{ address mail.Address }

// ParseSender reads "klachten@example.com" or "Name <klachten@example.com>". The
// domain may have any letters; on the wire it has its A-labels, so that no server
// needs SMTPUTF8 for what comes from the firm.
func ParseSender(s string) (Sender, error) {
	a, err := mail.ParseAddress(s)
	if err == nil {
		a.Address = onWire(a.Address)
	}
	if err != nil || !plain(a.Address) || !ascii(a.Address) {
		return Sender{}, errors.New("is not an address like klachten@example.com or Name <klachten@example.com>")
	}
	return Sender{*a}, nil
}

// domain is what stands after the @.
func (s Sender) domain() string {
	return s.address.Address[strings.LastIndex(s.address.Address, "@")+1:]
}

// plain reports whether an address is one that goes on the wire as it stands:
// name@domain without quotes, white space or marks.
func plain(address string) bool {
	a, err := mail.ParseAddress(address)
	return err == nil && a.Name == "" && a.Address == address && !strings.ContainsAny(address, "<>\"\\ \t\r\n")
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}
