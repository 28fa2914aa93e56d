//go:build !race

package bot

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
)

// machine is the clock of the machine on which the bot runs: right, ahead or behind by
// so much, or standing still. Slack's own clock is always right.
type machine struct {
	ahead time.Duration
	still time.Time   // zero while it goes
	wrong []timeRange // in which it was not right
}

type timeRange struct{ from, until time.Time }

func (m *machine) now() time.Time {
	if !m.still.IsZero() {
		return m.still
	}
	return time.Now().Add(m.ahead)
}

// wrongAt reports whether it was not right at a moment.
func (m *machine) wrongAt(t time.Time) bool {
	return slices.ContainsFunc(m.wrong, func(r timeRange) bool { return !t.Before(r.from) && !t.After(r.until) })
}

const jumps = 8 // of a year

// secondClock is Slack's, on every answer, beside the machine's.
func (y *yearTest) secondClock() *slackapi.Clock {
	return slackapi.NewClock(slackapi.Account{BotToken: slacksim.DefaultBotToken, AppToken: slacksim.DefaultAppToken, URL: yearAPI}, y.machine.now)
}

const yearAPI = "http://localhost/api/"

// checked is what cmd/klachtbot makes of the second clock.
func checked(second *slackapi.Clock) func() storage.ClockCheck {
	return func() storage.ClockCheck {
		if _, known := second.Ahead(); !known {
			return storage.ClockUnchecked
		}
		if second.Wrong() {
			return storage.ClockDiffers
		}
		return storage.ClockAgrees
	}
}

// jump starts the bot once with a clock that is hours to years ahead or behind, or
// stands still, lets it work for some hours, and goes on with the right one.
func (y *yearTest) jump() {
	from := time.Now()
	y.stop()
	days := time.Duration(1+y.luck.IntN(30)) * 24 * time.Hour
	switch y.luck.IntN(5) {
	case 0:
		y.machine.still = from
	case 1:
		y.machine.ahead = time.Duration(1+y.luck.IntN(20)) * time.Hour // which Slack's clock does not gainsay
	case 2:
		y.machine.ahead = days
	case 3:
		y.machine.ahead = time.Duration(1+y.luck.IntN(10)) * 366 * 24 * time.Hour
	case 4:
		y.machine.ahead = -days * 100
	}
	y.start()
	time.Sleep(time.Duration(20+y.luck.IntN(600)) * time.Minute)
	y.stop()
	y.machine.ahead, y.machine.still = 0, time.Time{}
	y.start()
	y.machine.wrong = append(y.machine.wrong, timeRange{from, time.Now()})
	y.spoil(from, time.Now().Add(time.Hour))
}
