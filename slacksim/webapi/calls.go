package webapi

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/slacksim/expiring"
)

// Call is one Web API call, without any text that it carried.
type Call struct {
	Method  string
	At      time.Time
	Channel string // the channel argument, when there was one
	Status  int    // HTTP status; 0 when the connection was cut
	Error   string // Slack's error name; "" when it succeeded
}

// maxCalls is how many of the latest calls are remembered.
const maxCalls = 50_000

func (s *API) record(c Call) {
	c.At = s.w.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = expiring.AppendLatest(s.calls, c, maxCalls)
}

// Calls are the latest 50,000 calls, oldest first.
func (s *API) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(expiring.Latest(s.calls, maxCalls))
}
