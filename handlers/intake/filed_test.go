package intake_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestFiledView_golden(t *testing.T) {
	o := handlerstest.NewLost(t)
	late := handlerstest.PlainFiling()
	late.Facts.Received, late.Facts.Incident = calendar.NewDate(2026, 11, 2), calendar.NewDate(2026, 10, 1)
	about := handlerstest.PlainFiling()
	about.Particulars.Concerns = handlerstest.Officer
	nobody := handlerstest.FiledCase(t, o, "V-2026-0002", about, handlerstest.Staff, handlerstest.Monday)
	nobody.Owner = ""
	for name, test := range map[string]struct {
		c   workflow.Complaint
		who roster.PersonID
	}{
		"filed.nl":           {handlerstest.FiledCase(t, o, "K-2026-0001", handlerstest.PlainFiling(), handlerstest.Staff, handlerstest.Monday), handlerstest.Staff},
		"filed.en":           {handlerstest.FiledCase(t, o, "K-2026-0001", handlerstest.PlainFiling(), handlerstest.English, handlerstest.Monday), handlerstest.English},
		"filed_late.nl":      {handlerstest.FiledCase(t, o, "K-2026-0001", late, handlerstest.Staff, handlerstest.Monday), handlerstest.Staff},
		"filed_late.en":      {handlerstest.FiledCase(t, o, "K-2026-0001", late, handlerstest.English, handlerstest.Monday), handlerstest.English},
		"filed_guarded.nl":   {handlerstest.FiledCase(t, o, "V-2026-0001", about, handlerstest.Staff, handlerstest.Monday), handlerstest.Staff},
		"filed_concerned.nl": {handlerstest.FiledCase(t, o, "V-2026-0001", about, handlerstest.Officer, handlerstest.Monday), handlerstest.Officer},
		"filed_nobody.nl":    {nobody, handlerstest.Staff},
	} {
		handlerstest.Golden(t, name, handlerOf(o).FiledView(t.Context(), handlerstest.GestureOf(t, o, test.who), &test.c, workflow.File{Particulars: test.c.Particulars}))
	}
}

// TestFiledView_hidesTheCaseFromWhomItConcerns reads every word of the view, and
// also at one made from a case without its particulars.
func TestFiledView_hidesTheCaseFromWhomItConcerns(t *testing.T) {
	o := handlerstest.NewLost(t)
	about := handlerstest.PlainFiling()
	about.Particulars.Concerns = handlerstest.Officer
	c := handlerstest.FiledCase(t, o, "V-2026-0001", about, handlerstest.Officer, handlerstest.Monday)
	bare := c
	bare.Particulars = workflow.Particulars{}
	for _, c := range []workflow.Complaint{c, bare} {
		raw, err := json.Marshal(handlerOf(o).FiledView(t.Context(), handlerstest.GestureOf(t, o, handlerstest.Officer), &c, about))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"V-2026", "Petra", "november", "id-v"} {
			if strings.Contains(string(raw), secret) {
				t.Errorf("the view holds %q", secret)
			}
		}
	}
}

func TestFiledView_fitsAnAck(t *testing.T) {
	o := handlerstest.NewLost(t)
	a := handlerstest.PlainFiling()
	a.Particulars.Story = workflow.Confidential(strings.Repeat("😀", 3000))
	a.Facts.OfferingName = strings.Repeat("&", 200)
	c := handlerstest.FiledCase(t, o, "K-2026-0001", a, handlerstest.Staff, handlerstest.Monday)
	raw, err := json.Marshal(core.Update(handlerOf(o).FiledView(t.Context(), handlerstest.GestureOf(t, o, handlerstest.Staff), &c, workflow.File{})).Payload)
	if err != nil || len(raw) >= 20_000 {
		t.Errorf("%d bytes, %v; an ack takes less than 20 kB", len(raw), err)
	}
}

func TestFiledView_namesTheOutsideContact(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Policy.Roster = roster.Roster{Officers: []roster.PersonID{handlerstest.Officer}}
	c := handlerstest.FiledCase(t, o, "V-2026-0001", workflow.File{Facts: handlerstest.PlainFiling().Facts, Particulars: workflow.Particulars{
		Name: "Klaas", Email: "klaas@klager.example", Story: "x", Concerns: handlerstest.Officer,
	}}, handlerstest.Staff, handlerstest.Monday)
	if got := handlerstest.TextOf(t, handlerOf(o).FiledView(t.Context(), handlerstest.GestureOf(t, o, handlerstest.Staff), &c, workflow.File{Particulars: c.Particulars})); !strings.Contains(got, "Anna Smit") {
		t.Errorf("the view does not name the contact outside: %s", got)
	}
}

func TestFiledView_saysThatItWasFiledLate(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	ack := o.FilesComplaint(t, handlerstest.Staff, map[string]string{"received_date": o.Today().AddDays(-10).String(), "incident_date": o.Today().AddDays(-30).String()})
	for _, want := range []string{"Te laat geregistreerd", "meer dan 14 dagen na de gebeurtenis"} {
		if !strings.Contains(handlerstest.TextOf(t, ack.Payload), want) {
			t.Errorf("the closing view lacks %q", want)
		}
	}
}

// filedUrgent is what staff read after filing something that can't wait.
func filedUrgent(t *testing.T, confidant string, changes map[string]string) (*handlerstest.Fixture, slack.ModalViewRequest) {
	t.Helper()
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Env.Firm.Confidant = confidant
	return o, handlerstest.Updated(t, o.FilesComplaint(t, handlerstest.Staff, changes))
}

// TestFiled_saysWhomToRing: whom to call now, by name and number, and of unwanted
// conduct whom the complainant may talk to; nobody tells that person.
func TestFiled_saysWhomToRing(t *testing.T) {
	o, view := filedUrgent(t, "Anna Smit, 06 5550 0199", map[string]string{"urgent": "safety,conduct"})
	handlerstest.Golden(t, "filed_urgent.nl", view)
	c := o.Current(t, caseOf(t, o))
	if calls := c.Calls.Round(); c.Facts.Urgent != "safety conduct" || len(calls) != 1 || len(calls[0].To) != 2 {
		t.Errorf("%q, told %+v", c.Facts.Urgent, calls)
	}
	_, view = filedUrgent(t, "", map[string]string{"urgent": "conduct"})
	if said := handlerstest.TextOf(t, view); !strings.Contains(said, "geen vertrouwenspersoon") || !strings.Contains(said, "Omar Khalil (06 5550 0101)") || strings.Contains(said, "112") {
		t.Errorf("without a confidential adviser: %s", said)
	}
	_, view = filedUrgent(t, "Anna Smit", map[string]string{"urgent": "running_course"})
	if said := handlerstest.TextOf(t, view); strings.Contains(said, "Anna") || !strings.Contains(said, "Bel nu") {
		t.Errorf("of a running course: %s", said)
	}
	_, view = filedUrgent(t, "Anna Smit", nil)
	if said := handlerstest.TextOf(t, view); strings.Contains(said, "Bel nu") || strings.Contains(said, "Anna") {
		t.Errorf("of what can wait: %s", said)
	}
}

// TestFiled_namesNobodyConcerned: of a guarded case its handler alone is to be called,
// and whom it concerns reads no name at all.
func TestFiled_namesNobodyConcerned(t *testing.T) {
	_, view := filedUrgent(t, "Anna Smit", map[string]string{"urgent": "safety", "concerns_user": string(handlerstest.Officer)})
	if said := handlerstest.TextOf(t, view); strings.Contains(said, "Omar") || !strings.Contains(said, "Petra") {
		t.Errorf("about the officer: %s", said)
	}
	_, view = filedUrgent(t, "Anna Smit", map[string]string{"urgent": "safety,conduct", "concerns_user": string(handlerstest.Staff)})
	if said := handlerstest.TextOf(t, view); strings.Contains(said, "Bel nu") || strings.Contains(said, "Omar") || strings.Contains(said, "Anna") {
		t.Errorf("about who logs it: %s", said)
	}
}

// TestFiled_atNightOnlySafetyIsTold: of the rest the reader learns that the message
// goes later, and rings.
func TestFiled_atNightOnlySafetyIsTold(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Clock = o.Clock.Add(12 * time.Hour)
	said := handlerstest.TextOf(t, handlerstest.Updated(t, o.FilesComplaint(t, handlerstest.Staff, map[string]string{"urgent": "conduct"})))
	if !strings.Contains(said, "binnen kantoortijd") {
		t.Errorf("at night: %s", said)
	}
}

func caseOf(t *testing.T, o *handlerstest.Fixture) workflow.CaseID {
	t.Helper()
	page, err := o.Config.Lister.List(t.Context(), lists.Query{Viewer: handlerstest.Officer})
	if err != nil || len(page.Cases) == 0 {
		t.Fatalf("%d cases, %v", len(page.Cases), err)
	}
	return page.Cases[0].ID
}
