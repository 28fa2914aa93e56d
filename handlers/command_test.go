package handlers

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

func opened(who roster.PersonID) *slackevents.AppHomeOpenedEvent {
	return &slackevents.AppHomeOpenedEvent{Type: "app_home_opened", User: string(who), Tab: "home"}
}

func TestCaseNumber(t *testing.T) {
	for text, want := range map[string]string{
		"K-2026-0001":      "K-2026-0001",
		" k-2026-0001 ":    "K-2026-0001",
		"k 2026 1":         "K-2026-0001",
		"v-2026-12345":     "V-2026-12345",
		"K–2026–0007":      "K-2026-0007",
		"k20260001":        "K-2026-0001",
		"X-2026-0001":      "",
		"K-26-1":           "",
		"K-2026-":          "",
		"K-2026-0001 x":    "",
		"K-2026-999999999": "K-2026-999999999",
		"":                 "",
	} {
		if got, ok := lookup.CaseNumber(core.Squeeze(text)); got != want || ok != (want != "") {
			t.Errorf("caseNumber(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
}

func TestCommandByNumber(t *testing.T) {
	o := openOffice(t)
	o.logs(t, staff, nil)
	for who, callback := range map[roster.PersonID]string{officer: "dossier", deputy: "dossier", staff: "card", director: "card"} {
		o.screen.modals = nil
		if got := answer(t, o.types(t, who, " k-2026-0001")); got != "" {
			t.Errorf("%s reads %q", who, got)
		}
		if got := o.screen.lastModal(t); got.CallbackID != callback {
			t.Errorf("%s sees %q, want %q", who, got.CallbackID, callback)
		}
	}
	for _, who := range []roster.PersonID{staff, director} {
		o.types(t, who, "K-2026-0001")
		if got := textOf(t, o.screen.lastModal(t)); strings.Contains(got, "Klaas") || strings.Contains(got, "klager.example") || !strings.Contains(got, "28 november") {
			t.Errorf("%s sees %s", who, got)
		}
	}
}

// TestUnknownAndHiddenReadAlike: nobody learns from the answer whether a case
// exists.
func TestUnknownAndHiddenReadAlike(t *testing.T) {
	o := openOffice(t)
	o.logs(t, staff, nil)
	hidden, unknown := answer(t, o.types(t, english, "K-2026-0001")), answer(t, o.types(t, english, "K-2026-0009"))
	if hidden != unknown || !strings.Contains(hidden, "no complaint with this number") {
		t.Errorf("hidden: %q\nunknown: %q", hidden, unknown)
	}
	if len(o.screen.modals) != 0 {
		t.Error("a refusal opened a modal")
	}
}

func TestHelpAndUnknownText(t *testing.T) {
	o := newOffice(t, noRegister{})
	for text, want := range map[string]string{
		"help":           "/klacht lijst",
		"HULP":           "/klacht lijst",
		"lijstje":        "“lijstje”",
		"<!channel> *x*": "“&lt;!channel\u200b&gt; \u200b*x\u200b*”",
		"maandcijfers":   "help",
		"\u202e\u0007x":  "“x”",
	} {
		if got := answer(t, o.types(t, staff, text)); !strings.Contains(got, want) {
			t.Errorf("%q is answered %q, want something with %q", text, got, want)
		}
	}
	if got := answer(t, o.types(t, english, "help")); !strings.Contains(got, "How to use") {
		t.Errorf("Emma reads %q", got)
	}
}

func TestOutsidersAreRefusedEverywhere(t *testing.T) {
	o := openOffice(t)
	for who, part := range outsiders() {
		for _, text := range []string{"", "help", "lijst", "K-2026-0001", "onzin"} {
			if got := answer(t, o.types(t, who, text)); !strings.Contains(got, part) {
				t.Errorf("%s types %q and reads %q", who, text, got)
			}
		}
		o.screen.asides, o.screen.direct, o.screen.homes = nil, nil, nil
		o.shortcut(t, who)
		if got := strings.Join(o.screen.direct, ""); !strings.Contains(got, part) {
			t.Errorf("%s uses the shortcut and reads %q", who, got)
		}
		for _, action := range []string{"acknowledge", "dossier", "identity", "log_complaint", "list"} {
			o.screen.asides = nil
			o.clicks(t, who, action, "id.1", slack.View{})
			if got := strings.Join(o.screen.asides, ""); !strings.Contains(got, part) {
				t.Errorf("%s presses %s and reads %q", who, action, got)
			}
		}
		o.Event(t.Context(), opened(who))
		if got := textOf(t, o.screen.homes); !strings.Contains(got, part) || strings.Contains(got, "button") {
			t.Errorf("%s opens Home and sees %s", who, got)
		}
	}
	if len(o.screen.modals) != 0 {
		t.Errorf("%d modals were opened for outsiders", len(o.screen.modals))
	}
}

// TestRolesAreCheckedAtEveryClick: being in the channel is not enough.
func TestRolesAreCheckedAtEveryClick(t *testing.T) {
	o := openOffice(t)
	o.logs(t, staff, nil)
	c, _, err := o.Forms.Register.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, officer)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range workflow.Actions() {
		for who, part := range map[roster.PersonID]string{
			staff: "wie de klacht behandelt", director: "wie de klacht behandelt", english: "no complaint",
		} {
			o.screen.asides = nil
			o.clicks(t, who, string(name), kit.RefTo(&c).String(), slack.View{})
			if got := strings.Join(o.screen.asides, ""); !strings.Contains(got, part) {
				t.Errorf("%s presses %s and reads %q", who, name, got)
			}
		}
	}
	if len(o.screen.modals) != 0 {
		t.Errorf("%d modals were opened without the role", len(o.screen.modals))
	}
}

// TestForgedSubmission: a view_submission by somebody without the role
// changes nothing and is answered with a sentence.
func TestForgedSubmission(t *testing.T) {
	o := openOffice(t)
	o.logs(t, staff, nil)
	c, _, err := o.Forms.Register.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, officer)
	if err != nil {
		t.Fatal(err)
	}
	o.clicks(t, officer, "acknowledge", kit.RefTo(&c).String(), slack.View{})
	view := o.screen.lastModal(t)
	for _, who := range []roster.PersonID{staff, director, english, guest} {
		if got := errorsOf(t, o.Interaction(t.Context(), submit(t, view, who, nil))); len(got) != 1 {
			t.Errorf("%s: errors = %v, want one", who, got)
		}
	}
	after, _, err := o.Forms.Register.Find(t.Context(), workflow.Lookup{ID: c.ID}, officer)
	if err != nil || after.Version != c.Version || after.State != workflow.StateReceived {
		t.Errorf("the case became version %d, %s, %v", after.Version, after.State, err)
	}
}

func TestUnknownGestures(t *testing.T) {
	o := openOffice(t)
	o.clicks(t, staff, "teleport", "id.1", slack.View{})
	if got := strings.Join(o.screen.asides, ""); !strings.Contains(got, "Deze knop") {
		t.Errorf("an unknown button is answered %q", got)
	}
	view := slack.View{ID: "V1", CallbackID: "teleport", Type: slack.VTModal}
	ack := o.Interaction(t.Context(), slack.InteractionCallback{
		Type: slack.InteractionTypeViewSubmission, User: slack.User{ID: string(staff)}, View: view,
	})
	if got := textOf(t, ack.Payload); !strings.Contains(got, "Deze knop") {
		t.Errorf("an unknown modal is answered %s", got)
	}
	for _, kind := range []slack.InteractionType{slack.InteractionTypeViewClosed, slack.InteractionTypeDialogSuggestion, ""} {
		if ack := o.Interaction(t.Context(), slack.InteractionCallback{Type: kind}); ack.Payload != nil {
			t.Errorf("%q is answered %v", kind, ack.Payload)
		}
	}
	o.Interaction(t.Context(), slack.InteractionCallback{Type: slack.InteractionTypeBlockActions})
}

func TestRefusalInAModalStaysInIt(t *testing.T) {
	o := newOffice(t, noRegister{})
	o.clicks(t, officer, "list_more", "x", slack.View{ID: "V0LIST", Type: slack.VTModal})
	if got := o.screen.lastModal(t); got.CallbackID != "notice" || !strings.Contains(textOf(t, got), "Dat lukte niet") {
		t.Errorf("the modal shows %s", textOf(t, got))
	}
}

func TestModalThatDoesNotOpenIsTold(t *testing.T) {
	o := newOffice(t, noRegister{})
	o.screen.err = errors.New("expired_trigger_id")
	if got := answer(t, o.types(t, staff, "")); !strings.Contains(got, "Probeer het zo nog een keer") {
		t.Errorf("the command answers %q", got)
	}
	o.shortcut(t, staff)
	if !strings.Contains(o.log.String(), "expired_trigger_id") {
		t.Error("the log does not tell why")
	}
}

func TestListTurnsItsPages(t *testing.T) {
	o := openOffice(t)
	for i := range lookup.PageSize + 3 {
		cmd := workflow.Command{Action: aLog(), By: staff, Gesture: fmt.Sprint("g", i)}
		if _, err := o.Forms.Register.Apply(t.Context(), cmd); err != nil {
			t.Fatal(err)
		}
	}
	for who, lang := range map[roster.PersonID]string{officer: "lijst", staff: "list"} {
		o.types(t, who, lang)
		first := o.screen.lastModal(t)
		next := nextValue(t, first)
		o.clicks(t, who, lookup.ListMore, next, slack.View{ID: "V0LIST", Type: slack.VTModal, PrivateMetadata: first.PrivateMetadata})
		second := o.screen.lastModal(t)
		all := textOf(t, first) + textOf(t, second)
		for i := range lookup.PageSize + 3 {
			if number := fmt.Sprintf("*K-2026-%04d*", i+1); strings.Count(all, number) != 1 {
				t.Errorf("%s: %s stands %d times in two pages", who, number, strings.Count(all, number))
			}
		}
		if strings.Contains(textOf(t, second), lookup.ListMore) {
			t.Errorf("%s: the last page has a next", who)
		}
	}
}

func nextValue(t testing.TB, v slack.ModalViewRequest) string {
	t.Helper()
	for _, b := range v.Blocks.BlockSet {
		if a, ok := b.(*slack.ActionBlock); ok {
			if next := a.Elements.ElementSet[0].(*slack.ButtonBlockElement); next.ActionID == lookup.ListMore {
				return next.Value
			}
		}
	}
	t.Fatal("the list has no next page")
	return ""
}

func TestHomeGolden(t *testing.T) {
	o := openOffice(t)
	o.Event(t.Context(), opened(english))
	o.Event(t.Context(), opened(guest))
	o.logs(t, staff, nil)
	o.Event(t.Context(), opened(staff))
	o.Event(t.Context(), &slackevents.AppHomeOpenedEvent{User: string(staff), Tab: "messages"})
	o.Event(t.Context(), &slackevents.MessageEvent{})
	if len(o.screen.homes) != 3 {
		t.Fatalf("%d Home tabs were published, want 3", len(o.screen.homes))
	}
	golden(t, "home_empty.en", o.screen.homes[0])
	golden(t, "home_guest.nl", o.screen.homes[1])
	golden(t, "home_staff.nl", o.screen.homes[2])
}

func TestHomeWithoutRegister(t *testing.T) {
	o := newOffice(t, noRegister{})
	o.Event(t.Context(), opened(officer))
	o.Event(t.Context(), opened(lost))
	first, second := textOf(t, o.screen.homes[0]), textOf(t, o.screen.homes[1])
	if !strings.Contains(first, "log_complaint") || !strings.Contains(first, "Dat lukte niet") {
		t.Errorf("without the register the officer sees %s", first)
	}
	if !strings.Contains(second, "Dat lukte niet") || strings.Contains(second, "log_complaint") {
		t.Errorf("who could not be looked up sees %s", second)
	}
}

func TestPagesOfTheHomeTab(t *testing.T) {
	o := openOffice(t)
	for i := range home.HomeSize + 1 {
		cmd := workflow.Command{Action: aLog(), By: staff, Gesture: fmt.Sprint("g", i)}
		if _, err := o.Forms.Register.Apply(t.Context(), cmd); err != nil {
			t.Fatal(err)
		}
	}
	o.Event(t.Context(), opened(officer))
	got := textOf(t, o.screen.homes)
	if !strings.Contains(got, "Er zijn er meer") || strings.Contains(got, "K-2026-0011") || !strings.Contains(got, "K-2026-0010") {
		t.Errorf("Home shows %s", got)
	}
}
