package monitor

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack/slackutilsx"

	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
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

// Check is the job. What keeps one alarm from arriving keeps back no other.
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
	return c.named(problems)
}

// raise alarms who sees to the channel, or who stands in for them.
func (m *Monitor) raise(ctx context.Context, c *channel, findings []Finding) error {
	problems, err := answered(findings)
	if len(problems) == 0 {
		return err
	}
	codes := make([]string, len(problems))
	for i, p := range problems {
		codes[i] = p.Code
	}
	m.log.WarnContext(ctx, "channel or roster out of order", "findings", codes)
	a := alarm{key: m.key(problems), begins: c.alarm, problems: problems}
	if m.alarmAll(ctx, c.alarmed, a) || m.alarmAll(ctx, c.others, a) {
		return err
	}
	return errors.Join(err, errors.New("nobody on the roster could be alarmed"))
}

// alarm is a message of findings; begins is the key of its first sentence.
type alarm struct {
	key, begins string
	problems    []Finding
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

// longestDay is that on which the clock goes back.
const longestDay = 25 * time.Hour

// key names these findings of this day: who was alarmed once is not alarmed
// again, not after a restart nor by another replica.
func (m *Monitor) key(problems []Finding) string {
	h := fnv.New64a()
	for _, p := range problems {
		_, _ = fmt.Fprint(h, p.Code, p.Args["Who"], ";")
	}
	return "check:" + m.calendar.Today(m.now()).String() + ":" + hex.EncodeToString(h.Sum(nil))
}

// alarmAll sends the findings to these people, each in their own language; false
// when nobody could be reached.
func (m *Monitor) alarmAll(ctx context.Context, people []roster.PersonID, a alarm) bool {
	reached := false
	for _, who := range people {
		if m.inspector.directory.Left(who) {
			continue
		}
		err := m.send(ctx, who, a)
		if err != nil {
			m.log.WarnContext(ctx, "alarm not delivered", "person", who, "why", slackapi.Fault(err))
		}
		reached = reached || err == nil
	}
	return reached
}

func (m *Monitor) send(ctx context.Context, who roster.PersonID, a alarm) error {
	lane := outbox.DirectLane(who)
	channel, err := m.direct.Open(ctx, who)
	if err != nil {
		return err
	}
	found, err := m.calls.Find(ctx, lane, slackapi.MessageRef{Channel: channel}, a.key, time.Now().Add(-longestDay))
	if err != nil || found != nil {
		return err
	}
	return m.calls.Call(lane, slackapi.MethodPost, func() error {
		_, err := m.api.Do(ctx, slackapi.Post(slackapi.MessageRef{Channel: channel},
			slackapi.Content{Text: slackutilsx.EscapeMessage(m.sentence(who, a)), Key: a.key}))
		return err
	})
}

func (m *Monitor) sentence(who roster.PersonID, a alarm) string {
	sp := m.readers.To(who)
	lines := []string{sp.Say(a.begins)}
	for _, p := range a.problems {
		lines = append(lines, "• "+p.Say(sp))
	}
	return strings.Join(lines, "\n")
}
