package monitor

import (
	"slices"
	"sync"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
)

// refusals are the messages that Slack refuses for good in a channel with which
// nothing is wrong otherwise: who may post there, or what the app may do at all, was
// changed. Whoever can mend that must hear of it.
type refusals struct {
	mu  sync.Mutex
	all map[refusedAt]refusal
}

// refusedAt is where and how a message was to go out. A channel can refuse posts and
// take replies, so that one that is taken ends its own kind of refusal only.
type refusedAt struct {
	lane outbox.Lane
	how  string
}

type refusal struct {
	code string
	at   time.Time
}

// refusedFor is how long a refusal counts that nothing confirmed: what waits is tried
// again more often than that.
const refusedFor = time.Hour

// Refused takes down that Slack refused a message of a lane for good; how is what was
// asked for. What a check of the channel finds by itself says nothing new.
func (m *Monitor) Refused(lane outbox.Lane, how, code string) {
	if slices.Contains(foundByCheck, code) || m.channels.of(lane) == nil && !slices.Contains(everywhere, code) {
		return
	}
	m.refusals.mu.Lock()
	defer m.refusals.mu.Unlock()
	if m.refusals.all == nil {
		m.refusals.all = map[refusedAt]refusal{}
	}
	m.refusals.all[refusedAt{lane, how}] = refusal{code, time.Now()}
}

// foundByCheck are the words for what the check of a channel finds.
var foundByCheck = []string{
	"channel_not_found", "not_in_channel", "is_archived", "is_inactive",
	slackapi.FaultPublic, slackapi.FaultShared, slackapi.FaultUnseen,
}

// everywhere are the words for what is wrong with the workspace or the app, so that
// they are no secret between two people when a direct message is refused.
var everywhere = []string{"message_limit_exceeded", "app_access_restricted", "missing_scope", "ekm_access_denied", "team_access_not_granted"}

// Accepted takes down that Slack took such a message.
func (m *Monitor) Accepted(lane outbox.Lane, how string) {
	m.refusals.mu.Lock()
	_, over := m.refusals.all[refusedAt{lane, how}]
	delete(m.refusals.all, refusedAt{lane, how})
	m.refusals.mu.Unlock()
	if over {
		m.CheckNow()
	}
}

// of returns a finding for each word of refusal in a channel. What is refused
// everywhere else is said with the case channel's.
func (r *refusals) of(c *channel, now time.Time) (problems []Finding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var codes []string
	for at, one := range r.all {
		_, direct := at.lane.Direct()
		if now.Sub(one.at) < refusedFor && (at.lane == c.lane || direct && c.lane == outbox.LaneCases) {
			codes = append(codes, one.code)
		}
	}
	slices.Sort(codes)
	for _, code := range slices.Compact(codes) {
		problems = append(problems, Finding{Code: "channel_refuses", Args: texts.Args{"Channel": c.id, "Code": code}})
	}
	return problems
}
