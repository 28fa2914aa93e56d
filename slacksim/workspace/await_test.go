package workspace_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// awaiting waits for a message in the background and records every message that
// match is asked about; the text "done" is the one that is waited for.
type awaiting struct {
	*simtest.Test
	asked chan workspace.Message
	ended chan error
}

func startAwaiting(l *simtest.Test) *awaiting {
	a := &awaiting{Test: l, asked: make(chan workspace.Message, 10), ended: make(chan error, 1)}
	go func() {
		m, err := l.AwaitMessage(l.Ctx, simtest.Room, func(m workspace.Message) bool {
			a.asked <- m
			return m.Text == "done"
		})
		if err == nil && m.Text != "done" {
			err = fmt.Errorf("found %+v", m)
		}
		a.ended <- err
	}()
	return a
}

// wants asks that match be asked about these texts, in this order, and no more.
func (a *awaiting) wants(texts ...string) {
	a.T.Helper()
	for _, text := range texts {
		select {
		case m := <-a.asked:
			if got := fmt.Sprintf("%s +%d", m.Text, m.ReplyCount); got != text {
				a.T.Errorf("asked about %q, want %q", got, text)
			}
		case <-a.Ctx.Done():
			a.T.Fatalf("not asked about %q", text)
		}
	}
	if len(a.asked) > 0 {
		a.T.Errorf("asked about %+v as well", <-a.asked)
	}
}

// TestAwait_matchIsAskedOnce: about what is there, about what comes and about what
// changes; not about the rest again.
func TestAwait_matchIsAskedOnce(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	first := l.Post(simtest.Room, "first")
	l.Post(simtest.Room, "reply", "thread_ts", first)
	l.Post(simtest.Room, "broadcast", "thread_ts", first, "reply_broadcast", "true")
	l.Post(simtest.Lobby, "elsewhere")
	orphaned := l.Post(simtest.Room, "orphaned")
	orphan := l.Post(simtest.Room, "orphan", "thread_ts", orphaned)
	simtest.NoError(t, l.DeleteMessage(simtest.Room, orphaned))
	a := startAwaiting(l)
	a.wants("first +2", "reply +0", "broadcast +0")
	l.Post(simtest.Lobby, "elsewhere again")
	second := l.Post(simtest.Room, "second")
	a.wants("second +0")
	simtest.WantOK(t, l.Call("chat.update", "channel", simtest.Room, "ts", first, "text", "edited"))
	a.wants("edited +2")
	reply := l.Post(simtest.Room, "new reply", "thread_ts", second)
	a.wants("second +1", "new reply +0")
	simtest.WantOK(t, l.Call("chat.update", "channel", simtest.Room, "ts", orphan, "text", "done"))
	simtest.WantOK(t, l.Call("chat.delete", "channel", simtest.Room, "ts", reply))
	a.wants("second +0")
	l.Post(simtest.Room, "done", "thread_ts", second)
	a.wants("second +1", "done +0")
	simtest.NoError(t, <-a.ended)
	w := l.Workspace()
	if n := workspace.Locked(w, func() int { return workspace.OpenQueues(w) }); n != 0 {
		t.Errorf("%d queues left", n)
	}
}

// TestAwait_matchesMayCallTheSimulator: none of them is asked while it is locked.
func TestAwait_matchesMayCallTheSimulator(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	u := l.As(simtest.Anna)
	root := l.Post(simtest.Room, "root")
	reply := ""
	m, err := l.AwaitMessage(l.Ctx, simtest.Room, func(m workspace.Message) bool {
		if m.TS == root && reply == "" {
			reply, _ = u.Post(l.Ctx, simtest.Room, root, "a reply, written while looking")
		}
		return m.TS == reply && len(l.Thread(simtest.Room, root)) == 1 && len(l.Calls()) > 0
	})
	if err != nil || m.ThreadTS != root {
		t.Error(m, err)
	}
	simtest.WantOK(t, l.Call("chat.postEphemeral", "channel", simtest.Room, "user", simtest.Anna, "text", "psst"))
	_, err = u.AwaitEphemeral(l.Ctx, simtest.Room, func(m workspace.Message) bool { return len(u.Ephemerals(simtest.Room)) == 1 })
	simtest.NoError(t, err)
	simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Anna, "view", simtest.HomeTab))
	_, err = u.AwaitView(l.Ctx, func(v workspace.View) bool { _, ok := l.View(v.ID); return ok })
	simtest.NoError(t, err)
}

// TestAwait_ends: with the context, and with the simulator.
func TestAwait_ends(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Post(simtest.Room, "root")
	ctx, cancel := context.WithCancel(l.Ctx)
	_, err := l.AwaitMessage(ctx, simtest.Room, func(workspace.Message) bool { cancel(); return false })
	simtest.WantErr(t, err, context.Canceled)
	_, err = l.AwaitMessage(l.Ctx, simtest.Room, func(workspace.Message) bool {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		return false
	})
	simtest.WantErr(t, err, workspace.ErrClosed)
}

// TestAwait_memoryIsBounded: what is too old to be asked for is not kept in memory.
func TestAwait_memoryIsBounded(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	w := l.Workspace()
	gesture := func() [2]string {
		return [2]string{w.Views.NewTrigger(simtest.Anna, nil), w.ResponseURLs.Mint(simtest.Anna, w.Channels.Get(simtest.Room), nil)}
	}
	old := workspace.Locked(w, gesture)
	l.Clock.Advance(workspace.ResponseURLMemory + 1)
	for range 3 {
		workspace.Locked(w, gesture)
	}
	w.Lock()
	triggers, urls := workspace.Remembered(w)
	for i := range 2*workspace.MaxComplaints + 1 {
		w.Complain("%d", i)
	}
	w.Unlock()
	if triggers != 3 || urls != 3 {
		t.Errorf("%d triggers, %d response URLs", triggers, urls)
	}
	if n := len(l.Complaints()); n != workspace.MaxComplaints {
		t.Errorf("%d complaints", n)
	}
	simtest.WantRefusal(t, l.Call("views.open", "trigger_id", old[0], "view", simtest.Modal("m", simtest.TextInput)), "expired_trigger_id")
	simtest.WantRefusal(t, l.Call("views.open", "trigger_id", workspace.TriggerID(1<<40), "view", simtest.Modal("m", simtest.TextInput)), "invalid_trigger_id")
	if status, _, body := l.Send("POST", old[1], simtest.JSONType, nil, []byte(`{"text":"late"}`)); status != 404 {
		t.Errorf("status %d: %s", status, body)
	}
}
