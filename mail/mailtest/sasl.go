package mailtest

import (
	"strings"

	"github.com/emersion/go-smtp"
)

// login is the server's side of LOGIN: it asks for the name, then for the
// password.
type login struct {
	admit func(user, password string) error
	user  *string
	asked bool
}

func (l *login) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case l.user == nil && response == nil && !l.asked:
		l.asked = true
		return []byte("Username:"), false, nil
	case l.user == nil:
		user := string(response)
		l.user = &user
		return []byte("Password:"), false, nil
	}
	return nil, true, l.admit(*l.user, string(response))
}

// xoauth2 is the server's side of XOAUTH2 as Google and Microsoft describe it:
// a refused token is answered with a challenge that tells why, and only after
// the client's empty answer with the refusal.
type xoauth2 struct {
	admit   func(user, token string) error
	refused bool
}

func (x *xoauth2) Next(response []byte) (challenge []byte, done bool, err error) {
	if x.refused {
		return nil, false, smtp.ErrAuthFailed
	}
	if response == nil {
		return []byte{}, false, nil
	}
	user, rest, _ := strings.Cut(strings.TrimPrefix(string(response), "user="), "\x01")
	token := strings.TrimSuffix(strings.TrimPrefix(rest, "auth=Bearer "), "\x01\x01")
	if x.admit(user, token) != nil {
		x.refused = true
		return []byte(`{"status":"401","schemes":"bearer"}`), false, nil
	}
	return nil, true, nil
}
