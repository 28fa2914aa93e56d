package handlerstest

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow/roster"
)

// FieldErrors are the errors of an answer, by block id; nil for none.
func FieldErrors(a core.Ack) map[string]string {
	r, ok := a.Payload.(*slack.ViewSubmissionResponse)
	if !ok || r.ResponseAction != slack.RAErrors {
		return nil
	}
	return r.Errors
}

// Updated is the modal that an answer puts in the place of the submitted one.
func Updated(t testing.TB, a core.Ack) slack.ModalViewRequest {
	t.Helper()
	r, ok := a.Payload.(*slack.ViewSubmissionResponse)
	if !ok || r.ResponseAction != slack.RAUpdate || r.View == nil {
		t.Fatalf("the answer is no update: %v", FieldErrors(a))
	}
	return *r.View
}

// Closes fails unless nothing more is asked: the answer closes the modal, or shows
// the letter that was recorded.
func Closes(t testing.TB, a core.Ack) {
	t.Helper()
	if r, ok := a.Payload.(*slack.ViewSubmissionResponse); ok && r.View != nil && r.View.CallbackID == "letter_recorded" {
		return
	}
	if a.Payload != nil {
		t.Fatalf("the modal does not close: %v", FieldErrors(a))
	}
}

// Recorded fails unless a letter was recorded: its modal closes, or goes on to what
// there is to do with the letter.
func Recorded(t testing.TB, a core.Ack) {
	t.Helper()
	if a.Payload == nil {
		return
	}
	if view := Updated(t, a); view.CallbackID != "letter_recorded" {
		t.Fatalf("the modal goes on to %s", view.CallbackID)
	}
}

// Replies returns what people read beside the buttons they pressed, and forgets
// it.
func (d *Fixture) Replies() string {
	s := strings.Join(d.Screen.Ephemerals, "\n")
	d.Screen.Ephemerals = nil
	return s
}

// FieldErrorsOf are the field errors of an ack; nil when it has none.
func FieldErrorsOf(t testing.TB, a core.Ack) map[string]string {
	t.Helper()
	r, ok := a.Payload.(*slack.ViewSubmissionResponse)
	if !ok {
		t.Fatalf("an ack of %T, want a response to a submission", a.Payload)
	}
	return r.Errors
}

// TextOf is everything that a view or message says, as JSON.
func TextOf(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Answer is the text of a command's ack, "" when a modal opened instead.
func Answer(t testing.TB, a core.Ack) string {
	t.Helper()
	if a.Payload == nil {
		return ""
	}
	var r struct {
		ResponseType string `json:"response_type"`
		Text         string
	}
	ViaJSON(t, a.Payload, &r)
	if r.ResponseType != "ephemeral" {
		t.Fatalf("an ack of %T, want an answer that only one person sees", a.Payload)
	}
	return r.Text
}

// Shows fails unless the text holds each of these.
func Shows(t *testing.T, what, text string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q:\n%s", what, want, text)
		}
	}
}

func JSONOf(t *testing.T, v any) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Confidential fails when a message shows more than number, promise and
// dates, or what may be shown beside them.
func Confidential(t *testing.T, name string, m core.Message, may ...string) {
	t.Helper()
	text := JSONOf(t, m)
	for _, secret := range []string{"Berg", "klant.example", "12345678", "Dorpsstraat", "koud", "Timemanagement", "locatie", "Locatie"} {
		if strings.Contains(text, secret) && !slices.Contains(may, secret) {
			t.Errorf("%s shows something confidential", name)
		}
	}
}

// CheckFits holds a view to Slack's limits.
func CheckFits(t *testing.T, view slack.ModalViewRequest) {
	t.Helper()
	b, err := json.Marshal(view)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(view.Blocks.BlockSet); n > 100 || len(b) > 250_000 {
		t.Errorf("%d blocks, %d bytes", n, len(b))
	}
	for _, b := range view.Blocks.BlockSet {
		if n := kit.Length(TextsOf(t, b)); n > 3000+200 {
			t.Errorf("a block of %d", n)
		}
	}
}

// TextsOf joins every text in a block.
func TextsOf(t *testing.T, b slack.Block) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(JSONOf(t, b)), &v); err != nil {
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

// Home is what somebody's Home shows, as Slack gets it.
func (d *Fixture) Home(t *testing.T, who roster.PersonID) string {
	t.Helper()
	d.Event(t.Context(), Opened(who))
	return d.LastHome(t)
}

// LastHome is what the Home tab that was published last shows.
func (d *Fixture) LastHome(t *testing.T) string {
	t.Helper()
	if len(d.Screen.Homes) == 0 {
		t.Fatal("no Home was published")
	}
	raw, err := json.Marshal(d.Screen.Homes[len(d.Screen.Homes)-1])
	if err != nil {
		t.Fatal(err)
	}
	d.Screen.Homes = nil
	return string(raw)
}

var PassphraseForm = regexp.MustCompile(`[A-Z0-9]{3}(-[A-Z0-9]{3}){5}`)

// CheckDocument opens the document with its passphrase, and with no other.
func CheckDocument(t *testing.T, d *Fixture, doc *core.Document, passphrase string) {
	t.Helper()
	for word, opens := range map[string]bool{passphrase: true, "AAA-AAA-AAA-AAA-AAA-AAA": false, "": false} {
		var plain bytes.Buffer
		err := api.Decrypt(bytes.NewReader(doc.Content), &plain, model.NewAESConfiguration(word, "", 256))
		if (err == nil) != opens {
			t.Errorf("opens with the passphrase: %v (%d characters)", err == nil, len(word))
		}
	}
	for _, secret := range []string{passphrase, "K-2026", "trainer kwam niet"} {
		if bytes.Contains(doc.Content, []byte(secret)) {
			t.Errorf("%d characters stand in the document as they are", len(secret))
		}
	}
}
