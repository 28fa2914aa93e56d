package handlers_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

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
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Logs(t, handlerstest.Staff, nil)
	for who, callback := range map[roster.PersonID]string{handlerstest.Officer: "dossier", handlerstest.Deputy: "dossier", handlerstest.Staff: "card", handlerstest.Director: "card"} {
		o.Screen.Modals = nil
		if got := handlerstest.Answer(t, o.Types(t, who, " k-2026-0001")); got != "" {
			t.Errorf("%s reads %q", who, got)
		}
		if got := o.Screen.LastModal(t); got.CallbackID != callback {
			t.Errorf("%s sees %q, want %q", who, got.CallbackID, callback)
		}
	}
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Director} {
		o.Types(t, who, "K-2026-0001")
		if got := handlerstest.TextOf(t, o.Screen.LastModal(t)); strings.Contains(got, "Klaas") || strings.Contains(got, "klager.example") || !strings.Contains(got, "28 november") {
			t.Errorf("%s sees %s", who, got)
		}
	}
}

// TestUnknownAndHiddenReadAlike: nobody learns from the answer whether a case
// exists.
func TestUnknownAndHiddenReadAlike(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Logs(t, handlerstest.Staff, nil)
	hidden, unknown := handlerstest.Answer(t, o.Types(t, handlerstest.English, "K-2026-0001")), handlerstest.Answer(t, o.Types(t, handlerstest.English, "K-2026-0009"))
	if hidden != unknown || !strings.Contains(hidden, "no complaint with this number") {
		t.Errorf("hidden: %q\nunknown: %q", hidden, unknown)
	}
	if len(o.Screen.Modals) != 0 {
		t.Error("a refusal opened a modal")
	}
}

func TestHelpAndUnknownText(t *testing.T) {
	o := handlerstest.NewLost(t)
	for text, want := range map[string]string{
		"help":           "/klacht lijst",
		"HULP":           "/klacht lijst",
		"lijstje":        "“lijstje”",
		"<!channel> *x*": "“&lt;!channel\u200b&gt; \u200b*x\u200b*”",
		"maandcijfers":   "help",
		"\u202e\u0007x":  "“x”",
	} {
		if got := handlerstest.Answer(t, o.Types(t, handlerstest.Staff, text)); !strings.Contains(got, want) {
			t.Errorf("%q is answered %q, want something with %q", text, got, want)
		}
	}
	if got := handlerstest.Answer(t, o.Types(t, handlerstest.English, "help")); !strings.Contains(got, "How to use") {
		t.Errorf("Emma reads %q", got)
	}
}

func TestOutsidersAreRefusedEverywhere(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	for who, part := range outsiders() {
		for _, text := range []string{"", "help", "lijst", "K-2026-0001", "onzin"} {
			if got := handlerstest.Answer(t, o.Types(t, who, text)); !strings.Contains(got, part) {
				t.Errorf("%s types %q and reads %q", who, text, got)
			}
		}
		o.Screen.Asides, o.Screen.Direct, o.Screen.Homes = nil, nil, nil
		o.Shortcut(t, who)
		if got := strings.Join(o.Screen.Direct, ""); !strings.Contains(got, part) {
			t.Errorf("%s uses the shortcut and reads %q", who, got)
		}
		for _, action := range []string{"acknowledge", "dossier", "identity", "log_complaint", "list"} {
			o.Screen.Asides = nil
			o.Clicks(t, who, action, "id.1", slack.View{})
			if got := strings.Join(o.Screen.Asides, ""); !strings.Contains(got, part) {
				t.Errorf("%s presses %s and reads %q", who, action, got)
			}
		}
		o.Event(t.Context(), handlerstest.Opened(who))
		if got := handlerstest.TextOf(t, o.Screen.Homes); !strings.Contains(got, part) || strings.Contains(got, "button") {
			t.Errorf("%s opens Home and sees %s", who, got)
		}
	}
	if len(o.Screen.Modals) != 0 {
		t.Errorf("%d modals were opened for outsiders", len(o.Screen.Modals))
	}
}

// TestRolesAreCheckedAtEveryClick: being in the channel is not enough.
func TestRolesAreCheckedAtEveryClick(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Logs(t, handlerstest.Staff, nil)
	c, _, err := o.Db.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range workflow.Actions() {
		for who, part := range map[roster.PersonID]string{
			handlerstest.Staff: "wie de klacht behandelt", handlerstest.Director: "wie de klacht behandelt", handlerstest.English: "no complaint",
		} {
			o.Screen.Asides = nil
			o.Clicks(t, who, string(name), kit.RefTo(&c).String(), slack.View{})
			if got := strings.Join(o.Screen.Asides, ""); !strings.Contains(got, part) {
				t.Errorf("%s presses %s and reads %q", who, name, got)
			}
		}
	}
	if len(o.Screen.Modals) != 0 {
		t.Errorf("%d modals were opened without the role", len(o.Screen.Modals))
	}
}

// TestForgedSubmission: a view_submission by somebody without the role
// changes nothing and is answered with a sentence.
func TestForgedSubmission(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Logs(t, handlerstest.Staff, nil)
	c, _, err := o.Db.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	o.Clicks(t, handlerstest.Officer, "acknowledge", kit.RefTo(&c).String(), slack.View{})
	view := o.Screen.LastModal(t)
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Director, handlerstest.English, handlerstest.Guest} {
		if got := handlerstest.FieldErrorsOf(t, o.Interaction(t.Context(), handlerstest.Submit(t, view, who, nil))); len(got) != 1 {
			t.Errorf("%s: errors = %v, want one", who, got)
		}
	}
	after, _, err := o.Db.Find(t.Context(), workflow.Lookup{ID: c.ID}, handlerstest.Officer)
	if err != nil || after.Version != c.Version || after.State != workflow.StateReceived {
		t.Errorf("the case became version %d, %s, %v", after.Version, after.State, err)
	}
}

func TestUnknownGestures(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Clicks(t, handlerstest.Staff, "teleport", "id.1", slack.View{})
	if got := strings.Join(o.Screen.Asides, ""); !strings.Contains(got, "Deze knop") {
		t.Errorf("an unknown button is answered %q", got)
	}
	view := slack.View{ID: "V1", CallbackID: "teleport", Type: slack.VTModal}
	ack := o.Interaction(t.Context(), slack.InteractionCallback{
		Type: slack.InteractionTypeViewSubmission, User: slack.User{ID: string(handlerstest.Staff)}, View: view,
	})
	if got := handlerstest.TextOf(t, ack.Payload); !strings.Contains(got, "Deze knop") {
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
	o := handlerstest.NewLost(t)
	o.Clicks(t, handlerstest.Officer, "list_more", "x", slack.View{ID: "V0LIST", Type: slack.VTModal})
	if got := o.Screen.LastModal(t); got.CallbackID != "notice" || !strings.Contains(handlerstest.TextOf(t, got), "Dat lukte niet") {
		t.Errorf("the modal shows %s", handlerstest.TextOf(t, got))
	}
}

func TestModalThatDoesNotOpenIsTold(t *testing.T) {
	o := handlerstest.NewLost(t)
	o.Screen.Err = errors.New("expired_trigger_id")
	if got := handlerstest.Answer(t, o.Types(t, handlerstest.Staff, "")); !strings.Contains(got, "Probeer het zo nog een keer") {
		t.Errorf("the command answers %q", got)
	}
	o.Shortcut(t, handlerstest.Staff)
	if !strings.Contains(o.Written.String(), "expired_trigger_id") {
		t.Error("the log does not tell why")
	}
}

func TestListTurnsItsPages(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	for i := range lookup.PageSize + 3 {
		cmd := workflow.Command{Action: handlerstest.PlainFiling(), By: handlerstest.Staff, Gesture: fmt.Sprint("g", i)}
		if _, err := o.Db.Apply(t.Context(), cmd); err != nil {
			t.Fatal(err)
		}
	}
	for who, lang := range map[roster.PersonID]string{handlerstest.Officer: "lijst", handlerstest.Staff: "list"} {
		o.Types(t, who, lang)
		first := o.Screen.LastModal(t)
		next := nextValue(t, first)
		o.Clicks(t, who, lookup.ListMore, next, slack.View{ID: "V0LIST", Type: slack.VTModal, PrivateMetadata: first.PrivateMetadata})
		second := o.Screen.LastModal(t)
		all := handlerstest.TextOf(t, first) + handlerstest.TextOf(t, second)
		for i := range lookup.PageSize + 3 {
			if number := fmt.Sprintf("*K-2026-%04d*", i+1); strings.Count(all, number) != 1 {
				t.Errorf("%s: %s stands %d times in two pages", who, number, strings.Count(all, number))
			}
		}
		if strings.Contains(handlerstest.TextOf(t, second), lookup.ListMore) {
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
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Event(t.Context(), handlerstest.Opened(handlerstest.English))
	o.Event(t.Context(), handlerstest.Opened(handlerstest.Guest))
	o.Logs(t, handlerstest.Staff, nil)
	o.Event(t.Context(), handlerstest.Opened(handlerstest.Staff))
	o.Event(t.Context(), &slackevents.AppHomeOpenedEvent{User: string(handlerstest.Staff), Tab: "messages"})
	o.Event(t.Context(), &slackevents.MessageEvent{})
	if len(o.Screen.Homes) != 3 {
		t.Fatalf("%d Home tabs were published, want 3", len(o.Screen.Homes))
	}
	handlerstest.Golden(t, "home_empty.en", o.Screen.Homes[0])
	handlerstest.Golden(t, "home_guest.nl", o.Screen.Homes[1])
	handlerstest.Golden(t, "home_staff.nl", o.Screen.Homes[2])
}

func TestHomeWithoutRegister(t *testing.T) {
	o := handlerstest.NewLost(t)
	o.Event(t.Context(), handlerstest.Opened(handlerstest.Officer))
	o.Event(t.Context(), handlerstest.Opened(handlerstest.Lost))
	first, second := handlerstest.TextOf(t, o.Screen.Homes[0]), handlerstest.TextOf(t, o.Screen.Homes[1])
	if !strings.Contains(first, "log_complaint") || !strings.Contains(first, "Dat lukte niet") {
		t.Errorf("without the register the officer sees %s", first)
	}
	if !strings.Contains(second, "Dat lukte niet") || strings.Contains(second, "log_complaint") {
		t.Errorf("who could not be looked up sees %s", second)
	}
}

func TestPagesOfTheHomeTab(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	for i := range home.HomeSize + 1 {
		cmd := workflow.Command{Action: handlerstest.PlainFiling(), By: handlerstest.Staff, Gesture: fmt.Sprint("g", i)}
		if _, err := o.Db.Apply(t.Context(), cmd); err != nil {
			t.Fatal(err)
		}
	}
	o.Event(t.Context(), handlerstest.Opened(handlerstest.Officer))
	got := handlerstest.TextOf(t, o.Screen.Homes)
	if !strings.Contains(got, "Er zijn er meer") || strings.Contains(got, "K-2026-0011") || !strings.Contains(got, "K-2026-0010") {
		t.Errorf("Home shows %s", got)
	}
}
