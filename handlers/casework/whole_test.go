package casework_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// copiedFrom is the letter to be copied in a modal, its parts as one pastes them.
func copiedFrom(t *testing.T, view slack.ModalViewRequest) string {
	t.Helper()
	var parts []string
	for _, b := range view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok && (in.BlockID == "letter" || in.BlockID == "letter_2") {
			area, ok := in.Element.(*slack.PlainTextInputBlockElement)
			if !ok || !area.Multiline || !in.Optional || kit.Length(area.InitialValue) > 3000 {
				t.Errorf("%s is no field to copy from: %+v", in.BlockID, in.Element)
				continue
			}
			parts = append(parts, area.InitialValue)
		}
	}
	return strings.Join(parts, "\n\n")
}

// withAddress is a complaint whose complainant gave an address.
func withAddress() workflow.File {
	f := handlerstest.Filing()
	f.Particulars.Address = "Dorpsstraat 1, 6811 AB Arnhem"
	return f
}

// watched is the register and the screen with a list of what was done, in order.
type watched struct {
	storage.Rooms
	handlers.Slack
	seen []string
}

func (w *watched) Apply(ctx context.Context, cmd workflow.Command) (workflow.Result, error) {
	done, err := w.DB.Apply(ctx, cmd)
	if err == nil {
		w.seen = append(w.seen, "commit "+string(cmd.Action.Name()))
	}
	return done, err
}

func (w *watched) OpenView(ctx context.Context, trigger string, v slack.ModalViewRequest) (string, error) {
	w.seen = append(w.seen, "open "+v.CallbackID)
	return w.Slack.OpenView(ctx, trigger, v)
}

func (w *watched) UpdateView(ctx context.Context, id string, v slack.ModalViewRequest) error {
	w.seen = append(w.seen, "update "+v.CallbackID)
	return w.Slack.UpdateView(ctx, id, v)
}

func watch(d *handlerstest.Fixture) *watched {
	w := &watched{Rooms: d.DB.Rooms(), Slack: d.Screen}
	d.Slack = w
	d.Use(func(c *handlers.Config) { c.Cases = w })
	return w
}

func (w *watched) seenThen(t *testing.T, want string) {
	t.Helper()
	if got := strings.Join(w.seen, ", "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	w.seen = nil
}

// TestLetterForm_isWholeBeforeItIsRecorded: each letter's form has its fields first,
// and below them the letter as its reader gets it, which is the one that is recorded.
// That somebody looked is in the journal before they see it.
func TestLetterForm_isWholeBeforeItIsRecorded(t *testing.T) {
	for _, test := range []struct {
		stage string
		name  workflow.ActionName
	}{
		{"received", workflow.ActionAcknowledge}, {"received", workflow.ActionQuestion},
		{"received", workflow.ActionProgress}, {"decided", workflow.ActionConfirm},
	} {
		d := handlerstest.New(t)
		steps := handlerstest.Stages()[test.stage]
		steps[0].Action = withAddress()
		c := d.Carried(t, steps...)
		w := watch(d)
		d.Click(t, handlerstest.Officer, &c, test.name)
		w.seenThen(t, "commit identity, open "+string(test.name))
		view := d.Screen.LastModal(t)
		handlerstest.CheckFits(t, view)
		letter := copiedFrom(t, view)
		if !strings.HasPrefix(letter, "Jan van der Berg\nDorpsstraat 1\n6811 AB Arnhem\n\n") || !strings.Contains(letter, "\n\nBeste Jan van der Berg,\n") ||
			strings.Contains(letter, "[") {
			t.Errorf("%s: not the letter as it is read:\n%s", test.name, letter)
		}
		if ack := d.Submit(t, handlerstest.Officer, view, nil); ack.Payload != nil {
			t.Errorf("%s: the letter that was copied is not the one that was recorded", test.name)
		}
		records, err := d.DB.Records().Dossier(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		recorded := strings.TrimSpace(records[len(records)-1].Texts["letter"].Reveal())
		if _, below, _ := strings.Cut(letter, "Arnhem\n\n"); test.name != workflow.ActionAcknowledge && strings.Join(strings.Fields(below), " ") != strings.Join(strings.Fields(recorded), " ") {
			t.Errorf("%s: another letter is recorded:\n%s\n---\n%s", test.name, below, recorded)
		}
	}
}

// TestLetterForm_isNotForOthers: who may not know who complains gets no letter, and
// a button of an old message no look.
func TestLetterForm_isNotForOthers(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, withAddress())
	w := watch(d)
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Director, handlerstest.Guest} {
		d.Click(t, who, &c, workflow.ActionAcknowledge)
	}
	d.Click(t, handlerstest.Officer, &c, workflow.ActionConfirm)
	w.seenThen(t, "")
	if len(d.Screen.Modals) > 0 || d.Replies() == "" {
		t.Error("a letter was shown")
	}
}

// TestLetterForm_showsWhatWasTyped: on a press of the button the letter has the text
// that was typed, nothing that was filled in is lost, and there is no second look.
func TestLetterForm_showsWhatWasTyped(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, withAddress())
	w := watch(d)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionProgress)
	first := d.Screen.LastModal(t)
	w.seen = nil
	typed := map[string]string{
		"body": "Morgen bel ik.\n\nTot dan.", "date": "2026-11-22", "way": "letter", "reason": "De trainer is ziek.", "expected_date": "2027-01-11",
	}
	d.PressTyped(t, handlerstest.Officer, first, string(cases.ShowLetter), typed)
	w.seenThen(t, "update progress")
	again := d.Screen.LastModal(t)
	letter := copiedFrom(t, again)
	for _, want := range []string{"De trainer is ziek.", "11 januari 2027", "Morgen bel ik.\n\nTot dan.", "Beste Jan van der Berg,"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the letter does not say %q:\n%s", want, letter)
		}
	}
	if actionOf(t, first, "letter") == actionOf(t, again, "letter") || actionOf(t, first, "body") != actionOf(t, again, "body") {
		t.Error("Slack would keep the old letter, or throw away what was typed")
	}
	d.Submit(t, handlerstest.Officer, again, nil) // as it stands
	records, err := d.DB.Records().Dossier(t.Context(), c.ID)
	if err != nil || len(records) != 1 {
		t.Fatalf("%d entries, %v", len(records), err)
	}
	r := records[0]
	if r.Way != workflow.WayLetter || r.Date.String() != "2026-11-22" || r.Texts["reason"] != "De trainer is ziek." || r.Texts["expected_date"] != "2027-01-11" ||
		!strings.Contains(r.Texts["letter"].Reveal(), "Morgen bel ik.") {
		t.Errorf("recorded: %s %s", r.Way, r.Date)
	}
}

func actionOf(t *testing.T, view slack.ModalViewRequest, block string) string {
	t.Helper()
	for _, b := range view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok && in.BlockID == block {
			return in.Element.(*slack.PlainTextInputBlockElement).ActionID
		}
	}
	t.Fatalf("no input %s", block)
	return ""
}

// TestLetterForm_confirmationAfterADecision: the form that a decision goes on to has
// no name, and the whole letter one press away, with a look in the journal.
func TestLetterForm_confirmationAfterADecision(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, withAddress())
	w := watch(d)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
	confirm := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), handlerstest.DecidedValues()))
	w.seenThen(t, "open resolve, commit resolve")
	if text := handlerstest.JSONOf(t, confirm); strings.Contains(text, "Berg") || strings.Contains(text, "Dorpsstraat") || copiedFrom(t, confirm) != "" {
		t.Error("shows who complains without a line in the journal")
	}
	d.PressTyped(t, handlerstest.Officer, confirm, string(cases.ShowLetter), map[string]string{"body": "Het spijt ons."})
	w.seenThen(t, "commit identity, update confirm")
	whole := d.Screen.LastModal(t)
	if letter := copiedFrom(t, whole); !strings.Contains(letter, "Beste Jan van der Berg,") || !strings.Contains(letter, "Het spijt ons.") || !strings.Contains(letter, "Dorpsstraat 1") {
		t.Errorf("not the whole letter:\n%s", letter)
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, whole, nil))
	if c = d.Current(t, c.ID); c.State != workflow.StateClosed {
		t.Errorf("state %s", c.State)
	}
}

// TestLetterForm_keepsWhatWasTypedInTrouble: when the letter can't be shown, the form
// stays on the screen as it is.
func TestLetterForm_keepsWhatWasTypedInTrouble(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, withAddress())
	d.Click(t, handlerstest.Officer, &c, workflow.ActionQuestion)
	view := d.Screen.LastModal(t)
	shown := len(d.Screen.Modals)
	if err := d.DB.Close(); err != nil {
		t.Fatal(err)
	}
	d.PressTyped(t, handlerstest.Officer, view, string(cases.ShowLetter), map[string]string{"body": "Geheim verhaal"})
	if len(d.Screen.Modals) != shown || len(d.Screen.Direct) != 1 || strings.Contains(d.Written.String(), "Geheim") {
		t.Errorf("%d modals more, direct messages %q", len(d.Screen.Modals)-shown, d.Screen.Direct)
	}
}

// TestLetterForm_longestLetter: the longest texts stay within Slack's limits, and a
// letter that is longer than its fields says so.
func TestLetterForm_longestLetter(t *testing.T) {
	d := handlerstest.New(t)
	f := withAddress()
	f.Facts.OfferingName = strings.Repeat("&", 150)
	c := d.Filed(t, f)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionProgress)
	view := d.Screen.LastModal(t)
	d.PressTyped(t, handlerstest.Officer, view, string(cases.ShowLetter), map[string]string{
		"body": strings.Repeat("<b> woord ", 300), "reason": strings.Repeat("reden ", 500),
	})
	view = d.Screen.LastModal(t)
	handlerstest.CheckFits(t, view)
	if letter := copiedFrom(t, view); kit.Length(letter) < 5000 || !strings.Contains(handlerstest.JSONOf(t, view), "langer dan hier past") {
		t.Errorf("%d characters, and the form does not say that there is more", kit.Length(letter))
	}
	ack := d.Submit(t, handlerstest.Officer, view, map[string]string{"way": "email"})
	if errs := handlerstest.FieldErrors(ack); errs != nil {
		t.Errorf("can't be recorded: %v", errs)
	}
}

// TestLetterForm_anonymous greets nobody by name, and says why.
func TestLetterForm_anonymous(t *testing.T) {
	d := handlerstest.New(t)
	f := handlerstest.Filing()
	f.Facts.Preferred, f.Particulars.Name = workflow.ContactNone, "anoniem"
	f.Particulars.Email, f.Particulars.Phone, f.Particulars.Address = "", "", ""
	c := d.Filed(t, f)
	for _, name := range []workflow.ActionName{workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionProgress} {
		d.Click(t, handlerstest.Officer, &c, name)
		view := d.Screen.LastModal(t)
		if letter := copiedFrom(t, view); !strings.Contains(letter, "\n\nGoedendag,\n") || strings.Contains(letter, "anoniem") {
			t.Errorf("%s:\n%s", name, letter)
		}
		if !strings.Contains(handlerstest.JSONOf(t, view), "blijft anoniem") {
			t.Errorf("%s does not say why there is no name", name)
		}
		handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, view, nil))
	}
}

// TestLetterForm_afterwards: a letter for the post leads on to its PDF; one that was
// copied before it had the last of the text is shown as it was recorded; else the
// modal closes.
func TestLetterForm_afterwards(t *testing.T) {
	for _, test := range []struct {
		name  string
		typed map[string]string
		pdf   bool
		again bool
	}{
		{"as it stands", nil, false, false},
		{"by post", map[string]string{"way": "letter"}, true, false},
		{"by post, changed", map[string]string{"way": "letter", "body": "Kom langs."}, true, true},
		{"by e-mail, changed", map[string]string{"way": "email", "body": "Kom langs."}, false, true},
		{"by e-mail, changed in the copy", map[string]string{"way": "email", "letter": "Beste Jan, kom langs."}, false, true},
		{"told, changed", map[string]string{"way": "phone", "body": "Kom langs."}, false, false},
	} {
		d := handlerstest.New(t)
		c := d.Filed(t, withAddress())
		d.Click(t, handlerstest.Officer, &c, workflow.ActionAcknowledge)
		ack := d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), test.typed)
		if !test.pdf && !test.again {
			if ack.Payload != nil {
				t.Errorf("%s: the modal does not close", test.name)
			}
			continue
		}
		view := handlerstest.Updated(t, ack)
		text := handlerstest.JSONOf(t, view)
		if strings.Contains(text, string(cases.LetterPDF)) != test.pdf {
			t.Errorf("%s: offers a PDF: %v", test.name, !test.pdf)
		}
		letter := copiedFrom(t, view)
		if (letter != "") != test.again || test.typed["body"] != "" && test.again && !strings.Contains(letter, test.typed["body"]) {
			t.Errorf("%s: shows %q", test.name, letter)
		}
		if view.Submit != nil {
			handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, view, nil))
		}
		if after := d.Current(t, c.ID); after.Version != c.Version+1 {
			t.Errorf("%s: version %d", test.name, after.Version)
		}
	}
}

// TestLetterForm_sentAgain: a letter that Slack delivers twice is compared with the one
// that was recorded, and not with what the case would make of it now.
func TestLetterForm_sentAgain(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, withAddress())
	d.Click(t, handlerstest.Officer, &c, workflow.ActionProgress)
	view := d.Screen.LastModal(t)
	for range 2 {
		handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, view, nil))
	}
	changed := map[string]string{"way": "email", "body": "Kom langs."}
	c = d.Current(t, c.ID)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionProgress)
	view = d.Screen.LastModal(t)
	first := copiedFrom(t, handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, view, changed)))
	again := copiedFrom(t, handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, view, changed)))
	if again != first || !strings.Contains(first, "Kom langs.") {
		t.Errorf("first\n%s\n--- then\n%s", first, again)
	}
}

// TestLetterForm_ownTemplateOfTheDecision: a firm's own confirmation may tell the
// outcome outside the officer's text, and is recorded with it.
func TestLetterForm_ownTemplateOfTheDecision(t *testing.T) {
	d := handlerstest.New(t)
	dir := t.TempDir()
	own := `{{define "subject"}}Besluit {{.Number}}{{end}}{{define "before"}}Besloten: {{.Outcome}}{{end}}{{define "body"}}Dag.{{end}}{{define "after"}}{{end}}`
	if err := os.WriteFile(filepath.Join(dir, "outcome.nl.tmpl"), []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := letters.Load(d.Texts, dir)
	if err != nil {
		t.Fatal(err)
	}
	d.Use(func(c *handlers.Config) { c.Letters = l })
	c := d.Carried(t, handlerstest.Stages()["decided"]...)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionConfirm)
	view := d.Screen.LastModal(t)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, view, nil))
	got := letterIn(t, d, &c)
	if _, outcome, _ := strings.Cut(got, "Besloten: "); len(strings.TrimSpace(outcome)) <= len("Dag.") || !strings.Contains(copiedFrom(t, view), strings.TrimSpace(got)) {
		t.Errorf("the letter is\n%s", got)
	}
}
