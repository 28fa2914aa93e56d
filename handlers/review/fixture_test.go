package review_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/incoming"
	hreview "github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// chair is the second director of the tests' firm.
const chair roster.PersonID = "U0CHAIR"

// summer and spring are the quarters before the tests' October.
var (
	summer = calendar.Quarter{Year: 2026, Number: 3}
	spring = calendar.Quarter{Year: 2026, Number: 2}
)

// reviewTest is a fixture with two directors, on the first working day after a
// quarter with complaints. One of the directors reads English.
type reviewTest struct {
	*handlerstest.Fixture
	n int
}

func newReviewTest(t *testing.T) *reviewTest {
	t.Helper()
	b := &reviewTest{Fixture: handlerstest.New(t)}
	everybody := handlerstest.People()
	everybody[chair] = roster.Person{ID: chair, Name: "Carla Voorzitter", Standing: roster.StandingMember}
	b.People = everybody
	if err := b.DB.Languages().Choose(t.Context(), chair, "en", 1); err != nil {
		t.Fatal(err)
	}
	b.Policy.Roster.Directors = []roster.PersonID{handlerstest.Director, chair}
	return b
}

// setDay sets the clock to ten o'clock on a day.
func (b *reviewTest) setDay(day calendar.Date) {
	b.Clock = time.Date(day.Year, day.Month, day.Day, 10, 0, 0, 0, b.Policy.Calendar.Location)
}

// settled has a complaint come in on that day and be closed two weeks later.
func (b *reviewTest) settled(t *testing.T, received calendar.Date, change func(*workflow.File)) workflow.Complaint {
	t.Helper()
	l := handlerstest.Filing()
	l.Facts.Received, l.Facts.Incident = received, calendar.Date{}
	if change != nil {
		change(&l)
	}
	b.setDay(received)
	b.n++
	c := workflow.Complaint{}
	by := handlerstest.Staff
	end := received.AddDays(14)
	resolve := handlerstest.Decision()
	resolve.Contact, resolve.Lesson = end, "Zet de verwarming een dag eerder aan."
	for i, a := range []workflow.Action{
		l, workflow.Acknowledge{Sent: handlerstest.SentOn(received.AddDays(1), workflow.WayEmail)}, resolve,
		workflow.Confirm{Sent: handlerstest.SentOn(end, workflow.WayEmail)},
	} {
		if i == 1 {
			b.setDay(end)
			by = handlerstest.Officer
			if c.Guarded() {
				by = c.Owner
			}
		}
		done, err := b.DB.Apply(t.Context(), workflow.Command{Case: c.ID, Action: a, By: by, Gesture: fmt.Sprint("settled", b.n, i)})
		if err != nil {
			t.Fatal(err)
		}
		c = done.Complaint
	}
	return c
}

// fillSummer files the complaints of the summer: three complaints about a
// location, one about a trainer, and one in the spring.
func (b *reviewTest) fillSummer(t *testing.T) {
	t.Helper()
	b.settled(t, calendar.NewDate(2026, 5, 4), nil)
	for day := range 3 {
		b.settled(t, calendar.NewDate(2026, 7, 6+day), nil)
	}
	b.settled(t, calendar.NewDate(2026, 8, 3), func(l *workflow.File) {
		l.Facts.Category, l.Facts.OfferingName = "trainer", "Lassen *plus*"
	})
	b.setDay(calendar.NewDate(2026, 10, 1))
	b.sweep(t)
}

// fileAboutDirector has a complaint about a director in the summer.
func (b *reviewTest) fileAboutDirector(t *testing.T, who roster.PersonID) {
	t.Helper()
	now := b.Clock
	c := b.settled(t, calendar.NewDate(2026, 8, 10), func(l *workflow.File) {
		l.Facts.Category, l.Facts.OfferingName, l.Particulars.Concerns = "conduct", "Directiedag", who
	})
	if !c.Guarded() {
		t.Fatal("a case about a director has a number that everybody sees")
	}
	b.Clock = now
}

// sweep does what is due at this moment.
func (b *reviewTest) sweep(t *testing.T) {
	t.Helper()
	for range 100 {
		n, err := b.DB.Sweep(t.Context(), 100)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
	t.Fatal("the sweep has no end")
}

func (b *reviewTest) rendered(t *testing.T, p outbox.Payload, lane outbox.Lane) (core.Message, error) {
	t.Helper()
	m, version, err := b.Render(t.Context(), outbox.Delivery{Lane: lane, Payload: p, Version: 1})
	if version != 1 {
		t.Errorf("%s shows version %d", p.Kind(), version)
	}
	return m, err
}

// summary is the message about the summer in a lane.
func (b *reviewTest) summary(t *testing.T, lane outbox.Lane) core.Message {
	t.Helper()
	m, err := b.rendered(t, outbox.QuarterSummary{Quarter: summer}, lane)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// press presses a button of a message, and does what comes after the ack.
func (b *reviewTest) press(t *testing.T, who roster.PersonID, m core.Message, actionID string) {
	t.Helper()
	for _, block := range m.Blocks {
		for _, e := range elements(block) {
			if e.ActionID == actionID {
				b.pressed(t, who, actionID, e.Value)
				return
			}
		}
	}
	t.Fatalf("no button %s in the message", actionID)
}

func (b *reviewTest) pressed(t *testing.T, who roster.PersonID, actionID, value string) {
	t.Helper()
	after(t, b.Send(t, who, map[string]any{
		"type": "block_actions", "response_url": "https://hooks.example/1", "channel": map[string]any{"id": "C0BOARD"},
		"container": map[string]any{"type": "message", "message_ts": "1.2", "channel_id": "C0BOARD"},
		"actions":   []any{map[string]any{"type": "button", "action_id": actionID, "block_id": "b", "value": value}},
	}))
}

// pressView presses a button in a modal, and does what comes after the ack.
func (b *reviewTest) pressView(t *testing.T, who roster.PersonID, actionID string) {
	t.Helper()
	after(t, b.ClickView(t, who, b.Screen.LastModal(t), actionID))
}

func after(t *testing.T, a core.Ack) {
	t.Helper()
	if a.Then != nil {
		a.Then(t.Context())
	}
}

// elements are the buttons of a block.
func elements(block slack.Block) []*slack.ButtonBlockElement {
	var all []*slack.ButtonBlockElement
	switch block := block.(type) {
	case *slack.ActionBlock:
		for _, e := range block.Elements.ElementSet {
			if button, ok := e.(*slack.ButtonBlockElement); ok {
				all = append(all, button)
			}
		}
	case *slack.SectionBlock:
		if block.Accessory != nil && block.Accessory.ButtonElement != nil {
			all = append(all, block.Accessory.ButtonElement)
		}
	}
	return all
}

// types answers /klacht, after the ack too.
func (b *reviewTest) types(t *testing.T, who roster.PersonID, text string) string {
	t.Helper()
	b.Presses++
	ack := b.Command(t.Context(), incoming.Command{
		Command: "/klacht", Text: text, UserID: string(who), TriggerID: fmt.Sprint("typed-", b.Presses),
	})
	after(t, ack)
	if ack.Payload == nil {
		return ""
	}
	return handlerstest.Answer(t, ack)
}

// recommend has a director record a recommendation about the summer, from the
// message in a lane.
func (b *reviewTest) recommend(t *testing.T, who roster.PersonID, lane outbox.Lane, typed map[string]string) core.Ack {
	t.Helper()
	b.press(t, who, b.summary(t, lane), hreview.RecommendID)
	return b.Submit(t, who, b.Screen.LastModal(t), typed)
}

// recommendationText is what a director types in the tests.
const recommendationText = "Kies <!channel> zalen met *verwarming*."

func recommendationValues() map[string]string {
	return map[string]string{
		"recommendation": recommendationText, "owner": string(handlerstest.Staff), "due_date": "2026-10-20", "linked": "category:location",
	}
}

// goldenAssigned compares what the owner of the first recommendation reads.
func (b *reviewTest) goldenAssigned(t *testing.T, lang string) {
	t.Helper()
	all, err := b.DB.Reviews().Recommendations(t.Context(), handlerstest.Director)
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	asked, err := b.rendered(t, outbox.RecommendationAssigned{ID: all[0].ID}, outbox.DirectLane(handlerstest.Staff))
	if err != nil {
		t.Fatal(err)
	}
	handlerstest.Golden(t, "recommendation-asked."+lang, json.RawMessage(b.stableIDs(t, asked)))
}

// waits reports whether the summer still waits for an audience.
func (b *reviewTest) waits(t *testing.T, a review.Audience) bool {
	t.Helper()
	all, err := b.DB.Reviews().Waiting(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		if q == summer {
			return true
		}
	}
	return false
}

// stableIDs returns v as JSON, with a name in place of each random id.
func (b *reviewTest) stableIDs(t *testing.T, v any) string {
	t.Helper()
	text := handlerstest.JSONOf(t, v)
	all, err := b.DB.Reviews().Recommendations(t.Context(), handlerstest.Director)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range all {
		text = strings.ReplaceAll(text, r.ID, fmt.Sprint("recommendation", i+1))
	}
	return text
}

// handlerOf is the subject's own part of the fixture.
func handlerOf(f *handlerstest.Fixture) *hreview.Handler {
	return hreview.New(f.Env, f.Config.Figures, f.Config.Reviews, f.Config.DirectorsChannel)
}
