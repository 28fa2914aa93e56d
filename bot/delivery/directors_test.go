package delivery

import (
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/calendar"
)

// summary is the delivery of a quarter to the directors together.
func summary() outbox.Delivery {
	return outbox.Delivery{Lane: outbox.LaneDirectors, Payload: theSummer()}
}

// summaryOf is that of another quarter, which is another message.
func summaryOf(number int) outbox.Delivery {
	return outbox.Delivery{Lane: outbox.LaneDirectors, Payload: outbox.QuarterSummary{Quarter: calendar.Quarter{Year: 2026, Number: number}}}
}

// theSummer is the summary of a summer quarter for the directors' channel.
func theSummer() outbox.QuarterSummary {
	return outbox.QuarterSummary{Quarter: calendar.Quarter{Year: 2026, Number: 3}}
}

// TestDelivery_summaryStandsInTheDirectorsChannel once, whatever becomes of
// Slack's answer, and nowhere else.
func TestDelivery_summaryStandsInTheDirectorsChannel(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*slacksim.Faults){
		"":            func(*slacksim.Faults) {},
		"answer lost": func(f *slacksim.Faults) { f.LoseAnswer(slackapi.MethodPost, 1) },
		"cut before":  func(f *slacksim.Faults) { f.CutBefore(slackapi.MethodPost, 1) },
		"limited":     func(f *slacksim.Faults) { f.RateLimit(slackapi.MethodPost, time.Second, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newDeliveryTest(t, withDirectors)
			l.run()
			trouble(l.Sim.Faults())
			l.outbox.put(summary())
			r := l.outbox.awaitDone(t, 1)
			if m := l.Only(directors); m.TS != r.TS || r.Channel != directors {
				t.Errorf("settled as %s in %s, the message is %s", r.TS, r.Channel, m.TS)
			}
			if n := len(l.Sim.Messages(cases)); n != 0 {
				t.Errorf("%d messages in the case channel", n)
			}
		})
	}
}

// TestDelivery_nothingIsShownInAnOpenDirectorsChannel: the summary waits, the
// cases go on, and the directors are alarmed; once it is private again, it
// comes.
func TestDelivery_nothingIsShownInAnOpenDirectorsChannel(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		open  func(*deliveryTest)
		fault string
	}{
		"public": {func(l *deliveryTest) { l.Must(l.Sim.MakePublic(directors)) }, slackapi.FaultPublic},
		"shared": {func(l *deliveryTest) { l.Must(l.Sim.ShareChannel(directors, "T0ELSE")) }, slackapi.FaultShared},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newDeliveryTest(t, withDirectors)
			test.open(l)
			l.run()
			l.outbox.put(summary(), root("c1"))
			l.outbox.awaitDone(t, 2)
			if r := l.outbox.awaitTry(t, 1, 1); r.Fault != test.fault || last(r).FanOut {
				t.Errorf("settled %+v", last(r))
			}
			if n := len(l.Sim.Messages(directors)); n != 0 {
				t.Errorf("%d messages where others read along", n)
			}
			_, err := l.Sim.AwaitMessage(l.Ctx, l.Sim.As(eva).DM(), func(m slacksim.Message) bool {
				return strings.Contains(m.Text, "iekanaal "+directors)
			})
			l.Must(err)
			if got := l.Alarms(olga); len(got) != 0 {
				t.Errorf("the officers were alarmed: %q", got)
			}
		})
	}
}

// TestDelivery_summaryFansOut: what the directors' channel did not take for a
// day each gets directly, and at once when there is none any more. Until then
// it waits; so does what only waits for an answer.
func TestDelivery_summaryFansOut(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		err    error
		lane   outbox.Lane
		waited time.Duration
		want   bool
	}{
		"archived a moment ago": {err: refusedBy(slackapi.MethodPost, "is_archived"), lane: outbox.LaneDirectors},
		"archived for a day":    {err: refusedBy(slackapi.MethodPost, "is_archived"), lane: outbox.LaneDirectors, waited: fanOutAfter, want: true},
		"public for a day":      {err: refusedBy(slackapi.MethodPost, slackapi.FaultPublic), lane: outbox.LaneDirectors, waited: fanOutAfter, want: true},
		"unseen for a day":      {err: refusedBy(slackapi.MethodPost, slackapi.FaultUnseen), lane: outbox.LaneDirectors, waited: fanOutAfter},
		"Slack away for a day":  {err: refusedBy(slackapi.MethodPost, "fatal_error"), lane: outbox.LaneDirectors, waited: fanOutAfter},
		"refused blocks":        {err: refusedBy(slackapi.MethodPost, "invalid_blocks"), lane: outbox.LaneDirectors, waited: fanOutAfter},
		"a case":                {err: refusedBy(slackapi.MethodPost, "is_archived"), lane: outbox.LaneCases, waited: fanOutAfter},
		"no channel any more":   {err: errNoChannel, lane: outbox.LaneDirectors, want: true},
	} {
		d := outbox.Delivery{Payload: theSummer(), Lane: test.lane, Attempts: 50, FirstTry: now.Add(-test.waited)}
		s := outcome(d, outbox.Posted{}, test.err, now, now)
		if s.FanOut != test.want || !s.Retry.After(now) || s.Fault == "" || s.Drop {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// TestDelivery_noDirectorsChannel: one that was taken out of the settings keeps
// nothing.
func TestDelivery_noDirectorsChannel(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.run()
	l.outbox.put(summary())
	if r := l.outbox.awaitTry(t, 1, 1); !last(r).FanOut || r.Fault != faultNoChannel {
		t.Errorf("settled %+v", last(r))
	}
}
