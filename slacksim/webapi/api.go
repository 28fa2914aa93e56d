package webapi

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

	"github.com/artra/klachtbot/slacksim/faults"
	"github.com/artra/klachtbot/slacksim/socket"
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// tokenKind is the kind of token that a method takes.
type tokenKind int

const (
	botKind tokenKind = iota
	appKind
)

// method is one Web API method.
type method struct {
	run    func(c *call) wire.Reply
	tier   tier
	scopes []string // any one of them will do; empty: none needed
	json   bool     // takes a JSON body as well as a form
	token  tokenKind
}

// API answers the Web API, response URLs, uploads and downloads.
type API struct {
	w       *workspace.Workspace
	hub     *socket.Hub
	faults  *faults.Faults
	methods map[string]method
	rates   *rates
	cfg     Config
	revoked bool // guarded by the workspace's lock

	mu    sync.Mutex
	calls []Call // guarded by mu
}

// Config is what the app must present, and what it is held to.
type Config struct {
	BotToken, AppToken string
	RateLimits         bool
	Log                *slog.Logger // method names, ids and errors, never a text
}

// New answers for w.
func New(w *workspace.Workspace, h *socket.Hub, f *faults.Faults, cfg Config) *API {
	return &API{w: w, hub: h, faults: f, methods: methods(), rates: newRates(), cfg: cfg}
}

// Register adds what the app calls to mux.
func (s *API) Register(mux *http.ServeMux) {
	for pattern, serve := range map[string]http.HandlerFunc{
		"/api/{method}":               s.serveAPI,
		"/link/":                      s.serveSocket,
		"POST /response/{team}/{url}": s.serveResponseURL,
		"POST /upload/v1/{file}":      s.serveUpload,
		"GET /signin":                 serveSignIn,
		"GET " + workspace.FilesPath + "{file}/download/{name}":   s.serveDownload,
		"GET " + workspace.MailFilesPath + "{file}/{part}/{name}": s.serveDownload,
	} {
		mux.Handle(pattern, s.dated(serve))
	}
}

// Paths are those below which Register answers.
func Paths() []string {
	return []string{"/api/", "/link/", "/response/", "/upload/", workspace.FilesPath, workspace.MailFilesPath, "/signin"}
}

// Revoke makes the tokens worthless.
func (s *API) Revoke() {
	s.w.Lock()
	defer s.w.Unlock()
	s.revoked = true
}

// call is one call of a method. It runs while the workspace is locked.
type call struct {
	args
	api *API
	w   *workspace.Workspace
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
func (s *API) serveAPI(rw http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	m, known := s.methods[name]
	a, problem := readArgs(r, m.json)
	s.sayScopes(rw.Header(), tokenOf(m, r, a))
	s.answer(rw, r, Call{Method: name, Channel: a.text("channel")}, func() (int, wire.Reply) {
		switch {
		case !known:
			return http.StatusOK, wire.Refuse("unknown_method")
		case problem != nil:
			return http.StatusOK, problem
		}
		return s.apply(name, m, r, a)
	})
}

// answer sends what run answers, unless a fault was ordered, and records the call.
func (s *API) answer(rw http.ResponseWriter, r *http.Request, c Call, run func() (int, wire.Reply)) {
	fault := s.faults.Take(c.Method)
	if !fault.Hold(r, s.w.Ended()) || fault.CutBefore {
		s.record(c)
		faults.Cut(rw)
		return
	}
	status, answer := faultAnswer(fault)
	switch {
	case status == 0:
		status, answer = run()
	case fault.Applied:
		run()
	}
	c.Error = answer.ErrorName()
	if fault.LoseAnswer || !fault.HoldAnswer(r, s.w.Ended()) {
		s.record(c)
		faults.Cut(rw)
		return
	}
	c.Status = status
	s.record(c)
	s.cfg.Log.Debug("web api", "method", c.Method, "status", status, "error", c.Error)
	if fault.Page {
		respondPage(rw, status)
		return
	}
	respond(rw, status, answer)
}

// respond writes JSON; a nil answer is "ok" as plain text, or a bare status.
func respond(rw http.ResponseWriter, status int, answer wire.Reply) {
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
	writeBody(rw, wire.JSON(answer))
}

// apply checks token, scopes and rate limit, and runs the method.
func (s *API) apply(name string, m method, r *http.Request, a args) (int, wire.Reply) {
	s.w.Lock()
	defer s.w.Unlock()
	if code := s.tokenError(tokenOf(m, r, a), m.token); code != "" {
		return http.StatusOK, wire.Refuse(code)
	}
	if len(m.scopes) > 0 && !slices.ContainsFunc(m.scopes, s.w.App.Granted) {
		return http.StatusOK, s.w.MissingScope(m.scopes...)
	}
	if s.cfg.RateLimits {
		if wait := s.rates.take(name, m.tier, a.text("channel"), s.w.Now()); wait > 0 {
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
func tooMany(wait time.Duration) wire.Reply {
	answer := wire.Refuse("ratelimited")
	answer["retry_after"] = max(1, int(math.Ceil(wait.Seconds())))
	return answer
}

// tokenError is Slack's error for a token that won't do, "" for a good one.
func (s *API) tokenError(token string, want tokenKind) string {
	switch {
	case token == "":
		return "not_authed"
	case token != s.cfg.BotToken && token != s.cfg.AppToken:
		return "invalid_auth"
	case s.revoked:
		return "token_revoked"
	case want == botKind && token == s.cfg.AppToken, want == appKind && token == s.cfg.BotToken:
		return "not_allowed_token_type"
	}
	return ""
}

// serveSocket lets the app open a WebSocket; faults know it as "socket".
func (s *API) serveSocket(rw http.ResponseWriter, r *http.Request) {
	fault := s.faults.Take("socket")
	if !fault.Hold(r, s.w.Ended()) || fault.CutBefore {
		faults.Cut(rw)
		return
	}
	if status, answer := faultAnswer(fault); status != 0 {
		respond(rw, status, answer)
		return
	}
	s.hub.ServeHTTP(rw, r)
}

// serveResponseURL answers a POST to a response URL; calls and faults know it as
// "response_url". Slack answers "ok" as plain text.
func (s *API) serveResponseURL(rw http.ResponseWriter, r *http.Request) {
	s.answer(rw, r, Call{Method: "response_url"}, func() (int, wire.Reply) {
		var body workspace.ResponseBody
		if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, maxBody)).Decode(&body); err != nil {
			return http.StatusBadRequest, wire.Refuse("invalid_payload")
		}
		s.w.Lock()
		defer s.w.Unlock()
		return s.w.ResponseURLs.Use(r.PathValue("url"), body)
	})
}

// faultAnswer is what a fault answers instead of the method; status 0: nothing.
func faultAnswer(f faults.Fault) (int, wire.Reply) {
	switch {
	case f.Status == http.StatusTooManyRequests && f.RetryAfter > 0:
		return f.Status, tooMany(f.RetryAfter)
	case f.SlackError != "":
		return f.Status, wire.Refuse(f.SlackError)
	}
	return f.Status, nil
}

// writeBody sends what is left of an answer; a client that is gone has no use for it.
func writeBody(rw http.ResponseWriter, body []byte) {
	_, _ = bytes.NewReader(body).WriteTo(rw)
}
