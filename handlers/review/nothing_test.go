package review_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	hreview "github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/review"
)

// TestNothing_takesTwoPresses: then the reminder stops, and who comes later
// reads who was first.
func TestNothing_takesTwoPresses(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	m := b.summary(t, outbox.LaneDirectors)
	b.press(t, handlerstest.Director, m, hreview.NothingID)
	sure := b.Screen.LastModal(t)
	b.press(t, chair, m, hreview.NothingID)
	slower := b.Screen.LastModal(t)
	ack := b.Submit(t, handlerstest.Director, sure, nil)
	handlerstest.Shows(t, "the answer", handlerstest.JSONOf(t, handlerstest.Updated(t, ack)), "zonder aanbevelingen: Dirk Jansen")
	after(t, ack)
	handlerstest.Shows(t, "below the message", b.Replies(), "zonder aanbevelingen: Dirk Jansen")
	handlerstest.Shows(t, "whoever was later", handlerstest.JSONOf(t, handlerstest.Updated(t, b.Submit(t, chair, slower, nil))), "Dirk Jansen recorded that")
	if b.waits(t, review.AudienceShared) || b.waits(t, review.Audience(chair)) {
		t.Error("the quarter still waits")
	}
	reminder, err := b.rendered(t, outbox.ReviewsWaiting{}, outbox.LaneDirectors)
	if text := handlerstest.JSONOf(t, reminder); err != nil || strings.Contains(text, "Kwartaal 3") || !strings.Contains(text, "Kwartaal 2") {
		t.Errorf("the reminder names what was dealt with, or not what waits: %v", err)
	}
	b.press(t, chair, m, hreview.NothingID)
	handlerstest.Shows(t, "pressing the old message", handlerstest.JSONOf(t, b.Screen.LastModal(t)), "Dirk Jansen recorded that", hreview.RecommendID)
	b.pressView(t, chair, hreview.RecommendID)
	handlerstest.Updated(t, b.Submit(t, chair, b.Screen.LastModal(t), recommendationValues()))
	handlerstest.Shows(t, "after an addition", handlerstest.JSONOf(t, b.summary(t, outbox.LaneDirectors)), "met 1 aanbeveling: Dirk Jansen")
}
