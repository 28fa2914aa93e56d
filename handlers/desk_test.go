package handlers

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// desk is an office with a real register behind it, and gestures as Slack
// sends them: JSON payloads with the state of a view. One of its officers
// reads English.
type desk struct {
	office
	db     *storage.DB
	now    time.Time
	clicks int
}

// madeOnce is an empty register and its key, made once for all tests: making
// the schema takes longer than most of them.
var madeOnce = sync.OnceValues(func() (files map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "klachtbot-empty-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	keys, err := vault.CreateKeyFile(filepath.Join(dir, "key"))
	if err != nil {
		return nil, err
	}
	db, err := storage.Open(context.Background(), storage.Options{
		URL: "sqlite:" + filepath.Join(dir, "cases.db"), Keys: keys, Policy: &workflow.Policy{Calendar: calendar.Calendar{Location: time.UTC}},
	})
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	files = map[string][]byte{}
	for _, name := range []string{"key", "cases.db"} {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
})

// emptyRegister puts an empty register and its key into a folder.
func emptyRegister(dir string) error {
	files, err := madeOnce()
	if err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	dir := t.TempDir()
	if err := emptyRegister(dir); err != nil {
		t.Fatal(err)
	}
	keys, err := vault.OpenKeyFile(filepath.Join(dir, "key"))
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{now: monday}
	rules := policy(t)
	rules.Roster.Officers = append(rules.Roster.Officers, english)
	clock := func() time.Time { return d.now }
	d.db, err = storage.Open(t.Context(), storage.Options{
		URL: "sqlite:" + filepath.Join(dir, "cases.db"), Keys: keys, Policy: rules, Now: clock,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.db.Close() }) // a test that closed it did so on purpose
	d.office = newOffice(t, everything{d.db.Rooms()})
	d.Policy, d.Now = rules, clock
	return d
}

// logged registers a complaint, and returns it as it is in the register.
func (d *desk) logged(t testing.TB, a workflow.File) workflow.Complaint {
	t.Helper()
	done, err := d.db.Apply(t.Context(), workflow.Command{Action: a, By: staff, Gesture: "log"})
	if err != nil {
		t.Fatal(err)
	}
	return done.Complaint
}

func (d *desk) current(t testing.TB, id workflow.CaseID) workflow.Complaint {
	t.Helper()
	c, err := d.db.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// click presses a button of the case message, or picks it from "more".
func (d *desk) click(t testing.TB, who roster.PersonID, c *workflow.Complaint, name workflow.ActionName) {
	t.Helper()
	action := map[string]any{
		"type": "button", "action_id": string(name), "block_id": kit.RefTo(c).String(), "value": kit.RefTo(c).String(),
	}
	if !slices.Contains(cases.Pressable, name) {
		action = map[string]any{
			"type": "static_select", "action_id": core.MoreID, "block_id": kit.RefTo(c).String(),
			"selected_option": map[string]any{"value": string(name), "text": map[string]any{"type": "plain_text", "text": "x"}},
		}
	}
	d.send(t, who, map[string]any{
		"type": "block_actions", "response_url": "https://hooks.example/1", "channel": map[string]any{"id": "C0CASES"},
		"container": map[string]any{"type": "message", "message_ts": "1.2", "channel_id": "C0CASES"},
		"actions":   []any{action},
	})
}

// clickView presses a button in a modal.
func (d *desk) clickView(t testing.TB, who roster.PersonID, view slack.ModalViewRequest, actionID string) core.Ack {
	t.Helper()
	for _, b := range view.Blocks.BlockSet {
		row, ok := b.(*slack.ActionBlock)
		if !ok {
			continue
		}
		for _, e := range row.Elements.ElementSet {
			if button, ok := e.(*slack.ButtonBlockElement); ok && button.ActionID == actionID {
				return d.send(t, who, map[string]any{
					"type": "block_actions", "view": map[string]any{
						"id": "V0TEST", "type": "modal", "private_metadata": view.PrivateMetadata,
					},
					"container": map[string]any{"type": "view", "view_id": "V0TEST"},
					"actions": []any{map[string]any{
						"type": "button", "action_id": actionID, "block_id": row.BlockID, "value": button.Value,
					}},
				})
			}
		}
	}
	t.Fatalf("no button %s in the modal", actionID)
	return core.Ack{}
}

// submit sends a modal in, with some fields changed.
func (d *desk) submit(t testing.TB, who roster.PersonID, view slack.ModalViewRequest, typed map[string]string) core.Ack {
	t.Helper()
	return d.Interaction(t.Context(), submit(t, view, who, typed))
}

// send delivers a payload as Slack does, with a trigger of its own.
func (d *desk) send(t testing.TB, who roster.PersonID, payload map[string]any) core.Ack {
	t.Helper()
	d.clicks++
	payload["user"] = map[string]any{"id": string(who)}
	payload["trigger_id"] = fmt.Sprintf("trigger-%d", d.clicks)
	var in slack.InteractionCallback
	through(t, payload, &in)
	return d.Interaction(t.Context(), in)
}

// fieldErrors are the errors of an answer, by block id; nil for none.
func fieldErrors(a core.Ack) map[string]string {
	r, ok := a.Payload.(*slack.ViewSubmissionResponse)
	if !ok || r.ResponseAction != slack.RAErrors {
		return nil
	}
	return r.Errors
}

// updated is the modal that an answer puts in the place of the submitted one.
func updated(t testing.TB, a core.Ack) slack.ModalViewRequest {
	t.Helper()
	r, ok := a.Payload.(*slack.ViewSubmissionResponse)
	if !ok || r.ResponseAction != slack.RAUpdate || r.View == nil {
		t.Fatalf("the answer is no update: %v", fieldErrors(a))
	}
	return *r.View
}

// closes fails unless the answer closes the modal.
func closes(t testing.TB, a core.Ack) {
	t.Helper()
	if a.Payload != nil {
		t.Fatalf("the modal does not close: %v", fieldErrors(a))
	}
}

// told returns what people read beside the buttons they pressed, and forgets
// it.
func (d *desk) told() string {
	s := strings.Join(d.screen.asides, "\n")
	d.screen.asides = nil
	return s
}
