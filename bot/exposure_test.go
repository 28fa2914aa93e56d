package bot

import (
	"net/http"
	"testing"
)

// TestNothingIsShownBeforeTheChannelWasSeen: whether others read the case
// channel must be known first; a look that fails half-way still tells what it
// saw, and a later one that fails takes nothing back.
func TestNothingIsShownBeforeTheChannelWasSeen(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	look := func(want string, failing ...string) {
		t.Helper()
		for _, method := range failing {
			l.sim.Faults().Status(method, http.StatusBadGateway, 1)
		}
		_ = l.bot.watch.check(l.ctx) // tells that Slack was away
		err := l.bot.watch.rooms[0].exposure.refuses(l.ctx, methodPost)
		if got := slackCode(err); got != want || want != "" && kindOf(err) != place {
			t.Errorf("with %q failing: %q, want %q", failing, got, want)
		}
	}
	look(faultUnseen, "conversations.info")
	look("")
	l.must(l.sim.ShareChannel(cases, "T0ELSE"))
	look("", "conversations.info")
	look(faultShared, "conversations.members")
	look(faultShared, "conversations.info")
}

// TestCasesGoOnWhenSlackWillNotTell: an answer that refuses to tell who reads
// the channel holds nothing up, and is a finding for the officers.
func TestCasesGoOnWhenSlackWillNotTell(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.sim.Faults().Error("conversations.info", "method_not_supported_for_channel_type", 1)
	findings, seen := l.bot.watch.inspector.itself(l.ctx, l.bot.watch.rooms[0])
	if seen || len(findings) != 1 || findings[0].Code != "channel_untold" {
		t.Fatalf("findings %+v, seen %v", findings, seen)
	}
	l.bot.watch.rooms[0].exposure.learn(findings)
	if err := l.bot.watch.rooms[0].exposure.refuses(l.ctx, methodPost); err != nil {
		t.Errorf("withheld: %v", err)
	}
}
