package handlers_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestCommand_answersHelpAndUnknownText(t *testing.T) {
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

func TestHandler_refusesOutsidersEverywhere(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	for who, part := range handlerstest.Outsiders() {
		for _, text := range []string{"", "help", "lijst", "K-2026-0001", "onzin"} {
			if got := handlerstest.Answer(t, o.Types(t, who, text)); !strings.Contains(got, part) {
				t.Errorf("%s types %q and reads %q", who, text, got)
			}
		}
		o.Screen.Ephemerals, o.Screen.Direct, o.Screen.Homes = nil, nil, nil
		o.Shortcut(t, who)
		if got := strings.Join(o.Screen.Direct, ""); !strings.Contains(got, part) {
			t.Errorf("%s uses the shortcut and reads %q", who, got)
		}
		for _, action := range []string{"acknowledge", "dossier", "identity", "log_complaint", "list"} {
			o.Screen.Ephemerals = nil
			o.Clicks(t, who, action, "id.1", slack.View{})
			if got := strings.Join(o.Screen.Ephemerals, ""); !strings.Contains(got, part) {
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

// TestHandler_checksRolesAtEveryClick: being in the channel is not enough.
func TestHandler_checksRolesAtEveryClick(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.FilesComplaint(t, handlerstest.Staff, nil)
	c, _, err := o.DB.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range workflow.Actions() {
		for who, part := range map[roster.PersonID]string{
			handlerstest.Staff: "wie de klacht behandelt", handlerstest.Director: "wie de klacht behandelt", handlerstest.English: "no complaint",
		} {
			o.Screen.Ephemerals = nil
			o.Clicks(t, who, string(name), kit.RefTo(&c).String(), slack.View{})
			if got := strings.Join(o.Screen.Ephemerals, ""); !strings.Contains(got, part) {
				t.Errorf("%s presses %s and reads %q", who, name, got)
			}
		}
	}
	if len(o.Screen.Modals) != 0 {
		t.Errorf("%d modals were opened without the role", len(o.Screen.Modals))
	}
}

// TestHandler_forgedSubmissionChangesNothing: a view_submission by somebody
// without the role changes nothing and is answered with a sentence.
func TestHandler_forgedSubmissionChangesNothing(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.FilesComplaint(t, handlerstest.Staff, nil)
	c, _, err := o.DB.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer)
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
	after, _, err := o.DB.Find(t.Context(), workflow.Lookup{ID: c.ID}, handlerstest.Officer)
	if err != nil || after.Version != c.Version || after.State != workflow.StateReceived {
		t.Errorf("the case became version %d, %s, %v", after.Version, after.State, err)
	}
}

func TestHandler_answersUnknownGestures(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Clicks(t, handlerstest.Staff, "teleport", "id.1", slack.View{})
	if got := strings.Join(o.Screen.Ephemerals, ""); !strings.Contains(got, "Deze knop") {
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

func TestHandler_refusalInAModalStaysInIt(t *testing.T) {
	o := handlerstest.NewLost(t)
	o.Clicks(t, handlerstest.Officer, "list_more", "x", slack.View{ID: "V0LIST", Type: slack.VTModal})
	if got := o.Screen.LastModal(t); got.CallbackID != "notice" || !strings.Contains(handlerstest.TextOf(t, got), "Dat lukte niet") {
		t.Errorf("the modal shows %s", handlerstest.TextOf(t, got))
	}
}

func TestHandler_saysThatAModalDidNotOpen(t *testing.T) {
	o := handlerstest.NewLost(t)
	o.Screen.Err = errors.New("expired_trigger_id")
	if got := handlerstest.Answer(t, o.Types(t, handlerstest.Staff, "")); !strings.Contains(got, "Probeer het zo nog een keer") {
		t.Errorf("the command answers %q", got)
	}
	o.Shortcut(t, handlerstest.Staff)
	if !strings.Contains(o.Written.String(), "expired_trigger_id") {
		t.Error("the log does not say why")
	}
}
