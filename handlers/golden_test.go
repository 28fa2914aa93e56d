package handlers_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// goldenViews reads every view among the golden files, by name.
func goldenViews(t *testing.T) (modals map[string]slack.ModalViewRequest, homes map[string]slack.HomeTabViewRequest) {
	t.Helper()
	modals, homes = map[string]slack.ModalViewRequest{}, map[string]slack.HomeTabViewRequest{}
	names, err := filepath.Glob("*/testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var modal slack.ModalViewRequest
		var home slack.HomeTabViewRequest
		switch {
		case bytes.Contains(b, []byte(`"type": "modal",`)):
			if err := json.Unmarshal(b, &modal); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			modals[name] = modal
		case bytes.Contains(b, []byte(`"type": "home",`)):
			if err := json.Unmarshal(b, &home); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			homes[name] = home
		}
	}
	return modals, homes
}

// TestGolden_viewsPassTheJudge opens every golden modal and Home tab in the
// simulator.
func TestGolden_viewsPassTheJudge(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	views, homes := goldenViews(t)
	if len(views) < 10 || len(homes) < 3 {
		t.Fatalf("%d modals and %d Home tabs, want more", len(views), len(homes))
	}
	form := w.Opens(t, handlerstest.Staff, "", "log_complaint")
	for name, view := range views {
		if err := w.Slack.UpdateView(t.Context(), form.ID, view); err != nil {
			t.Errorf("%s: %v", name, handlerstest.Detail(err))
		}
	}
	for name, home := range homes {
		if err := w.Slack.PublishHome(t.Context(), handlerstest.Staff, home); err != nil {
			t.Errorf("%s: %v", name, handlerstest.Detail(err))
		}
	}
}

// TestGolden_messagesPassTheJudge posts every golden message, and the longest
// stories.
func TestGolden_messagesPassTheJudge(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	judged := 0
	for _, pattern := range []string{"case-*", "story*", "line*", "reminder*", "digest*", "weekly*", "handover*", "undeletable*"} {
		files, err := filepath.Glob(filepath.Join("*", "testdata", pattern+".json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			w.Posted(t, handlerstest.Officer, goldenMessage(t, file))
			judged++
		}
	}
	if judged < 18 {
		t.Errorf("%d messages, want more", judged)
	}
	for _, part := range []string{"a", "😀", "<&>", "woord ", "\n", "👨‍👩‍👧"} {
		c := handlerstest.Life(t, w.Policy, handlerstest.Stages()["received"]...)
		c.Particulars.Story = workflow.Confidential(kit.Cut(strings.Repeat(part, 6000), 6000) + "x")
		c.Particulars.Wish = workflow.Confidential(kit.Cut(strings.Repeat(part, 3000), 3000) + "x")
		w.From(handlerstest.OneCase{Complaint: c})
		w.Posted(t, handlerstest.Officer, w.Rendered(t, outbox.Delivery{Payload: outbox.Story{}}))
	}
}

func goldenMessage(t *testing.T, file string) core.Message {
	t.Helper()
	b, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Text   string
		Blocks slack.Blocks
	}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return core.Message{Text: m.Text, Blocks: m.Blocks.BlockSet}
}
