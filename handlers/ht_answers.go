package handlers

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow/roster"
)

// fieldErrors are the errors of an answer, by block id; nil for none.
func fieldErrors(a core.Ack) map[string]string {
	r, ok := a.Payload.(*slack.ViewSubmissionResponse)
	if !ok || r.ResponseAction != slack.RAErrors {
		return nil
	}
	return r.Errors
}

// updated is the modal that an answer puts in the place of the submitted one.
func updated(t testing.TB, a core.Ack) slack.ModalViewRequest {
	t.Helper()
	r, ok := a.Payload.(*slack.ViewSubmissionResponse)
	if !ok || r.ResponseAction != slack.RAUpdate || r.View == nil {
		t.Fatalf("the answer is no update: %v", fieldErrors(a))
	}
	return *r.View
}

// closes fails unless the answer closes the modal.
func closes(t testing.TB, a core.Ack) {
	t.Helper()
	if a.Payload != nil {
		t.Fatalf("the modal does not close: %v", fieldErrors(a))
	}
}

// told returns what people read beside the buttons they pressed, and forgets
// it.
func (d *fixture) told() string {
	s := strings.Join(d.screen.asides, "\n")
	d.screen.asides = nil
	return s
}

// errorsOf are the field errors of an ack; nil when it has none.
func errorsOf(t testing.TB, a core.Ack) map[string]string {
	t.Helper()
	r, ok := a.Payload.(*slack.ViewSubmissionResponse)
	if !ok {
		t.Fatalf("an ack of %T, want a response to a submission", a.Payload)
	}
	return r.Errors
}

// textOf is everything that a view or message says, as JSON.
func textOf(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// answer is the text of a command's ack, "" when a modal opened instead.
func answer(t testing.TB, a core.Ack) string {
	t.Helper()
	if a.Payload == nil {
		return ""
	}
	r, ok := a.Payload.(core.Reply)
	if !ok || r.ResponseType != "ephemeral" {
		t.Fatalf("an ack of %T, want an answer that only one person sees", a.Payload)
	}
	return r.Text
}

// shows fails unless the text holds each of these.
func shows(t *testing.T, what, text string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q:\n%s", what, want, text)
		}
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// confidential fails when a message tells of more than number, promise and
// dates.
func confidential(t *testing.T, name string, m core.Message) {
	t.Helper()
	text := jsonOf(t, m)
	for _, secret := range []string{"Berg", "klant.example", "12345678", "Dorpsstraat", "koud", "Timemanagement", "locatie"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s tells something confidential", name)
		}
	}
}

// checkFits holds a view to Slack's limits.
func checkFits(t *testing.T, view slack.ModalViewRequest) {
	t.Helper()
	b, err := json.Marshal(view)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(view.Blocks.BlockSet); n > 100 || len(b) > 250_000 {
		t.Errorf("%d blocks, %d bytes", n, len(b))
	}
	for _, b := range view.Blocks.BlockSet {
		if n := kit.Length(textsOf(t, b)); n > 3000+200 {
			t.Errorf("a block of %d", n)
		}
	}
}

// textsOf joins every text in a block.
func textsOf(t *testing.T, b slack.Block) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(jsonOf(t, b)), &v); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, one := range v {
				if s, ok := one.(string); ok && key == "text" {
					all.WriteString(s)
				}
				walk(one)
			}
		case []any:
			for _, one := range v {
				walk(one)
			}
		}
	}
	walk(v)
	return all.String()
}

// home is what somebody's Home shows, as Slack gets it.
func (d *fixture) home(t *testing.T, who roster.PersonID) string {
	t.Helper()
	d.Event(t.Context(), opened(who))
	return d.lastHome(t)
}

// lastHome is what the Home tab that was published last shows.
func (d *fixture) lastHome(t *testing.T) string {
	t.Helper()
	if len(d.screen.homes) == 0 {
		t.Fatal("no Home was published")
	}
	raw, err := json.Marshal(d.screen.homes[len(d.screen.homes)-1])
	if err != nil {
		t.Fatal(err)
	}
	d.screen.homes = nil
	return string(raw)
}

var passphraseForm = regexp.MustCompile(`[A-Z0-9]{3}(-[A-Z0-9]{3}){5}`)
