package handlers

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/intake"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/workflow"
)

func TestRefRoundTrip(t *testing.T) {
	for _, r := range []kit.Ref{{Case: "a1b2", Version: 0}, {Case: "a1b2", Version: 17}} {
		if got, ok := kit.ParseRef(r.String()); !ok || got != r {
			t.Errorf("parseRef(%q) = %v, %v", r, got, ok)
		}
	}
	for _, s := range []string{"", ".", "a", "a.", ".1", "a.b", "a.-1", "a.1.2", "a.99999999999999999999"} {
		if got, ok := kit.ParseRef(s); ok {
			t.Errorf("parseRef(%q) = %v, want none", s, got)
		}
	}
}

func TestMemoRoundTrip(t *testing.T) {
	m := kit.Metadata{Case: "a1b2", Version: 3, Nonce: "n"}
	if got := kit.MetadataOf(m.String()); got != m {
		t.Errorf("memoOf(%s) = %v, want %v", m, got, m)
	}
	if got := (kit.Metadata{}).String(); got != "" {
		t.Errorf("an empty memo is %q, want nothing", got)
	}
	if got := kit.MetadataOf("{kapot"); got != (kit.Metadata{}) {
		t.Errorf("memoOf of broken JSON = %v, want the zero memo", got)
	}
}

func TestNullsReadAsNothing(t *testing.T) {
	var v slack.View
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
	if diff := cmp.Diff(workflow.File{}, intake.FilingOf(kit.ValuesOf(slack.View{}))); diff != "" {
		t.Errorf("a view without state (+):\n%s", diff)
	}
}

// FuzzSubmission feeds any JSON as a payload through everything that reads
// one: it may be nonsense, it must not panic, and a memo stays small.
func FuzzSubmission(f *testing.F) {
	f.Add(`{"type":"view_submission","view":{"callback_id":"log_complaint","private_metadata":"{\"case\":\"a\"}","state":{"values":{"description":{"value":{"value":"x"}}}}}}`)
	f.Add(`{"type":"block_actions","actions":[{"action_id":"more","block_id":"a.1","selected_option":{"value":"note"}}]}`)
	f.Add(`{"type":"block_actions","actions":[null]}`)
	f.Add(`{"type":"shortcut","callback_id":"log_complaint"}`)
	f.Add(`{"view":{"blocks":[{"type":"input"},{"type":"input","block_id":"x"}]}}`)
	f.Fuzz(func(t *testing.T, payload string) {
		var in slack.InteractionCallback
		if json.Unmarshal([]byte(payload), &in) != nil {
			return
		}
		g := core.SubmissionOf(in)
		intake.FilingOf(g.Values())
		if ids := core.InputIDs(g.View); len(ids) > 0 && ids.Nearest("nowhere") == "" {
			t.Error("an error without an input to stand at")
		}
		pressed := core.PressOf(in)
		if again, ok := kit.ParseRef(pressed.Ref.String()); ok && again != pressed.Ref {
			t.Errorf("a ref that does not survive: %v", pressed.Ref)
		}
		intake.StoryOfMessage(in.Message.Text)
		lookup.CaseNumber(core.Squeeze(in.Value))
	})
}

// FuzzPrefilled: no text of a message is too long for the fields, and nothing
// is lost without saying so.
func FuzzPrefilled(f *testing.F) {
	f.Add("Hallo <@U0STAFF|sanne>, zie <https://x.example|hier> &amp; <!channel>")
	f.Add(strings.Repeat("😀", 3001))
	f.Add("<a|<b|c>>&lt;&amp;lt;")
	f.Fuzz(func(t *testing.T, message string) {
		p := intake.StoryOfMessage(message)
		if kit.Length(p.Story) > kit.MaxTyped || kit.Length(p.More) > kit.MaxTyped {
			t.Errorf("%d and %d units, want at most %d", kit.Length(p.Story), kit.Length(p.More), kit.MaxTyped)
		}
		if whole := workflow.Clean(kit.Readable(message)); !p.Cut && p.Story+p.More != whole {
			t.Errorf("%q became %q and %q", whole, p.Story, p.More)
		}
	})
}
