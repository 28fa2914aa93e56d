package monitor

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/outbox"
)

const (
	over = "Weer in orde"
	bad  = "Let op"
)

// told are the first words of what somebody read.
func (l *monitorTest) told(who string) (all []string) {
	l.Helper()
	for _, text := range l.Alarms(who) {
		switch {
		case strings.HasPrefix(text, over):
			all = append(all, over)
		case strings.HasPrefix(text, bad):
			all = append(all, bad)
		default:
			all = append(all, text)
		}
	}
	return all
}

// TestAlarm_isCalledOff: who was alarmed reads once that nothing is wrong any more,
// from the process that alarmed or from the one after, and is alarmed again the same
// day when it goes wrong again.
func TestAlarm_isCalledOff(t *testing.T) {
	t.Parallel()
	for name, restarted := range map[string]bool{"same process": false, "another process": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newMonitorTest(t)
			check := func(times int, want ...string) {
				t.Helper()
				if restarted {
					l.assemble(nobody{})
				}
				for range times {
					l.Must(l.monitor.Check(l.Ctx))
				}
				if got := l.told(olga); !slices.Equal(got, want) {
					t.Fatalf("read %q, want %q", got, want)
				}
			}
			check(3)
			l.Must(l.Sim.Join(anna, cases))
			check(2, bad)
			l.Must(l.Sim.Leave(anna, cases))
			check(3, bad, over)
			check(3, bad, over)
			l.Must(l.Sim.Join(anna, cases))
			check(2, bad, over, bad)
			l.Must(l.Sim.Leave(anna, cases))
			check(2, bad, over, bad, over)
			if got := l.told(eva); len(got) != 0 {
				t.Errorf("the director read %q", got)
			}
		})
	}
}

// TestAlarm_isNotCalledOffUnseen: a check that could not ask everything knows of no
// end, and neither does one that found half of it mended.
func TestAlarm_isNotCalledOffUnseen(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	l.Must(l.Sim.Join(anna, cases))
	l.Must(l.Sim.Join(eva, cases))
	l.Must(l.monitor.Check(l.Ctx))
	l.Must(l.Sim.Leave(anna, cases))
	l.Must(l.monitor.Check(l.Ctx))
	l.Must(l.Sim.Leave(eva, cases))
	for _, method := range []string{"conversations.info", "conversations.members", "users.info"} {
		l.Sim.Faults().Status(method, http.StatusBadGateway, 1)
		if l.monitor.Check(l.Ctx) == nil {
			t.Errorf("%s failed, and nobody knows", method)
		}
	}
	if got := l.told(olga); !slices.Equal(got, []string{bad, bad}) {
		t.Errorf("read %q", got)
	}
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.told(olga); !slices.Equal(got, []string{bad, bad, over}) {
		t.Errorf("read %q", got)
	}
}

// TestAlarm_isNotCalledOffWhileSomethingWaits: a process that has just begun does not
// know yet that Slack refuses what waits.
func TestAlarm_isNotCalledOffWhileSomethingWaits(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	l.monitor.Refused(outbox.LaneCases, slackapi.MethodPost, "message_limit_exceeded")
	l.Must(l.monitor.Check(l.Ctx))
	l.assemble(oneWaits{})
	for range 3 {
		l.Must(l.monitor.Check(l.Ctx))
	}
	if got := l.told(olga); !slices.Equal(got, []string{bad}) {
		t.Errorf("read %q", got)
	}
	l.monitor.attendance = nobody{}
	l.monitor.Accepted(outbox.LaneCases, slackapi.MethodPost)
	<-l.monitor.Asked()
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.told(olga); !slices.Equal(got, []string{bad, over}) {
		t.Errorf("read %q", got)
	}
}

// TestAlarm_ofEachChannelEndsByItself: the end of one channel's alarm is not that of
// the other's, for who hears of both.
func TestAlarm_ofEachChannelEndsByItself(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t, withDirectors)
	l.Must(l.Sim.Deactivate(eva)) // so that the officers hear of the directors' channel too
	_, err := l.people.Ask(l.Ctx, eva)
	l.Must(err)
	l.workspace.Roster.Directors = nil
	l.assemble(nobody{})
	l.Must(l.Sim.Join(anna, directors))
	l.Must(l.Sim.Join(anna, cases))
	l.Must(l.monitor.Check(l.Ctx))
	l.Must(l.Sim.Leave(anna, cases))
	l.Must(l.monitor.Check(l.Ctx))
	l.Must(l.monitor.Check(l.Ctx))
	got := l.Alarms(olga)
	if len(got) != 3 || !strings.HasPrefix(got[2], over) || !strings.Contains(got[2], "klachtenkanaal") {
		t.Fatalf("read %q", got)
	}
}

// TestRefusals_areAnAlarm: what Slack refuses in a channel with which nothing is wrong
// is told with Slack's word, and called off when it takes such a message again.
func TestRefusals_areAnAlarm(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	l.monitor.Refused(outbox.LaneCases, slackapi.MethodPost, "restricted_action_thread_only_channel")
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.Alarms(olga); len(got) != 1 || !strings.Contains(got[0], "restricted_action_thread_only_channel") || !strings.Contains(got[0], cases) {
		t.Fatalf("read %q", got)
	}
	l.monitor.Accepted(outbox.LaneCases, slackapi.MethodPost+" below")
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.Alarms(olga); len(got) != 1 {
		t.Fatalf("a reply that was taken ended it: %q", got)
	}
	l.monitor.Accepted(outbox.LaneCases, slackapi.MethodPost)
	select {
	case <-l.monitor.Asked():
	default:
		t.Error("nobody checks at once")
	}
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.told(olga); !slices.Equal(got, []string{bad, over}) {
		t.Errorf("read %q", got)
	}
}

// TestRefusals_thatAreNone: what the check of a channel finds by itself, and what one
// person's direct messages refuse, which may be about a guarded case.
func TestRefusals_thatAreNone(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	l.monitor.Refused(outbox.LaneCases, slackapi.MethodPost, "is_archived")
	l.monitor.Refused(outbox.LaneCases, slackapi.MethodPost, slackapi.FaultShared)
	l.monitor.Refused(outbox.DirectLane(eva), slackapi.MethodPost, "user_disabled")
	l.monitor.Refused(outbox.DirectLane(eva), slackapi.MethodPost, "restricted_action")
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.Alarms(olga); len(got) != 0 {
		t.Errorf("read %q", got)
	}
	l.monitor.Refused(outbox.DirectLane(eva), slackapi.MethodPost, "message_limit_exceeded") // holds for everybody
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.Alarms(olga); len(got) != 1 || strings.Contains(got[0], eva) {
		t.Errorf("read %q", got)
	}
}

// TestRefusals_areSentences in both languages and of both channels.
func TestRefusals_areSentences(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t, withDirectors)
	for _, c := range l.monitor.channels {
		l.monitor.Refused(c.lane, slackapi.MethodPost, "app_access_restricted")
		for _, f := range c.named(l.monitor.refusals.of(c, time.Now())) {
			for _, lang := range []string{"nl", "en"} {
				sp := bottest.Catalogue(t).In(lang)
				if s := f.Say(sp) + sp.Say(c.over); strings.Contains(s, "doctor.") || strings.Contains(s, "<no value>") || !strings.Contains(s, c.id) {
					t.Errorf("%s in %s: %q", f.Code, lang, s)
				}
			}
		}
	}
}
