package subject_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	hsubject "github.com/artra/klachtbot/handlers/subject"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/subject"
)

// complaintBy files a complaint of somebody.
func complaintBy(t testing.TB, d *handlerstest.Fixture, gesture string, p workflow.Particulars) workflow.Complaint {
	t.Helper()
	a := handlerstest.PlainFiling()
	p.Story = "De trainer kwam niet."
	a.Particulars, a.Facts.Preferred = p, "" // the only way that was filled in counts
	done, err := d.DB.Apply(t.Context(), workflow.Command{Action: a, By: handlerstest.Staff, Gesture: gesture})
	if err != nil {
		t.Fatal(err)
	}
	return done.Complaint
}

// jan files two complaints of Jan, one of his namesake and one of somebody else.
func jan(t testing.TB, d *handlerstest.Fixture) (first, second, namesake, other workflow.Complaint) {
	t.Helper()
	first = complaintBy(t, d, "g1", workflow.Particulars{Name: "Jan de Vries", Email: "jan@vries.example"})
	second = complaintBy(t, d, "g2", workflow.Particulars{Name: "J. de Vries", Phone: "06 12345678"})
	namesake = complaintBy(t, d, "g3", workflow.Particulars{Name: "Jan de Vries <b>", Email: "anders@vries.example"})
	other = complaintBy(t, d, "g4", workflow.Particulars{Name: "Piet Puk", Email: "piet@puk.example"})
	return first, second, namesake, other
}

// asks types the command, fills in the modal, and returns what is on the screen
// when the search is done.
func asks(t *testing.T, d *handlerstest.Fixture, who roster.PersonID, person, format string) slack.ModalViewRequest {
	t.Helper()
	if said := handlerstest.Answer(t, d.Types(t, who, "inzage")); said != "" {
		t.Fatalf("%s reads %s", who, said)
	}
	ack := d.Submit(t, who, d.Screen.LastModal(t), map[string]string{"person": person, "format": format})
	if searching := handlerstest.Updated(t, ack); slices.ContainsFunc(searching.Blocks.BlockSet, func(b slack.Block) bool { return b.BlockType() == slack.MBTInput }) {
		t.Error("while it searches there is nothing to fill in")
	}
	ack.Then(t.Context())
	return d.Screen.LastModal(t)
}

// ticks sends the choice in.
func ticks(t *testing.T, d *handlerstest.Fixture, who roster.PersonID, view slack.ModalViewRequest, cases ...workflow.Complaint) core.Ack {
	t.Helper()
	var ids []string
	for _, c := range cases {
		ids = append(ids, string(c.ID))
	}
	return d.Submit(t, who, view, map[string]string{"cases": strings.Join(ids, ","), "reason": "Brief van 20 november"})
}

// decrypted decrypts the one document that waits, and renders what goes with it.
func decrypted(t *testing.T, d *handlerstest.Fixture, passphrase string) []byte {
	t.Helper()
	waiting := d.Outgoing(t)
	if len(waiting) != 1 {
		t.Fatalf("%d documents wait, want 1", len(waiting))
	}
	m, _, err := d.Render(t.Context(), waiting[0])
	if err != nil {
		t.Fatal(err)
	}
	if m.Document.Name != "inzage-2026-11-23.pdf" {
		t.Errorf("the file is called %s", m.Document.Name)
	}
	handlerstest.CheckDocument(t, d, m.Document, passphrase)
	var plain bytes.Buffer
	if err := api.Decrypt(bytes.NewReader(m.Document.Content), &plain, model.NewAESConfiguration(passphrase, "", 256)); err != nil {
		t.Fatal(err)
	}
	return plain.Bytes()
}

// TestAccess_handsOutWhatIsTicked: everything of the person is found and
// offered, only what is ticked goes into the document, and every step leaves
// its line.
func TestAccess_handsOutWhatIsTicked(t *testing.T) {
	d := handlerstest.New(t)
	first, second, namesake, other := jan(t, d)
	choice := asks(t, d, handlerstest.Officer, "Jan de Vries\n0612345678", hsubject.AccessPDF)
	shown := handlerstest.TextOf(t, choice)
	for _, c := range []workflow.Complaint{first, second, namesake} {
		if !strings.Contains(shown, c.Number) {
			t.Errorf("%s is not offered", c.Number)
		}
	}
	if strings.Contains(shown, other.Number) || handlerstest.PassphraseForm.MatchString(shown) {
		t.Errorf("the choice shows %s", shown)
	}
	ack := ticks(t, d, handlerstest.Officer, choice, first, second)
	if making := handlerstest.TextOf(t, handlerstest.Updated(t, ack)); handlerstest.PassphraseForm.MatchString(making) {
		t.Error("a passphrase before there is a document")
	}
	ack.Then(t.Context())
	passphrase := handlerstest.PassphraseForm.FindString(handlerstest.TextOf(t, d.Screen.LastModal(t)))
	decrypted(t, d, passphrase)
	for _, c := range []workflow.Complaint{first, second, namesake, other} {
		want := map[workflow.CaseID]int{first.ID: 1, second.ID: 1}[c.ID]
		records, err := d.DB.Records().Dossier(t.Context(), c.ID)
		if err != nil || len(records) != want || want == 1 && records[0].Texts["reason"] != "Brief van 20 november" {
			t.Errorf("%s has %d entries, want %d (%v)", c.Number, len(records), want, err)
		}
	}
	if log := d.Written.String(); strings.Contains(log, passphrase) || strings.Contains(strings.ToLower(log), "vries") {
		t.Error("the log holds the passphrase or a name")
	}
}

// TestAccess_recordsWhoseNamesWereSeen: who is shown the names of complainants
// leaves a line in the journal of each case first.
func TestAccess_recordsWhoseNamesWereSeen(t *testing.T) {
	d := handlerstest.New(t)
	first, _, _, other := jan(t, d)
	looks := &identityLooks{CaseStore: d.DB}
	d.Use(func(c *handlers.Config) { c.Cases = looks })
	asks(t, d, handlerstest.Officer, "jan@vries.example", "")
	if len(looks.at) != 1 || looks.at[0] != first.ID {
		t.Errorf("recorded %v, want %s, not %s", looks.at, first.ID, other.ID)
	}
}

// identityLooks lists the cases whose identity somebody was shown.
type identityLooks struct {
	cases.CaseStore
	at []workflow.CaseID
}

func (l *identityLooks) Apply(ctx context.Context, cmd workflow.Command) (workflow.Result, error) {
	if _, look := cmd.Action.(workflow.LookIdentity); look {
		l.at = append(l.at, cmd.Case)
	}
	return l.CaseStore.Apply(ctx, cmd)
}

// TestAccess_findsNothing: the officer reads so in words that they can use,
// with the form to search again.
func TestAccess_findsNothing(t *testing.T) {
	d := handlerstest.New(t)
	jan(t, d)
	view := asks(t, d, handlerstest.Officer, "niemand@nergens.example", "")
	if got := handlerstest.TextOf(t, view); !strings.Contains(got, "Niets gevonden") || !strings.Contains(got, `"block_id":"person"`) {
		t.Errorf("shows %s", got)
	}
	again := d.Submit(t, handlerstest.Officer, view, map[string]string{"person": "piet@puk.example"})
	again.Then(t.Context())
	if got := handlerstest.TextOf(t, d.Screen.LastModal(t)); !strings.Contains(got, "Piet Puk") {
		t.Errorf("searched again: %s", got)
	}
}

// TestAccess_findsTooMuch: nothing is offered of what is not all there is.
func TestAccess_findsTooMuch(t *testing.T) {
	d := handlerstest.New(t)
	d.Use(func(c *handlers.Config) {
		c.Searcher = foundMatches{Found: make([]subject.Match, subject.MaxMatches), More: true, Searched: 60}
	})
	if got := handlerstest.TextOf(t, asks(t, d, handlerstest.Officer, "de Vries", "")); !strings.Contains(got, "Meer dan 50") || strings.Contains(got, "checkboxes") {
		t.Errorf("shows %s", got)
	}
}

// foundMatches is a register that finds this.
type foundMatches subject.SubjectMatches

func (f foundMatches) SearchSubject(context.Context, subject.SubjectSearch) (subject.SubjectMatches, error) {
	return subject.SubjectMatches(f), nil
}

// TestAccess_showsProgress: a long search says how far it is, not too often.
func TestAccess_showsProgress(t *testing.T) {
	d := handlerstest.New(t)
	d.Use(func(c *handlers.Config) { c.Searcher = slowSearch(1_000_000) })
	asks(t, d, handlerstest.Officer, "de Vries", "")
	said := handlerstest.TextOf(t, d.Screen.Modals)
	if !strings.Contains(said, "5000 klachten bekeken") || len(d.Screen.Modals) > 12 {
		t.Errorf("%d modals", len(d.Screen.Modals))
	}
}

// slowSearch is a register of so many cases, of nobody in particular.
type slowSearch int

func (n slowSearch) SearchSubject(_ context.Context, t subject.SubjectSearch) (subject.SubjectMatches, error) {
	for looked := 200; looked <= int(n); looked += 200 {
		t.Progress(looked)
	}
	return subject.SubjectMatches{Searched: int(n)}, nil
}

// TestAccess_asksForWhom: what could mean anybody is refused at the field,
// with what was typed still there.
func TestAccess_asksForWhom(t *testing.T) {
	d := handlerstest.New(t)
	d.Types(t, handlerstest.Officer, "inzage")
	form := d.Screen.LastModal(t)
	for _, typed := range []string{"x", "12", " \n ", "@", strings.Repeat("Jan Jansen;piet@puk.example;kees@bakker.example;0612345678\n", 1) + "a b;c d;e f;g h;i j;k l;m n"} {
		ack := d.Submit(t, handlerstest.Officer, form, map[string]string{"person": typed})
		if errs := handlerstest.FieldErrors(ack); len(errs) != 1 || errs["person"] == "" || ack.Then != nil {
			t.Errorf("%q: %v", typed, errs)
		}
	}
	jan(t, d)
	choice := asks(t, d, handlerstest.Officer, "de Vries", "")
	if errs := handlerstest.FieldErrors(ticks(t, d, handlerstest.Officer, choice)); errs["cases"] == "" {
		t.Errorf("nothing ticked: %v", errs)
	}
}

// TestAccess_fillsInWhatWasTyped: what is typed behind it stands in the form,
// as it was typed.
func TestAccess_fillsInWhatWasTyped(t *testing.T) {
	d := handlerstest.New(t)
	for text, want := range map[string]string{
		"inzage": "", "Inzage  Jan@Vries.example ": "Jan@Vries.example", "access Jan de Vries": "Jan de Vries", "INZAGE 06-12345678": "06-12345678",
	} {
		d.Types(t, handlerstest.Officer, text)
		var form struct {
			Blocks []struct {
				ID      string `json:"block_id"`
				Element struct {
					Value string `json:"initial_value"`
				} `json:"element"`
			} `json:"blocks"`
		}
		handlerstest.ViaJSON(t, d.Screen.LastModal(t), &form)
		for _, b := range form.Blocks {
			if b.ID == "person" && b.Element.Value != want {
				t.Errorf("%q prefills %q", text, b.Element.Value)
			}
		}
	}
}

// TestAccess_unseenPassphraseSendsNothing: without the passphrase the document
// is worth nothing, and is not sent.
func TestAccess_unseenPassphraseSendsNothing(t *testing.T) {
	d := handlerstest.New(t)
	first, _, _, _ := jan(t, d)
	choice := asks(t, d, handlerstest.Officer, "jan@vries.example", "")
	ack := ticks(t, d, handlerstest.Officer, choice, first)
	d.Slack = &handlerstest.Closing{ScreenSlack: d.Screen}
	ack.Then(t.Context())
	if len(d.Screen.Direct) != 1 || len(d.Outgoing(t)) != 0 {
		t.Errorf("direct messages %q", d.Screen.Direct)
	}
}

// TestAccess_leavesALineFirst: when the journal can't be written, nothing is
// made.
func TestAccess_leavesALineFirst(t *testing.T) {
	d := handlerstest.New(t)
	first, _, _, _ := jan(t, d)
	choice := asks(t, d, handlerstest.Officer, "jan@vries.example", "")
	d.Use(func(c *handlers.Config) { c.Cases = handlerstest.LostRegister{} })
	if ack := ticks(t, d, handlerstest.Officer, choice, first); ack.Then != nil || handlerstest.FieldErrors(ack)["cases"] == "" {
		t.Error("goes on without a line in the journal")
	}
}

// TestAccess_takesTheFilesThatFit: those of notes too; what has no room or is
// not there is counted for the officer, and listed.
func TestAccess_takesTheFilesThatFit(t *testing.T) {
	d := handlerstest.New(t)
	a := handlerstest.PlainFiling()
	a.Attachments = []workflow.Attachment{{File: "F1", Name: "mail.txt"}, {File: "F2", Name: "foto.jpg"}, {File: "F3", Name: "weg.txt"}}
	c := d.Filed(t, a)
	for ordinal, size := range map[int]int{1: 100, 2: workflow.MaxAttached} {
		if err := d.DB.Records().TakeAttachment(t.Context(), c.ID, ordinal, bytes.Repeat([]byte("x"), size)); err != nil {
			t.Fatal(err)
		}
	}
	room := 1000
	held, err := handlerOf(d).Held(t.Context(), c, &room)
	if err != nil || len(held.Files) != 3 || room != 900 {
		t.Fatalf("%d files, room %d, %v", len(held.Files), room, err)
	}
	for i, want := range []struct {
		bytes   int
		tooMuch bool
	}{{100, false}, {0, true}, {0, false}} {
		if f := held.Files[i]; len(f.Bytes) != want.bytes || f.TooMuch != want.tooMuch {
			t.Errorf("file %d: %d bytes, too much %v", i+1, len(f.Bytes), f.TooMuch)
		}
	}
}

// TestAccess_saysThatTheSearchFailed: a search that breaks is said, without
// what was typed.
func TestAccess_saysThatTheSearchFailed(t *testing.T) {
	d := handlerstest.New(t)
	d.Use(func(c *handlers.Config) { c.Searcher = brokenSearch{} })
	view := asks(t, d, handlerstest.Officer, "jan@vries.example", "")
	if got := handlerstest.TextOf(t, view) + d.Written.String(); view.CallbackID != "notice" || strings.Contains(got, "vries") {
		t.Errorf("shows %s", got)
	}
}

type brokenSearch struct{}

func (brokenSearch) SearchSubject(context.Context, subject.SubjectSearch) (subject.SubjectMatches, error) {
	return subject.SubjectMatches{}, errors.New("connection refused")
}

// TestAccess_golden: what officers read, in both languages.
func TestAccess_golden(t *testing.T) {
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English} {
		lang := handlerstest.LanguageOf(who)
		d := handlerstest.New(t)
		jan(t, d)
		d.Types(t, who, "inzage Jan de Vries")
		handlerstest.Golden(t, "access-form."+lang, d.Screen.LastModal(t))
		choice := asks(t, d, who, "Jan de Vries\npiet@puk.example", hsubject.AccessJSON)
		for _, b := range choice.Blocks.BlockSet {
			if in, ok := b.(*slack.InputBlock); ok && in.BlockID == "cases" {
				for i, o := range in.Element.(*slack.CheckboxGroupsBlockElement).Options { // their ids are random
					o.Value = fmt.Sprint("case-", i)
				}
			}
		}
		handlerstest.Golden(t, "access-choice."+lang, choice)
		handlerstest.Golden(t, "access-nothing."+lang, asks(t, d, who, "niemand@nergens.example", ""))
		d.Use(func(c *handlers.Config) {
			c.Searcher = foundMatches{More: true, Searched: 60, Mentions: []string{"K-2026-0007", "K-2026-0003"}}
		})
		handlerstest.Golden(t, "access-many."+lang, asks(t, d, who, "de Vries", ""))
	}
}

// handlerOf is the subject's own part of the fixture.
func handlerOf(f *handlerstest.Fixture) *hsubject.Handler {
	return hsubject.New(cases.NewForms(f.Env, f.Config.Cases), f.Config.Searcher, f.Config.Holdings, f.Config.Documents)
}
