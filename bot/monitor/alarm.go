package monitor

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"github.com/slack-go/slack/slackutilsx"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// raise alarms who sees to the channel, or who stands in for them.
func (m *Monitor) raise(ctx context.Context, c *channel, findings []Finding) error {
	problems, err := answered(findings)
	switch {
	case len(problems) == 0 && err == nil:
		return m.callOff(ctx, c)
	case len(problems) == 0:
		return err
	}
	c.checked.Store(true)
	c.calm.Store(false)
	codes := make([]string, len(problems))
	for i, p := range problems {
		codes[i] = p.Code
	}
	m.log.WarnContext(ctx, "channel or roster out of order", "findings", codes)
	a := alarm{key: m.key(c, problems), begins: c.alarm, problems: problems}
	if m.alarmAll(ctx, c.alarmed, a) || m.alarmAll(ctx, c.others, a) {
		return err
	}
	return errors.Join(err, errors.New("nobody on the roster could be alarmed"))
}

// alarm is a message of findings, or without any that there are none left; begins is
// the key of its first sentence.
type alarm struct {
	key, begins string
	fault       string // of the database, in a word of the catalogue; "" for none
	problems    []Finding
}

// Alarms and their ends are known by their keys, which people's direct messages keep:
// no restart and no other replica repeats one. The day and the findings name an alarm,
// and the directors' channel is named where it is about that one.
const (
	alarmPrefix   = "check:"
	callOffPrefix = "clear:"
)

// How far back direct messages are looked through: for the alarm of this day, on the
// one on which the clock goes back, and for one that may still be open, which is
// repeated every day that the bot runs.
const (
	longestDay = 25 * time.Hour
	openSince  = 8 * 24 * time.Hour
)

// key names these findings of this day.
func (m *Monitor) key(c *channel, problems []Finding) string {
	h := fnv.New64a()
	for _, p := range problems {
		_, _ = fmt.Fprint(h, p.Code, p.Args["Who"], ";")
	}
	key := alarmPrefix + m.calendar.Today(m.now()).String() + ":" + hex.EncodeToString(h.Sum(nil))
	if c.lane != outbox.LaneCases {
		key += ":" + string(c.lane)
	}
	return key
}

func isAlarm(key string) bool   { return strings.HasPrefix(key, alarmPrefix) }
func isCallOff(key string) bool { return strings.HasPrefix(key, callOffPrefix) }

// sameChannel reports whether both keys are about the same channel.
func sameChannel(a, b string) bool { return laneOf(a) == laneOf(b) }

// laneOf is the lane of the channel that a key is about.
func laneOf(key string) outbox.Lane {
	if parts := strings.Split(key, ":"); len(parts) > 3 {
		return outbox.Lane(parts[3])
	}
	return outbox.LaneCases
}

// callOff tells whoever was alarmed that nothing is wrong any more, once; an alarm of
// the process before too. A start has better to do than to look for those: that comes
// with the second check, which every socket that connects asks for. As long as
// something waits that Slack did not take, it is too early: a process that has just
// begun does not know yet what it is refused.
func (m *Monitor) callOff(ctx context.Context, c *channel) error {
	if !c.checked.Swap(true) || c.calm.Load() {
		return nil
	}
	waiting, err := m.attendance.Unreached(ctx, c.lane)
	if c.held.Store(waiting > 0); err != nil || waiting > 0 {
		return err
	}
	failed := m.tellAllEnd(ctx, c)
	c.calm.Store(failed == nil)
	return failed
}

// tellEnd tells one person, when the last word that they had of the channel is an
// alarm.
func (m *Monitor) tellEnd(ctx context.Context, who roster.PersonID, c *channel) error {
	channel, err := m.direct.Open(ctx, who)
	if err != nil {
		return err
	}
	last, err := m.newest(ctx, outbox.DirectLane(who), channel, openSince, func(key string) bool {
		return (isAlarm(key) || isCallOff(key)) && laneOf(key) == c.lane
	})
	if err != nil || !isAlarm(last) {
		return err
	}
	return m.post(ctx, who, channel, alarm{key: callOffPrefix + strings.TrimPrefix(last, alarmPrefix), begins: c.over})
}

// newest is the key of the latest message in somebody's direct messages that wanted
// takes, "" for none.
func (m *Monitor) newest(ctx context.Context, lane outbox.Lane, channel string, back time.Duration, wanted func(key string) bool) (key string, err error) {
	at := ""
	err = m.calls.Scan(ctx, lane, slackapi.MessageRef{Channel: channel}, m.wall().Add(-back), func(one *slackapi.Message) bool {
		if wanted(one.Key()) && one.TS > at {
			key, at = one.Key(), one.TS
		}
		return at != ""
	})
	return key, err
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
	last, err := m.newest(ctx, lane, channel, longestDay, func(key string) bool { return key == a.key || isCallOff(key) && sameChannel(key, a.key) })
	if err != nil || last == a.key {
		return err
	}
	return m.post(ctx, who, channel, a)
}

func (m *Monitor) post(ctx context.Context, who roster.PersonID, channel string, a alarm) error {
	return m.calls.Call(outbox.DirectLane(who), slackapi.MethodPost, func() error {
		_, err := m.api.Do(ctx, slackapi.Post(slackapi.MessageRef{Channel: channel},
			slackapi.Content{Text: slackutilsx.EscapeMessage(m.sentence(who, a)), Key: a.key}))
		return err
	})
}

func (m *Monitor) sentence(who roster.PersonID, a alarm) string {
	sp, args := m.readers.To(who), texts.Args{}
	if a.fault != "" {
		args["Fault"] = sp.Say("database." + a.fault)
	}
	lines := []string{sp.Say(a.begins, args)}
	for _, p := range a.problems {
		lines = append(lines, "• "+p.Say(sp))
	}
	return strings.Join(lines, "\n")
}
