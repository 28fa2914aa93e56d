package monitor

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/outbox"
)

// TestMonitor_summaryWaitsUntilTheDirectorsChannelWasSeen: without an answer
// nobody knows who reads along there, whatever is known of the case channel.
func TestMonitor_summaryWaitsUntilTheDirectorsChannelWasSeen(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t, withDirectors)
	check := func(want string) {
		t.Helper()
		_ = l.monitor.Check(l.Ctx) // returns that Slack was away
		err := l.monitor.channels.of(outbox.LaneDirectors).privacy.refuses(l.Ctx, slackapi.MethodPost)
		if got := slackapi.Code(err); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	l.Sim.Faults().Status("conversations.info", http.StatusBadGateway, 2) // of either channel
	check(slackapi.FaultUnseen)
	if l.monitor.channels.seen() {
		t.Error("nobody checks again")
	}
	check("")
}

func TestMonitor_doctorOnTheDirectorsChannel(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil func(*monitorTest)
		want  string
	}{
		"all is well":          {func(*monitorTest) {}, "directors_channel_ok"},
		"public":               {func(l *monitorTest) { l.Must(l.Sim.MakePublic(directors)) }, "directors_channel_public"},
		"shared":               {func(l *monitorTest) { l.Must(l.Sim.ShareChannel(directors, "T0ELSE")) }, "directors_channel_shared"},
		"archived":             {func(l *monitorTest) { l.Must(l.Sim.Archive(directors)) }, "directors_channel_archived"},
		"the bot is no member": {func(l *monitorTest) { l.Must(l.Sim.Leave(l.Sim.BotUserID(), directors)) }, "directors_channel_invisible"},
		"an officer is":        {func(l *monitorTest) { l.Must(l.Sim.Join(olga, directors)) }, "directors_channel_outsider"},
		"a director is not":    {func(l *monitorTest) { l.Must(l.Sim.Leave(eva, directors)) }, "director_absent"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newMonitorTest(t, withDirectors)
			test.spoil(l)
			found := Check(l.Ctx, l.Account, l.workspace)
			if got := codes(found); !slices.Contains(got, test.want) || !slices.Contains(got, "channel_ok") {
				t.Errorf("found %q, want %q beside a case channel that is well", got, test.want)
			}
			for _, f := range found {
				for _, lang := range []string{"nl", "en"} {
					if s := f.Say(bottest.Catalogue(t).In(lang)); strings.HasPrefix(s, "doctor.") || strings.Contains(s, "<no value>") {
						t.Errorf("%s in %s: %q", f.Code, lang, s)
					}
				}
			}
		})
	}
}

// TestMonitor_alarmAboutTheDirectorsChannel comes to the directors, once; to
// the officers when no director is left.
func TestMonitor_alarmAboutTheDirectorsChannel(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t, withDirectors)
	l.Must(l.Sim.Join(anna, directors))
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.Alarms(eva); len(got) != 1 || !strings.Contains(got[0], anna) || !strings.Contains(got[0], "directie") {
		t.Errorf("the director read %q", got)
	}
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.Alarms(eva); len(got) != 1 {
		t.Errorf("the director got %d alarms: %q", len(got), got)
	}
	if got := l.Alarms(olga); len(got) != 0 {
		t.Errorf("the officers were alarmed: %q", got)
	}
	l.Must(l.Sim.Deactivate(eva))
	_, err := l.people.Ask(l.Ctx, eva) // the bot heard that she left
	l.Must(err)
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.Alarms(olga); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, directors) }) {
		t.Errorf("nobody heard of the directors' channel: %q", got)
	}
}
