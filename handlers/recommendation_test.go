package handlers

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	hreview "github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestARecommendationIsWatched: recorded on the figures of the summer, asked
// for on its date, put off, done, and told of in the next quarter, with what
// its figure did since: from 3 to 1.
func TestARecommendationIsWatched(t *testing.T) {
	b := newBoard(t)
	b.summerOf(t)
	shows(t, "what was recorded", jsonOf(t, updated(t, b.records(t, director, outbox.LaneDirectors, recommended()))),
		"Vastgelegd bij kwartaal 3", "*verwarming*", "Sanne de Boer", "di 20 oktober 2026", "Locatie")
	if b.waits(t, review.AudienceShared) {
		t.Error("the quarter still waits")
	}
	all, err := b.db.Reviews().Recommendations(t.Context(), chair)
	if err != nil || len(all) != 1 || all[0].Category != "location" || all[0].By != director {
		t.Fatalf("recommendations: %v, %v", all, err)
	}
	id := all[0].ID
	ask := func() (core.Message, error) {
		return b.rendered(t, outbox.RecommendationReminder{ID: id}, outbox.DirectLane(staff))
	}
	if _, err := ask(); !errors.Is(err, core.ErrMoot) {
		t.Errorf("asked before its date: %v", err)
	}
	b.on(calendar.NewDate(2026, 10, 20))
	asked, err := ask()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.rendered(t, outbox.RecommendationReminder{ID: id}, outbox.DirectLane(officer)); !errors.Is(err, core.ErrMoot) {
		t.Errorf("somebody else is asked: %v", err)
	}
	b.press(t, staff, asked, hreview.RecommendationDate)
	later := updated(t, b.submit(t, staff, b.screen.lastModal(t), map[string]string{"due_date": "2026-12-15"}))
	shows(t, "after another date", jsonOf(t, later), "di 15 december 2026")
	if _, err := ask(); !errors.Is(err, core.ErrMoot) {
		t.Errorf("asked after it was put off: %v", err)
	}
	shows(t, "the quarter's summary", jsonOf(t, b.summary(t, outbox.LaneDirectors)), "nog lopen", "*verwarming*", "Sanne de Boer, uiterlijk di 15 december 2026")

	b.settled(t, calendar.NewDate(2026, 11, 2), nil)
	b.on(calendar.NewDate(2026, 12, 15))
	if asked, err = ask(); err != nil {
		t.Fatal(err)
	}
	b.press(t, staff, asked, hreview.RecommendationDone)
	shows(t, "after it was done", b.told(), "dit gedaan is")
	b.on(calendar.NewDate(2027, 1, 4))
	for _, lane := range []outbox.Lane{outbox.LaneDirectors, outbox.DirectLane(chair)} {
		m, err := b.rendered(t, outbox.QuarterSummary{Quarter: calendar.Quarter{Year: 2026, Number: 4}}, lane)
		if err != nil {
			t.Fatal(err)
		}
		text := jsonOf(t, m)
		shows(t, "the next quarter", text, "*verwarming*", "3 → 1")
		if strings.Contains(text, "nog lopen") {
			t.Error("what was done is still open")
		}
	}
	b.press(t, director, asked, hreview.RecommendationDone) // somebody presses the old message
	shows(t, "a second time", b.told(), "Sanne de Boer legde dat vast op di 15 december 2026")
}

// TestWhoSeesToItIsAsked when it is recorded, in their hours, with the same
// buttons as on its date; from then on the reminder tells them.
func TestWhoSeesToItIsAsked(t *testing.T) {
	b := newBoard(t)
	b.summerOf(t)
	updated(t, b.records(t, director, outbox.LaneDirectors, recommended()))
	all, err := b.db.Reviews().Recommendations(t.Context(), director)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	ask := func(who roster.PersonID) (core.Message, error) {
		return b.rendered(t, outbox.RecommendationAssigned{ID: all[0].ID}, outbox.DirectLane(who))
	}
	asked, err := ask(staff)
	if err != nil {
		t.Fatal(err)
	}
	shows(t, "the message", jsonOf(t, asked), "zorgen, uiterlijk di 20 oktober 2026", "*verwarming*", "Dirk Jansen", hreview.RecommendationDone, hreview.RecommendationDate)
	if strings.Contains(asked.Text, "verwarming") {
		t.Error("the notification tells of the recommendation")
	}
	if _, err := ask(officer); !errors.Is(err, core.ErrMoot) {
		t.Errorf("somebody else is asked: %v", err)
	}
	morning := b.now
	b.now = morning.Add(9 * time.Hour)
	var later *core.Later
	if _, err := ask(staff); !errors.As(err, &later) {
		t.Errorf("in the evening: %v", err)
	}
	b.now = morning
	b.press(t, staff, asked, hreview.RecommendationDate)
	updated(t, b.submit(t, staff, b.screen.lastModal(t), map[string]string{"due_date": "2026-12-15"}))
	b.on(calendar.NewDate(2026, 12, 15))
	if _, err := ask(staff); !errors.Is(err, core.ErrMoot) {
		t.Errorf("on its date: %v", err)
	}
	b.press(t, staff, asked, hreview.RecommendationDone)
	shows(t, "after it was done", b.told(), "dit gedaan is")
}

// TestOneThingStandsOut below the figures, however many recommendations are
// open.
func TestOneThingStandsOut(t *testing.T) {
	b := newBoard(t)
	b.summerOf(t)
	for range 2 {
		updated(t, b.records(t, director, outbox.LaneDirectors, recommended()))
	}
	b.types(t, director, "kwartaal")
	var primary, done int
	for _, block := range b.screen.lastModal(t).Blocks.BlockSet {
		for _, e := range elements(block) {
			if e.ActionID == hreview.RecommendationDone {
				done++
			}
			if e.Style == slack.StylePrimary {
				primary++
			}
		}
	}
	if primary != 1 || done != 2 {
		t.Errorf("%d buttons stand out, %d say that something was done", primary, done)
	}
}

// TestWhatIsWrongWithARecommendation is told at its fields, all at once, and
// nothing is recorded.
func TestWhatIsWrongWithARecommendation(t *testing.T) {
	b := newBoard(t)
	b.summerOf(t)
	b.press(t, director, b.summary(t, outbox.LaneDirectors), hreview.RecommendID)
	form := b.screen.lastModal(t)
	wrong := fieldErrors(b.submit(t, director, form, map[string]string{
		"recommendation": " \n", "owner": string(guest), "due_date": "2026-10-01", "linked": "category:weather",
	}))
	for _, field := range []string{"recommendation", "owner", "due_date", "linked"} {
		if wrong[field] == "" {
			t.Errorf("nothing is wrong with %s", field)
		}
	}
	for _, who := range []roster.PersonID{guest, robot, gone, stranger, lost} {
		typed := recommended()
		typed["owner"] = string(who)
		if wrong := fieldErrors(b.submit(t, director, form, typed)); len(wrong) == 0 {
			t.Errorf("%s can see to a recommendation", who)
		}
	}
	if !b.waits(t, review.AudienceShared) {
		t.Error("something was recorded")
	}
	updated(t, b.submit(t, director, form, recommended()))
	updated(t, b.submit(t, director, form, recommended())) // sent again
	if all, err := b.db.Reviews().Recommendations(t.Context(), director); err != nil || len(all) != 1 {
		t.Errorf("a submission that came twice records %d (%v)", len(all), err)
	}
}

// TestNothingToRecommend takes two presses, and stops the reminder; who comes
// later reads who was first.
func TestNothingToRecommend(t *testing.T) {
	b := newBoard(t)
	b.summerOf(t)
	m := b.summary(t, outbox.LaneDirectors)
	b.press(t, director, m, hreview.NothingID)
	sure := b.screen.lastModal(t)
	b.press(t, chair, m, hreview.NothingID)
	slower := b.screen.lastModal(t)
	ack := b.submit(t, director, sure, nil)
	shows(t, "the answer", jsonOf(t, updated(t, ack)), "zonder aanbevelingen: Dirk Jansen")
	after(t, ack)
	shows(t, "below the message", b.told(), "zonder aanbevelingen: Dirk Jansen")
	shows(t, "whoever was later", jsonOf(t, updated(t, b.submit(t, chair, slower, nil))), "Dirk Jansen recorded that")
	if b.waits(t, review.AudienceShared) || b.waits(t, review.Audience(chair)) {
		t.Error("the quarter still waits")
	}
	reminder, err := b.rendered(t, outbox.ReviewsWaiting{}, outbox.LaneDirectors)
	if text := jsonOf(t, reminder); err != nil || strings.Contains(text, "Kwartaal 3") || !strings.Contains(text, "Kwartaal 2") {
		t.Errorf("the reminder tells of what was dealt with, or not of what waits: %v", err)
	}
	b.press(t, chair, m, hreview.NothingID)
	shows(t, "pressing the old message", jsonOf(t, b.screen.lastModal(t)), "Dirk Jansen recorded that", hreview.RecommendID)
	b.pressView(t, chair, hreview.RecommendID)
	updated(t, b.submit(t, chair, b.screen.lastModal(t), recommended()))
	shows(t, "after an addition", jsonOf(t, b.summary(t, outbox.LaneDirectors)), "met aanbevelingen")
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

// TestSlowFiguresHoldNothingUp: what was submitted is committed before Slack
// stops waiting; the figures are kept after the ack, or, when the program died
// then, at the next start or look.
func TestSlowFiguresHoldNothingUp(t *testing.T) {
	ways := map[string]func(b *board, ack core.Ack) error{
		"the ack": func(_ *board, ack core.Ack) error { after(t, ack); return nil },
		"a look":  func(b *board, _ core.Ack) error { b.types(t, chair, "kwartaal 2026-q3"); return nil },
		"a start": func(b *board, _ core.Ack) error { return b.KeepFigures(t.Context()) },
	}
	for name, then := range ways {
		b := newBoard(t)
		b.summerOf(t)
		slow := &slowFigures{FiguresReader: b.db.Rooms()}
		b.Figures = slow
		b.press(t, director, b.summary(t, outbox.LaneDirectors), hreview.RecommendID)
		form := b.screen.lastModal(t)
		slow.slow = true
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		ack := b.Interaction(ctx, submit(t, form, director, recommended()))
		if updated(t, ack); ctx.Err() != nil || b.waits(t, review.AudienceShared) {
			t.Fatal("nothing was committed in time")
		}
		slow.slow = false
		if err := then(b, ack); err != nil {
			t.Error(err)
		}
		kept, err := b.db.Reviews().Snapshot(t.Context(), summer, review.AudienceAll)
		if err != nil || kept == nil {
			t.Errorf("after %s: the figures were not kept (%v)", name, err)
		}
	}
}

// TestWhatWasKeptStaysAsItWas: what changes after a quarter was dealt with
// changes nothing that is told of it.
func TestWhatWasKeptStaysAsItWas(t *testing.T) {
	b := newBoard(t)
	b.summerOf(t)
	updated(t, b.records(t, director, outbox.LaneDirectors, recommended()))
	b.on(calendar.NewDate(2026, 10, 5))
	if _, err := b.db.Apply(t.Context(), workflow.Command{Action: func() workflow.File {
		l := complaintOf()
		l.Facts.Received, l.Facts.Incident = calendar.NewDate(2026, 9, 30), calendar.Date{}
		return l
	}(), By: staff, Gesture: "late"}); err != nil {
		t.Fatal(err)
	}
	for _, who := range []roster.PersonID{director, chair, officer} {
		b.types(t, who, "kwartaal 2026-q3")
		text := jsonOf(t, b.screen.lastModal(t))
		if !strings.Contains(text, "4 klachten") && !strings.Contains(text, "4 complaints") {
			t.Errorf("%s reads other figures than were discussed", who)
		}
	}
	now, err := b.Handler.Summary(t.Context(), hreview.Scope{Quarter: summer, Audience: review.AudienceShared})
	if err != nil || now.Received != 5 {
		t.Errorf("counted anew: %d complaints (%v)", now.Received, err)
	}
}

// TestLongNamesInTheForm: an option says of what it is, however long its name,
// and how often.
func TestLongNamesInTheForm(t *testing.T) {
	b := newBoard(t)
	name := strings.Repeat("Ω", 120)
	b.settled(t, calendar.NewDate(2026, 7, 6), func(l *workflow.File) { l.Facts.OfferingName = name })
	b.settled(t, calendar.NewDate(2026, 7, 6), func(l *workflow.File) { l.Facts.OfferingName = strings.Repeat("x", 200) })
	b.on(calendar.NewDate(2026, 10, 1))
	b.sweep(t)
	typed := recommended()
	typed["linked"] = hreview.LinkOffering + name
	updated(t, b.records(t, director, outbox.LaneDirectors, typed))
	all, err := b.db.Reviews().Recommendations(t.Context(), director)
	if err != nil || len(all) != 1 || all[0].Offering != name {
		t.Errorf("linked to %d characters (%v)", len(all[0].Offering), err)
	}
	text := jsonOf(t, b.screen.lastModal(t))
	if !strings.Contains(text, "… (1)") || strings.Contains(text, "xxx") {
		t.Error("a long name lost its number, or one that no value can hold is offered")
	}
}

func TestTopic(t *testing.T) {
	for _, want := range []hreview.Scope{{Quarter: summer, Audience: review.AudienceShared}, {Quarter: spring, Audience: review.Audience(director)}, {Quarter: spring}} {
		if got := hreview.ParseScope(want.String()); got != want {
			t.Errorf("%v reads as %v", want, got)
		}
	}
	for _, value := range []string{"", "|", "2026-Q5|shared", "shared", "K-2026-0001.3"} {
		if got := hreview.ParseScope(value); !got.Quarter.IsZero() {
			t.Errorf("%q reads as %v", value, got)
		}
	}
}
