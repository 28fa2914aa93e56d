package slacksim

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
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

// api answers the Web API, response URLs, uploads and downloads.
type api struct {
	w       *workspace
	hub     *hub
	faults  *Faults
	methods map[string]method
	rates   *rates
	cfg     apiConfig
	revoked bool // guarded by the workspace's lock

	mu    sync.Mutex
	calls []Call // guarded by mu
}

// apiConfig is what the app must present, and what it is held to.
type apiConfig struct {
	botToken, appToken string
	rateLimits         bool
	log                *slog.Logger // method names, ids and errors, never a text
}

// newAPI answers for w.
func newAPI(w *workspace, h *hub, f *Faults, cfg apiConfig) *api {
	return &api{w: w, hub: h, faults: f, methods: methods(), rates: newRates(), cfg: cfg}
}

// register adds what the app calls to mux.
func (s *api) register(mux *http.ServeMux) {
	mux.HandleFunc("/api/{method}", s.serveAPI)
	mux.HandleFunc("/link/", s.serveSocket)
	mux.HandleFunc("POST /response/{team}/{url}", s.serveResponseURL)
	mux.HandleFunc("POST /upload/v1/{file}", s.serveUpload)
	mux.HandleFunc("GET "+filesPath+"{file}/download/{name}", s.serveDownload)
	mux.HandleFunc("GET /signin", serveSignIn)
}

// revoke makes the tokens worthless.
func (s *api) revoke() {
	s.w.Lock()
	defer s.w.Unlock()
	s.revoked = true
}

// call is one call of a method. It runs while the workspace is locked.
type call struct {
	args
	api *api
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
func (s *api) serveAPI(rw http.ResponseWriter, r *http.Request) {
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
func (s *api) answer(rw http.ResponseWriter, r *http.Request, c Call, run func() (int, reply)) {
	fault := s.faults.take(c.Method)
	if !fault.hold(r, s.w.ended()) || fault.cutBefore {
		s.record(c)
		cut(rw)
		return
	}
	status, answer := faultAnswer(fault)
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
	s.cfg.log.Debug("web api", "method", c.Method, "status", status, "error", c.Error)
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
func (s *api) apply(name string, m method, r *http.Request, a args) (int, reply) {
	token := bearer(r)
	if token == "" && !a.isJSON && m.token == botKind {
		token = a.text("token")
	}
	s.w.Lock()
	defer s.w.Unlock()
	if code := s.tokenError(token, m.token); code != "" {
		return http.StatusOK, refuse(code)
	}
	if len(m.scopes) > 0 && !slices.ContainsFunc(m.scopes, s.w.app.granted) {
		return http.StatusOK, s.w.missingScope(m.scopes...)
	}
	if s.cfg.rateLimits {
		if wait := s.rates.take(name, m.tier, a.text("channel"), s.w.now()); wait > 0 {
			return http.StatusTooManyRequests, tooMany(wait)
		}
	}
	answer := m.run(&call{args: a, api: s, w: s.w})
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
func (s *api) tokenError(token string, want tokenKind) string {
	switch {
	case token == "":
		return "not_authed"
	case token != s.cfg.botToken && token != s.cfg.appToken:
		return "invalid_auth"
	case s.revoked:
		return "token_revoked"
	case want == botKind && token == s.cfg.appToken, want == appKind && token == s.cfg.botToken:
		return "not_allowed_token_type"
	}
	return ""
}

// serveSocket lets the app open a WebSocket; faults know it as "socket".
func (s *api) serveSocket(rw http.ResponseWriter, r *http.Request) {
	fault := s.faults.take("socket")
	if !fault.hold(r, s.w.ended()) || fault.cutBefore {
		cut(rw)
		return
	}
	if status, answer := faultAnswer(fault); status != 0 {
		respond(rw, status, answer)
		return
	}
	s.hub.serveHTTP(rw, r)
}

// serveResponseURL answers a POST to a response URL; calls and faults know it as
// "response_url". Slack answers "ok" as plain text.
func (s *api) serveResponseURL(rw http.ResponseWriter, r *http.Request) {
	s.answer(rw, r, Call{Method: "response_url"}, func() (int, reply) {
		var body responseBody
		if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, maxBody)).Decode(&body); err != nil {
			return http.StatusBadRequest, refuse("invalid_payload")
		}
		s.w.Lock()
		defer s.w.Unlock()
		return s.w.responseURLs.use(r.PathValue("url"), body)
	})
}

// faultAnswer is what a fault answers instead of the method; status 0: nothing.
func faultAnswer(f fault) (int, reply) {
	switch {
	case f.status == http.StatusTooManyRequests && f.retryAfter > 0:
		return f.status, tooMany(f.retryAfter)
	case f.slackError != "":
		return f.status, refuse(f.slackError)
	}
	return f.status, nil
}

// writeBody sends what is left of an answer; a client that is gone has no use for it.
func writeBody(rw http.ResponseWriter, body []byte) {
	_, _ = bytes.NewReader(body).WriteTo(rw)
}
