package review_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	hreview "github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestQuarter_goldenMessages compares every message about a quarter.
func TestQuarter_goldenMessages(t *testing.T) {
	for _, lang := range workflow.Languages() {
		b := newReviewTest(t)
		b.Language = lang
		b.fillSummer(t)
		b.fileAboutDirector(t, chair)
		handlerstest.Golden(t, "quarter."+lang, b.summary(t, outbox.LaneDirectors))
		handlerstest.Golden(t, "quarter-restricted."+lang, b.summary(t, outbox.DirectLane(handlerstest.Director)))
		reminder, err := b.rendered(t, outbox.ReviewsWaiting{}, outbox.LaneDirectors)
		if err != nil {
			t.Fatal(err)
		}
		handlerstest.Golden(t, "quarter-reminder."+lang, reminder)
		b.recommend(t, handlerstest.Director, outbox.LaneDirectors, recommendationValues())
		b.goldenAssigned(t, lang)
		b.setDay(calendar.NewDate(2026, 10, 21))
		handlerstest.Golden(t, "quarter-dealt."+lang, b.summary(t, outbox.LaneDirectors))
		all, err := b.DB.Reviews().Recommendations(t.Context(), handlerstest.Director)
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		asked, err := b.rendered(t, outbox.RecommendationReminder{ID: all[0].ID}, outbox.DirectLane(handlerstest.Staff))
		if err != nil {
			t.Fatal(err)
		}
		handlerstest.Golden(t, "recommendation-reminder."+lang, json.RawMessage(b.stableIDs(t, asked)))
	}
}

// TestQuarter_goldenModals compares every modal about a quarter, in Dutch and in
// English.
func TestQuarter_goldenModals(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	for who, lang := range map[roster.PersonID]string{handlerstest.Director: "nl", chair: "en"} {
		shown := func(name string) {
			t.Helper()
			handlerstest.Golden(t, name+"."+lang, json.RawMessage(b.stableIDs(t, b.Screen.LastModal(t))))
		}
		b.Nonce = func() string { return "nonce" }
		b.types(t, who, "kwartaal 2026-Q3")
		handlerstest.Golden(t, "quarter-making."+lang, b.Screen.Modals[len(b.Screen.Modals)-2])
		shown("quarter-modal")
		b.pressView(t, who, hreview.NothingID)
		shown("quarter-nothing")
		b.types(t, who, "kwartaal")
		b.pressView(t, who, hreview.RecommendID)
		shown("recommendation")
		typed := recommendationValues()
		typed["due_date"] = "2026-11-02"
		handlerstest.Golden(t, "recommendation-recorded."+lang, handlerstest.Updated(t, b.Submit(t, who, b.Screen.LastModal(t), typed)))
		b.types(t, who, "kwartaal")
		b.pressView(t, who, hreview.RecommendationDate)
		shown("recommendation-date")
		b.pressed(t, who, hreview.NothingID, hreview.Scope{Quarter: summer, Audience: review.AudienceShared}.String())
		shown("quarter-dealt-modal")
		b = newReviewTest(t)
		b.fillSummer(t)
	}
}

// TestQuarter_isReadInOneLane: with a channel nobody reads the same twice, and
// who is no director any more reads nothing.
func TestQuarter_isReadInOneLane(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	b.Use(func(c *handlers.Config) { c.DirectorsChannel = true })
	for _, p := range []outbox.ForDirectors{outbox.QuarterSummary{Quarter: summer}, outbox.ReviewsWaiting{}} {
		for _, who := range []roster.PersonID{handlerstest.Director, chair, handlerstest.Staff, handlerstest.Officer} {
			if _, err := b.rendered(t, p, outbox.DirectLane(who)); !errors.Is(err, core.ErrMoot) {
				t.Errorf("%s to %s: %v", p.Kind(), who, err)
			}
		}
		if _, err := b.rendered(t, p.InsteadTo(chair), outbox.DirectLane(chair)); err != nil {
			t.Errorf("%s instead of the channel: %v", p.Kind(), err)
		}
	}
	b.fileAboutDirector(t, chair)
	b.sweep(t)
	for who, want := range map[roster.PersonID]error{handlerstest.Director: nil, chair: core.ErrMoot} {
		if _, err := b.rendered(t, outbox.QuarterSummary{Quarter: summer}, outbox.DirectLane(who)); !errors.Is(err, want) {
			t.Errorf("with a case about the chair, to %s: %v", who, err)
		}
	}
}

// TestQuarter_waitsForTheWindow: nobody is written to outside their hours.
func TestQuarter_waitsForTheWindow(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	b.Clock = b.Clock.AddDate(0, 0, 2) // Saturday
	var later *core.Later
	if _, err := b.rendered(t, outbox.QuarterSummary{Quarter: summer}, outbox.LaneDirectors); !errors.As(err, &later) {
		t.Errorf("on Saturday: %v", err)
	}
}

// TestQuarter_isNamedByTheCommand: which quarter is meant, and who may see it.
func TestQuarter_isNamedByTheCommand(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	for _, test := range []struct {
		who        roster.PersonID
		text, says string
		shows      string
	}{
		{handlerstest.Director, "kwartaal", "", "kwartaal 3 van 2026"},
		{handlerstest.Director, "Kwartaal q2 2026", "", "kwartaal 2 van 2026"},
		{chair, "quarter 2026Q4", "", "quarter 4 of 2026"},
		{handlerstest.Officer, "kwartaal 2026-Q3", "", "kwartaal 3 van 2026"},
		{handlerstest.Director, "kwartaal 2027-Q1", "nog niet begonnen", ""},
		{handlerstest.Director, "kwartaal derde", "2026-Q3", ""},
		{handlerstest.Director, "kwartaal 2026-Q3|U0CHAIR", "2026-Q3", ""},
		{handlerstest.Director, "kwartaal 0007-Q1", "2026-Q3", ""},
		{handlerstest.Staff, "kwartaal", "voor de directie", ""},
		{handlerstest.Guest, "kwartaal", "te gast", ""},
	} {
		b.Screen.Modals = nil
		reply := b.types(t, test.who, test.text)
		if !strings.Contains(reply, test.says) || test.says == "" && reply != "" {
			t.Errorf("%s types %q and reads %q", test.who, test.text, reply)
		}
		if test.shows == "" {
			if len(b.Screen.Modals) > 0 {
				t.Errorf("%s types %q: a modal opens", test.who, test.text)
			}
			continue
		}
		if text := handlerstest.JSONOf(t, b.Screen.LastModal(t)); !strings.Contains(text, test.shows) {
			t.Errorf("%s types %q: no %q", test.who, test.text, test.shows)
		}
	}
}

// TestQuarter_officersRecordNothing: they read the figures, and a button that
// somebody forged does nothing for them.
func TestQuarter_officersRecordNothing(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	b.types(t, handlerstest.Officer, "kwartaal")
	text := handlerstest.JSONOf(t, b.Screen.LastModal(t))
	if strings.Contains(text, hreview.RecommendID) || strings.Contains(text, hreview.NothingID) {
		t.Error("an officer is offered to record something")
	}
	b.press(t, handlerstest.Director, b.summary(t, outbox.LaneDirectors), hreview.RecommendID)
	form := b.Screen.LastModal(t)
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.Staff, handlerstest.Guest} {
		if wrong := handlerstest.FieldErrors(b.Submit(t, who, form, recommendationValues())); len(wrong) == 0 {
			t.Errorf("%s records a recommendation", who)
		}
		for _, name := range []string{hreview.RecommendID, hreview.NothingID, hreview.QuarterOpen} {
			b.Screen.Modals = nil
			b.pressed(t, who, name, hreview.Scope{Quarter: summer, Audience: review.AudienceShared}.String())
			if reply := b.Replies(); len(b.Screen.Modals) > 0 && (name != hreview.QuarterOpen || who != handlerstest.Officer) || reply == "" && len(b.Screen.Modals) == 0 {
				t.Errorf("%s presses %s: reply %q, %d modals", who, name, reply, len(b.Screen.Modals))
			}
		}
	}
	if !b.waits(t, review.AudienceShared) {
		t.Error("somebody who is no director dealt with the quarter")
	}
}

// TestQuarter_turnsToTheNext: and back, in the same modal.
func TestQuarter_turnsToTheNext(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	b.types(t, handlerstest.Director, "kwartaal")
	b.pressView(t, handlerstest.Director, hreview.QuarterEarly)
	handlerstest.Shows(t, "the quarter before", handlerstest.JSONOf(t, b.Screen.LastModal(t)), "kwartaal 2 van 2026", "1 klacht ontvangen")
	b.pressView(t, handlerstest.Director, hreview.QuarterLater)
	b.pressView(t, handlerstest.Director, hreview.QuarterLater)
	text := handlerstest.JSONOf(t, b.Screen.LastModal(t))
	handlerstest.Shows(t, "this quarter", text, "kwartaal 4 van 2026", "loopt nog")
	if strings.Contains(text, hreview.QuarterLater) || strings.Contains(text, hreview.RecommendID) {
		t.Error("a quarter that is not over can be dealt with, or leads to one that has not begun")
	}
}

// TestQuarter_fitsAMessage: with everything at its longest it keeps to what
// Slack takes.
func TestQuarter_fitsAMessage(t *testing.T) {
	b := newReviewTest(t)
	for i := range 30 {
		b.settled(t, calendar.NewDate(2026, 7, 1+i), func(l *workflow.File) {
			l.Facts.OfferingName = strings.Repeat("Ω", 190) + string(rune('a'+i))
			l.Facts.Category = workflow.Categories()[i%len(workflow.Categories())]
		})
	}
	b.setDay(calendar.NewDate(2026, 10, 1))
	b.sweep(t)
	for range 12 {
		typed := recommendationValues()
		typed["recommendation"] = strings.Repeat("ж", review.MaxRecommendation)
		handlerstest.Updated(t, b.recommend(t, handlerstest.Director, outbox.LaneDirectors, typed))
	}
	m := b.summary(t, outbox.LaneDirectors)
	if n := kit.Length(handlerstest.JSONOf(t, m)); len(m.Blocks) > 50 || n > 3*13200 {
		t.Errorf("%d blocks, %d characters as JSON", len(m.Blocks), n)
	}
	w := handlerstest.NewWorkspace(t)
	w.Posted(t, handlerstest.Officer, m)
	b.types(t, handlerstest.Director, "kwartaal")
	view := b.Screen.LastModal(t)
	form := w.Opens(t, handlerstest.Staff, "", "log_complaint")
	if err := w.Slack.UpdateView(t.Context(), form.ID, view); err != nil {
		t.Error(handlerstest.Detail(err))
	}
	b.pressView(t, handlerstest.Director, hreview.RecommendID)
	if err := w.Slack.UpdateView(t.Context(), form.ID, b.Screen.LastModal(t)); err != nil {
		t.Error(handlerstest.Detail(err))
	}
}

// TestQuarter_typedTextIsInert: names, lessons and recommendations show as
// they were typed.
func TestQuarter_typedTextIsInert(t *testing.T) {
	b := newReviewTest(t)
	b.fillSummer(t)
	handlerstest.Updated(t, b.recommend(t, handlerstest.Director, outbox.LaneDirectors, recommendationValues()))
	for _, block := range b.summary(t, outbox.LaneDirectors).Blocks {
		text := handlerstest.JSONOf(t, block)
		typed := strings.Contains(text, "!channel") || strings.Contains(text, "*verwarming*") || strings.Contains(text, "*plus*")
		if _, rich := block.(*slack.RichTextBlock); typed && !rich {
			t.Error("typed text stands outside rich text")
		}
	}
}

func TestScope_readsWhatItWrote(t *testing.T) {
	for _, want := range []hreview.Scope{{Quarter: summer, Audience: review.AudienceShared}, {Quarter: spring, Audience: review.Audience(handlerstest.Director)}, {Quarter: spring}} {
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
