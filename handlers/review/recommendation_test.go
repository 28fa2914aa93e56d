package review_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	hreview "github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestRecommendation_isFollowedUp: recorded on the figures of the summer, asked
// for on its date, put off, done, and shown in the next quarter, with what
// its figure did since: from 3 to 1.
func TestRecommendation_isFollowedUp(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	handlerstest.Shows(t, "what was recorded", handlerstest.JSONOf(t, handlerstest.Updated(t, b.recommend(t, handlerstest.Director, outbox.LaneDirectors, recommendationValues()))),
		"Vastgelegd bij kwartaal 3", "*verwarming*", "Sanne de Boer", "di 20 oktober 2026", "Locatie")
	if b.waits(t, review.AudienceShared) {
		t.Error("the quarter still waits")
	}
	all, err := b.DB.Reviews().Recommendations(t.Context(), chair)
	if err != nil || len(all) != 1 || all[0].Category != "location" || all[0].By != handlerstest.Director {
		t.Fatalf("recommendations: %v, %v", all, err)
	}
	id := all[0].ID
	ask := func() (core.Message, error) {
		return b.rendered(t, outbox.RecommendationReminder{ID: id}, outbox.DirectLane(handlerstest.Staff))
	}
	if _, err := ask(); !errors.Is(err, core.ErrMoot) {
		t.Errorf("asked before its date: %v", err)
	}
	b.setDay(calendar.NewDate(2026, 10, 20))
	asked, err := ask()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.rendered(t, outbox.RecommendationReminder{ID: id}, outbox.DirectLane(handlerstest.Officer)); !errors.Is(err, core.ErrMoot) {
		t.Errorf("somebody else is asked: %v", err)
	}
	b.press(t, handlerstest.Staff, asked, hreview.RecommendationDate)
	later := handlerstest.Updated(t, b.Submit(t, handlerstest.Staff, b.Screen.LastModal(t), map[string]string{"due_date": "2026-12-15"}))
	handlerstest.Shows(t, "after another date", handlerstest.JSONOf(t, later), "di 15 december 2026")
	if _, err := ask(); !errors.Is(err, core.ErrMoot) {
		t.Errorf("asked after it was put off: %v", err)
	}
	handlerstest.Shows(t, "the quarter's summary", handlerstest.JSONOf(t, b.summary(t, outbox.LaneDirectors)), "nog lopen", "*verwarming*", "Sanne de Boer, uiterlijk di 15 december 2026")

	b.settled(t, calendar.NewDate(2026, 11, 2), nil)
	b.setDay(calendar.NewDate(2026, 12, 15))
	if asked, err = ask(); err != nil {
		t.Fatal(err)
	}
	b.press(t, handlerstest.Staff, asked, hreview.RecommendationDone)
	handlerstest.Shows(t, "after it was done", b.Replies(), "dit gedaan is")
	b.setDay(calendar.NewDate(2027, 1, 4))
	for _, lane := range []outbox.Lane{outbox.LaneDirectors, outbox.DirectLane(chair)} {
		m, err := b.rendered(t, outbox.QuarterSummary{Quarter: calendar.Quarter{Year: 2026, Number: 4}}, lane)
		if err != nil {
			t.Fatal(err)
		}
		text := handlerstest.JSONOf(t, m)
		handlerstest.Shows(t, "the next quarter", text, "*verwarming*", "3 → 1")
		if strings.Contains(text, "nog lopen") {
			t.Error("what was done is still open")
		}
	}
	b.press(t, handlerstest.Director, asked, hreview.RecommendationDone) // somebody presses the old message
	handlerstest.Shows(t, "a second time", b.Replies(), "Sanne de Boer legde dat vast op di 15 december 2026")
}

// TestRecommendation_asksItsOwner: when it is recorded, in their hours, with
// the same buttons as on its date; from then on the reminder does.
func TestRecommendation_asksItsOwner(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	handlerstest.Updated(t, b.recommend(t, handlerstest.Director, outbox.LaneDirectors, recommendationValues()))
	all, err := b.DB.Reviews().Recommendations(t.Context(), handlerstest.Director)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	ask := func(who roster.PersonID) (core.Message, error) {
		return b.rendered(t, outbox.RecommendationAssigned{ID: all[0].ID}, outbox.DirectLane(who))
	}
	asked, err := ask(handlerstest.Staff)
	if err != nil {
		t.Fatal(err)
	}
	handlerstest.Shows(t, "the message", handlerstest.JSONOf(t, asked), "zorgen, uiterlijk di 20 oktober 2026", "*verwarming*", "Dirk Jansen", hreview.RecommendationDone, hreview.RecommendationDate)
	if strings.Contains(asked.Text, "verwarming") {
		t.Error("the notification names the recommendation")
	}
	if _, err := ask(handlerstest.Officer); !errors.Is(err, core.ErrMoot) {
		t.Errorf("somebody else is asked: %v", err)
	}
	morning := b.Clock
	b.Clock = morning.Add(9 * time.Hour)
	var later *core.Later
	if _, err := ask(handlerstest.Staff); !errors.As(err, &later) {
		t.Errorf("in the evening: %v", err)
	}
	b.Clock = morning
	b.press(t, handlerstest.Staff, asked, hreview.RecommendationDate)
	handlerstest.Updated(t, b.Submit(t, handlerstest.Staff, b.Screen.LastModal(t), map[string]string{"due_date": "2026-12-15"}))
	b.setDay(calendar.NewDate(2026, 12, 15))
	if _, err := ask(handlerstest.Staff); !errors.Is(err, core.ErrMoot) {
		t.Errorf("on its date: %v", err)
	}
	b.press(t, handlerstest.Staff, asked, hreview.RecommendationDone)
	handlerstest.Shows(t, "after it was done", b.Replies(), "dit gedaan is")
}

// TestRecommendation_oneButtonStandsOut: below the figures, however many
// recommendations are open.
func TestRecommendation_oneButtonStandsOut(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	for range 2 {
		handlerstest.Updated(t, b.recommend(t, handlerstest.Director, outbox.LaneDirectors, recommendationValues()))
	}
	b.types(t, handlerstest.Director, "kwartaal")
	var primary, done int
	for _, block := range b.Screen.LastModal(t).Blocks.BlockSet {
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

// TestRecommendation_mistakesStandAtTheirFields: all at once, and
// nothing is recorded.
func TestRecommendation_mistakesStandAtTheirFields(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	b.press(t, handlerstest.Director, b.summary(t, outbox.LaneDirectors), hreview.RecommendID)
	form := b.Screen.LastModal(t)
	wrong := handlerstest.FieldErrors(b.Submit(t, handlerstest.Director, form, map[string]string{
		"recommendation": " \n", "owner": string(handlerstest.Guest), "due_date": "2026-10-01", "linked": "category:weather",
	}))
	for _, field := range []string{"recommendation", "owner", "due_date", "linked"} {
		if wrong[field] == "" {
			t.Errorf("nothing is wrong with %s", field)
		}
	}
	for _, who := range []roster.PersonID{handlerstest.Guest, handlerstest.Robot, handlerstest.Gone, handlerstest.Stranger, handlerstest.Lost} {
		typed := recommendationValues()
		typed["owner"] = string(who)
		if wrong := handlerstest.FieldErrors(b.Submit(t, handlerstest.Director, form, typed)); len(wrong) == 0 {
			t.Errorf("%s can see to a recommendation", who)
		}
	}
	if !b.waits(t, review.AudienceShared) {
		t.Error("something was recorded")
	}
	handlerstest.Updated(t, b.Submit(t, handlerstest.Director, form, recommendationValues()))
	handlerstest.Updated(t, b.Submit(t, handlerstest.Director, form, recommendationValues())) // sent again
	if all, err := b.DB.Reviews().Recommendations(t.Context(), handlerstest.Director); err != nil || len(all) != 1 {
		t.Errorf("a submission that came twice records %d (%v)", len(all), err)
	}
}

// TestRecommendation_longNamesKeepTheirNumber: an option says of what it is,
// however long its name, and how often.
func TestRecommendation_longNamesKeepTheirNumber(t *testing.T) {
	b := newReviewTest(t)
	name := strings.Repeat("Ω", 120)
	b.settled(t, calendar.NewDate(2026, 7, 6), func(l *workflow.File) { l.Facts.OfferingName = name })
	b.settled(t, calendar.NewDate(2026, 7, 6), func(l *workflow.File) { l.Facts.OfferingName = strings.Repeat("x", 200) })
	b.setDay(calendar.NewDate(2026, 10, 1))
	b.sweep(t)
	typed := recommendationValues()
	typed["linked"] = hreview.LinkOffering + name
	handlerstest.Updated(t, b.recommend(t, handlerstest.Director, outbox.LaneDirectors, typed))
	all, err := b.DB.Reviews().Recommendations(t.Context(), handlerstest.Director)
	if err != nil || len(all) != 1 || all[0].Offering != name {
		t.Errorf("linked to %d characters (%v)", len(all[0].Offering), err)
	}
	text := handlerstest.JSONOf(t, b.Screen.LastModal(t))
	if !strings.Contains(text, "… (1)") || strings.Contains(text, "xxx") {
		t.Error("a long name lost its number, or one that no value can hold is offered")
	}
}

// TestRecommendation_onRestrictedFiguresStaysRestricted: what a director
// records on figures of their own is not for the channel, and the quarter still
// waits there.
func TestRecommendation_onRestrictedFiguresStaysRestricted(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	b.fileAboutDirector(t, chair)
	typed := recommendationValues()
	typed["linked"], typed["recommendation"] = "category:conduct", "Bespreek dit met de raad."
	handlerstest.Updated(t, b.recommend(t, handlerstest.Director, outbox.DirectLane(handlerstest.Director), typed))
	b.setDay(calendar.NewDate(2026, 10, 8))
	if !b.waits(t, review.AudienceShared) || b.waits(t, review.Audience(handlerstest.Director)) {
		t.Error("the quarter was dealt with for the wrong directors")
	}
	if text := handlerstest.JSONOf(t, b.summary(t, outbox.LaneDirectors)); strings.Contains(text, "raad") {
		t.Error("the channel reads what was recorded on restricted figures")
	}
	b.types(t, chair, "kwartaal 2026-q3")
	if text := handlerstest.JSONOf(t, b.Screen.LastModal(t)); strings.Contains(text, "raad") {
		t.Error("whom the case concerns reads what was recorded on restricted figures")
	}
	value := hreview.Scope{Quarter: summer, Audience: review.Audience(handlerstest.Director)}.String()
	for _, name := range []string{hreview.RecommendID, hreview.NothingID} {
		b.Screen.Modals = nil
		b.pressed(t, chair, name, value)
		if reply := b.Replies(); len(b.Screen.Modals) > 0 || !strings.Contains(reply, "Only the directors") {
			t.Errorf("%s: a button of somebody else's figures opens something, reply %q", name, reply)
		}
	}
}
