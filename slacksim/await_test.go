package slacksim

import (
	"context"
	"fmt"
	"testing"
)

// awaiting waits for a message in the background and tells every message that
// match is asked about; the text "done" is the one that is waited for.
type awaiting struct {
	*simTest
	asked chan Message
	ended chan error
}

func startAwaiting(l *simTest) *awaiting {
	a := &awaiting{simTest: l, asked: make(chan Message, 10), ended: make(chan error, 1)}
	go func() {
		m, err := l.AwaitMessage(l.ctx, room, func(m Message) bool {
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
	a.t.Helper()
	for _, text := range texts {
		select {
		case m := <-a.asked:
			if got := fmt.Sprintf("%s +%d", m.Text, m.ReplyCount); got != text {
				a.t.Errorf("asked about %q, want %q", got, text)
			}
		case <-a.ctx.Done():
			a.t.Fatalf("not asked about %q", text)
		}
	}
	if len(a.asked) > 0 {
		a.t.Errorf("asked about %+v as well", <-a.asked)
	}
}

// TestAwait_matchIsAskedOnce: about what is there, about what comes and about what
// changes; not about the rest again.
func TestAwait_matchIsAskedOnce(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	first := l.post(room, "first")
	l.post(room, "reply", "thread_ts", first)
	l.post(room, "broadcast", "thread_ts", first, "reply_broadcast", "true")
	l.post(lobby, "elsewhere")
	orphaned := l.post(room, "orphaned")
	orphan := l.post(room, "orphan", "thread_ts", orphaned)
	noError(t, l.DeleteMessage(room, orphaned))
	a := startAwaiting(l)
	a.wants("first +2", "reply +0", "broadcast +0")
	l.post(lobby, "elsewhere again")
	second := l.post(room, "second")
	a.wants("second +0")
	wantOK(t, l.call("chat.update", "channel", room, "ts", first, "text", "edited"))
	a.wants("edited +2")
	reply := l.post(room, "new reply", "thread_ts", second)
	a.wants("second +1", "new reply +0")
	wantOK(t, l.call("chat.update", "channel", room, "ts", orphan, "text", "done"))
	wantOK(t, l.call("chat.delete", "channel", room, "ts", reply))
	a.wants("second +0")
	l.post(room, "done", "thread_ts", second)
	a.wants("second +1", "done +0")
	noError(t, <-a.ended)
	w := l.Workspace()
	if n := locked(w, func() int { return openQueues(w) }); n != 0 {
		t.Errorf("%d queues left", n)
	}
}

// TestAwait_matchesMayCallTheSimulator: none of them is asked while it is locked.
func TestAwait_matchesMayCallTheSimulator(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	user := l.As(anna)
	root := l.post(room, "root")
	reply := ""
	m, err := l.AwaitMessage(l.ctx, room, func(m Message) bool {
		if m.TS == root && reply == "" {
			reply, _ = user.Post(l.ctx, room, root, "a reply, written while looking")
		}
		return m.TS == reply && len(l.Thread(room, root)) == 1 && len(l.Calls()) > 0
	})
	if err != nil || m.ThreadTS != root {
		t.Error(m, err)
	}
	wantOK(t, l.call("chat.postEphemeral", "channel", room, "user", anna, "text", "psst"))
	_, err = user.AwaitEphemeral(l.ctx, room, func(m Message) bool { return len(user.Ephemerals(room)) == 1 })
	noError(t, err)
	wantOK(t, l.call("views.publish", "user_id", anna, "view", homeTab))
	_, err = user.AwaitView(l.ctx, func(v View) bool { _, ok := l.View(v.ID); return ok })
	noError(t, err)
}

// TestAwait_ends: with the context, and with the simulator.
func TestAwait_ends(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.post(room, "root")
	ctx, cancel := context.WithCancel(l.ctx)
	_, err := l.AwaitMessage(ctx, room, func(Message) bool { cancel(); return false })
	wantErr(t, err, context.Canceled)
	_, err = l.AwaitMessage(l.ctx, room, func(Message) bool {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		return false
	})
	wantErr(t, err, ErrClosed)
}

// TestAwait_memoryIsBounded: what is too old to be asked for is not kept in memory.
func TestAwait_memoryIsBounded(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	w := l.Workspace()
	gesture := func() [2]string {
		return [2]string{w.views.newTrigger(anna, nil), w.responseURLs.mint(anna, w.channels.get(room), nil)}
	}
	old := locked(w, gesture)
	l.clock.advance(theMemory + 1)
	for range 3 {
		locked(w, gesture)
	}
	w.Lock()
	triggers, urls := remembered(w)
	for i := range 2*theMaxComplaints + 1 {
		w.complain("%d", i)
	}
	w.Unlock()
	if triggers != 3 || urls != 3 {
		t.Errorf("%d triggers, %d response URLs", triggers, urls)
	}
	if n := len(l.Complaints()); n != theMaxComplaints {
		t.Errorf("%d complaints", n)
	}
	wantRefusal(t, l.call("views.open", "trigger_id", old[0], "view", modal("m", textInput)), "expired_trigger_id")
	wantRefusal(t, l.call("views.open", "trigger_id", anyTrigger(1<<40), "view", modal("m", textInput)), "invalid_trigger_id")
	if status, _, body := l.send("POST", old[1], jsonType, nil, []byte(`{"text":"late"}`)); status != 404 {
		t.Errorf("status %d: %s", status, body)
	}
}
