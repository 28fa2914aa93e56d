package intake_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
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
