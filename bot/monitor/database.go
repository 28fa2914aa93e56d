package monitor

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/roster"
)

// laneDatabase stands in the keys of alarms about the database, in the place of the lane
// of a channel: nothing is ever sent in it.
const laneDatabase outbox.Lane = "database"

// database is the alarm that nothing can be recorded. It goes out directly, since the
// outbox lies in that database.
func (m *Monitor) database() *channel {
	r := m.inspector.roster
	return &channel{lane: laneDatabase, alarmed: r.Officers, others: r.Directors, alarm: "database.alarm", over: "database.over"}
}

// DatabaseOut alarms the officers, or who stands in for them, that nothing can be
// recorded: each once a day for the same fault, whichever replica tells them. It reports
// whether anybody knows.
func (m *Monitor) DatabaseOut(ctx context.Context, fault string) (known bool) {
	c := m.database()
	h := fnv.New64a()
	_, _ = fmt.Fprint(h, fault)
	key := alarmPrefix + m.calendar.Today(m.now()).String() + ":" + hex.EncodeToString(h.Sum(nil)) + ":" + string(c.lane)
	a := alarm{key: key, begins: c.alarm, fault: fault}
	return m.alarmAll(ctx, c.alarmed, a) || m.alarmAll(ctx, c.others, a)
}

// DatabaseBack tells whoever's last word is such an alarm, also one of a process before,
// that it is over. The error is that of somebody who may not know it yet.
func (m *Monitor) DatabaseBack(ctx context.Context) error {
	return m.tellAllEnd(ctx, m.database())
}

// tellAllEnd tells each person whose last word of the channel is an alarm.
func (m *Monitor) tellAllEnd(ctx context.Context, c *channel) (failed error) {
	for _, who := range append(append([]roster.PersonID{}, c.alarmed...), c.others...) {
		if m.inspector.directory.Left(who) {
			continue
		}
		if err := m.tellEnd(ctx, who, c); err != nil && slackapi.FailureOf(err) == slackapi.Unsure {
			failed = errors.Join(failed, fmt.Errorf("call off an alarm: %s", slackapi.Fault(err)))
		}
	}
	return failed
}
