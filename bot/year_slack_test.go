//go:build !race

package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/slacksim"
)

// wireless carries the bot's calls to the simulated Slack without a socket,
// which would hang a bubble, makes trouble on the way, and keeps what was
// posted.
type wireless struct {
	sim *slacksim.Sim

	mu       sync.Mutex
	luck     *rand.Rand
	outage   bool // Slack is out of order
	posts    []post
	direct   map[string]string // whose direct messages a channel is
	refusals map[string]int    // Slack's error names, for who looks into a failure
}

// post is one message as Slack took it.
type post struct {
	at                  time.Time
	channel, thread, ts string
	to                  string // whose direct message it is
	text, blocks, key   string
}

// The ways in which a call goes wrong.
const (
	fine = iota
	refusing
	mute // no answer, and nothing was done
	lost // no answer, but it was done
	busy // 429
)

var errCut = errors.New("connection cut")

// RoundTrip implements http.RoundTripper.
func (w *wireless) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	method := path.Base(r.URL.Path)
	fate := w.fate(method)
	switch fate {
	case refusing:
		return answer(http.StatusServiceUnavailable, ""), nil
	case busy:
		return answer(http.StatusTooManyRequests, "7"), nil
	case mute:
		<-r.Context().Done()
		return nil, context.Cause(r.Context())
	}
	call := r.Clone(context.WithoutCancel(r.Context()))
	call.Body = io.NopCloser(bytes.NewReader(body))
	recorder := httptest.NewRecorder()
	w.sim.Handler().ServeHTTP(recorder, call)
	w.note(method, body, recorder.Body.Bytes())
	if fate == lost {
		return nil, errCut
	}
	answered := recorder.Result()
	answered.Header.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	return answered, nil
}

func answer(status int, retryAfter string) *http.Response {
	header := http.Header{"Content-Type": {"application/json"}}
	if retryAfter != "" {
		header.Set("Retry-After", retryAfter)
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader("{}"))}
}

// fate draws what becomes of a call: hardly ever trouble, and mostly trouble
// while Slack is out of order.
func (w *wireless) fate(method string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.outage {
		return []int{refusing, refusing, mute, lost}[w.luck.IntN(4)]
	}
	if !strings.HasPrefix(method, "chat.") || w.luck.IntN(100) > 0 {
		return fine
	}
	return []int{refusing, mute, lost, lost, busy}[w.luck.IntN(5)]
}

func (w *wireless) breakdown(on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.outage = on
}

// note keeps a message that Slack took.
func (w *wireless) note(method string, body, answered []byte) {
	var got struct {
		OK      bool            `json:"ok"`
		Error   string          `json:"error"`
		TS      string          `json:"ts"`
		Channel json.RawMessage `json:"channel"`
	}
	if json.Unmarshal(answered, &got) != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !got.OK {
		w.refusals[method+" "+got.Error]++
		return
	}
	asked, err := url.ParseQuery(string(body))
	if err != nil {
		return
	}
	switch method {
	case "conversations.open":
		var channel struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(got.Channel, &channel) == nil {
			w.direct[channel.ID] = asked.Get("users")
		}
	case slackapi.MethodPost:
		channel := asked.Get("channel")
		w.posts = append(w.posts, post{
			at: time.Now(), channel: channel, thread: asked.Get("thread_ts"), ts: got.TS, to: w.direct[channel],
			text: asked.Get("text"), blocks: asked.Get("blocks"), key: asked.Get("metadata"),
		})
	}
}
