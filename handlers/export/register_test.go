package export_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// threeCases is a register with three complaints: an ordinary one, one that
// concerns the officer, and one that concerns the director.
func threeCases(t *testing.T) *handlerstest.Fixture {
	t.Helper()
	d := handlerstest.New(t)
	for gesture, who := range map[string]roster.PersonID{"a": "", "b": handlerstest.Officer, "c": handlerstest.Director} {
		l := handlerstest.PlainFiling()
		l.Particulars.Concerns = who
		l.Particulars.Name = workflow.Confidential("Klager " + strings.ToUpper(gesture))
		if _, err := d.DB.Apply(t.Context(), workflow.Command{Action: l, By: handlerstest.Staff, Gesture: gesture}); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// requestRegister asks for the register with /klacht export and submits the form.
func requestRegister(t *testing.T, d *handlerstest.Fixture, who roster.PersonID, typed map[string]string) core.Ack {
	t.Helper()
	if said := handlerstest.Answer(t, d.Types(t, who, "export")); said != "" {
		t.Fatalf("%s reads %q", who, said)
	}
	return d.Submit(t, who, d.Screen.LastModal(t), typed)
}

// finishExport finishes an export, and returns what is sent and the modal that
// names it.
func finishExport(t *testing.T, d *handlerstest.Fixture, ack core.Ack) (*core.Document, string) {
	t.Helper()
	shown := handlerstest.TextOf(t, handlerstest.Updated(t, ack))
	ack.Then(t.Context())
	waiting := d.Outgoing(t)
	if len(waiting) != 1 {
		t.Fatalf("%d files wait, want 1; direct messages %q", len(waiting), d.Screen.Direct)
	}
	m, _, err := d.Render(t.Context(), waiting[0])
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(shown, m.Document.Name) {
		t.Errorf("the modal does not name %s: %s", m.Document.Name, shown)
	}
	return m.Document, shown
}

// column is a column of a sheet, by its header.
func column(t *testing.T, content []byte, password, sheet, name string) []string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{Password: password})
	if err != nil {
		t.Fatal(err)
	}
	columns, err := f.GetCols(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		if c[0] == name {
			return c[1:]
		}
	}
	return nil
}

func TestRegisterExport_golden(t *testing.T) {
	o := handlerstest.NewLost(t)
	handlerstest.Golden(t, "register_export.nl", handlerOf(o).RegisterForm(handlerstest.GestureOf(t, o, handlerstest.Officer)))
	handlerstest.Golden(t, "register_export.en", handlerOf(o).RegisterForm(handlerstest.GestureOf(t, o, handlerstest.English)))
	handlerstest.Golden(t, "register_export-director.nl", handlerOf(o).RegisterForm(handlerstest.GestureOf(t, o, handlerstest.Director)))
	handlerstest.Golden(t, "register_export-passphrase.nl", handlerOf(o).RegisterView(handlerstest.GestureOf(t, o, handlerstest.Officer), "klachtenregister-2026-11-23.xlsx", "AAA-CCC-DDD-EEE-FFF-HHH"))
	handlerstest.Golden(t, "register_export-coming.nl", handlerOf(o).RegisterView(handlerstest.GestureOf(t, o, handlerstest.Director), "klachtenregister-2026-11-23.csv", ""))
}

// TestRegisterExport_leavesOutWhoComplained: an officer gets every case but
// those that concern them, in order, without who complained and without a
// passphrase.
func TestRegisterExport_leavesOutWhoComplained(t *testing.T) {
	d := threeCases(t)
	doc, shown := finishExport(t, d, requestRegister(t, d, handlerstest.Officer, nil))
	if doc.Name != "klachtenregister-"+d.Today().String()+".xlsx" || handlerstest.PassphraseForm.MatchString(shown) {
		t.Errorf("%s comes with %s", doc.Name, shown)
	}
	if got := column(t, doc.Content, "", "Klachten", "Nummer"); !slices.Equal(got, []string{"K-2026-0001", "V-2026-0001"}) && !slices.Equal(got, []string{"K-2026-0001", "V-2026-0002"}) {
		t.Errorf("cases %v", got)
	}
	if got := column(t, doc.Content, "", "Klachten", "Naam"); got != nil {
		t.Errorf("names %v", got)
	}
	if got := column(t, doc.Content, "", "Termijnen", "Nummer"); len(got) < 4 {
		t.Errorf("promises of %v", got)
	}
}

// TestRegisterExport_encryptsIdentity: an officer who asks for it gets who
// complained, in a file that opens with the passphrase on the screen, which
// stands nowhere else.
func TestRegisterExport_encryptsIdentity(t *testing.T) {
	d := threeCases(t)
	ack := requestRegister(t, d, handlerstest.Deputy, map[string]string{"identity": "included"})
	doc, shown := finishExport(t, d, ack)
	passphrase := handlerstest.PassphraseForm.FindString(shown)
	if passphrase == "" {
		t.Fatalf("no passphrase: %s", shown)
	}
	names := column(t, doc.Content, passphrase, "Klachten", "Naam")
	slices.Sort(names)
	if !slices.Equal(names, []string{"Klager A", "Klager B", "Klager C"}) {
		t.Errorf("names %v", names)
	}
	if _, err := excelize.OpenReader(bytes.NewReader(doc.Content), excelize.Options{Password: "AAA"}); err == nil {
		t.Error("opens without the passphrase")
	}
	said := doc.Comment + doc.Name + d.Written.String() + strings.Join(d.Screen.Direct, "")
	if strings.Contains(said, passphrase) || bytes.Contains(doc.Content, []byte("Klager")) {
		t.Error("the passphrase, or a name, stands where it must not")
	}
}

// TestRegisterExport_givesDirectorsNoNamesOrDates: nor a case that concerns
// them, whatever they send in.
func TestRegisterExport_givesDirectorsNoNamesOrDates(t *testing.T) {
	d := threeCases(t)
	ack := requestRegister(t, d, handlerstest.Director, nil)
	if strings.Contains(handlerstest.TextOf(t, d.Screen.LastModal(t)), `"identity"`) {
		t.Error("a director is offered identity")
	}
	doc, _ := finishExport(t, d, ack)
	if got := column(t, doc.Content, "", "Klachten", "Nummer"); len(got) != 2 {
		t.Errorf("cases %v", got)
	}
	for _, name := range []string{"Naam", "Ontvangen", "Status"} {
		if column(t, doc.Content, "", "Klachten", name) != nil {
			t.Errorf("a director reads %s", name)
		}
	}
	d.Types(t, handlerstest.Officer, "export")
	forged := d.Submit(t, handlerstest.Director, d.Screen.LastModal(t), map[string]string{"identity": "included"})
	if len(handlerstest.FieldErrors(forged)) == 0 || forged.Then != nil {
		t.Error("a forged form was taken")
	}
}

// TestRegisterExport_asCSVHasNoIdentity: without who complained; with it, an
// error at the field.
func TestRegisterExport_asCSVHasNoIdentity(t *testing.T) {
	d := threeCases(t)
	ack := requestRegister(t, d, handlerstest.Officer, map[string]string{"format": "csv", "identity": "included"})
	if errs := handlerstest.FieldErrors(ack); errs["format"] == "" || len(errs) != 1 || ack.Then != nil {
		t.Errorf("errors %v", errs)
	}
	doc, _ := finishExport(t, d, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), map[string]string{"format": "csv"}))
	if !strings.HasSuffix(doc.Name, ".csv") || !strings.HasPrefix(string(doc.Content), "\ufeffNummer;") || strings.Contains(string(doc.Content), "Klager") {
		t.Errorf("%s: %.80s", doc.Name, doc.Content)
	}
}

// TestRegisterExport_goesByTheDayOfReceipt: a button may bring the period
// along; what is no period is everything.
func TestRegisterExport_goesByTheDayOfReceipt(t *testing.T) {
	for period, want := range map[string]int{"all": 2, "2026": 2, "2026-Q4": 2, "2026-Q3": 0, "2025": 0} {
		d := threeCases(t)
		doc, _ := finishExport(t, d, requestRegister(t, d, handlerstest.Officer, map[string]string{"period": period}))
		if got := column(t, doc.Content, "", "Klachten", "Nummer"); len(got) != want {
			t.Errorf("%s: cases %v", period, got)
		}
	}
	d := threeCases(t)
	for value, want := range map[string]string{"2019-Q2": "2019-Q2", "2026-Q3": "2026-Q3", "": "all", "else": "all"} {
		d.Clicks(t, handlerstest.Director, "register_export", value, incoming.View{})
		in := handlerstest.Submit(t, d.Screen.LastModal(t), handlerstest.Director, nil)
		if got := kit.ValuesOf(in.View).Choice("period"); got != want {
			t.Errorf("a button of %q stands on %q", value, got)
		}
	}
	ack := d.Submit(t, handlerstest.Director, d.Screen.LastModal(t), map[string]string{"period": "2026-Q5"})
	if handlerstest.FieldErrors(ack)["period"] == "" {
		t.Error("a quarter that does not exist is taken")
	}
}

// TestRegisterExport_isForWhoHasARole: others read a sentence and see no form; a
// forged one is refused.
func TestRegisterExport_isForWhoHasARole(t *testing.T) {
	d := threeCases(t)
	d.Types(t, handlerstest.Officer, "export")
	form := d.Screen.LastModal(t)
	d.Screen.Modals = nil
	if said := handlerstest.Answer(t, d.Types(t, handlerstest.Staff, "export")); said != "Alleen klachtverantwoordelijken en directie kunnen exporteren." {
		t.Errorf("staff reads %q", said)
	}
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Guest, handlerstest.Gone, handlerstest.Stranger} {
		if said := handlerstest.Answer(t, d.Types(t, who, "export")); said == "" || len(d.Screen.Modals) > 0 {
			t.Errorf("%s reads %q, %d modals", who, said, len(d.Screen.Modals))
		}
		if ack := d.Submit(t, who, form, nil); len(handlerstest.FieldErrors(ack)) == 0 || ack.Then != nil {
			t.Errorf("%s: a forged form was taken", who)
		}
	}
}

// TestRegisterExport_redeliveryMakesNoSecond: a submission that comes twice
// makes one file, and puts nothing in the place of the passphrase.
func TestRegisterExport_redeliveryMakesNoSecond(t *testing.T) {
	d := threeCases(t)
	d.Types(t, handlerstest.Officer, "export")
	form := d.Screen.LastModal(t)
	first := d.Submit(t, handlerstest.Officer, form, map[string]string{"identity": "included"})
	again := d.Submit(t, handlerstest.Officer, form, map[string]string{"identity": "included"})
	if again.Then != nil || handlerstest.FieldErrors(again)["format"] == "" {
		t.Errorf("the second time: %v", handlerstest.FieldErrors(again))
	}
	finishExport(t, d, first)
}

// TestRegisterExport_leavesALineFirst: when the chain can't be written, nothing
// is read or shown.
func TestRegisterExport_leavesALineFirst(t *testing.T) {
	d := threeCases(t)
	d.Types(t, handlerstest.Officer, "export")
	form := d.Screen.LastModal(t)
	if err := d.DB.Close(); err != nil {
		t.Fatal(err)
	}
	ack := d.Submit(t, handlerstest.Officer, form, map[string]string{"identity": "included"})
	if ack.Then != nil || handlerstest.PassphraseForm.MatchString(handlerstest.TextOf(t, ack.Payload)) || len(handlerstest.FieldErrors(ack)) == 0 {
		t.Errorf("goes on without a line: %v", handlerstest.FieldErrors(ack))
	}
}

// endless is a register that is larger than a file may be: by cases, or by what
// stands in them.
type endless struct{ lesson string }

func (e endless) Register(_ context.Context, _ calendar.Date, _ []roster.PersonID, f func(workflow.Complaint) error) error {
	for i := 0; ; i++ {
		c := workflow.Complaint{Number: "K-2026-0001", Facts: workflow.Facts{Received: calendar.NewDate(2026, 11, 1)}}
		c.Decision.Lesson = e.lesson
		if err := f(c); err != nil || e.lesson != "" && i == export.MaxFile/len(e.lesson) {
			return err
		}
	}
}

func (e endless) RegisterWithIdentity(ctx context.Context, last calendar.Date, without []roster.PersonID, f func(workflow.Complaint) error) error {
	return e.Register(ctx, last, without, f)
}

// TestRegisterExport_saysThatItIsTooLarge: the person reads it where they wait
// for the file.
func TestRegisterExport_saysThatItIsTooLarge(t *testing.T) {
	for _, e := range []endless{{}, {lesson: strings.Repeat("a", 3000)}} {
		d := handlerstest.New(t)
		d.Use(func(c *handlers.Config) { c.Registers = e })
		ack := requestRegister(t, d, handlerstest.Officer, map[string]string{"format": "csv"})
		handlerstest.Updated(t, ack)
		ack.Then(t.Context())
		if len(d.Screen.Direct) != 1 || !strings.Contains(d.Screen.Direct[0], "klachtbot export") {
			t.Errorf("direct messages %q", d.Screen.Direct)
		}
		if n := len(d.Outgoing(t)); n != 0 {
			t.Errorf("%d files", n)
		}
	}
}

// TestRegisterExport_isWithdrawnWhenACaseConcernsWhoAsked: a case was found to
// concern the officer while the file was being made. It is not sent, and the
// officer may ask anew.
func TestRegisterExport_isWithdrawnWhenACaseConcernsWhoAsked(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.PlainFiling())
	ack := requestRegister(t, d, handlerstest.Officer, nil)
	about := handlerstest.PlainFiling()
	about.Particulars.Concerns = handlerstest.Officer
	if _, err := d.DB.Apply(t.Context(), workflow.Command{
		Case: c.ID, By: handlerstest.Deputy, Gesture: "correct", Action: workflow.Correct{File: about, Reason: "Het gaat over haar."},
	}); err != nil {
		t.Fatal(err)
	}
	ack.Then(t.Context())
	if len(d.Screen.Direct) != 1 || !strings.Contains(d.Screen.Direct[0], "opnieuw") || strings.Contains(d.Screen.Direct[0], c.Number) {
		t.Errorf("direct messages %q", d.Screen.Direct)
	}
	doc, _ := finishExport(t, d, requestRegister(t, d, handlerstest.Officer, nil))
	if got := column(t, doc.Content, "", "Klachten", "Nummer"); len(got) != 0 {
		t.Errorf("cases %v", got)
	}
}

func TestBounded_takesNoMoreThanItsBytes(t *testing.T) {
	var b bytes.Buffer
	w := export.Bounded(&b, 3)
	if _, err := w.Write([]byte("abc")); err != nil {
		t.Error(err)
	}
	if _, err := w.Write([]byte("d")); !errors.Is(err, export.ErrTooLarge) || b.String() != "abc" {
		t.Errorf("%q, %v", b.String(), err)
	}
}
