package handlers

import (
	"errors"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	hreview "github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// reviewed is the message that the summer was dealt with, in a lane.
func (b *board) reviewed(t *testing.T, lane outbox.Lane) (core.Message, error) {
	t.Helper()
	return b.rendered(t, outbox.Reviewed{Quarter: summer}, lane)
}

// TestReviewedGolden compares what the other directors read.
func TestReviewedGolden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		b := newBoard(t)
		b.Language = lang
		b.summerOf(t)
		b.press(t, director, b.summary(t, outbox.LaneDirectors), hreview.NothingID)
		updated(t, b.submit(t, director, b.screen.lastModal(t), nil))
		m, err := b.reviewed(t, outbox.LaneDirectors)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "reviewed-nothing."+lang, m)
		updated(t, b.records(t, chair, outbox.LaneDirectors, recommended()))
		if m, err = b.reviewed(t, outbox.DirectLane(chair)); err != nil {
			t.Fatal(err)
		}
		golden(t, "reviewed-advised."+lang, m)
	}
}

// TestOthersReadThatAQuarterWasDealtWith, with a way to the figures; not what
// was recommended, nor what a director recorded on figures of their own.
func TestOthersReadThatAQuarterWasDealtWith(t *testing.T) {
	b := newBoard(t)
	b.summerOf(t)
	b.about(t, chair)
	own := outbox.DirectLane(director)
	updated(t, b.records(t, director, own, recommended()))
	if _, err := b.reviewed(t, outbox.LaneDirectors); !errors.Is(err, core.ErrMoot) {
		t.Errorf("before it was dealt with for all: %v", err)
	}
	for range 2 {
		updated(t, b.records(t, director, outbox.LaneDirectors, recommended()))
	}
	m, err := b.reviewed(t, outbox.DirectLane(chair))
	if err != nil {
		t.Fatal(err)
	}
	text := jsonOf(t, m)
	shows(t, "the other director", text, "besproken door Dirk Jansen: 2 aanbevelingen")
	if strings.Contains(text, "verwarming") {
		t.Error("it tells what was recommended")
	}
	b.press(t, chair, m, hreview.QuarterOpen)
	shows(t, "the button", jsonOf(t, b.screen.lastModal(t)), "quarter 3 of 2026")
	instead := func(lane outbox.Lane) error {
		who, _ := lane.Direct()
		_, err := b.rendered(t, outbox.Reviewed{Quarter: summer}.InsteadTo(who), lane)
		return err
	}
	if err := instead(outbox.DirectLane(chair)); err != nil {
		t.Errorf("instead of the channel: %v", err)
	}
	for _, lane := range []outbox.Lane{own, outbox.DirectLane(staff)} {
		if err := instead(lane); !errors.Is(err, core.ErrMoot) {
			t.Errorf("to %s: %v", lane, err)
		}
	}
}
