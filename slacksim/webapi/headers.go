package webapi

import (
	"net/http"
	"strings"
)

// dated stamps answers with Slack's own clock, which is the workspace's unless a
// fault sets it wrong.
func (s *API) dated(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		at := s.w.Now().Add(s.faults.DateSkew())
		rw.Header().Set("Date", at.UTC().Format(http.TimeFormat))
		next(rw, r)
	})
}

// sayScopes says what a good token may do, on every answer to it.
func (s *API) sayScopes(h http.Header, token string) {
	s.w.Lock()
	defer s.w.Unlock()
	switch {
	case s.revoked:
	case token == s.cfg.BotToken:
		h.Set("X-OAuth-Scopes", strings.Join(s.w.App.OAuth.Scopes.Bot, ","))
	case token == s.cfg.AppToken:
		h.Set("X-OAuth-Scopes", "connections:write")
	}
}

// tokenOf is the token of a call: in the header, or among the arguments where
// the method takes it there.
func tokenOf(m method, r *http.Request, a args) string {
	token := bearer(r)
	if token == "" && !a.isJSON && m.token == botKind {
		token = a.text("token")
	}
	return token
}
