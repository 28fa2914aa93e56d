package handlers_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow"
)

var caseNumber = regexp.MustCompile(`K-\d{4}-\d{4}`)

// TestRegulation_whoMayComplain: participants and customers, of today and to come, by
// telephone, by e-mail or otherwise; each is registered as what they are.
func TestRegulation_whoMayComplain(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	for kind, way := range map[string]string{
		"participant": "phone", "future_participant": "email", "customer": "letter", "future_customer": "in_person",
	} {
		c := filedBySomebody(t, &w, map[string]string{"complainant_kind": kind, "received_via": way})
		if c.Facts.ComplainantKind != kind || string(c.Facts.ReceivedVia) != way || c.State != workflow.StateReceived {
			t.Errorf("%s by %s is registered as %s by %s, %s", kind, way, c.Facts.ComplainantKind, c.Facts.ReceivedVia, c.State)
		}
	}
}

// TestRegulation_everyDiscontent: the form says that every expression of discontent
// counts, and takes one of three words, about nothing in particular, of somebody who
// says neither name nor address.
func TestRegulation_everyDiscontent(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	form := w.Opens(t, handlerstest.Staff, "", "log_complaint")
	if !strings.Contains(strings.ToLower(string(form.Raw)), "elke uiting van onvrede") {
		t.Errorf("the form does not say what counts: %s", form.Raw)
	}
	for _, offering := range []string{"training", "course", "workshop", "masterclass", "other"} {
		c := filedBySomebody(t, &w, map[string]string{
			"complainant_name": "anoniem", "preferred_contact": "none", "email": "", "category": "other",
			"offering_kind": offering, "offering_name": "Open dag", "description": "Het viel tegen.",
		})
		if c.Facts.OfferingKind != offering || c.Particulars.Story.Reveal() != "Het viel tegen." {
			t.Errorf("%s: registered about %s", offering, c.Facts.OfferingKind)
		}
	}
}

// TestRegulation_contactInEveryWay: the officer tells the outcome by telephone, by
// letter, by e-mail or in person, and then the complainant was told.
func TestRegulation_contactInEveryWay(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	officer := w.Sim.As(string(handlerstest.Officer))
	for _, way := range []string{"phone", "letter", "email", "in_person"} {
		c := filedBySomebody(t, &w, nil)
		m, _, err := w.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Case{}})
		if err != nil {
			t.Fatal(err)
		}
		channel, ts := w.Posted(t, handlerstest.Officer, m)
		if err := officer.Click(t.Context(), channel, ts, "resolve", ""); err != nil {
			t.Fatal(err)
		}
		values := resolved()
		values["contact_way"] = way
		got, err := officer.Submit(t.Context(), w.Awaits(t, handlerstest.Officer, "resolve").ID, values)
		if err != nil || len(got.Errors) > 0 {
			t.Fatalf("%s: %+v, %v", way, got, err)
		}
		if c = w.Current(t, c.ID); c.Untold() {
			t.Errorf("by %s: the complainant was not told", way)
		}
		if err := officer.CloseView(t.Context(), w.Awaits(t, handlerstest.Officer, "confirm").ID); err != nil {
			t.Fatal(err)
		}
	}
}

// filedBySomebody files a complaint through the form, and returns it as it is in the
// register.
func filedBySomebody(t *testing.T, w *handlerstest.Workspace, changes map[string]string) workflow.Complaint {
	t.Helper()
	form := w.Opens(t, handlerstest.Staff, "", "log_complaint")
	values := slacksim.Values{}
	for id, v := range handlerstest.FilledIn(changes) {
		values[id] = v
	}
	user := w.Sim.As(string(handlerstest.Staff))
	if got, err := user.Submit(t.Context(), form.ID, values); err != nil || !got.Updated {
		t.Fatalf("%v: %+v, %v", changes, got, err)
	}
	closing := w.Awaits(t, handlerstest.Staff, "logged")
	number := caseNumber.FindString(string(closing.Raw))
	found, _, err := w.DB.Find(t.Context(), workflow.Lookup{Number: number}, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	if err := user.CloseView(t.Context(), closing.ID); err != nil {
		t.Fatal(err)
	}
	return found
}
