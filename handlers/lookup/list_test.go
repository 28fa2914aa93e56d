package lookup_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestList_goldenWithCard(t *testing.T) {
	o := handlerstest.NewLost(t)
	late := handlerstest.PlainFiling()
	late.Facts.Received = calendar.NewDate(2026, 11, 18)
	late.Facts.Incident = calendar.Date{}
	page := lists.Page{Next: "cursor", Cases: []workflow.Complaint{
		handlerstest.FiledCase(t, o, "K-2026-0001", late, handlerstest.Staff, handlerstest.Monday),
		handlerstest.FiledCase(t, o, "K-2026-0002", handlerstest.PlainFiling(), handlerstest.Staff, handlerstest.Monday),
	}}
	page.Cases[0].Owner = handlerstest.Deputy // whose name holds markup
	handlerstest.Golden(t, "card.nl", handlerOf(o).CardView(t.Context(), o.Texts.In("nl"), &page.Cases[0], handlerstest.Staff))
	handlerstest.Golden(t, "card.en", handlerOf(o).CardView(t.Context(), o.Texts.In("en"), &page.Cases[1], handlerstest.Director))
	handlerstest.Golden(t, "list_officer.nl", handlerOf(o).ListView(t.Context(), handlerstest.GestureOf(t, o, handlerstest.Officer), lookup.Listing{}, page))
	handlerstest.Golden(t, "list_director.nl", handlerOf(o).ListView(t.Context(), handlerstest.GestureOf(t, o, handlerstest.Director), lookup.Listing{}, page))
	handlerstest.Golden(t, "list_staff.nl", handlerOf(o).ListView(t.Context(), handlerstest.GestureOf(t, o, handlerstest.Staff), lookup.Listing{}, page))
	handlerstest.Golden(t, "list_empty.en", handlerOf(o).ListView(t.Context(), handlerstest.GestureOf(t, o, handlerstest.English), lookup.Listing{}, lists.Page{}))
}

func TestList_fitsAModal(t *testing.T) {
	o := handlerstest.NewLost(t)
	page := lists.Page{Next: "cursor"}
	for range lookup.PageSize {
		page.Cases = append(page.Cases, handlerstest.FiledCase(t, o, "K-2026-0001", handlerstest.PlainFiling(), handlerstest.Staff, handlerstest.Monday))
	}
	view := handlerOf(o).ListView(t.Context(), handlerstest.GestureOf(t, o, handlerstest.Officer), lookup.Listing{}, page)
	raw, err := json.Marshal(view)
	if err != nil || len(raw) >= 250_000 || len(view.Blocks.BlockSet) > 100 {
		t.Errorf("%d bytes in %d blocks, %v", len(raw), len(view.Blocks.BlockSet), err)
	}
}

func TestList_showsOnlyWhatMayBeKnown(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.FiledCase(t, o, "K-2026-0001", handlerstest.PlainFiling(), handlerstest.Staff, handlerstest.Monday)
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Officer, handlerstest.Director} {
		raw, err := json.Marshal(handlerOf(o).ListView(t.Context(), handlerstest.GestureOf(t, o, who), lookup.Listing{}, lists.Page{Cases: []workflow.Complaint{c}}))
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

func TestList_saysWhenPromisesAreDue(t *testing.T) {
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
			"*uitkomst had er uiterlijk za 21 november 2026 moeten zijn* (2 dagen te laat)", "nog open, te laat (uiterlijk za 21 november 2026)",
		},
		"late acknowledgement": {
			[]workflow.Promise{open(workflow.PromiseAcknowledgement, -1)},
			"*ontvangst had uiterlijk zo 22 november 2026 bevestigd moeten zijn* (1 dag te laat)", "nog open, te laat (uiterlijk zo 22 november 2026)",
		},
	} {
		c := workflow.Complaint{State: workflow.StateReceived, Promises: test.promises}
		if got := handlerOf(o).NextPromise(sp, &c); got != test.inList {
			t.Errorf("%s: the list says %q, want %q", name, got, test.inList)
		}
		if got := dueText(t, o, sp, test.promises[len(test.promises)-1]); got != test.inCard {
			t.Errorf("%s: the card says %q, want %q", name, got, test.inCard)
		}
	}
}

// handlerOf is the subject's own part of the fixture.
func handlerOf(f *handlerstest.Fixture) *lookup.Handler {
	return lookup.New(cases.NewForms(f.Env, f.Config.Cases), f.Config.Lister, nil)
}

// dueText is what the card says of a promise.
func dueText(t *testing.T, o *handlerstest.Fixture, sp texts.Speaker, p workflow.Promise) string {
	t.Helper()
	rows := cases.NewForms(o.Env, o.Config.Cases).DueRows(t.Context(), sp, &workflow.Complaint{Promises: []workflow.Promise{p}})
	if len(rows) != 1 {
		t.Fatalf("%d rows of one promise", len(rows))
	}
	return rows[0].Text
}

func TestList_turnsItsPages(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	for i := range lookup.PageSize + 3 {
		cmd := workflow.Command{Action: handlerstest.PlainFiling(), By: handlerstest.Staff, Gesture: fmt.Sprint("g", i)}
		if _, err := o.DB.Apply(t.Context(), cmd); err != nil {
			t.Fatal(err)
		}
	}
	for who, lang := range map[roster.PersonID]string{handlerstest.Officer: "lijst", handlerstest.Staff: "list"} {
		o.Types(t, who, lang)
		first := o.Screen.LastModal(t)
		next := nextValue(t, first)
		o.Clicks(t, who, lookup.ListMore, next, incoming.View{ID: "V0LIST", Type: slack.VTModal, PrivateMetadata: first.PrivateMetadata})
		second := o.Screen.LastModal(t)
		all := handlerstest.TextOf(t, first) + handlerstest.TextOf(t, second)
		for i := range lookup.PageSize + 3 {
			if number := fmt.Sprintf("*K-2026-%04d*", i+1); strings.Count(all, number) != 1 {
				t.Errorf("%s: %s stands %d times in two pages", who, number, strings.Count(all, number))
			}
		}
		if strings.Contains(handlerstest.TextOf(t, second), lookup.ListMore) {
			t.Errorf("%s: the last page has a next", who)
		}
	}
}

func nextValue(t testing.TB, v slack.ModalViewRequest) string {
	t.Helper()
	for _, b := range v.Blocks.BlockSet {
		if a, ok := b.(*slack.ActionBlock); ok {
			if next := a.Elements.ElementSet[0].(*slack.ButtonBlockElement); next.ActionID == lookup.ListMore {
				return next.Value
			}
		}
	}
	t.Fatal("the list has no next page")
	return ""
}
