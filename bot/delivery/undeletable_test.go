package delivery

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
)

// kept are the remnants as the register has them.
func (m *memory) kept() []outbox.Undeletable {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.remnants)
}

// newDay makes what was looked at due again.
func (m *memory) newDay() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.remnants {
		m.remnants[i].Checked = false
	}
}

// looks queues a look, and returns its delivery.
func (h *hall) looks() int64 {
	h.outbox.newDay()
	h.outbox.put(outbox.Delivery{Case: "c1", Payload: outbox.UndeletableCheck{}, Lane: outbox.LaneUndeletable})
	h.outbox.mu.Lock()
	defer h.outbox.mu.Unlock()
	return int64(len(h.outbox.rows))
}

// again has the same look made once more.
func (h *hall) again(look int64) row {
	h.Helper()
	h.outbox.newDay()
	h.outbox.mu.Lock()
	n := len(h.outbox.rows[look-1].history)
	h.outbox.mu.Unlock()
	h.outbox.hurry(look)
	return h.outbox.awaitTry(h.T, look, n+1)
}

func (h *hall) says(who, channel, thread, text string) string {
	h.Helper()
	ts, err := h.Sim.As(who).Post(h.Ctx, channel, thread, text)
	h.Must(err)
	return ts
}

// cleared runs the clearing of the case to its end.
func (h *hall) cleared() {
	h.Helper()
	h.start()
	h.outbox.awaitDone(h.T, h.clear)
	if n := h.outbox.leftovers(); n > 0 {
		h.Errorf("%d leftovers after the clearing", n)
	}
}

// TestWhatOthersWroteRemains: the bot's messages go, the root too; what people
// and other apps wrote is recorded, with Slack's links, until it is gone.
func TestWhatOthersWroteRemains(t *testing.T) {
	t.Parallel()
	h := newHall(t, 2)
	mine, yours := h.says(olga, cases, h.root, "Ik bel Jan."), h.says(dirk, cases, h.root, "Doe dat.")
	h.cleared()
	if n := len(h.Sim.Thread(cases, h.root)); n != 2 {
		t.Errorf("%d replies are left, want those of people", n)
	}
	zone := bottest.Policy().Calendar.Location
	early := nextCheck(time.Now().In(zone))
	look := h.looks()
	r := h.outbox.awaitTry(t, look, 1)
	if late := nextCheck(time.Now().In(zone)); !r.due.Equal(early) && !r.due.Equal(late) || r.Fault != "" {
		t.Errorf("the next look is at %v with fault %q, want %v", r.due, r.Fault, late)
	}
	for _, kept := range h.outbox.kept() {
		want, err := h.api.GetPermalinkContext(h.Ctx, &slack.PermalinkParameters{Channel: cases, Ts: kept.TS})
		if err != nil || kept.Link != want || kept.Reader != "" || kept.Thread != h.root {
			t.Errorf("%+v, %v", kept, err)
		}
	}
	h.Must(h.Sim.As(olga).Delete(h.Ctx, cases, mine))
	h.again(look)
	if kept := h.outbox.kept(); len(kept) != 1 || kept[0].TS != yours {
		t.Errorf("remnants %+v, want the one reply", kept)
	}
	h.Must(h.Sim.As(dirk).Delete(h.Ctx, cases, yours))
	h.outbox.newDay()
	h.outbox.hurry(look)
	h.outbox.awaitDone(t, look)
	if kept := h.outbox.kept(); len(kept) > 0 || len(h.Sim.Messages(cases)) > 0 {
		t.Errorf("remnants %+v, and %d messages", kept, len(h.Sim.Messages(cases)))
	}
}

// TestAReplyToANudgeRemains: a message in direct messages has a thread too, of
// which only its person reads.
func TestAReplyToANudgeRemains(t *testing.T) {
	t.Parallel()
	h := newHall(t, 0, func(_ *deliveryTest, world *slacksim.Config) {
		world.Manifest = bytes.Replace(world.Manifest, []byte("messages_tab_read_only_enabled: true"), []byte("messages_tab_read_only_enabled: false"), 1)
	})
	id, _, _, err := h.api.OpenConversationContext(h.Ctx, &slack.OpenConversationParameters{Users: []string{dirk}})
	h.Must(err)
	_, nudge, err := h.api.PostMessageContext(h.Ctx, id.ID, slack.MsgOptionText("c1 nudge", false), slackapi.WithKey("nudge"))
	h.Must(err)
	h.outbox.left = append([]outbox.PendingDeletion{{Channel: id.ID, TS: nudge}}, h.outbox.left...)
	reply := h.says(dirk, id.ID, nudge, "Komt goed.")
	h.cleared()
	kept := h.outbox.kept()
	if len(kept) != 1 || kept[0].TS != reply || kept[0].Reader != dirk || kept[0].Channel != id.ID {
		t.Errorf("remnants %+v, want the reply for its person", kept)
	}
}

// TestAnArchivedChannel: the bot's own messages remain, each with Slack's word
// for why, and nothing is tried again before the next look; out of the archive
// they go at that.
func TestAnArchivedChannel(t *testing.T) {
	t.Parallel()
	h := newHall(t, 2)
	reply := h.says(olga, cases, h.root, "Van mij.")
	h.Must(h.Sim.Archive(cases))
	h.cleared()
	faults := map[string]int{}
	for _, kept := range h.outbox.kept() {
		faults[string(kept.Kind)+" "+kept.Fault]++
	}
	if faults["message is_archived"] != 3 || faults["reply "] != 1 || len(faults) != 2 {
		t.Errorf("remnants %v", faults)
	}
	calls := h.Sim.Calls()
	look := h.looks()
	if r := h.outbox.awaitTry(t, look, 1); r.Fault != "" || !r.due.After(time.Now()) {
		t.Errorf("fault %q, due %v", r.Fault, r.due)
	}
	deletions := 0
	for _, c := range h.Sim.Calls()[len(calls):] {
		if c.Method == slackapi.MethodDelete {
			deletions++
		}
	}
	if deletions < 3 || deletions > 5 { // two of them once more with their thread
		t.Errorf("%d deletions of three messages", deletions)
	}
	h.Must(h.Sim.Unarchive(cases))
	h.Must(h.Sim.As(olga).Delete(h.Ctx, cases, reply))
	h.outbox.newDay()
	h.outbox.hurry(look)
	h.outbox.awaitDone(t, look)
	if left := h.Sim.Messages(cases); len(left) > 0 || len(h.outbox.kept()) > 0 {
		t.Errorf("%d messages are left, and %+v", len(left), h.outbox.kept())
	}
}

// TestWhatSlackRefusesToDelete is emptied at least: nothing can be read there
// any more. The other messages go.
func TestWhatSlackRefusesToDelete(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"cant_delete_message", "restricted_action", "compliance_exports_prevent_deletion", "channel_not_found"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			h := newHall(t, 1)
			h.Sim.Faults().Error(slackapi.MethodDelete, code, 2) // by itself, and with its thread
			h.cleared()
			kept := h.outbox.kept()
			if len(kept) != 1 || kept[0].Fault != code || kept[0].Kind != outbox.UndeletableMessage {
				t.Fatalf("remnants %+v", kept)
			}
			replies := h.Sim.Thread(cases, h.root)
			if len(replies) != 1 || replies[0].Text != "Dit bericht is weggehaald." || len(replies[0].Blocks) > 0 {
				t.Errorf("left is %+v", replies)
			}
			h.outbox.awaitDone(t, h.looks())
			if left := h.Sim.Messages(cases); len(left) > 0 || len(h.outbox.kept()) > 0 {
				t.Errorf("%d messages are left, and %+v", len(left), h.outbox.kept())
			}
		})
	}
}

// TestALookThatFailsGoesOn: whatever happens to it, a look ends with what is
// there, and never takes something that is there for gone.
func TestALookThatFailsGoesOn(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*slacksim.Faults){
		"503":               func(f *slacksim.Faults) { f.Status(slackapi.MethodReplies, http.StatusServiceUnavailable, 1) },
		"rate limit":        func(f *slacksim.Faults) { f.RateLimit(slackapi.MethodReplies, time.Second, 1) },
		"cut":               func(f *slacksim.Faults) { f.CutBefore(slackapi.MethodReplies, 1) },
		"refused":           func(f *slacksim.Faults) { f.Error(slackapi.MethodReplies, "missing_scope", 1) },
		"link limited":      func(f *slacksim.Faults) { f.RateLimit(slackapi.MethodPermalink, time.Second, 1) },
		"link cut":          func(f *slacksim.Faults) { f.CutBefore(slackapi.MethodPermalink, 1) },
		"no link":           func(f *slacksim.Faults) { f.Error(slackapi.MethodPermalink, "message_not_found", 1) },
		"internal, of link": func(f *slacksim.Faults) { f.Error(slackapi.MethodPermalink, "internal_error", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHall(t, 0)
			h.says(olga, cases, h.root, "Een.")
			h.says(dirk, cases, h.root, "Twee.")
			h.cleared()
			trouble(h.Sim.Faults())
			look := h.looks()
			h.outbox.await(t, look, "a look to its end", func(r row) bool { return len(r.history) > 0 && r.Fault == "" && r.due.After(time.Now()) })
			kept := h.outbox.kept()
			links := 0
			for _, r := range kept {
				if r.Link != "" {
					links++
				}
			}
			want := 2
			if name == "no link" {
				want = 1
			}
			if len(kept) != 2 || name != "refused" && links != want {
				t.Errorf("remnants %+v", kept)
			}
		})
	}
}

// TestNextLook is at half past eight, also on the days on which clocks change.
func TestNextLook(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	for now, want := range map[string]string{
		"2026-03-02 08:29": "2026-03-02 08:30", "2026-03-02 08:30": "2026-03-03 08:30",
		"2026-03-28 12:00": "2026-03-29 08:30", "2026-10-24 23:59": "2026-10-25 08:30", "2026-12-31 09:00": "2027-01-01 08:30",
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", now, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := nextCheck(at).Format("2006-01-02 15:04"); got != want {
			t.Errorf("after %s: %s, want %s", now, got, want)
		}
	}
}

// TestFilesRemain until whoever can delete them does.
func TestFilesRemain(t *testing.T) {
	t.Parallel()
	h := newHall(t, 0)
	h.run()
	sent, err := h.api.UploadFileContext(h.Ctx, slack.UploadFileParameters{
		Filename: "zaag.png", Reader: strings.NewReader("zaag"), FileSize: 4,
	})
	h.Must(err)
	file := sent.ID
	h.Sim.Faults().Error(slackapi.MethodFileDelete, "cant_delete_file", 1)
	h.outbox.remnants = []outbox.Undeletable{{Kind: outbox.UndeletableFile, TS: file}, {Kind: outbox.UndeletableFile, TS: "F0NOSUCH"}}
	look := h.looks()
	h.outbox.awaitTry(t, look, 1)
	if kept := h.outbox.kept(); len(kept) != 1 || kept[0].TS != file || !strings.Contains(kept[0].Link, file) {
		t.Errorf("remnants %+v, want the file with a link", kept)
	}
	h.Must(h.api.DeleteFileContext(h.Ctx, file))
	h.outbox.newDay()
	h.outbox.hurry(look)
	h.outbox.awaitDone(t, look)
	if kept := h.outbox.kept(); len(kept) > 0 {
		t.Errorf("remnants %+v", kept)
	}
}
