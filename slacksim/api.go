package slacksim

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// tokenKind is the kind of token that a method takes.
type tokenKind int

const (
	botKind tokenKind = iota
	appKind
)

// method is one Web API method.
type method struct {
	run    func(c *call) reply
	tier   tier
	scopes []string // any one of them will do; empty: none needed
	json   bool     // takes a JSON body as well as a form
	token  tokenKind
}

// call is one call of a method. It runs while Sim.mu is held.
type call struct {
	args
	sim *Sim
	w   *workspace
}

// methods are the Web API methods that are simulated.
func methods() map[string]method {
	read := []string{"channels:read", "groups:read", "im:read", "mpim:read"}
	history := []string{"channels:history", "groups:history", "im:history", "mpim:history"}
	write := []string{"chat:write"}
	opens := []string{"channels:manage", "groups:write", "im:write", "mpim:write"}
	users, filesRead, filesWrite := []string{"users:read"}, []string{"files:read"}, []string{"files:write"}
	return map[string]method{
		"auth.test":             {run: (*call).authTest, json: true},
		"apps.connections.open": {run: (*call).connectionsOpen, tier: tier3, json: true, token: appKind},
		"team.info":             {run: (*call).teamInfo, tier: tier3, scopes: []string{"team:read"}},
		"bots.info":             {run: (*call).botsInfo, tier: tier3, scopes: users},

		"chat.postMessage":   {run: (*call).postMessage, tier: tierPost, scopes: write, json: true},
		"chat.postEphemeral": {run: (*call).postEphemeral, tier: tier4, scopes: write, json: true},
		"chat.update":        {run: (*call).updateMessage, tier: tier3, scopes: write, json: true},
		"chat.delete":        {run: (*call).deleteMessage, tier: tier3, scopes: write, json: true},
		"chat.getPermalink":  {run: (*call).permalink},

		"conversations.open":    {run: (*call).conversationsOpen, tier: tier3, scopes: opens, json: true},
		"conversations.info":    {run: (*call).conversationsInfo, tier: tier3, scopes: read},
		"conversations.members": {run: (*call).conversationsMembers, tier: tier4, scopes: read},
		"conversations.history": {run: (*call).history, tier: tier3, scopes: history},
		"conversations.replies": {run: (*call).replies, tier: tier3, scopes: history},

		"users.info": {run: (*call).usersInfo, tier: tier4, scopes: users},
		"users.list": {run: (*call).usersList, tier: tier2, scopes: users},

		"views.open":    {run: (*call).viewsOpen, tier: tier4, json: true},
		"views.push":    {run: (*call).viewsPush, tier: tier4, json: true},
		"views.update":  {run: (*call).viewsUpdate, tier: tier4, json: true},
		"views.publish": {run: (*call).viewsPublish, tier: tier4, json: true},

		"files.info":                   {run: (*call).filesInfo, tier: tier4, scopes: filesRead},
		"files.delete":                 {run: (*call).filesDelete, tier: tier3, scopes: filesWrite, json: true},
		"files.getUploadURLExternal":   {run: (*call).uploadURL, tier: tier4, scopes: filesWrite},
		"files.completeUploadExternal": {run: (*call).completeUpload, tier: tier4, scopes: filesWrite, json: true},
	}
}

// serveAPI answers one Web API call.
func (s *Sim) serveAPI(rw http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	m, known := s.methods[name]
	a, problem := readArgs(r, m.json)
	s.answer(rw, r, Call{Method: name, Channel: a.text("channel")}, func() (int, reply) {
		switch {
		case !known:
			return http.StatusOK, refuse("unknown_method")
		case problem != nil:
			return http.StatusOK, problem
		}
		return s.apply(name, m, r, a)
	})
}

// answer sends what run answers, unless a fault was ordered, and records the call.
func (s *Sim) answer(rw http.ResponseWriter, r *http.Request, c Call, run func() (int, reply)) {
	fault := s.faults.take(c.Method)
	if !s.hold(r, fault.delay) || fault.cutBefore {
		s.record(c)
		cut(rw)
		return
	}
	status, answer := fault.answer()
	if status == 0 {
		status, answer = run()
	}
	c.Error = answer.errorName()
	if fault.loseAnswer {
		s.record(c)
		cut(rw)
		return
	}
	c.Status = status
	s.record(c)
	s.cfg.Log.Debug("web api", "method", c.Method, "status", status, "error", c.Error)
	respond(rw, status, answer)
}

// respond writes JSON; a nil answer is "ok" as plain text, or a bare status.
func respond(rw http.ResponseWriter, status int, answer reply) {
	if after, ok := answer["retry_after"].(int); ok {
		rw.Header().Set("Retry-After", strconv.Itoa(after))
		delete(answer, "retry_after")
	}
	if answer == nil {
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		rw.WriteHeader(status)
		writeBody(rw, []byte(strings.ToLower(http.StatusText(status))))
		return
	}
	rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	rw.WriteHeader(status)
	writeBody(rw, mustJSON(answer))
}

// apply checks token, scopes and rate limit, and runs the method.
func (s *Sim) apply(name string, m method, r *http.Request, a args) (int, reply) {
	token := bearer(r)
	if token == "" && !a.isJSON && m.token == botKind {
		token = a.text("token")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := s.tokenError(token, m.token); code != "" {
		return http.StatusOK, refuse(code)
	}
	if len(m.scopes) > 0 && !slices.ContainsFunc(m.scopes, s.w.app.granted) {
		return http.StatusOK, s.w.missingScope(m.scopes...)
	}
	if s.cfg.RateLimits {
		if wait := s.rates.take(name, m.tier, a.text("channel"), s.w.now()); wait > 0 {
			return http.StatusTooManyRequests, tooMany(wait)
		}
	}
	answer := m.run(&call{args: a, sim: s, w: s.w})
	if _, failed := answer["error"]; !failed {
		answer["ok"] = true
	}
	if !a.charset && m.json {
		answer["warning"] = "missing_charset"
	}
	return http.StatusOK, answer
}

// tooMany is the answer to a call over the rate limit; whole seconds, rounded up.
func tooMany(wait time.Duration) reply {
	answer := refuse("ratelimited")
	answer["retry_after"] = max(1, int(math.Ceil(wait.Seconds())))
	return answer
}

// tokenError is Slack's error for a token that won't do, "" for a good one.
func (s *Sim) tokenError(token string, want tokenKind) string {
	switch {
	case token == "":
		return "not_authed"
	case token != s.cfg.BotToken && token != s.cfg.AppToken:
		return "invalid_auth"
	case s.w.revoked:
		return "token_revoked"
	case want == botKind && token == s.cfg.AppToken, want == appKind && token == s.cfg.BotToken:
		return "not_allowed_token_type"
	}
	return ""
}

func (w *workspace) missingScope(needed ...string) reply {
	answer := refuse("missing_scope")
	answer["needed"] = strings.Join(needed, ",")
	answer["provided"] = strings.Join(w.app.OAuth.Scopes.Bot, ",")
	return answer
}

// hold waits, and tells whether the client is still there.
func (s *Sim) hold(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	case <-s.ctx.Done():
		return false
	}
}

// cut ends the connection without an answer.
func cut(rw http.ResponseWriter) {
	conn, _, err := http.NewResponseController(rw).Hijack()
	if err != nil {
		rw.WriteHeader(http.StatusBadGateway)
		return
	}
	_ = conn.Close()
}

func (s *Sim) record(c Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.At = s.w.now()
	s.w.calls = appendLatest(s.w.calls, c, MaxCalls)
}
