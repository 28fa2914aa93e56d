package handlers

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/intake"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// aLog is a complaint as staff would log it, with everything filled in.
func aLog() workflow.File {
	return workflow.File{
		Facts: workflow.Facts{
			Received: calendar.NewDate(2026, 11, 20), Incident: calendar.NewDate(2026, 11, 18),
			ReceivedVia: workflow.WayPhone, ComplainantKind: "participant", OfferingKind: "course",
			OfferingName: "Basiscursus <!channel>", Category: "trainer",
			Preferred: workflow.ContactEmail, Language: "nl",
		},
		Particulars: workflow.Particulars{
			Name: "Klaas Klager", Email: "klaas@klager.example", Story: "De trainer kwam niet.",
		},
	}
}

// logged is what the rules make of a log by staff.
func logged(t *testing.T, o office, number string, a workflow.File, by roster.PersonID, now time.Time) workflow.Complaint {
	t.Helper()
	change, err := o.Policy.Step(workflow.Complaint{}, a, by, now)
	if err != nil {
		t.Fatal(err)
	}
	c := change.Complaint
	c.ID, c.Number = workflow.CaseID("id-"+strings.ToLower(number)), number
	return c
}

// as is a gesture of that person.
func (o office) as(t *testing.T, who roster.PersonID) core.Gesture {
	t.Helper()
	g := core.Gesture{Trigger: "trigger"}
	if err := o.Admit(t.Context(), &g, who); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestLogViewGolden(t *testing.T) {
	o := newOffice(t, noRegister{})
	golden(t, "log.nl", o.FilingView(o.Texts.In("nl"), o.NewComplaint()))
	golden(t, "log.en", o.FilingView(o.Texts.In("en"), o.NewComplaint()))
	golden(t, "log_cut.nl", o.FilingView(o.Texts.In("nl"), intake.Prefill{StoryFields: intake.StoryFields{Story: "Eerste deel", More: "Tweede deel", Cut: true}, Facts: o.NewComplaint().Facts, Particulars: workflow.Particulars{}}))
}

func TestLogViewHasTheContractsInputs(t *testing.T) {
	o := newOffice(t, noRegister{})
	want := strings.Fields(`complainant_name* complainant_kind* email phone address preferred_contact* offering_kind*
		offering_name* category* received_date* received_via* incident_date description* description_more
		desired_outcome concerns_user language* attachments`)
	var got []string
	for _, b := range o.FilingView(o.Texts.In("nl"), o.NewComplaint()).Blocks.BlockSet {
		in, ok := b.(*slack.InputBlock)
		if !ok {
			continue
		}
		id := in.BlockID
		if !in.Optional {
			id += "*"
		}
		got = append(got, id)
		if raw, err := json.Marshal(in.Element); err != nil || !strings.Contains(string(raw), `"action_id":"value"`) {
			t.Errorf("%s: the action id is not value (%v)", id, err)
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("inputs\n got %v\nwant %v", got, want)
	}
}

func TestLoggedViewGolden(t *testing.T) {
	o := newOffice(t, noRegister{})
	late := aLog()
	late.Facts.Received, late.Facts.Incident = calendar.NewDate(2026, 11, 2), calendar.NewDate(2026, 10, 1)
	about := aLog()
	about.Particulars.Concerns = officer
	nobody := logged(t, o, "V-2026-0002", about, staff, monday)
	nobody.Owner = ""
	for name, test := range map[string]struct {
		c   workflow.Complaint
		who roster.PersonID
	}{
		"logged.nl":           {logged(t, o, "K-2026-0001", aLog(), staff, monday), staff},
		"logged.en":           {logged(t, o, "K-2026-0001", aLog(), english, monday), english},
		"logged_late.nl":      {logged(t, o, "K-2026-0001", late, staff, monday), staff},
		"logged_late.en":      {logged(t, o, "K-2026-0001", late, english, monday), english},
		"logged_guarded.nl":   {logged(t, o, "V-2026-0001", about, staff, monday), staff},
		"logged_concerned.nl": {logged(t, o, "V-2026-0001", about, officer, monday), officer},
		"logged_nobody.nl":    {nobody, staff},
	} {
		golden(t, name, o.FiledView(t.Context(), o.as(t, test.who), &test.c, test.c.Particulars.Concerns))
	}
}

// TestLoggedViewKeepsAConcernedLoggerOut looks at every word of the view, and
// also at one made from a case without its particulars.
func TestLoggedViewKeepsAConcernedLoggerOut(t *testing.T) {
	o := newOffice(t, noRegister{})
	about := aLog()
	about.Particulars.Concerns = officer
	c := logged(t, o, "V-2026-0001", about, officer, monday)
	bare := c
	bare.Particulars = workflow.Particulars{}
	for _, c := range []workflow.Complaint{c, bare} {
		raw, err := json.Marshal(o.FiledView(t.Context(), o.as(t, officer), &c, officer))
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

func TestClosingViewFitsInAnAck(t *testing.T) {
	o := newOffice(t, noRegister{})
	a := aLog()
	a.Particulars.Story = workflow.Confidential(strings.Repeat("😀", 3000))
	a.Facts.OfferingName = strings.Repeat("&", 200)
	c := logged(t, o, "K-2026-0001", a, staff, monday)
	raw, err := json.Marshal(core.Update(o.FiledView(t.Context(), o.as(t, staff), &c, "")).Payload)
	if err != nil || len(raw) >= 20_000 {
		t.Errorf("%d bytes, %v; an ack takes less than 20 kB", len(raw), err)
	}
}

func TestCardAndListGolden(t *testing.T) {
	o := newOffice(t, noRegister{})
	late := aLog()
	late.Facts.Received = calendar.NewDate(2026, 11, 18)
	late.Facts.Incident = calendar.Date{}
	page := lists.Page{Next: "cursor", Cases: []workflow.Complaint{
		logged(t, o, "K-2026-0001", late, staff, monday),
		logged(t, o, "K-2026-0002", aLog(), staff, monday),
	}}
	page.Cases[0].Owner = deputy // whose name holds markup
	golden(t, "card.nl", o.CardView(t.Context(), o.Texts.In("nl"), &page.Cases[0], staff))
	golden(t, "card.en", o.CardView(t.Context(), o.Texts.In("en"), &page.Cases[1], director))
	golden(t, "list_officer.nl", o.ListView(t.Context(), o.as(t, officer), lookup.Listing{}, page))
	golden(t, "list_director.nl", o.ListView(t.Context(), o.as(t, director), lookup.Listing{}, page))
	golden(t, "list_staff.nl", o.ListView(t.Context(), o.as(t, staff), lookup.Listing{}, page))
	golden(t, "list_empty.en", o.ListView(t.Context(), o.as(t, english), lookup.Listing{}, lists.Page{}))
}

func TestFullListFitsInAModal(t *testing.T) {
	o := newOffice(t, noRegister{})
	page := lists.Page{Next: "cursor"}
	for range lookup.PageSize {
		page.Cases = append(page.Cases, logged(t, o, "K-2026-0001", aLog(), staff, monday))
	}
	view := o.ListView(t.Context(), o.as(t, officer), lookup.Listing{}, page)
	raw, err := json.Marshal(view)
	if err != nil || len(raw) >= 250_000 || len(view.Blocks.BlockSet) > 100 {
		t.Errorf("%d bytes in %d blocks, %v", len(raw), len(view.Blocks.BlockSet), err)
	}
}

func TestListShowsOnlyWhatMayBeKnown(t *testing.T) {
	o := newOffice(t, noRegister{})
	c := logged(t, o, "K-2026-0001", aLog(), staff, monday)
	for _, who := range []roster.PersonID{staff, officer, director} {
		raw, err := json.Marshal(o.ListView(t.Context(), o.as(t, who), lookup.Listing{}, lists.Page{Cases: []workflow.Complaint{c}}))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Contains(string(raw), `"dossier"`), who == officer; got != want {
			t.Errorf("%s: a dossier button: %v, want %v", who, got, want)
		}
		for _, secret := range []string{"Klaas", "klager.example", "kwam niet", "Basiscursus"} {
			if strings.Contains(string(raw), secret) {
				t.Errorf("%s: the list holds %q", who, secret)
			}
		}
	}
}

func TestPromisesInWords(t *testing.T) {
	o := newOffice(t, noRegister{})
	sp, today := o.Texts.In("nl"), o.Today()
	open := func(k workflow.PromiseKind, days int) workflow.Promise {
		return workflow.Promise{Kind: k, Due: today.AddDays(days)}
	}
	kept := open(workflow.PromiseAcknowledgement, -3)
	kept.Kept = workflow.Kept{On: today.AddDays(-5), At: monday}
	for name, test := range map[string]struct {
		promises       []workflow.Promise // the card's line is that of the last
		inList, inCard string
	}{
		"kept": {[]workflow.Promise{kept}, "niets meer te doen", "gedaan op wo 18 november 2026 (uiterlijk vr 20 november 2026)"},
		"the earliest first": {
			[]workflow.Promise{open(workflow.PromiseOutcome, 9), open(workflow.PromiseAcknowledgement, 1)},
			"ontvangst bevestigen uiterlijk di 24 november 2026 (nog 1 dag)", "uiterlijk di 24 november 2026",
		},
		"today": {[]workflow.Promise{kept, open(workflow.PromiseOutcome, 0)}, "uitkomst uiterlijk vandaag, ma 23 november 2026", "uiterlijk ma 23 november 2026"},
		"late": {
			[]workflow.Promise{kept, open(workflow.PromiseOutcome, -2)},
			"*uitkomst had uiterlijk za 21 november 2026 gemoeten* (2 dagen te laat)", "had uiterlijk za 21 november 2026 gemoeten",
		},
	} {
		c := workflow.Complaint{State: workflow.StateReceived, Promises: test.promises}
		if got := o.NextPromise(sp, &c); got != test.inList {
			t.Errorf("%s: the list says %q, want %q", name, got, test.inList)
		}
		if got := o.DueText(sp, test.promises[len(test.promises)-1]); got != test.inCard {
			t.Errorf("%s: the card says %q, want %q", name, got, test.inCard)
		}
	}
}
