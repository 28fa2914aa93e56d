package review_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	hreview "github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// reviewed is the message that the summer was dealt with, in a lane.
func (b *reviewTest) reviewed(t *testing.T, lane outbox.Lane) (core.Message, error) {
	t.Helper()
	return b.rendered(t, outbox.Reviewed{Quarter: summer}, lane)
}

// TestReviewed_golden compares what the other directors read.
func TestReviewed_golden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		b := newReviewTest(t)
		b.Language = lang
		if err := b.DB.Languages().Choose(t.Context(), chair, lang, 2); err != nil {
			t.Fatal(err)
		}
		b.fillSummer(t)
		b.press(t, handlerstest.Director, b.summary(t, outbox.LaneDirectors), hreview.NothingID)
		handlerstest.Updated(t, b.Submit(t, handlerstest.Director, b.Screen.LastModal(t), nil))
		m, err := b.reviewed(t, outbox.LaneDirectors)
		if err != nil {
			t.Fatal(err)
		}
		handlerstest.Golden(t, "reviewed-nothing."+lang, m)
		handlerstest.Updated(t, b.recommend(t, chair, outbox.LaneDirectors, recommendationValues()))
		if m, err = b.reviewed(t, outbox.DirectLane(chair)); err != nil {
			t.Fatal(err)
		}
		handlerstest.Golden(t, "reviewed-recommended."+lang, m)
	}
}

// TestReviewed_reachesTheOtherDirectors: with a way to the figures, and without
// what was recommended or what a director recorded on figures of their own.
func TestReviewed_reachesTheOtherDirectors(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	b.fileAboutDirector(t, chair)
	own := outbox.DirectLane(handlerstest.Director)
	handlerstest.Updated(t, b.recommend(t, handlerstest.Director, own, recommendationValues()))
	if _, err := b.reviewed(t, outbox.LaneDirectors); !errors.Is(err, core.ErrMoot) {
		t.Errorf("before it was dealt with for all: %v", err)
	}
	for range 2 {
		handlerstest.Updated(t, b.recommend(t, handlerstest.Director, outbox.LaneDirectors, recommendationValues()))
	}
	m, err := b.reviewed(t, outbox.DirectLane(chair))
	if err != nil {
		t.Fatal(err)
	}
	text := handlerstest.JSONOf(t, m)
	handlerstest.Shows(t, "the other director", text, "reviewed by Dirk Jansen: 2 recommendations")
	if strings.Contains(text, "verwarming") {
		t.Error("it says what was recommended")
	}
	b.press(t, chair, m, hreview.QuarterOpen)
	handlerstest.Shows(t, "the button", handlerstest.JSONOf(t, b.Screen.LastModal(t)), "quarter 3 of 2026")
	instead := func(lane outbox.Lane) error {
		who, _ := lane.Direct()
		_, err := b.rendered(t, outbox.Reviewed{Quarter: summer}.InsteadTo(who), lane)
		return err
	}
	if err := instead(outbox.DirectLane(chair)); err != nil {
		t.Errorf("instead of the channel: %v", err)
	}
	for _, lane := range []outbox.Lane{own, outbox.DirectLane(handlerstest.Staff)} {
		if err := instead(lane); !errors.Is(err, core.ErrMoot) {
			t.Errorf("to %s: %v", lane, err)
		}
	}
}
