package cleanup_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/cleanup"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/roster"
)

// undeletableRegister is what is left in Slack; it keeps who asked for another
// check.
type undeletableRegister struct {
	left  outbox.UndeletableList
	asked []roster.PersonID
	err   error
}

func (a *undeletableRegister) UndeletableList(context.Context, roster.PersonID) (outbox.UndeletableList, error) {
	return a.left, a.err
}

func (a *undeletableRegister) CheckUndeletables(_ context.Context, who roster.PersonID) error {
	a.asked = append(a.asked, who)
	return a.err
}

// everyKind has an undeletable of each kind, with a link and without.
func everyKind() *undeletableRegister {
	all := []outbox.Undeletable{
		{Kind: outbox.UndeletableReply, Channel: "C0CASES", TS: "1795424400.000100", Link: "https://firm.slack.com/archives/C0CASES/p1795424400000100?thread_ts=1&cid=C0CASES"},
		{Kind: outbox.UndeletableReply, Channel: "C0CASES", TS: "1795428000.000100"},
		{Kind: outbox.UndeletableReply, Channel: "D0OFFICER", TS: "1795431600.000100", Reader: handlerstest.Officer},
		{Kind: outbox.UndeletableReply, Channel: "C0CASES", TS: "1795431660.000100", Link: "javascript:alert(1)"},
		{Kind: outbox.UndeletableFile, TS: "F0FOTO", Link: "https://firm.slack.com/files/U0STAFF/F0FOTO/foto.png"},
		{Kind: outbox.UndeletableFile, TS: "F0BRIEF"},
		{Kind: outbox.UndeletableMessage, Channel: "C0CASES", TS: "1795424400.000200", Fault: "is_archived", Link: "https://firm.slack.com/archives/C0CASES/p1795424400000200"},
		{Kind: outbox.UndeletableMessage, Channel: "C0CASES", TS: "1795424400.000300", Fault: "cant_delete_message"},
	}
	for i := range all {
		all[i].Number = fmt.Sprintf("K-2024-%04d", 1+i/2)
	}
	return &undeletableRegister{left: outbox.UndeletableList{Total: len(all) + 3, First: all}}
}

// undeletables renders what somebody gets of what is left.
func undeletables(t *testing.T, o *handlerstest.Fixture, a *undeletableRegister, to roster.PersonID, asked bool) (core.Message, error) {
	t.Helper()
	o.Use(func(c *handlers.Config) { c.Undeletables = a })
	m, version, err := o.Render(t.Context(), outbox.Delivery{
		Payload: outbox.UndeletableNotice{To: to, Asked: asked}, Lane: outbox.DirectLane(to), Version: 7,
	})
	if err == nil && version != 7 {
		t.Errorf("version %d", version)
	}
	return m, err
}

// TestUndeletable_golden: each in their own language, and with no more than
// numbers, places, times and links that can be followed.
func TestUndeletable_golden(t *testing.T) {
	o := handlerstest.NewLost(t)
	for lang, to := range map[string]roster.PersonID{"nl": handlerstest.Officer, "en": handlerstest.English} {
		m, err := undeletables(t, o, everyKind(), to, false)
		if err != nil {
			t.Fatal(err)
		}
		handlerstest.Golden(t, "undeletable."+lang, m)
		handlerstest.Confidential(t, "undeletable", m)
		if strings.Contains(handlerstest.JSONOf(t, m), "javascript:") {
			t.Error("a link that is none")
		}
		none, err := undeletables(t, o, &undeletableRegister{}, to, true)
		if err != nil {
			t.Fatal(err)
		}
		handlerstest.Golden(t, "undeletable-none."+lang, none)
	}
}

// TestUndeletable_fitsAMessage: fifty of them, each in a group of its own at
// worst, with links as long as Slack's.
func TestUndeletable_fitsAMessage(t *testing.T) {
	o, a := handlerstest.NewLost(t), &undeletableRegister{}
	link := "https://" + strings.Repeat("n", 21) + ".slack.com/archives/C0123456789/p1795424400000100?thread_ts=1795424400.000000&cid=C0123456789"
	for i := range outbox.MaxUndeletable {
		a.left.First = append(a.left.First, outbox.Undeletable{Kind: outbox.UndeletableReply, Channel: "C0123456789", TS: "1795424400.000100", Link: link, Number: fmt.Sprintf("K-2024-%04d", i)})
	}
	a.left.Total = 400
	m, err := undeletables(t, o, a, handlerstest.Officer, false)
	if err != nil || len(m.Blocks) > 50 || len(handlerstest.JSONOf(t, m.Blocks)) > 20_000 || !strings.Contains(handlerstest.JSONOf(t, m), "En nog 350.") {
		t.Errorf("%d blocks, %d bytes, %v", len(m.Blocks), len(handlerstest.JSONOf(t, m.Blocks)), err)
	}
}

// TestUndeletable_waitsForTheWindow: unless the person asked; nobody hears of
// nothing, and nobody who left.
func TestUndeletable_waitsForTheWindow(t *testing.T) {
	o := handlerstest.NewLost(t)
	o.Now = func() time.Time { return handlerstest.Monday.Add(-6 * time.Hour) }
	var later *core.Later
	if _, err := undeletables(t, o, everyKind(), handlerstest.Officer, false); !errors.As(err, &later) || !later.At.Equal(handlerstest.Monday.Add(-time.Hour)) {
		t.Errorf("at night: %v", err)
	}
	if _, err := undeletables(t, o, everyKind(), handlerstest.Officer, true); err != nil {
		t.Errorf("who asked at night: %v", err)
	}
	o.Now = func() time.Time { return handlerstest.Monday }
	for name, err := range map[string]error{
		"nothing left": must(undeletables(t, o, &undeletableRegister{}, handlerstest.Officer, false)),
		"gone":         must(undeletables(t, o, everyKind(), handlerstest.Gone, false)),
		"a guest":      must(undeletables(t, o, everyKind(), handlerstest.Guest, true)),
	} {
		if !errors.Is(err, core.ErrMoot) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := must(undeletables(t, o, &undeletableRegister{err: handlerstest.ErrLost}, handlerstest.Officer, false)); !errors.Is(err, handlerstest.ErrLost) {
		t.Errorf("a lost register: %v", err)
	}
	if err := must(undeletables(t, o, everyKind(), handlerstest.Lost, false)); err == nil || errors.Is(err, core.ErrMoot) {
		t.Errorf("somebody whom Slack could not look up: %v", err)
	}
}

func must(_ core.Message, err error) error { return err }

// TestUndeletable_isCountedOnHome: for who has a role, with a button that
// brings the list; the button answers where there is a place for it.
func TestUndeletable_isCountedOnHome(t *testing.T) {
	d := handlerstest.New(t)
	a := everyKind()
	d.Use(func(c *handlers.Config) { c.Undeletables = a })
	for who, want := range map[roster.PersonID]bool{handlerstest.Officer: true, handlerstest.Director: true, handlerstest.Staff: false} {
		d.Screen.Homes = nil
		d.Event(t.Context(), handlerstest.Opened(who))
		if got := strings.Contains(handlerstest.TextOf(t, d.Screen.Homes), "Er staan nog 11 dingen in Slack"); got != want {
			t.Errorf("%s reads it: %v, want %v", who, got, want)
		}
	}
	press := func(reply string) {
		d.Send(t, handlerstest.Officer, map[string]any{
			"type": "block_actions", "response_url": reply,
			"container": map[string]any{"type": "message", "message_ts": "1.2", "channel_id": "D0OFFICER"},
			"actions":   []any{map[string]any{"type": "button", "action_id": cleanup.CheckUndeletable, "block_id": "row"}},
		})
	}
	press("https://hooks.example/1")
	if reply := d.Replies(); !strings.Contains(reply, "Ik kijk opnieuw") || len(a.asked) != 1 || a.asked[0] != handlerstest.Officer {
		t.Errorf("reply %q, asked %v", reply, a.asked)
	}
	press("")
	if reply := d.Replies(); reply != "" || len(a.asked) != 2 {
		t.Errorf("on Home: reply %q, asked %v", reply, a.asked)
	}
	a.err = handlerstest.ErrLost
	press("https://hooks.example/1")
	if reply := d.Replies(); strings.Contains(reply, "Ik kijk opnieuw") || reply == "" {
		t.Errorf("without a register: reply %q", reply)
	}
}
