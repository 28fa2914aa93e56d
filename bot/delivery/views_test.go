package delivery

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"

	"github.com/artra/klachtbot/internal/bottest"
)

// viewTest is a bot whose cases stand in Slack, on a real register.
type viewTest struct {
	*deliveryTest
	db    *storage.DB
	filed int
}

func newViewTest(t *testing.T) *viewTest {
	t.Helper()
	db := bottest.Register(t, storage.Options{Pace: time.Millisecond})
	v := &viewTest{deliveryTest: newDeliveryTest(t, onRegister(db)), db: db}
	v.render = func(ctx context.Context, d outbox.Delivery) (handlers.Message, int, error) {
		c, err := db.Case(ctx, d.Case)
		return message(fmt.Sprintf("%s %s %s%v", c.Number, d.Kind(), d.Slot(), d.Reposted)), c.Version, err
	}
	v.run()
	return v
}

// file files a complaint, about somebody if need be, with a note, and waits until all
// of it stands.
func (v *viewTest) file(about roster.PersonID) workflow.Complaint {
	v.Helper()
	v.filed++
	a := bottest.Complaint()
	a.Particulars.Concerns = about
	made, err := v.db.Apply(v.Ctx, workflow.Command{Action: a, By: anna, Gesture: fmt.Sprint("file", v.filed)})
	v.Must(err)
	owner := made.Complaint.Owner
	made, err = v.db.Apply(v.Ctx, workflow.Command{Case: made.Complaint.ID, Action: workflow.Note{Text: "Gebeld."}, By: owner, Gesture: fmt.Sprint("note", v.filed)})
	v.Must(err)
	v.AwaitIdle(v.db)
	return made.Complaint
}

func (v *viewTest) chatter(n int) {
	v.Helper()
	for range n {
		_, err := v.Sim.As(olga).Post(v.Ctx, cases, "", "Koffie?")
		v.Must(err)
	}
}

func (v *viewTest) root(c workflow.Complaint) outbox.Root {
	v.Helper()
	r, ok, err := v.db.Queue().Views().Root(v.Ctx, c.ID)
	if v.Must(err); !ok {
		v.Fatal("no case message")
	}
	return r
}

// look has the bot look at everything, and returns how often it read histories.
func (v *viewTest) look() (reads int) {
	v.Helper()
	reads = v.Calls(slackapi.MethodHistory)
	v.Must(v.db.Queue().Views().CheckAll(v.Ctx))
	v.AwaitIdle(v.db)
	return v.Calls(slackapi.MethodHistory) - reads
}

// below are the texts of a thread.
func (v *viewTest) below(r outbox.Root) (all []string) {
	for _, m := range v.Sim.Thread(r.Channel, r.TS) {
		all = append(all, m.Text)
	}
	return all
}

// TestViews_readsAPageAtATime: 200 messages a read, whatever number of cases, and no
// read where none stands. What stands is left alone.
func TestViews_readsAPageAtATime(t *testing.T) {
	t.Parallel()
	v := newViewTest(t)
	first := v.file("")
	v.chatter(500)
	var last []workflow.Complaint
	for range 5 {
		last = append(last, v.file(""))
	}
	posts := v.Calls(slackapi.MethodPost)
	if n := v.look(); n != 2 {
		t.Errorf("%d reads of six cases on both sides of 500 messages, want 2", n)
	}
	middle := v.root(last[0])
	v.chatter(190)
	v.file("")
	if n := v.look(); n != 2 {
		t.Errorf("%d reads, want 2", n)
	}
	if n := v.Calls(slackapi.MethodPost) - posts; n != 3 || v.Calls(slackapi.MethodUpdate) != 0 || v.root(last[0]).TS != middle.TS {
		t.Errorf("%d posts beside the last case's, and edits, though all of it stands", n-3)
	}
	v.Must(v.Sim.DeleteMessage(cases, v.root(first).TS))
	for range 3 { // the look asks for it once
		v.Must(v.db.Queue().Views().CheckAll(v.Ctx))
	}
	v.AwaitIdle(v.db)
	r := v.root(first)
	if got := v.below(r); !slices.Equal(got, []string{first.Number + " story true", first.Number + " line notetrue"}) {
		t.Errorf("below the first: %q", got)
	}
}

// TestViews_tombstone: one that was deleted above its replies is gone, though a
// history has something with its timestamp; the bot's replies under it go, what
// people wrote there stays.
func TestViews_tombstone(t *testing.T) {
	t.Parallel()
	v := newViewTest(t)
	c := v.file("")
	old := v.root(c)
	_, err := v.Sim.As(olga).Post(v.Ctx, cases, old.TS, "Ik bel haar.")
	v.Must(err)
	v.Must(v.Sim.DeleteAsAdmin(cases, old.TS))
	v.look()
	now := v.root(c)
	if m, ok := v.Sim.Message(cases, now.TS); !ok || m.Text != c.Number+" case true" || now.TS == old.TS {
		t.Errorf("the case message is %+v", m)
	}
	if got := v.below(old); !slices.Equal(got, []string{"Ik bel haar."}) {
		t.Errorf("left below the old one: %q", got)
	}
	if left := v.kept(c); len(left) > 0 {
		t.Errorf("somebody is told to delete %+v", left)
	}
}

func (v *viewTest) kept(c workflow.Complaint) []outbox.Undeletable {
	v.Helper()
	all, err := v.db.Undeletables().Undeletables(v.Ctx, c.ID)
	v.Must(err)
	return all
}

// TestViews_hiddenIsNotGone: what the free plan hides is edited, which it can be, and
// posted anew only when Slack says that it is gone.
func TestViews_hiddenIsNotGone(t *testing.T) {
	t.Parallel()
	v := newViewTest(t)
	hidden, gone := v.file(""), v.file("")
	was := v.root(hidden)
	v.Must(v.Sim.DeleteAsAdmin(cases, v.root(gone).TS))
	v.Sim.HideBefore(time.Now().Add(time.Hour))
	v.look()
	v.Sim.HideBefore(time.Time{})
	if now := v.root(hidden); now.TS != was.TS || len(v.below(now)) != 2 {
		t.Errorf("a hidden case message was posted anew: %+v", now)
	}
	if m, _ := v.Sim.Message(cases, v.root(gone).TS); m.Text != gone.Number+" case true" {
		t.Errorf("one that is gone was not: %q", m.Text)
	}
}

// TestViews_emptiedThread: what is gone below a case message comes back, and only
// that; what people wrote there counts for nothing.
func TestViews_emptiedThread(t *testing.T) {
	t.Parallel()
	v := newViewTest(t)
	all, some := v.file(""), v.file("")
	for _, m := range v.Sim.Thread(cases, v.root(all).TS) {
		v.Must(v.Sim.DeleteAsAdmin(cases, m.TS))
	}
	v.Must(v.Sim.DeleteAsAdmin(cases, v.Sim.Thread(cases, v.root(some).TS)[1].TS))
	for range 2 {
		v.look()
		for _, c := range []workflow.Complaint{all, some} {
			got := v.below(v.root(c))
			slices.Sort(got)
			for i, want := range []string{c.Number + " line note", c.Number + " story "} {
				if len(got) != 2 || !strings.HasPrefix(got[i], want) {
					t.Errorf("%s: %q", c.Number, got)
				}
			}
		}
	}
}

// TestViews_guardedCase: it stands in direct messages, comes back there, and shows
// nowhere else.
func TestViews_guardedCase(t *testing.T) {
	t.Parallel()
	v := newViewTest(t)
	c := v.file(olga)
	was := v.root(c)
	if !c.Guarded() || !slackapi.IsDirect(was.Channel) {
		t.Fatalf("%s in %s", c.Number, was.Channel)
	}
	v.Must(v.Sim.DeleteAsAdmin(was.Channel, was.TS))
	v.look()
	now := v.root(c)
	if now.Channel != was.Channel || now.TS == was.TS || len(v.below(now)) != 2 {
		t.Errorf("%+v, below it %q", now, v.below(now))
	}
	for _, m := range slices.Concat(v.Sim.Messages(cases), v.Sim.As(olga).DMs()) {
		if strings.Contains(m.Text, c.Number) {
			t.Errorf("shown in %s: %q", m.Channel, m.Text)
		}
	}
}

// TestViews_oneCase: asked for from the dossier; also of a closed case.
func TestViews_oneCase(t *testing.T) {
	t.Parallel()
	v := newViewTest(t)
	c, other := v.file(""), v.file("")
	v.Must(v.Sim.DeleteMessage(cases, v.root(c).TS))
	v.Must(v.Sim.DeleteMessage(cases, v.root(other).TS))
	was := v.root(other)
	for range 2 {
		v.Must(v.db.Queue().Views().CheckCase(v.Ctx, c.ID))
	}
	v.AwaitIdle(v.db)
	if r := v.root(c); len(v.below(r)) != 2 {
		t.Errorf("%+v, below it %q", r, v.below(r))
	}
	if v.root(other).TS != was.TS {
		t.Error("the other one was looked at too")
	}
}

// TestViews_goesOnAfterARest: Slack's "too many requests" costs no page that was read,
// and a conversation that Slack does not show keeps the others from nothing.
func TestViews_goesOnAfterARest(t *testing.T) {
	t.Parallel()
	v := newViewTest(t)
	c, guarded := v.file(""), v.file(olga)
	v.Must(v.Sim.DeleteMessage(cases, v.root(c).TS))
	at := v.root(guarded)
	v.Must(v.Sim.DeleteMessage(at.Channel, at.TS))
	v.Sim.Faults().RateLimit(slackapi.MethodHistory, time.Second, 1)
	v.look()
	for _, one := range []workflow.Complaint{c, guarded} {
		if r := v.root(one); len(v.below(r)) != 2 {
			t.Errorf("%s: %+v, below it %q", one.Number, r, v.below(r))
		}
	}
}
