package delivery

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
)

// again has the same check made once more.
func (h *deletionTest) again(check int64) row {
	h.Helper()
	n := h.outbox.tries(check)
	h.outbox.newDay()
	h.outbox.hurry()
	return h.outbox.awaitTry(h.T, check, n+1)
}

func (h *deletionTest) says(who, channel, thread, text string) string {
	h.Helper()
	ts, err := h.Sim.As(who).Post(h.Ctx, channel, thread, text)
	h.Must(err)
	return ts
}

// cleared runs the clearing of the case to its end.
func (h *deletionTest) cleared() {
	h.Helper()
	h.start()
	h.outbox.awaitDone(h.T, h.clear)
	if n := h.outbox.leftovers(); n > 0 {
		h.Errorf("%d leftovers after the clearing", n)
	}
}

// TestUndeletable_whatOthersWroteRemains: the bot's messages go, the root too;
// what people and other apps wrote is recorded, with Slack's links, until it is
// gone.
func TestUndeletable_whatOthersWroteRemains(t *testing.T) {
	t.Parallel()
	h := newDeletionTest(t, 2)
	mine, yours := h.says(olga, cases, h.root, "Ik bel Jan."), h.says(dirk, cases, h.root, "Doe dat.")
	h.cleared()
	if n := len(h.Sim.Thread(cases, h.root)); n != 2 {
		t.Errorf("%d replies are left, want those of people", n)
	}
	zone := bottest.Policy().Calendar.Location
	early := nextCheck(time.Now().In(zone))
	check := h.outbox.check("c1")
	r := h.outbox.awaitTry(t, check, 1)
	if late := nextCheck(time.Now().In(zone)); !r.due.Equal(early) && !r.due.Equal(late) || r.Fault != "" {
		t.Errorf("the next check is at %v with fault %q, want %v", r.due, r.Fault, late)
	}
	for _, kept := range h.outbox.kept("c1") {
		want, err := h.api.GetPermalinkContext(h.Ctx, &slack.PermalinkParameters{Channel: cases, Ts: kept.TS})
		if err != nil || kept.Link != want || kept.Reader != "" || kept.Thread != h.root {
			t.Errorf("%+v, %v", kept, err)
		}
	}
	h.Must(h.Sim.As(olga).Delete(h.Ctx, cases, mine))
	h.again(check)
	if kept := h.outbox.kept("c1"); len(kept) != 1 || kept[0].TS != yours {
		t.Errorf("undeletables %+v, want the one reply", kept)
	}
	h.Must(h.Sim.As(dirk).Delete(h.Ctx, cases, yours))
	h.outbox.newDay()
	h.outbox.hurry()
	h.outbox.awaitDone(t, check)
	if kept := h.outbox.kept("c1"); len(kept) > 0 || len(h.Sim.Messages(cases)) > 0 {
		t.Errorf("undeletables %+v, and %d messages", kept, len(h.Sim.Messages(cases)))
	}
}

// TestUndeletable_aReplyToAReminderRemains: a message in direct messages has a
// thread too, of which only its person reads.
func TestUndeletable_aReplyToAReminderRemains(t *testing.T) {
	t.Parallel()
	h := newDeletionTest(t, 0, func(_ *deliveryTest, world *slacksim.Config) {
		world.Manifest = bytes.Replace(world.Manifest, []byte("messages_tab_read_only_enabled: true"), []byte("messages_tab_read_only_enabled: false"), 1)
	})
	id, _, _, err := h.api.OpenConversationContext(h.Ctx, &slack.OpenConversationParameters{Users: []string{dirk}})
	h.Must(err)
	reminder, err := h.api.Do(h.Ctx, slackapi.Post(slackapi.MessageRef{Channel: id.ID}, slackapi.Content{Text: "c1 nudge", Key: "reminder"}))
	h.Must(err)
	h.outbox.leave("c1", outbox.PendingDeletion{Channel: id.ID, TS: reminder.TS})
	reply := h.says(dirk, id.ID, reminder.TS, "Komt goed.")
	h.cleared()
	kept := h.outbox.kept("c1")
	if len(kept) != 1 || kept[0].TS != reply || kept[0].Reader != dirk || kept[0].Channel != id.ID {
		t.Errorf("undeletables %+v, want the reply for its person", kept)
	}
}

// TestUndeletable_anArchivedChannel: the bot's own messages remain, each with
// Slack's word for why, and nothing is tried again before the next check; out
// of the archive they go at that.
func TestUndeletable_anArchivedChannel(t *testing.T) {
	t.Parallel()
	h := newDeletionTest(t, 2)
	reply := h.says(olga, cases, h.root, "Van mij.")
	h.Must(h.Sim.Archive(cases))
	h.cleared()
	faults := map[string]int{}
	for _, kept := range h.outbox.kept("c1") {
		faults[string(kept.Kind)+" "+kept.Fault]++
	}
	if faults["message is_archived"] != 3 || faults["reply "] != 1 || len(faults) != 2 {
		t.Errorf("undeletables %v", faults)
	}
	calls := h.Sim.Calls()
	check := h.outbox.check("c1")
	if r := h.outbox.awaitTry(t, check, 1); r.Fault != "" || !r.due.After(time.Now()) {
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
	h.outbox.hurry()
	h.outbox.awaitDone(t, check)
	if left := h.Sim.Messages(cases); len(left) > 0 || len(h.outbox.kept("c1")) > 0 {
		t.Errorf("%d messages are left, and %+v", len(left), h.outbox.kept("c1"))
	}
}

// TestUndeletable_whatSlackRefusesToDelete is emptied at least: nothing can be
// read there any more, also where an edit keeps the blocks of which it says
// nothing. The other messages go.
func TestUndeletable_whatSlackRefusesToDelete(t *testing.T) {
	t.Parallel()
	for code, kept := range map[string]bool{
		"cant_delete_message": false, "restricted_action": true, "compliance_exports_prevent_deletion": true, "channel_not_found": false,
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			h := newDeletionTest(t, 1)
			h.Sim.KeepBlocks(kept)
			h.Sim.Faults().Error(slackapi.MethodDelete, code, 2) // by itself, and with its thread
			h.cleared()
			kept := h.outbox.kept("c1")
			if len(kept) != 1 || kept[0].Fault != code || kept[0].Kind != outbox.UndeletableMessage {
				t.Fatalf("undeletables %+v", kept)
			}
			replies := h.Sim.Thread(cases, h.root)
			if len(replies) != 1 || replies[0].Text != "Dit bericht is weggehaald." || len(replies[0].Blocks) > 0 {
				t.Errorf("left is %+v", replies)
			}
			h.outbox.awaitDone(t, h.outbox.check("c1"))
			if left := h.Sim.Messages(cases); len(left) > 0 || len(h.outbox.kept("c1")) > 0 {
				t.Errorf("%d messages are left, and %+v", len(left), h.outbox.kept("c1"))
			}
		})
	}
}

// TestUndeletable_aCheckThatFailsGoesOn: whatever happens to it, a check ends
// with what is there, and never takes something that is there for gone.
func TestUndeletable_aCheckThatFailsGoesOn(t *testing.T) {
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
			h := newDeletionTest(t, 0)
			h.says(olga, cases, h.root, "Een.")
			h.says(dirk, cases, h.root, "Twee.")
			h.cleared()
			trouble(h.Sim.Faults())
			check := h.outbox.check("c1")
			h.outbox.await(t, check, "a check to its end", func(r row) bool { return len(r.history) > 0 && r.Fault == "" && r.due.After(time.Now()) })
			kept := h.outbox.kept("c1")
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
				t.Errorf("undeletables %+v", kept)
			}
		})
	}
}

// TestUndeletable_nextCheck is at half past eight, also on the days on which
// clocks change.
func TestUndeletable_nextCheck(t *testing.T) {
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

// TestUndeletable_filesRemain until whoever can delete them does.
func TestUndeletable_filesRemain(t *testing.T) {
	t.Parallel()
	h := newDeletionTest(t, 0)
	h.run()
	sent, err := h.api.UploadFileContext(h.Ctx, slack.UploadFileParameters{
		Filename: "zaag.png", Reader: strings.NewReader("zaag"), FileSize: 4,
	})
	h.Must(err)
	file := sent.ID
	h.Sim.Faults().Error(slackapi.MethodFileDelete, "cant_delete_file", 2) // of both
	for _, id := range []string{file, "F0NOSUCH"} {
		h.Must(h.outbox.RecordUndeletable(h.Ctx, h.id, outbox.Undeletable{Kind: outbox.UndeletableFile, TS: id}))
	}
	check := h.outbox.check("c1")
	h.outbox.awaitTry(t, check, 1)
	if kept := h.outbox.kept("c1"); len(kept) != 1 || kept[0].TS != file || !strings.Contains(kept[0].Link, file) {
		t.Errorf("undeletables %+v, want the file with a link", kept)
	}
	h.Must(h.api.DeleteFileContext(h.Ctx, file))
	h.outbox.newDay()
	h.outbox.hurry()
	h.outbox.awaitDone(t, check)
	if kept := h.outbox.kept("c1"); len(kept) > 0 {
		t.Errorf("undeletables %+v", kept)
	}
}
