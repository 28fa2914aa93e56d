package intake_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/intake"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
)

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
		if whole := contact.Clean(kit.Readable(message)); !p.Cut && p.Story+p.More != whole {
			t.Errorf("%q became %q and %q", whole, p.Story, p.More)
		}
	})
}

// FuzzForm reads any payload as the form that files a complaint, and as the
// message that it begins with: it may be nonsense, it must not panic.
func FuzzForm(f *testing.F) {
	f.Add(`{"view":{"state":{"values":{"description":{"value":{"value":"x"}}}}}}`)
	f.Add(`{"message":{"text":"<a|b"}}`)
	f.Fuzz(func(t *testing.T, payload string) {
		var in slack.InteractionCallback
		if json.Unmarshal([]byte(payload), &in) != nil {
			return
		}
		intake.FilingOf(kit.ValuesOf(in.View))
		intake.StoryOfMessage(in.Message.Text)
	})
}
