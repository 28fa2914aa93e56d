package bot

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/calendar"
)

// board is the directors' channel.
const board = "C0BOARD"

// withBoard gives the lab a directors' channel, with the director and the bot.
func withBoard(l *lab, world *slacksim.Config) {
	l.config.DirectorsChannel = board
	world.Channels = append(world.Channels, slacksim.Channel{
		ID: board, Name: "directie", Private: true, Members: []string{eva, slacksim.BotUserID},
	})
}

// summary is the delivery of a quarter to the directors together.
func summary() outbox.Delivery {
	return outbox.Delivery{Lane: outbox.LaneDirectors, Payload: theSummer()}
}

// theSummer is the summary of a summer quarter for the directors' channel.
func theSummer() outbox.QuarterSummary {
	return outbox.QuarterSummary{Quarter: calendar.Quarter{Year: 2026, Number: 3}}
}

// TestSummaryStandsInTheDirectorsChannel once, whatever becomes of Slack's
// answer, and nowhere else.
func TestSummaryStandsInTheDirectorsChannel(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*slacksim.Faults){
		"":            func(*slacksim.Faults) {},
		"answer lost": func(f *slacksim.Faults) { f.LoseAnswer(methodPost, 1) },
		"cut before":  func(f *slacksim.Faults) { f.CutBefore(methodPost, 1) },
		"limited":     func(f *slacksim.Faults) { f.RateLimit(methodPost, time.Second, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, withBoard)
			l.run()
			trouble(l.sim.Faults())
			l.outbox.put(summary())
			r := l.outbox.awaitDone(t, 1)
			if m := l.only(board); m.TS != r.TS || r.Channel != board {
				t.Errorf("settled as %s in %s, the message is %s", r.TS, r.Channel, m.TS)
			}
			if n := len(l.sim.Messages(cases)); n != 0 {
				t.Errorf("%d messages in the case channel", n)
			}
		})
	}
}

// TestNothingIsShownInAnOpenDirectorsChannel: the summary waits, the cases go
// on, and the directors are alarmed; once it is private again, it comes.
func TestNothingIsShownInAnOpenDirectorsChannel(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		open  func(*lab)
		fault string
	}{
		"public": {func(l *lab) { l.must(l.sim.MakePublic(board)) }, faultPublic},
		"shared": {func(l *lab) { l.must(l.sim.ShareChannel(board, "T0ELSE")) }, faultShared},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, withBoard)
			test.open(l)
			l.run()
			l.outbox.put(summary(), root("c1"))
			l.outbox.awaitDone(t, 2)
			if r := l.outbox.awaitTry(t, 1, 1); r.Fault != test.fault || last(r).FanOut {
				t.Errorf("settled %+v", last(r))
			}
			if n := len(l.sim.Messages(board)); n != 0 {
				t.Errorf("%d messages where others read along", n)
			}
			_, err := l.sim.AwaitMessage(l.ctx, l.sim.As(eva).DM(), func(m slacksim.Message) bool {
				return strings.Contains(m.Text, "iekanaal "+board)
			})
			l.must(err)
			if got := alarms(l, olga); len(got) != 0 {
				t.Errorf("the officers were alarmed: %q", got)
			}
		})
	}
}

// TestSummaryWaitsUntilTheDirectorsChannelWasSeen: without an answer nobody
// knows who reads along there, whatever is known of the case channel.
func TestSummaryWaitsUntilTheDirectorsChannelWasSeen(t *testing.T) {
	t.Parallel()
	l := newLab(t, withBoard)
	look := func(want string) {
		t.Helper()
		_ = l.bot.watch.check(l.ctx) // tells that Slack was away
		err := l.bot.watch.rooms.of(outbox.LaneDirectors).exposure.refuses(l.ctx, methodPost)
		if got := slackCode(err); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	l.sim.Faults().Status("conversations.info", http.StatusBadGateway, 2) // of either channel
	look(faultUnseen)
	if l.bot.watch.rooms.seen() {
		t.Error("nobody looks again")
	}
	look("")
}

// TestSummaryGoesApart: what the directors' channel did not take for a day each
// gets directly, and at once when there is none any more. Until then it waits;
// so does what only waits for an answer.
func TestSummaryGoesApart(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		err    error
		lane   outbox.Lane
		waited time.Duration
		want   bool
	}{
		"archived a moment ago": {err: refusedBy(methodPost, "is_archived"), lane: outbox.LaneDirectors},
		"archived for a day":    {err: refusedBy(methodPost, "is_archived"), lane: outbox.LaneDirectors, waited: apartAfter, want: true},
		"public for a day":      {err: refusedBy(methodPost, faultPublic), lane: outbox.LaneDirectors, waited: apartAfter, want: true},
		"unseen for a day":      {err: refusedBy(methodPost, faultUnseen), lane: outbox.LaneDirectors, waited: apartAfter},
		"Slack away for a day":  {err: refusedBy(methodPost, "fatal_error"), lane: outbox.LaneDirectors, waited: apartAfter},
		"refused blocks":        {err: refusedBy(methodPost, "invalid_blocks"), lane: outbox.LaneDirectors, waited: apartAfter},
		"a case":                {err: refusedBy(methodPost, "is_archived"), lane: outbox.LaneCases, waited: apartAfter},
		"no channel any more":   {err: errNoRoom, lane: outbox.LaneDirectors, want: true},
	} {
		d := outbox.Delivery{Payload: theSummer(), Lane: test.lane, Attempts: 50, FirstTry: now.Add(-test.waited)}
		s := judge(d, outbox.Posted{}, test.err, now, now)
		if s.FanOut != test.want || !s.Retry.After(now) || s.Fault == "" || s.Drop {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// TestNoDirectorsChannel: one that was taken out of the settings keeps nothing.
func TestNoDirectorsChannel(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.run()
	l.outbox.put(summary())
	if r := l.outbox.awaitTry(t, 1, 1); !last(r).FanOut || r.Fault != faultNoRoom {
		t.Errorf("settled %+v", last(r))
	}
}

func TestDoctorOnTheDirectorsChannel(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil func(*lab)
		want  string
	}{
		"all is well":          {func(*lab) {}, "directors_channel_ok"},
		"public":               {func(l *lab) { l.must(l.sim.MakePublic(board)) }, "directors_channel_public"},
		"shared":               {func(l *lab) { l.must(l.sim.ShareChannel(board, "T0ELSE")) }, "directors_channel_shared"},
		"archived":             {func(l *lab) { l.must(l.sim.Archive(board)) }, "directors_channel_archived"},
		"the bot is no member": {func(l *lab) { l.must(l.sim.Leave(l.sim.BotUserID(), board)) }, "directors_channel_invisible"},
		"an officer is":        {func(l *lab) { l.must(l.sim.Join(olga, board)) }, "directors_channel_outsider"},
		"a director is not":    {func(l *lab) { l.must(l.sim.Leave(eva, board)) }, "director_absent"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, withBoard)
			test.spoil(l)
			found := Check(l.ctx, l.config)
			if got := codes(found); !slices.Contains(got, test.want) || !slices.Contains(got, "channel_ok") {
				t.Errorf("found %q, want %q beside a case channel that is well", got, test.want)
			}
			for _, f := range found {
				for _, lang := range []string{"nl", "en"} {
					if s := f.Say(catalogue(t).In(lang)); strings.HasPrefix(s, "doctor.") || strings.Contains(s, "<no value>") {
						t.Errorf("%s in %s: %q", f.Code, lang, s)
					}
				}
			}
		})
	}
}

// TestAlarmAboutTheDirectorsChannel comes to the directors, once, at the moment
// that somebody joins; to the officers when no director is left.
func TestAlarmAboutTheDirectorsChannel(t *testing.T) {
	t.Parallel()
	l := newLab(t, withBoard)
	l.run()
	l.must(l.sim.Join(anna, board))
	_, err := l.sim.AwaitMessage(l.ctx, l.sim.As(eva).DM(), func(m slacksim.Message) bool {
		return strings.Contains(m.Text, anna) && strings.Contains(m.Text, "directie")
	})
	l.must(err)
	l.must(l.bot.watch.check(l.ctx))
	if got := alarms(l, eva); len(got) != 1 {
		t.Errorf("the director got %d alarms: %q", len(got), got)
	}
	if got := alarms(l, olga); len(got) != 0 {
		t.Errorf("the officers were alarmed: %q", got)
	}
	l.must(l.sim.Deactivate(eva))
	l.must(l.bot.watch.check(l.ctx))
	_, err = l.sim.AwaitMessage(l.ctx, l.sim.As(olga).DM(), func(m slacksim.Message) bool { return strings.Contains(m.Text, board) })
	if err != nil { // the check that the bot makes on hearing that she left may be the one that tells
		t.Errorf("nobody heard of the directors' channel: %v, %q", err, alarms(l, olga))
	}
}
