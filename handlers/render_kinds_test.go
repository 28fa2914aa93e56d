package handlers

import (
	"errors"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/outbox"
)

// TestRender_everyKind: of each payload that shows something there is a renderer.
// Letters are no messages, and of a picture that of what is above it is asked.
func TestRender_everyKind(t *testing.T) {
	b := newBoard(t)
	c := life(t, b.Policy, stages()["received"]...)
	b.Source = shelf{complaint: c, performed: c.Last}
	for _, k := range outbox.Kinds() {
		if k.Silent() || k == outbox.KindLetter || k == outbox.KindPicture {
			continue
		}
		for _, p := range k.Payloads() {
			if _, ok := p.(outbox.QuarterSummary); ok {
				p = outbox.QuarterSummary{Quarter: summer} // of no quarter there are no figures
			}
			lane := outbox.LaneCases
			if k.Personal() {
				lane = outbox.DirectLane(director)
			}
			_, _, err := b.Render(t.Context(), outbox.Delivery{Case: c.ID, Lane: lane, Payload: p})
			if errors.Is(err, core.ErrNoRenderer) {
				t.Errorf("nothing renders a %T", p)
			}
		}
	}
	for _, p := range []outbox.Payload{outbox.FileImport{}, outbox.Unreadable{Of: outbox.KindQuarter}} {
		if _, _, err := b.Render(t.Context(), outbox.Delivery{Case: c.ID, Lane: outbox.LaneCases, Payload: p}); !errors.Is(err, core.ErrNoRenderer) {
			t.Errorf("of a %T: %v", p, err)
		}
	}
}
