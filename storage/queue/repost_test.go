package queue_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// rootGone settles the next delivery of the case channel as one whose case message is
// gone.
func rootGone(box *storagetest.Outbox, id workflow.CaseID) {
	box.Helper()
	if err := box.Queue().Views().Renew(box.Context(), id); err != nil {
		box.Fatal(err)
	}
	l := box.LeaseOf(outbox.LaneCases)
	d := box.Next(l)
	box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now(), Fault: "root_gone", RootGone: true})
	box.Release(l)
}

// repostedAll sends what waits in the case channel, and returns what each was, with a
// star when it mentions nobody, and below which case message.
func repostedAll(box *storagetest.Outbox) (all []string) {
	box.Helper()
	l := box.LeaseOf(outbox.LaneCases)
	for {
		box.Pass(storagetest.Pace)
		d, ok, err := box.Take(l)
		if err != nil {
			box.Fatal(err)
		}
		if !ok {
			box.Release(l)
			return all
		}
		what := strings.Join(strings.Fields(storagetest.Show(d)), " ")
		if d.Reposted {
			what += " *"
		}
		all = append(all, what+" "+d.Root)
		box.Settle(l, d, box.Posted(d))
	}
}

// posted is a case with its case message, story and two lines in Slack: the messages
// 1 to 4.
func posted(box *storagetest.Outbox) workflow.Complaint {
	box.Helper()
	c := box.File("g1")
	box.Do(c.ID, storagetest.Officer, "g2", workflow.Note{Text: "Gebeld."})
	box.Do(c.ID, storagetest.Officer, "g3", workflow.Acknowledge{Sent: storagetest.Sent(2, "We hebben je klacht.")})
	box.Drain()
	box.Pass(time.Hour)
	return currentCase(box, c.ID)
}

// TestRepost_wholeThread: a case message that is gone is posted anew with all that
// the bot said below it, in its order and with nobody mentioned; what was left of the
// old one is taken away once the new one stands. A second word of its end changes
// nothing.
func TestRepost_wholeThread(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := posted(box)
		rootGone(box, c.ID)
		storagetest.Equal(t, "to be taken away", pendingDeletions(box, &c), []string{"root 1.000001"})
		box.Exec(`UPDATE outbox SET due_at = 0 WHERE surface = 'case'`)
		storagetest.Equal(t, "posted anew", repostedAll(box), []string{
			"case v3 * ", "story v1 * 1.000005", "line note v2 * 1.000005", "line acknowledge v3 * 1.000005",
		})
		box.Pass(outbox.LeaseTime)
		l := box.LeaseOf(outbox.LaneDeletion)
		taken := box.Next(l)
		late := outbox.Delivery{Payload: outbox.Line{Action: "note"}, Case: c.ID, Lane: outbox.LaneCases, Root: "1.000001", Threaded: true}
		if err := box.Record(l, late, outbox.Settlement{Retry: box.Wall.Now(), RootGone: true}); err != nil {
			t.Fatal(err)
		}
		all, err := box.Queue().PendingDeletions(t.Context(), c.ID)
		if err != nil || len(all) != 1 || !all[0].Replaced || !all[0].Root {
			t.Fatalf("%+v, %v", all, err)
		}
		if err := box.Queue().Deleted(t.Context(), c.ID, all[0]); err != nil {
			t.Fatal(err)
		}
		box.Settle(l, taken, outbox.Settlement{Done: true})
		box.Release(l)
		storagetest.Equal(t, "posted after that", box.Drain(), []string(nil))

		rootGone(box, c.ID)
		box.Exec(`UPDATE outbox SET due_at = 0 WHERE surface = 'case'`)
		storagetest.Equal(t, "a second time", repostedAll(box), []string{
			"case v3 * ", "story v1 * 1.000009", "line note v2 * 1.000009", "line acknowledge v3 * 1.000009",
		})
	})
}

// TestRepost_mentionsWhoGetsTheCase: a case message that was posted anew mentions
// nobody, however often it is edited, until the case is assigned.
func TestRepost_mentionsWhoGetsTheCase(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := posted(box)
		rootGone(box, c.ID)
		box.Exec(`UPDATE outbox SET due_at = 0 WHERE surface = 'case'`)
		repostedAll(box)
		box.Do(c.ID, storagetest.Officer, "g4", workflow.Hold{Reason: "Nog niet.", Review: calendar.NewDate(2026, 5, 1)})
		storagetest.Equal(t, "an edit, and its line", repostedAll(box), []string{"case v4 * ", "line hold v4 1.000005"})
		box.Do(c.ID, storagetest.Officer, "g5", workflow.Assign{Owner: storagetest.Deputy})
		got := repostedAll(box)
		if !slices.Contains(got, "case v5 ") || !slices.Contains(got, "line assign v5 1.000005") {
			t.Errorf("after an assignment: %q", got)
		}
	})
}

// TestRepost_threadFromBefore: of messages from before the register noted what each
// was, story and lines come of what the journal says.
func TestRepost_threadFromBefore(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := posted(box)
		box.Exec(`UPDATE messages SET surface = '', version = 0, ordinal = 0, payload = ''`)
		r, ok, err := box.Queue().Views().Root(t.Context(), c.ID)
		if err != nil || !ok || r.Replies != 0 || r.Unnamed != 3 {
			t.Fatalf("%+v, %v, %v", r, ok, err)
		}
		if err := box.Queue().Views().Refill(t.Context(), r, r.Known[1:2]); err != nil { // something of it stands
			t.Fatal(err)
		}
		storagetest.Equal(t, "where something stands", box.Drain(), []string(nil))
		rootGone(box, c.ID)
		box.Exec(`UPDATE outbox SET due_at = 0 WHERE surface = 'case'`)
		want := []string{"case v3 * ", "story v1 * 1.000005", "line note v2 * 1.000005", "line acknowledge v3 * 1.000005"}
		storagetest.Equal(t, "posted anew", repostedAll(box), want)
	})
}

// TestRepost_whatWaits: what was not said yet is said once, below the new message and
// after what is said again.
func TestRepost_whatWaits(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := posted(box)
		box.Do(c.ID, storagetest.Officer, "g4", workflow.Note{Text: "Nog eens gebeld."})
		l := box.LeaseOf(outbox.LaneCases)
		line := box.Next(l)
		box.Settle(l, line, outbox.Settlement{Retry: box.Wall.Now(), Fault: "root_gone", RootGone: true})
		box.Release(l)
		storagetest.Equal(t, "sent", repostedAll(box), []string{
			"case v3 * ", "story v1 * 1.000005", "line note v2 * 1.000005", "line acknowledge v3 * 1.000005", "line note v4 1.000005",
		})
	})
}

// refilled has what is not among standing below a case message said again.
func refilled(box *storagetest.Outbox, r outbox.Root, standing ...string) []string {
	box.Helper()
	if err := box.Queue().Views().Refill(context.Background(), r, standing); err != nil {
		box.Fatal(err)
	}
	l, ok, err := box.Queue().Lease(box.Context())
	if err != nil {
		box.Fatal(err)
	}
	if !ok {
		return nil
	}
	box.Release(l)
	return repostedAll(box)
}

// TestViews_refill: just what is gone is said again, and missed once; what was posted
// since somebody looked stands.
func TestViews_refill(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := posted(box)
		r, _, err := box.Queue().Views().Root(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		storagetest.Equal(t, "known", []any{r.Replies, r.Known, r.Lane}, []any{3, []string{"1.000002", "1.000003", "1.000004"}, outbox.LaneCases})
		storagetest.Equal(t, "all of it stands", refilled(box, r, r.Known...), []string(nil))
		storagetest.Equal(t, "one is gone", refilled(box, r, "1.000002", "1.000004"), []string{"line note v2 * 1.000001"})
		storagetest.Equal(t, "as somebody else saw it before", refilled(box, r, "1.000002", "1.000004"), []string(nil))
		r, _, err = box.Queue().Views().Root(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		storagetest.Equal(t, "all is gone", refilled(box, r), []string{"story v1 * 1.000001", "line note v2 * 1.000001", "line acknowledge v3 * 1.000001"})
		r.TS = "1.000009"
		storagetest.Equal(t, "of another case message", refilled(box, r), []string(nil))
	})
}

// TestViews_move: in another channel every open case is posted anew, at the pace of
// the channel; closed and guarded ones stay. It is done once, by whoever starts.
func TestViews_move(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		open, later := box.File("g1"), box.File("g2")
		closed, guarded := box.File("g3"), box.FileAbout("g4", storagetest.Staff, storagetest.Officer)
		box.Drain()
		box.Pass(time.Hour)
		box.Exec(`UPDATE complaints SET state = 'closed' WHERE id = $1`, string(closed.ID))
		box.Options.CaseChannel = "C0NEW"
		for range 2 {
			box.Reopen(nil)
		}
		storagetest.Equal(t, "to be taken away", [][]string{pendingDeletions(box, &closed), pendingDeletions(box, &guarded)}, [][]string{nil, nil})
		l := box.LeaseOf(outbox.LaneCases)
		var sent []string
		for d, ok, err := box.Take(l); ok || err != nil; d, ok, err = box.Take(l) {
			if err != nil {
				t.Fatal(err)
			}
			sent = append(sent, string(d.Kind()))
			box.Settle(l, d, box.PostedIn("C0NEW", d))
		}
		storagetest.Equal(t, "at once", sent, []string{"case", "story"})
		box.Release(l)
		box.Pass(10 * storagetest.Pace)
		l = box.LeaseOf(outbox.LaneCases)
		for d, ok, _ := box.Take(l); ok; d, ok, _ = box.Take(l) {
			box.Settle(l, d, box.PostedIn("C0NEW", d))
		}
		box.Release(l)
		for _, id := range []workflow.CaseID{open.ID, later.ID} {
			r, ok, err := box.Queue().Views().Root(t.Context(), id)
			if err != nil || !ok || r.Channel != "C0NEW" || r.Replies != 1 {
				t.Errorf("%+v, %v, %v", r, ok, err)
			}
		}
		where, err := box.Queue().Views().ShownIn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		storagetest.Equal(t, "open cases show", where, []string{"C0CASES", "C0NEW"}) // the guarded one's direct message is called so here
		box.Reopen(nil)
		storagetest.Equal(t, "waits after the next start", slices.DeleteFunc(box.Drain(), func(s string) bool { return strings.HasPrefix(s, "clear") }), []string(nil))
	})
}

// TestViews_anotherChannel: a process that goes by another channel than the register
// leaves a case message that it does not find where it looks to those that don't.
func TestViews_anotherChannel(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.Options.CaseChannel = "C0CASES"
		box.Reopen(nil)
		c := posted(box)
		box.Exec(`UPDATE meta SET value = $1 WHERE name = 'case_channel'`, []byte("C0ELSEWHERE"))
		rootGone(box, c.ID)
		if r, ok, err := box.Queue().Views().Root(t.Context(), c.ID); err != nil || !ok || r.TS != "1.000001" {
			t.Errorf("%+v, %v, %v", r, ok, err)
		}
	})
}

// TestViews_daily: of two replicas one asks for the look of a day; who asks for one
// more gets it.
func TestViews_daily(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		day := calendar.NewDate(2026, 3, 2)
		waits := func() int { return box.Count(`SELECT count(*) FROM outbox WHERE surface = 'views'`) }
		all := []*storagetest.Outbox{box, box}
		if !strings.HasPrefix(box.Options.URL, "sqlite:") {
			all[1] = box.Replica()
		}
		for _, one := range all {
			if err := one.Queue().Views().CheckDaily(t.Context(), day); err != nil {
				t.Fatal(err)
			}
		}
		storagetest.Equal(t, "looks that wait", waits(), 1)
		l := box.LeaseOf(outbox.LaneViews)
		all[1].NoLease()
		d := box.Next(l)
		if err := box.Queue().Views().CheckAll(t.Context()); err != nil { // while it is under way
			t.Fatal(err)
		}
		box.Pass(time.Second)
		if err := box.Queue().Views().CheckAll(t.Context()); err != nil {
			t.Fatal(err)
		}
		box.Settle(l, d, outbox.Settlement{Done: true})
		again := box.Next(l)
		storagetest.Equal(t, "the same look", again.Version == d.Version, false)
		box.Settle(l, again, outbox.Settlement{Done: true})
		if err := box.Queue().Views().CheckDaily(t.Context(), day); err != nil {
			t.Fatal(err)
		}
		storagetest.Equal(t, "waits", waits(), 0)
		if err := box.Queue().Views().CheckDaily(t.Context(), day.AddDays(1)); err != nil {
			t.Fatal(err)
		}
		storagetest.Equal(t, "waits the day after", waits(), 1)
	})
}
