package monitor

import (
	"context"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/texts"
)

// clockAt is the local time of the daily check.
const clockAt = 8*60 + 30

// clockWrong is what the officers are alarmed of when the clock is more than a day
// off Slack's.
func (m *Monitor) clockWrong() []Finding {
	if m.clock == nil || !m.clock.Wrong() {
		return nil
	}
	return []Finding{clockFinding("clock_wrong", m.clock)}
}

// clockCheck compares the machine's clock with Slack's, once Slack has answered.
func clockCheck(c *slackapi.Clock) []Finding {
	by, known := c.Ahead()
	switch {
	case !known:
		return nil
	case by.Abs() > slackapi.AskewFrom:
		return []Finding{clockFinding("clock_skew", c)}
	}
	well := clockFinding("clock_ok", c)
	well.OK = true
	return []Finding{well}
}

// clockFinding names by how many seconds the machine's clock is ahead of Slack's.
func clockFinding(code string, c *slackapi.Clock) Finding {
	by, _ := c.Ahead()
	return Finding{Code: code, Args: texts.Args{"skew_seconds": int64(by.Round(time.Second) / time.Second)}}
}

// Daily asks for the day's check: once it is half past eight on the machine's
// clock, whatever that said before, and at once when the clock turns out wrong or
// right again. It is to be called every minute.
func (m *Monitor) Daily(context.Context) error {
	now := m.wall().In(m.calendar.Location)
	today := m.calendar.Today(now)
	wrong := m.clock != nil && m.clock.Wrong()
	due := !now.Before(m.calendar.At(today, clockAt)) && m.daily.day != today
	started := due && m.daily.day.IsZero() && !m.daily.waited // the start checked a moment ago
	m.daily.waited = true
	if due {
		m.daily.day = today
	}
	if due && !started || wrong != m.daily.wrong {
		m.daily.wrong = wrong
		m.CheckNow()
	}
	return nil
}
