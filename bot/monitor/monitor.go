package monitor

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/calendar"
)

// Monitor checks, every day and whenever something happens to them, that the case
// channel and the directors' channel are still what they must be (design section
// 4), and that everybody on the roster can still be reached: who can't is gone
// for the register, and their cases go to somebody else. It alarms the officers
// in direct messages, and the directors of their own channel; the same findings
// once a day.
type Monitor struct {
	inspector  *inspector
	channels   channels
	api        *slackapi.Client
	calls      *slackapi.Calls
	direct     *slackapi.Directs
	attendance Attendance
	calendar   calendar.Calendar
	readers    texts.Readers
	now        func() time.Time
	log        *slog.Logger
	refusals   refusals
	asked      chan struct{} // for a check at once
	waiting    atomic.Bool   // with asking
}

// Config is what a Monitor goes by.
type Config struct {
	Workspace  Workspace
	Attendance Attendance
	Calendar   calendar.Calendar
	Readers    texts.Readers
	Now        func() time.Time // the procedure's clock
	Log        *slog.Logger
}

// New returns a monitor that has checked nothing yet.
func New(c Config, api *slackapi.Client, directory *people.Directory, direct *slackapi.Directs) *Monitor {
	return &Monitor{
		inspector: &inspector{api: api, directory: directory, roster: c.Workspace.Roster},
		channels:  newChannels(c.Workspace), api: api, calls: slackapi.NewCalls(api, time.Now), direct: direct,
		attendance: c.Attendance, calendar: c.Calendar, readers: c.Readers, now: c.Now, log: c.Log,
		asked: make(chan struct{}, 1),
	}
}

// ChannelOf returns the channel of a lane; "" when there is none.
func (m *Monitor) ChannelOf(lane outbox.Lane) string {
	if c := m.channels.of(lane); c != nil {
		return c.id
	}
	return ""
}

// MayShow refuses to show anything in a channel that others can read, with the
// error that a refused call of the method has. It waits for the first check.
func (m *Monitor) MayShow(ctx context.Context, channel, method string) error {
	c := m.channels.at(channel)
	if c == nil {
		return nil // direct messages
	}
	return c.privacy.refuses(ctx, method)
}

// CheckNow asks for a check at once; it never blocks.
func (m *Monitor) CheckNow() {
	select {
	case m.asked <- struct{}{}:
	default: // it is asked for already
	}
}

// Asked gives a value whenever a check was asked for.
func (m *Monitor) Asked() <-chan struct{} { return m.asked }

// Check is the job. What keeps one alarm from arriving keeps back no other. An alarm
// of which nothing is left is called off.
func (m *Monitor) Check(ctx context.Context) error {
	problems := m.inspect(ctx, m.channels[0])
	var failed error
	for _, c := range m.channels[1:] {
		failed = errors.Join(failed, m.raise(ctx, c, m.inspect(ctx, c)))
	}
	m.checkAgain()
	seen := m.inspector.rosterCheck(ctx)
	noted := m.note(ctx, seen)
	problems = append(problems, m.inspector.unfit(ctx, seen)...)
	return errors.Join(failed, m.raise(ctx, m.channels[0], problems), noted)
}

// inspect returns what is wrong with a channel; what others could read of it is
// known before its members are asked for.
func (m *Monitor) inspect(ctx context.Context, c *channel) []Finding {
	problems, seen := m.inspector.itself(ctx, c)
	c.privacy.learn(problems)
	if seen {
		problems = append(problems, m.inspector.members(ctx, c)...)
	}
	if len(problems) == 0 { // else that is why
		problems = m.refusals.of(c, time.Now())
	}
	return c.named(problems)
}

// checkAgain asks for another check soon as long as nobody could see a
// channel: everything that belongs there waits for that. One at a time.
func (m *Monitor) checkAgain() {
	if m.channels.seen() || m.waiting.Swap(true) {
		return
	}
	time.AfterFunc(unseenPause, func() {
		m.waiting.Store(false)
		m.CheckNow()
	})
}

// unseenPause comes before the next check of a channel that nobody could see.
const unseenPause = 2 * time.Second
