package review_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	hreview "github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// revealsGuarded reports every number of a guarded case in what somebody reads:
// its category, its name, or a count that includes it.
func revealsGuarded(text string) bool {
	return strings.Contains(text, "Directiedag") || strings.Contains(text, "Gedrag en omgang") || strings.Contains(text, "5 klachten ontvangen") ||
		strings.Contains(text, "5 complaints")
}

// TestFigures_hideACaseFromWhomItConcerns: no count that includes it, in the
// channel, in their direct messages, in the modals, or in what is kept.
func TestFigures_hideACaseFromWhomItConcerns(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	b.fileAboutDirector(t, chair)
	b.sweep(t)
	if text := handlerstest.JSONOf(t, b.summary(t, outbox.LaneDirectors)); revealsGuarded(text) || !strings.Contains(text, "4 klachten ontvangen") {
		t.Error("the channel reads of the case")
	}
	own := b.summary(t, outbox.DirectLane(handlerstest.Director))
	if text := handlerstest.JSONOf(t, own); !revealsGuarded(text) || !strings.Contains(text, "Deel ze niet") {
		t.Error("the other director does not read of the case, or not that it is a secret")
	}
	if text := handlerstest.JSONOf(t, b.summary(t, outbox.DirectLane(chair))); revealsGuarded(text) || strings.Contains(text, "Deel ze niet") {
		t.Error("whom it concerns reads of the case")
	}
	for _, dealt := range []bool{false, true} {
		for who, may := range map[roster.PersonID]bool{chair: false, handlerstest.Director: true, handlerstest.Officer: true} {
			b.types(t, who, "kwartaal 2026-q3")
			text := handlerstest.JSONOf(t, b.Screen.LastModal(t))
			if revealsGuarded(text) != may {
				t.Errorf("%s, dealt with %v: reads of the case %v, want %v", who, dealt, !may, may)
			}
		}
		b.press(t, chair, b.summary(t, outbox.LaneDirectors), hreview.RecommendID)
		if form := b.Screen.LastModal(t); revealsGuarded(handlerstest.JSONOf(t, form)) {
			t.Error("the form of a recommendation reads of the case")
		} else if !dealt {
			handlerstest.Updated(t, b.Submit(t, chair, form, recommendationValues()))
		}
	}
	for audience, may := range map[review.Audience]bool{
		review.AudienceShared: false, review.Audience(chair): false, review.Audience(handlerstest.Director): true, review.AudienceAll: true,
	} {
		kept, err := b.DB.Reviews().Snapshot(t.Context(), summer, audience)
		if err != nil || strings.Contains(string(kept), "Directiedag") != may {
			t.Errorf("what is kept for %s: of the case %v, want %v (%v)", audience, !may, may, err)
		}
	}
}

// slowFigures count longer than Slack waits, as in a register of a million
// cases.
type slowFigures struct {
	hreview.FiguresReader
	slow bool
}

func (s *slowFigures) Quarterly(ctx context.Context, since, quarter calendar.Quarter, without []roster.PersonID, f func(workflow.Complaint) error) error {
	if s.slow {
		<-ctx.Done()
		return ctx.Err()
	}
	return s.FiguresReader.Quarterly(ctx, since, quarter, without, f)
}

// TestFigures_slowCountHoldsNothingUp: what was submitted is committed before
// Slack stops waiting; the figures are kept after the ack, or, when the program
// died then, at the next start or view.
func TestFigures_slowCountHoldsNothingUp(t *testing.T) {
	ways := map[string]func(b *reviewTest, ack core.Ack) error{
		"the ack": func(_ *reviewTest, ack core.Ack) error { after(t, ack); return nil },
		"a view":  func(b *reviewTest, _ core.Ack) error { b.types(t, chair, "kwartaal 2026-q3"); return nil },
		"a start": func(b *reviewTest, _ core.Ack) error { return b.KeepFigures(t.Context()) },
	}
	for name, then := range ways {
		b := newReviewTest(t)
		b.fillSummer(t)
		slow := &slowFigures{FiguresReader: b.DB.Rooms()}
		b.Use(func(c *handlers.Config) { c.Figures = slow })
		b.press(t, handlerstest.Director, b.summary(t, outbox.LaneDirectors), hreview.RecommendID)
		form := b.Screen.LastModal(t)
		slow.slow = true
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		ack := b.Interaction(ctx, handlerstest.Submit(t, form, handlerstest.Director, recommendationValues()))
		if handlerstest.Updated(t, ack); ctx.Err() != nil || b.waits(t, review.AudienceShared) {
			t.Fatal("nothing was committed in time")
		}
		slow.slow = false
		if err := then(b, ack); err != nil {
			t.Error(err)
		}
		kept, err := b.DB.Reviews().Snapshot(t.Context(), summer, review.AudienceAll)
		if err != nil || kept == nil {
			t.Errorf("after %s: the figures were not kept (%v)", name, err)
		}
	}
}

// TestFigures_keptStayAsTheyWere: what changes after a quarter was dealt with
// changes nothing that is shown of it.
func TestFigures_keptStayAsTheyWere(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	handlerstest.Updated(t, b.recommend(t, handlerstest.Director, outbox.LaneDirectors, recommendationValues()))
	b.setDay(calendar.NewDate(2026, 10, 5))
	if _, err := b.DB.Apply(t.Context(), workflow.Command{Action: func() workflow.File {
		l := handlerstest.Filing()
		l.Facts.Received, l.Facts.Incident = calendar.NewDate(2026, 9, 30), calendar.Date{}
		return l
	}(), By: handlerstest.Staff, Gesture: "late"}); err != nil {
		t.Fatal(err)
	}
	for _, who := range []roster.PersonID{handlerstest.Director, chair, handlerstest.Officer} {
		b.types(t, who, "kwartaal 2026-q3")
		text := handlerstest.JSONOf(t, b.Screen.LastModal(t))
		if !strings.Contains(text, "4 klachten") && !strings.Contains(text, "4 complaints") {
			t.Errorf("%s reads other figures than were discussed", who)
		}
	}
	now, err := handlerOf(b.Fixture).Summary(t.Context(), hreview.Scope{Quarter: summer, Audience: review.AudienceShared})
	if err != nil || now.Received != 5 {
		t.Errorf("counted anew: %d complaints (%v)", now.Received, err)
	}
}

// TestFigures_firstSentenceHidesACase: what was open and late at the end of the quarter
// leaves out what concerns who reads it.
func TestFigures_firstSentenceHidesACase(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	l := handlerstest.Filing()
	l.Facts.Received, l.Facts.Incident, l.Particulars.Concerns = calendar.NewDate(2026, 8, 10), calendar.Date{}, chair
	now := b.Clock
	b.setDay(l.Facts.Received)
	if _, err := b.DB.Apply(t.Context(), workflow.Command{Action: l, By: handlerstest.Staff, Gesture: "about the chair"}); err != nil {
		t.Fatal(err)
	}
	b.Clock = now
	late := "was er 1 open, en die was te laat. De klacht was 51 dagen oud."
	for lane, says := range map[outbox.Lane]string{
		outbox.LaneDirectors: "was er niets open", outbox.DirectLane(handlerstest.Director): late, outbox.DirectLane(chair): "nothing was open",
	} {
		handlerstest.Shows(t, string(lane), handlerstest.JSONOf(t, b.summary(t, lane)), says)
	}
}

// TestFigures_oldSnapshotsReadRight: figures that were kept before what was late at the
// end was counted say how many were open, and claim nothing more.
func TestFigures_oldSnapshotsReadRight(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	b.press(t, handlerstest.Director, b.summary(t, outbox.LaneDirectors), hreview.NothingID)
	handlerstest.Updated(t, b.Submit(t, handlerstest.Director, b.Screen.LastModal(t), nil))
	b.Use(func(c *handlers.Config) { c.Figures = oldSnapshots{b.DB.Rooms()} })
	text := handlerstest.JSONOf(t, b.summary(t, outbox.LaneDirectors))
	handlerstest.Shows(t, "the summary", text, "Open aan het einde van het kwartaal: 0.", "Besproken, zonder aanbevelingen")
	if strings.Contains(text, "was er niets open") || strings.Contains(text, "Daarvan te laat") {
		t.Error("it tells what was not counted then")
	}
}

// oldSnapshots are kept figures as an older program wrote them.
type oldSnapshots struct{ hreview.FiguresReader }

func (o oldSnapshots) Snapshot(ctx context.Context, q calendar.Quarter, a review.Audience) ([]byte, error) {
	b, err := o.FiguresReader.Snapshot(ctx, q, a)
	if err != nil || b == nil {
		return b, err
	}
	var fields map[string]any
	if err := json.Unmarshal(b, &fields); err != nil {
		return nil, err
	}
	delete(fields, "at_end")
	return json.Marshal(fields)
}
