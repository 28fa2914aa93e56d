package handlers_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/intake"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// gestureOf is a gesture of that person.
func gestureOf(t *testing.T, o *handlerstest.Fixture, who roster.PersonID) core.Gesture {
	t.Helper()
	g := core.Gesture{Trigger: "trigger"}
	if err := o.Admit(t.Context(), &g, who); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestLogViewGolden(t *testing.T) {
	o := handlerstest.NewLost(t)
	handlerstest.Golden(t, "log.nl", o.FilingView(o.Texts.In("nl"), o.NewComplaint()))
	handlerstest.Golden(t, "log.en", o.FilingView(o.Texts.In("en"), o.NewComplaint()))
	handlerstest.Golden(t, "log_cut.nl", o.FilingView(o.Texts.In("nl"), intake.Prefill{StoryFields: intake.StoryFields{Story: "Eerste deel", More: "Tweede deel", Cut: true}, Facts: o.NewComplaint().Facts, Particulars: workflow.Particulars{}}))
}

func TestLogViewHasTheContractsInputs(t *testing.T) {
	o := handlerstest.NewLost(t)
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
	o := handlerstest.NewLost(t)
	late := handlerstest.PlainFiling()
	late.Facts.Received, late.Facts.Incident = calendar.NewDate(2026, 11, 2), calendar.NewDate(2026, 10, 1)
	about := handlerstest.PlainFiling()
	about.Particulars.Concerns = handlerstest.Officer
	nobody := handlerstest.Logged(t, o, "V-2026-0002", about, handlerstest.Staff, handlerstest.Monday)
	nobody.Owner = ""
	for name, test := range map[string]struct {
		c   workflow.Complaint
		who roster.PersonID
	}{
		"logged.nl":           {handlerstest.Logged(t, o, "K-2026-0001", handlerstest.PlainFiling(), handlerstest.Staff, handlerstest.Monday), handlerstest.Staff},
		"logged.en":           {handlerstest.Logged(t, o, "K-2026-0001", handlerstest.PlainFiling(), handlerstest.English, handlerstest.Monday), handlerstest.English},
		"logged_late.nl":      {handlerstest.Logged(t, o, "K-2026-0001", late, handlerstest.Staff, handlerstest.Monday), handlerstest.Staff},
		"logged_late.en":      {handlerstest.Logged(t, o, "K-2026-0001", late, handlerstest.English, handlerstest.Monday), handlerstest.English},
		"logged_guarded.nl":   {handlerstest.Logged(t, o, "V-2026-0001", about, handlerstest.Staff, handlerstest.Monday), handlerstest.Staff},
		"logged_concerned.nl": {handlerstest.Logged(t, o, "V-2026-0001", about, handlerstest.Officer, handlerstest.Monday), handlerstest.Officer},
		"logged_nobody.nl":    {nobody, handlerstest.Staff},
	} {
		handlerstest.Golden(t, name, o.FiledView(t.Context(), gestureOf(t, o, test.who), &test.c, test.c.Particulars.Concerns))
	}
}

// TestLoggedViewKeepsAConcernedLoggerOut looks at every word of the view, and
// also at one made from a case without its particulars.
func TestLoggedViewKeepsAConcernedLoggerOut(t *testing.T) {
	o := handlerstest.NewLost(t)
	about := handlerstest.PlainFiling()
	about.Particulars.Concerns = handlerstest.Officer
	c := handlerstest.Logged(t, o, "V-2026-0001", about, handlerstest.Officer, handlerstest.Monday)
	bare := c
	bare.Particulars = workflow.Particulars{}
	for _, c := range []workflow.Complaint{c, bare} {
		raw, err := json.Marshal(o.FiledView(t.Context(), gestureOf(t, o, handlerstest.Officer), &c, handlerstest.Officer))
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
	o := handlerstest.NewLost(t)
	a := handlerstest.PlainFiling()
	a.Particulars.Story = workflow.Confidential(strings.Repeat("😀", 3000))
	a.Facts.OfferingName = strings.Repeat("&", 200)
	c := handlerstest.Logged(t, o, "K-2026-0001", a, handlerstest.Staff, handlerstest.Monday)
	raw, err := json.Marshal(core.Update(o.FiledView(t.Context(), gestureOf(t, o, handlerstest.Staff), &c, "")).Payload)
	if err != nil || len(raw) >= 20_000 {
		t.Errorf("%d bytes, %v; an ack takes less than 20 kB", len(raw), err)
	}
}

func TestCardAndListGolden(t *testing.T) {
	o := handlerstest.NewLost(t)
	late := handlerstest.PlainFiling()
	late.Facts.Received = calendar.NewDate(2026, 11, 18)
	late.Facts.Incident = calendar.Date{}
	page := lists.Page{Next: "cursor", Cases: []workflow.Complaint{
		handlerstest.Logged(t, o, "K-2026-0001", late, handlerstest.Staff, handlerstest.Monday),
		handlerstest.Logged(t, o, "K-2026-0002", handlerstest.PlainFiling(), handlerstest.Staff, handlerstest.Monday),
	}}
	page.Cases[0].Owner = handlerstest.Deputy // whose name holds markup
	handlerstest.Golden(t, "card.nl", o.CardView(t.Context(), o.Texts.In("nl"), &page.Cases[0], handlerstest.Staff))
	handlerstest.Golden(t, "card.en", o.CardView(t.Context(), o.Texts.In("en"), &page.Cases[1], handlerstest.Director))
	handlerstest.Golden(t, "list_officer.nl", o.ListView(t.Context(), gestureOf(t, o, handlerstest.Officer), lookup.Listing{}, page))
	handlerstest.Golden(t, "list_director.nl", o.ListView(t.Context(), gestureOf(t, o, handlerstest.Director), lookup.Listing{}, page))
	handlerstest.Golden(t, "list_staff.nl", o.ListView(t.Context(), gestureOf(t, o, handlerstest.Staff), lookup.Listing{}, page))
	handlerstest.Golden(t, "list_empty.en", o.ListView(t.Context(), gestureOf(t, o, handlerstest.English), lookup.Listing{}, lists.Page{}))
}

func TestFullListFitsInAModal(t *testing.T) {
	o := handlerstest.NewLost(t)
	page := lists.Page{Next: "cursor"}
	for range lookup.PageSize {
		page.Cases = append(page.Cases, handlerstest.Logged(t, o, "K-2026-0001", handlerstest.PlainFiling(), handlerstest.Staff, handlerstest.Monday))
	}
	view := o.ListView(t.Context(), gestureOf(t, o, handlerstest.Officer), lookup.Listing{}, page)
	raw, err := json.Marshal(view)
	if err != nil || len(raw) >= 250_000 || len(view.Blocks.BlockSet) > 100 {
		t.Errorf("%d bytes in %d blocks, %v", len(raw), len(view.Blocks.BlockSet), err)
	}
}

func TestListShowsOnlyWhatMayBeKnown(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Logged(t, o, "K-2026-0001", handlerstest.PlainFiling(), handlerstest.Staff, handlerstest.Monday)
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Officer, handlerstest.Director} {
		raw, err := json.Marshal(o.ListView(t.Context(), gestureOf(t, o, who), lookup.Listing{}, lists.Page{Cases: []workflow.Complaint{c}}))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Contains(string(raw), `"dossier"`), who == handlerstest.Officer; got != want {
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
	o := handlerstest.NewLost(t)
	sp, today := o.Texts.In("nl"), o.Today()
	open := func(k workflow.PromiseKind, days int) workflow.Promise {
		return workflow.Promise{Kind: k, Due: today.AddDays(days)}
	}
	kept := open(workflow.PromiseAcknowledgement, -3)
	kept.Kept = workflow.Kept{On: today.AddDays(-5), At: handlerstest.Monday}
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
