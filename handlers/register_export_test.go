package handlers

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"github.com/xuri/excelize/v2"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// threeCases is a desk with three complaints: an ordinary one, one that concerns
// the officer, and one that concerns the director.
func threeCases(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	for gesture, who := range map[string]roster.PersonID{"a": "", "b": officer, "c": director} {
		l := aLog()
		l.Particulars.Concerns = who
		l.Particulars.Name = workflow.Confidential("Klager " + strings.ToUpper(gesture))
		if _, err := d.db.Apply(t.Context(), workflow.Command{Action: l, By: staff, Gesture: gesture}); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// exports asks for the register with /klacht export and submits the form.
func (d *desk) exports(t *testing.T, who roster.PersonID, typed map[string]string) core.Ack {
	t.Helper()
	if said := answer(t, d.types(t, who, "export")); said != "" {
		t.Fatalf("%s reads %q", who, said)
	}
	return d.submit(t, who, d.screen.lastModal(t), typed)
}

// file finishes an export, and returns what is sent and the modal that tells of
// it.
func (d *desk) file(t *testing.T, ack core.Ack) (*core.Document, string) {
	t.Helper()
	shown := textOf(t, updated(t, ack))
	ack.Then(t.Context())
	waiting := d.outgoing(t)
	if len(waiting) != 1 {
		t.Fatalf("%d files wait, want 1; told %q", len(waiting), d.screen.direct)
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

func TestRegisterExportGolden(t *testing.T) {
	o := newOffice(t, noRegister{})
	golden(t, "register_export.nl", o.RegisterForm(o.as(t, officer)))
	golden(t, "register_export.en", o.RegisterForm(o.as(t, english)))
	golden(t, "register_export-director.nl", o.RegisterForm(o.as(t, director)))
	golden(t, "register_export-passphrase.nl", o.RegisterView(o.as(t, officer), "klachtenregister-2026-11-23.xlsx", "AAA-CCC-DDD-EEE-FFF-HHH"))
	golden(t, "register_export-coming.nl", o.RegisterView(o.as(t, director), "klachtenregister-2026-11-23.csv", ""))
}

// TestRegisterExport: an officer gets every case but those that concern them,
// in order, without who complained and without a passphrase.
func TestRegisterExport(t *testing.T) {
	d := threeCases(t)
	doc, shown := d.file(t, d.exports(t, officer, nil))
	if doc.Name != "klachtenregister-"+d.Today().String()+".xlsx" || passphraseForm.MatchString(shown) {
		t.Errorf("%s comes with %s", doc.Name, shown)
	}
	if got := column(t, doc.Content, "", "Zaken", "Nummer"); !slices.Equal(got, []string{"K-2026-0001", "V-2026-0001"}) && !slices.Equal(got, []string{"K-2026-0001", "V-2026-0002"}) {
		t.Errorf("cases %v", got)
	}
	if got := column(t, doc.Content, "", "Zaken", "Naam"); got != nil {
		t.Errorf("names %v", got)
	}
	if got := column(t, doc.Content, "", "Beloften", "Nummer"); len(got) < 4 {
		t.Errorf("promises of %v", got)
	}
}

// TestRegisterExportWithIdentity: an officer who asks for it gets who complained,
// in a file that opens with the passphrase on the screen, which stands nowhere
// else.
func TestRegisterExportWithIdentity(t *testing.T) {
	d := threeCases(t)
	ack := d.exports(t, deputy, map[string]string{"identity": "included"})
	doc, shown := d.file(t, ack)
	passphrase := passphraseForm.FindString(shown)
	if passphrase == "" {
		t.Fatalf("no passphrase: %s", shown)
	}
	names := column(t, doc.Content, passphrase, "Zaken", "Naam")
	slices.Sort(names)
	if !slices.Equal(names, []string{"Klager A", "Klager B", "Klager C"}) {
		t.Errorf("names %v", names)
	}
	if _, err := excelize.OpenReader(bytes.NewReader(doc.Content), excelize.Options{Password: "AAA"}); err == nil {
		t.Error("opens without the passphrase")
	}
	said := doc.Comment + doc.Name + d.log.String() + strings.Join(d.screen.direct, "")
	if strings.Contains(said, passphrase) || bytes.Contains(doc.Content, []byte("Klager")) {
		t.Error("the passphrase, or a name, stands where it must not")
	}
}

// TestRegisterExportForDirectors has no case that concerns them, nobody who
// complained and no date of a case, whatever they send in.
func TestRegisterExportForDirectors(t *testing.T) {
	d := threeCases(t)
	ack := d.exports(t, director, nil)
	if strings.Contains(textOf(t, d.screen.lastModal(t)), `"identity"`) {
		t.Error("a director is offered identity")
	}
	doc, _ := d.file(t, ack)
	if got := column(t, doc.Content, "", "Zaken", "Nummer"); len(got) != 2 {
		t.Errorf("cases %v", got)
	}
	for _, name := range []string{"Naam", "Ontvangen", "Status"} {
		if column(t, doc.Content, "", "Zaken", name) != nil {
			t.Errorf("a director reads %s", name)
		}
	}
	d.types(t, officer, "export")
	forged := d.submit(t, director, d.screen.lastModal(t), map[string]string{"identity": "included"})
	if len(fieldErrors(forged)) == 0 || forged.Then != nil {
		t.Error("a forged form was taken")
	}
}

// TestRegisterExportAsCSV: without who complained; with it, an error at the
// field.
func TestRegisterExportAsCSV(t *testing.T) {
	d := threeCases(t)
	ack := d.exports(t, officer, map[string]string{"format": "csv", "identity": "included"})
	if errs := fieldErrors(ack); errs["format"] == "" || len(errs) != 1 || ack.Then != nil {
		t.Errorf("errors %v", errs)
	}
	doc, _ := d.file(t, d.submit(t, officer, d.screen.lastModal(t), map[string]string{"format": "csv"}))
	if !strings.HasSuffix(doc.Name, ".csv") || !strings.HasPrefix(string(doc.Content), "\ufeffNummer;") || strings.Contains(string(doc.Content), "Klager") {
		t.Errorf("%s: %.80s", doc.Name, doc.Content)
	}
}

// TestRegisterExportOfAPeriod goes by the day of receipt. A button may bring the
// period along; what is no period is everything.
func TestRegisterExportOfAPeriod(t *testing.T) {
	for period, want := range map[string]int{"all": 2, "2026": 2, "2026-Q4": 2, "2026-Q3": 0, "2025": 0} {
		d := threeCases(t)
		doc, _ := d.file(t, d.exports(t, officer, map[string]string{"period": period}))
		if got := column(t, doc.Content, "", "Zaken", "Nummer"); len(got) != want {
			t.Errorf("%s: cases %v", period, got)
		}
	}
	d := threeCases(t)
	for value, want := range map[string]string{"2019-Q2": "2019-Q2", "2026-Q3": "2026-Q3", "": "all", "else": "all"} {
		d.office.clicks(t, director, "register_export", value, slack.View{})
		in := submit(t, d.screen.lastModal(t), director, nil)
		if got := kit.ValuesOf(in.View).Choice("period"); got != want {
			t.Errorf("a button of %q stands on %q", value, got)
		}
	}
	ack := d.submit(t, director, d.screen.lastModal(t), map[string]string{"period": "2026-Q5"})
	if fieldErrors(ack)["period"] == "" {
		t.Error("a quarter that does not exist is taken")
	}
}

// TestRegisterExportIsForWhoHasARole: others read a sentence and see no form; a
// forged one is refused.
func TestRegisterExportIsForWhoHasARole(t *testing.T) {
	d := threeCases(t)
	d.types(t, officer, "export")
	form := d.screen.lastModal(t)
	d.screen.modals = nil
	for _, who := range []roster.PersonID{staff, guest, gone, stranger} {
		if said := answer(t, d.types(t, who, "export")); said == "" || len(d.screen.modals) > 0 {
			t.Errorf("%s reads %q, %d modals", who, said, len(d.screen.modals))
		}
		if ack := d.submit(t, who, form, nil); len(fieldErrors(ack)) == 0 || ack.Then != nil {
			t.Errorf("%s: a forged form was taken", who)
		}
	}
}

// TestRegisterExportOfOneSubmission: a submission that comes twice makes one
// file, and puts nothing in the place of the passphrase.
func TestRegisterExportOfOneSubmission(t *testing.T) {
	d := threeCases(t)
	d.types(t, officer, "export")
	form := d.screen.lastModal(t)
	first := d.submit(t, officer, form, map[string]string{"identity": "included"})
	again := d.submit(t, officer, form, map[string]string{"identity": "included"})
	if again.Then != nil || fieldErrors(again)["format"] == "" {
		t.Errorf("the second time: %v", fieldErrors(again))
	}
	d.file(t, first)
}

// TestRegisterExportLeavesALineFirst: when the chain can't be written, nothing is
// read or shown.
func TestRegisterExportLeavesALineFirst(t *testing.T) {
	d := threeCases(t)
	d.types(t, officer, "export")
	form := d.screen.lastModal(t)
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	ack := d.submit(t, officer, form, map[string]string{"identity": "included"})
	if ack.Then != nil || passphraseForm.MatchString(textOf(t, ack.Payload)) || len(fieldErrors(ack)) == 0 {
		t.Errorf("goes on without a line: %v", fieldErrors(ack))
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

// TestRegisterTooLargeForSlack: the person reads it where they wait for the
// file.
func TestRegisterTooLargeForSlack(t *testing.T) {
	for _, e := range []endless{{}, {strings.Repeat("a", 3000)}} {
		d := newDesk(t)
		d.Registers = e
		ack := d.exports(t, officer, map[string]string{"format": "csv"})
		updated(t, ack)
		ack.Then(t.Context())
		if len(d.screen.direct) != 1 || !strings.Contains(d.screen.direct[0], "klachtbot export") {
			t.Errorf("told %q", d.screen.direct)
		}
		if n := len(d.outgoing(t)); n != 0 {
			t.Errorf("%d files", n)
		}
	}
}

// TestRegisterThatChangedMeanwhile: a case was found to concern the officer while
// the file was being made. It is not sent, and the officer may ask anew.
func TestRegisterThatChangedMeanwhile(t *testing.T) {
	d := newDesk(t)
	c := d.logged(t, aLog())
	ack := d.exports(t, officer, nil)
	about := aLog()
	about.Particulars.Concerns = officer
	if _, err := d.db.Apply(t.Context(), workflow.Command{
		Case: c.ID, By: deputy, Gesture: "correct", Action: workflow.Correct{File: about, Reason: "Het gaat over haar."},
	}); err != nil {
		t.Fatal(err)
	}
	ack.Then(t.Context())
	if len(d.screen.direct) != 1 || !strings.Contains(d.screen.direct[0], "opnieuw") || strings.Contains(d.screen.direct[0], c.Number) {
		t.Errorf("told %q", d.screen.direct)
	}
	doc, _ := d.file(t, d.exports(t, officer, nil))
	if got := column(t, doc.Content, "", "Zaken", "Nummer"); len(got) != 0 {
		t.Errorf("cases %v", got)
	}
}

func TestBounded(t *testing.T) {
	var b bytes.Buffer
	w := &export.Bounded{W: &b, Left: 3}
	if _, err := w.Write([]byte("abc")); err != nil {
		t.Error(err)
	}
	if _, err := w.Write([]byte("d")); !errors.Is(err, export.ErrTooLarge) || b.String() != "abc" {
		t.Errorf("%q, %v", b.String(), err)
	}
}
