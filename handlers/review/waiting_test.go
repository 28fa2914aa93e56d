package review_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	hreview "github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestWaiting_showsOnADirectorsHome: and on nobody else's.
func TestWaiting_showsOnADirectorsHome(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	const waits = "wachten nog op bespreking"
	home := func(who roster.PersonID) string {
		b.Event(t.Context(), handlerstest.Opened(who))
		return b.LastHome(t)
	}
	handlerstest.Shows(t, "Home", home(handlerstest.Director), waits, "Kwartaal 3 van 2026", hreview.QuarterOpen)
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.Staff} {
		if strings.Contains(home(who), waits) {
			t.Errorf("%s reads what waits for the directors", who)
		}
	}
	b.ClickHome(t, handlerstest.Director, hreview.QuarterOpen, hreview.Scope{Quarter: summer}.String())
	if b.Screen.LastModal(t).CallbackID != "quarter" {
		t.Error("the button opens something else")
	}
	handlerstest.Updated(t, b.recommend(t, chair, outbox.LaneDirectors, recommendationValues()))
	if text := home(handlerstest.Director); strings.Contains(text, waits) && strings.Contains(text, "Kwartaal 3 van 2026") {
		t.Error("what was dealt with still waits")
	}
}
