package intake_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/intake"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/story"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

func TestFilingForm_golden(t *testing.T) {
	o := handlerstest.NewLost(t)
	handlerstest.Golden(t, "filing.nl", handlerOf(o).FilingView(o.Texts.In("nl"), handlerOf(o).NewComplaint()))
	handlerstest.Golden(t, "filing.en", handlerOf(o).FilingView(o.Texts.In("en"), handlerOf(o).NewComplaint()))
	cut := handlerOf(o).NewComplaint()
	cut.First, cut.More, cut.Cut = "Eerste deel", "Tweede deel", true
	handlerstest.Golden(t, "filing_cut.nl", handlerOf(o).FilingView(o.Texts.In("nl"), cut))
}

func TestFilingForm_hasTheContractsInputs(t *testing.T) {
	o := handlerstest.NewLost(t)
	want := strings.Fields(`description* complainant_name* on_behalf_of complainant_kind email phone address preferred_contact
		offering_kind offering_name* category received_date* received_via* incident_date urgent description_more
		desired_outcome concerns_user language* attachments`)
	var got []string
	for _, b := range handlerOf(o).FilingView(o.Texts.In("nl"), handlerOf(o).NewComplaint()).Blocks.BlockSet {
		in, ok := b.(*slack.InputBlock)
		if !ok {
			continue
		}
		id := in.BlockID
		if !in.Optional {
			id += "*"
		}
		got = append(got, id)
		if raw, err := json.Marshal(in.Element); err != nil || !strings.Contains(string(raw), `"action_id":"value"`) {
			t.Errorf("%s: the action id is not value (%v)", id, err)
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("inputs\n got %v\nwant %v", got, want)
	}
}

func TestFilingForm_takesTheStoryFromAMessage(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Interaction(t.Context(), incoming.Interaction{
		Type: slack.InteractionTypeMessageAction, CallbackID: "log_complaint_from_message",
		User: incoming.Person{ID: string(handlerstest.Staff)}, TriggerID: "trigger",
		Message: incoming.Message{Text: "Mail van &lt;Klaas&gt;: zie <https://x.example|hier>, <@U1|piet>, <@U0OFFICER>"},
	})
	view := o.Screen.LastModal(t)
	if got := handlerstest.TextOf(t, view); !strings.Contains(got, `"initial_value":"Mail van \u003cKlaas\u003e: zie hier (https://x.example), @piet, @Omar Khalil"`) {
		t.Errorf("the story is not filled in: %s", got)
	}
	if strings.Contains(handlerstest.TextOf(t, view), "langer dan de twee velden") {
		t.Error("the modal says that it cut what fits")
	}
}

func TestFilingForm_dividesAStoryOverTwoFields(t *testing.T) {
	emoji := strings.Repeat("😀", 1500) // 3,000 units
	for name, test := range map[string]struct {
		message string
		want    intake.StoryFields
	}{
		"short":     {"kort", intake.StoryFields{First: "kort"}},
		"empty":     {"", intake.StoryFields{}},
		"overflows": {strings.Repeat("a", 3000) + "b", intake.StoryFields{First: strings.Repeat("a", 3000), More: "b"}},
		"cut":       {strings.Repeat("a", 6001), intake.StoryFields{First: strings.Repeat("a", 3000), More: strings.Repeat("a", 3000), Cut: true}},
		"emoji":     {emoji + "c", intake.StoryFields{First: emoji, More: "c"}},
		"mentions":  {"<!channel> <!here|here> <#C1|algemeen> <@U1>", intake.StoryFields{First: "@channel @here #algemeen @collega"}},
		"links":     {"<mailto:a@b.example|a@b.example> <https://x.example> <tel:026|bel>", intake.StoryFields{First: "a@b.example https://x.example bel (026)"}},
		"control":   {"a\u0007b\u202ec", intake.StoryFields{First: "abc"}},
	} {
		if got := intake.Divided(told(test.message).Text); got != test.want {
			t.Errorf("%s: story of %d, more of %d, cut %v", name, len(got.First), len(got.More), got.Cut)
		}
	}
}

// TestFilingForm_opensWithoutTheRegister opens the modal while the register
// hangs.
func TestFilingForm_opensWithoutTheRegister(t *testing.T) {
	o := handlerstest.NewLost(t)
	for name, open := range map[string]func(){
		"command":  func() { o.Types(t, handlerstest.Staff, " ") },
		"shortcut": func() { o.Shortcut(t, handlerstest.Staff) },
		"home": func() {
			o.Clicks(t, handlerstest.Staff, "log_complaint", "", incoming.View{ID: "V0HOME", Type: slack.VTHomeTab})
		},
	} {
		o.Screen.Modals = nil
		open()
		if got := o.Screen.LastModal(t); got.CallbackID != "log_complaint" {
			t.Errorf("%s: opened %q", name, got.CallbackID)
		}
	}
}

func TestFilingForm_hasANonceOfItsOwn(t *testing.T) {
	o := handlerstest.NewLost(t)
	a, b := o.FilingForm(t), o.FilingForm(t)
	if kit.MetadataOf(a.PrivateMetadata).Nonce == "" || a.PrivateMetadata == b.PrivateMetadata {
		t.Errorf("metadata %s and %s", a.PrivateMetadata, b.PrivateMetadata)
	}
}

func TestFilingForm_nullsReadAsNothing(t *testing.T) {
	var v incoming.View
	state := `{"state":{"values":{"received_date":{"value":{"type":"datepicker","selected_date":null}},
		"category":{"value":{"type":"static_select","selected_option":null}},
		"concerns_user":{"value":{"type":"users_select","selected_user":null}},
		"description":{"value":{"type":"plain_text_input","value":null}},
		"attachments":{"value":{"type":"file_input","files":[]}}}}}`
	if err := json.Unmarshal([]byte(state), &v); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(workflow.File{}, intake.FilingOf(kit.ValuesOf(v))); diff != "" {
		t.Errorf("a form of nulls (+):\n%s", diff)
	}
	if diff := cmp.Diff(workflow.File{}, intake.FilingOf(kit.ValuesOf(incoming.View{}))); diff != "" {
		t.Errorf("a view without state (+):\n%s", diff)
	}
}

// FuzzPrefill: no text of a message is too long for the fields, and nothing
// is lost without saying so.
func FuzzPrefill(f *testing.F) {
	f.Add("Hallo <@U0STAFF|sanne>, zie <https://x.example|hier> &amp; <!channel>")
	f.Add(strings.Repeat("😀", 3001))
	f.Add("<a|<b|c>>&lt;&amp;lt;")
	f.Fuzz(func(t *testing.T, message string) {
		whole := told(message).Text
		p := intake.Divided(whole)
		if kit.Length(p.First) > kit.MaxTyped || kit.Length(p.More) > kit.MaxTyped {
			t.Errorf("%d and %d units, want at most %d", kit.Length(p.First), kit.Length(p.More), kit.MaxTyped)
		}
		if !p.Cut && p.First+p.More != whole {
			t.Errorf("%q became %q and %q", whole, p.First, p.More)
		}
	})
}

// loadWords reads the catalogue once: a fuzzer that reads it each time does nothing else.
var loadWords = sync.OnceValues(texts.Load)

// told is what a message with that text tells.
func told(message string) story.Story {
	words, err := loadWords()
	if err != nil {
		panic(err)
	}
	r := story.Reader{Speak: words.In("nl"), People: handlerstest.People(), Zone: time.UTC}
	return r.Read(context.Background(), incoming.Message{Text: message})
}

// FuzzForm reads any payload as the form that files a complaint, and as the
// message that it begins with: it may be nonsense, it must not panic.
func FuzzForm(f *testing.F) {
	f.Add(`{"view":{"state":{"values":{"description":{"value":{"value":"x"}}}}}}`)
	f.Add(`{"message":{"text":"<a|b"}}`)
	f.Fuzz(func(t *testing.T, payload string) {
		var in incoming.Interaction
		if json.Unmarshal([]byte(payload), &in) != nil {
			return
		}
		intake.FilingOf(kit.ValuesOf(in.View))
		intake.Divided(told(in.Message.Text).Text)
	})
}
