package monitor

import (
	"net/http"
	"testing"

	"github.com/artra/klachtbot/bot/slackapi"
)

// TestMonitor_nothingIsShownBeforeTheChannelWasSeen: whether others read the case
// channel must be known first; a check that fails half-way still keeps what it
// saw, and a later one that fails takes nothing back.
func TestMonitor_nothingIsShownBeforeTheChannelWasSeen(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	check := func(want string, failing ...string) {
		t.Helper()
		for _, method := range failing {
			l.Sim.Faults().Status(method, http.StatusBadGateway, 1)
		}
		_ = l.monitor.Check(l.Ctx) // returns that Slack was away
		err := l.monitor.channels[0].privacy.refuses(l.Ctx, slackapi.MethodPost)
		if got := slackapi.Code(err); got != want || want != "" && slackapi.FailureOf(err) != slackapi.BadPlace {
			t.Errorf("with %q failing: %q, want %q", failing, got, want)
		}
	}
	check(slackapi.FaultUnseen, "conversations.info")
	check("")
	l.Must(l.Sim.ShareChannel(cases, "T0ELSE"))
	check("", "conversations.info")
	check(slackapi.FaultShared, "conversations.members")
	check(slackapi.FaultShared, "conversations.info")
}

// TestMonitor_casesGoOnWhenSlackWillNotSay: an answer that refuses to tell who
// reads the channel holds nothing up, and is a finding for the officers.
func TestMonitor_casesGoOnWhenSlackWillNotSay(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	l.Sim.Faults().Error("conversations.info", "method_not_supported_for_channel_type", 1)
	findings, seen := l.monitor.inspector.itself(l.Ctx, l.monitor.channels[0])
	if seen || len(findings) != 1 || findings[0].Code != "channel_untold" {
		t.Fatalf("findings %+v, seen %v", findings, seen)
	}
	l.monitor.channels[0].privacy.learn(findings)
	if err := l.monitor.channels[0].privacy.refuses(l.Ctx, slackapi.MethodPost); err != nil {
		t.Errorf("withheld: %v", err)
	}
}

// TestMonitor_channelThatSlackDoesNotKnow: a status that says "not here" is an
// answer; the officers are alarmed, and the case is posted at once.
func TestMonitor_channelThatSlackDoesNotKnow(t *testing.T) {
	t.Parallel()
	for status, untold := range map[int]bool{
		http.StatusNotFound: true, http.StatusForbidden: true, http.StatusRequestTimeout: false, http.StatusBadGateway: false,
	} {
		l := newMonitorTest(t)
		l.Sim.Faults().Status("conversations.info", status, 1)
		found, seen := l.monitor.inspector.itself(l.Ctx, l.monitor.channels[0])
		want := codeUnreachable
		if untold {
			want = "channel_untold"
		}
		if got := codes(found); seen || len(got) != 1 || got[0] != want {
			t.Errorf("%d: %q, want %s", status, got, want)
		}
	}
}
