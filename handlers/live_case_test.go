package handlers

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// posted puts a message in the direct messages of an officer, where a strict
// Slack judges it.
func (w *workspace) posted(t *testing.T, who roster.PersonID, m core.Message) (channel, ts string) {
	t.Helper()
	c, _, _, err := w.api.OpenConversationContext(t.Context(), &slack.OpenConversationParameters{Users: []string{string(who)}})
	if err != nil {
		t.Fatal(err)
	}
	channel, ts, err = w.api.PostMessageContext(t.Context(), c.ID, slack.MsgOptionText(m.Text, true), slack.MsgOptionBlocks(m.Blocks...))
	if err != nil {
		t.Fatal(detail(err))
	}
	return channel, ts
}

// atCases gives the workspace the register of a desk.
func (w *workspace) atCases(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.Slack = w.Slack
	*w.Handler = *d.Handler
	return d
}

// TestLiveMainRoad works from a posted case message, through Slack's own
// states: press, fill in, submit, until the case is closed.
func TestLiveMainRoad(t *testing.T) {
	w := newWorkspace(t)
	d := w.atCases(t)
	c := d.logged(t, complaintOf())
	for _, step := range []struct {
		name   workflow.ActionName
		values slacksim.Values
	}{
		{workflow.ActionAcknowledge, nil},
		{workflow.ActionQuestion, slacksim.Values{"body": "Hoe koud was het?"}},
		{workflow.ActionAnswer, slacksim.Values{"answer": strings.Repeat("😀", 1500)}},
		{workflow.ActionNote, slacksim.Values{"note": "<!channel>"}},
		{workflow.ActionResolve, resolved()},
	} {
		c = d.current(t, c.ID)
		w.clicks(t, d, &c, step.name)
		view := w.awaits(t, officer, string(step.name))
		got, err := w.sim.As(string(officer)).Submit(t.Context(), view.ID, step.values)
		if err != nil || len(got.Errors) > 0 || got.Local {
			t.Fatalf("%s: %+v, %v", step.name, got, err)
		}
	}
	confirm := w.awaits(t, officer, "confirm")
	if got, err := w.sim.As(string(officer)).Submit(t.Context(), confirm.ID, nil); err != nil || !got.Closed {
		t.Fatalf("confirm: %+v, %v", got, err)
	}
	if c = d.current(t, c.ID); c.State != workflow.StateClosed {
		t.Errorf("state %s", c.State)
	}
	for _, name := range []workflow.ActionName{workflow.ActionIdentity, workflow.ActionDossier} {
		w.clicks(t, d, &c, name)
		w.awaits(t, officer, string(name))
	}
}

func resolved() slacksim.Values {
	values := slacksim.Values{}
	for id, v := range decidedValues() {
		values[id] = v
	}
	return values
}

// clicks posts the case message as it is now and presses one of its buttons.
func (w *workspace) clicks(t *testing.T, d *desk, c *workflow.Complaint, name workflow.ActionName) {
	t.Helper()
	m, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Case{}})
	if err != nil {
		t.Fatal(err)
	}
	channel, ts := w.posted(t, officer, m)
	action, value := string(name), kit.RefTo(c).String()
	if name == workflow.ActionNote {
		action, value = core.MoreID, string(name)
	}
	if err := w.sim.As(string(officer)).Click(t.Context(), channel, ts, action, value); err != nil {
		t.Fatal(err)
	}
}

// TestGoldenMessagesPassTheJudge posts every golden message, and the longest
// stories.
func TestGoldenMessagesPassTheJudge(t *testing.T) {
	w := newWorkspace(t)
	judged := 0
	for _, pattern := range []string{"case-*", "story*", "line*", "nudge*", "digest*", "weekly*", "handover*", "remnants*"} {
		files, err := filepath.Glob(filepath.Join("testdata", pattern+".json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			w.posted(t, officer, goldenMessage(t, file))
			judged++
		}
	}
	if judged < 18 {
		t.Errorf("%d messages, want more", judged)
	}
	for _, part := range []string{"a", "😀", "<&>", "woord ", "\n", "👨‍👩‍👧"} {
		c := life(t, w.Policy, stages()["received"]...)
		c.Particulars.Story = workflow.Confidential(kit.Cut(strings.Repeat(part, 6000), 6000) + "x")
		c.Particulars.Wish = workflow.Confidential(kit.Cut(strings.Repeat(part, 3000), 3000) + "x")
		w.posted(t, officer, notices.StoryMessage(w.Texts.In("nl"), &c))
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

// TestLiveLongDossier leafs through a dossier whose pages a strict Slack
// judges.
func TestLiveLongDossier(t *testing.T) {
	w := newWorkspace(t)
	d := w.atCases(t)
	c := d.full(t, 12)
	w.clicks(t, d, &c, workflow.ActionDossier)
	view := w.awaits(t, officer, "dossier")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	hand := w.sim.As(string(officer))
	for range 2 {
		if err := hand.ClickView(ctx, view.ID, string(hdossier.DossierNext), ""); err != nil {
			t.Fatal(err)
		}
	}
	if last, ok := hand.Modal(); !ok || !strings.Contains(string(last.Raw), string(hdossier.DossierPrevious)) {
		t.Error("no page with a way back")
	}
}
