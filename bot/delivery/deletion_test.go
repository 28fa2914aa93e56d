package delivery

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// deletionTest is a test with a case whose message and thread stand in the case
// channel, and which shows there no more.
type deletionTest struct {
	*deliveryTest
	api   *slackapi.Client
	root  string
	id    workflow.CaseID
	clear int64 // id of the delivery that takes it away
}

func newDeletionTest(t *testing.T, replies int, changes ...option) *deletionTest {
	t.Helper()
	l := newDeliveryTest(t, changes...)
	h := &deletionTest{deliveryTest: l, api: l.API, id: l.outbox.caseOf("c1"), clear: 1}
	h.root = h.post("c1 case", "root", "")
	for range replies {
		ts := h.post("c1 line", "line", h.root)
		l.outbox.leave("c1", outbox.PendingDeletion{Channel: cases, TS: ts})
	}
	l.outbox.leave("c1", outbox.PendingDeletion{Channel: cases, TS: h.root, Root: true})
	return h
}

// post posts as the bot did, with the key of a delivery.
func (h *deletionTest) post(text, key, thread string) string {
	h.Helper()
	answer, err := h.api.Do(h.Ctx, slackapi.Post(slackapi.MessageRef{Channel: cases, TS: thread}, slackapi.Content{Text: text, Key: key, Blocks: message(text).Blocks}))
	h.Must(err)
	return answer.TS
}

func (h *deletionTest) start() {
	h.run()
	h.outbox.put(outbox.Delivery{Case: "c1", Payload: outbox.Deletion{}, Lane: outbox.LaneDeletion})
}

// TestDeletion_everything takes a case message and its thread away, replies
// that the register does not know of too.
func TestDeletion_everything(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*deletionTest){
		"nothing":        func(*deletionTest) {},
		"deleted before": func(h *deletionTest) { h.Must(h.Sim.DeleteMessage(cases, h.root)) },
		"rate limit":     func(h *deletionTest) { h.Sim.Faults().RateLimit(slackapi.MethodDelete, time.Second, 1) },
		"answer lost":    func(h *deletionTest) { h.Sim.Faults().LoseAnswer(slackapi.MethodDelete, 1) },
		"cut":            func(h *deletionTest) { h.Sim.Faults().CutBefore(slackapi.MethodDelete, 1) },
		"503":            func(h *deletionTest) { h.Sim.Faults().Status(slackapi.MethodReplies, http.StatusServiceUnavailable, 1) },
		"hung":           func(h *deletionTest) { h.Sim.Faults().Delay(slackapi.MethodDelete, time.Second, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newDeletionTest(t, 3)
			other := h.post("c2 case", "other", "")
			trouble(h)
			if name != "deleted before" { // Slack knows of replies only below their root
				h.post("c1 line", "unknown", h.root)
			}
			h.start()
			h.outbox.awaitDone(t, h.clear)
			if m := h.Only(cases); m.TS != other {
				t.Errorf("message %s is left, want %s", m.TS, other)
			}
			if replies := h.Sim.Thread(cases, h.root); len(replies) > 0 || h.outbox.leftovers() > 0 {
				t.Errorf("%d replies and %d leftovers are left", len(replies), h.outbox.leftovers())
			}
		})
	}
}

// TestDeletion_findsWhatWasUnderWay: a message whose posting nobody knows the end
// of is searched for by its key, in the thread and in the channel, once it can
// arrive no more.
func TestDeletion_findsWhatWasUnderWay(t *testing.T) {
	t.Parallel()
	h := newDeletionTest(t, 0)
	began := time.Now()
	reply, err := h.Sim.As(olga).Post(h.Ctx, cases, h.root, "Van mij.") // so that the thread outlives its root
	h.Must(err)
	after := began.Add(700 * time.Millisecond)
	h.outbox.leave("c1",
		outbox.PendingDeletion{Lane: outbox.LaneCases, TS: h.root, Key: "lost line", Since: began, After: after},
		outbox.PendingDeletion{Lane: outbox.LaneCases, Key: "lost root", Since: began, After: after},
		outbox.PendingDeletion{Lane: outbox.DirectLane(dirk), Key: "lost reminder", Since: began},
	)
	h.post("c1 line", "lost line", h.root)
	h.post("c1 case", "lost root", "")
	id, _, _, err := h.api.OpenConversationContext(h.Ctx, &slack.OpenConversationParameters{Users: []string{dirk}})
	h.Must(err)
	_, err = h.api.Do(h.Ctx, slackapi.Post(slackapi.MessageRef{Channel: id.ID}, slackapi.Content{Text: "c1 nudge", Key: "lost reminder"}))
	h.Must(err)
	h.start()
	h.outbox.awaitDone(t, h.clear)
	if took := time.Since(began); took < 700*time.Millisecond {
		t.Errorf("searched after %v, while it could still arrive", took)
	}
	left := append(h.Sim.Messages(cases), h.Sim.Messages(id.ID)...)
	for _, m := range append(left, h.Sim.Thread(cases, h.root)...) {
		if strings.Contains(m.Text, "c1") {
			t.Errorf("%q is left", m.Text)
		}
	}
	if kept := h.outbox.kept("c1"); len(kept) != 1 || kept[0].TS != reply || kept[0].Kind != outbox.UndeletableReply {
		t.Errorf("undeletables %+v, want the reply", kept)
	}
}
