package dossier_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/workflowtest"
)

// fullLife is everything that can happen to a case but a link, told in the
// order in which it happened.
func fullLife() []handlerstest.Moment {
	const day = 24 * time.Hour
	logged := handlerstest.Filing()
	logged.Particulars.Story, logged.Attachments = "De zaal was koud.", nil
	corrected := logged
	corrected.Facts.ComplainantKind, corrected.Facts.Category, corrected.Facts.Language = "customer", "trainer", "en"
	corrected.Facts.Preferred, corrected.Facts.Incident, corrected.Facts.ReceivedVia = workflow.ContactPhone, calendar.NewDate(2026, 11, 3), workflow.WayEmail
	corrected.Particulars.Address, corrected.Particulars.Concerns = "", handlerstest.Staff
	again := corrected
	again.Particulars.Concerns, again.Particulars.Address = "", "Dorpsstraat 2\n1234 AB Dorp"
	on := func(month, d int) calendar.Date { return calendar.NewDate(2026, time.Month(month), d) }
	resolve := handlerstest.Decision()
	resolve.Contact = on(12, 28)
	return []handlerstest.Moment{
		{By: handlerstest.Staff, After: 0, Action: logged},
		{By: handlerstest.Officer, After: time.Hour, Action: workflow.Acknowledge{Sent: handlerstest.SentOn(on(11, 20), workflow.WayLetter)}},
		{By: handlerstest.Officer, After: 2 * time.Hour, Action: workflow.Snooze{What: handlerstest.Outcome, Until: on(12, 10), Reason: "Wacht op de trainer."}},
		{By: handlerstest.Officer, After: 3 * time.Hour, Action: workflow.Correct{File: corrected, Reason: "Verkeerd gehoord."}},
		{By: handlerstest.Officer, After: 4 * time.Hour, Action: workflow.Correct{File: again, Reason: "Toch niet."}},
		{By: handlerstest.Officer, After: 5 * time.Hour, Action: workflow.Assign{Owner: handlerstest.Deputy}},
		{By: handlerstest.Officer, After: 6 * time.Hour, Action: workflow.Hold{Review: on(12, 24), Reason: "Er loopt een zaak."}},
		{By: handlerstest.Officer, After: 7 * time.Hour, Action: workflow.Hold{Reason: "De zaak is voorbij."}},
		{By: handlerstest.Officer, After: day, Action: workflow.Question{Sent: handlerstest.SentOn(on(11, 24), workflow.WayEmail)}},
		{By: roster.Clock, After: day + time.Hour, Action: workflow.MailWaits{Fault: "smtp_refused_451"}},
		{By: roster.Clock, After: day + 2*time.Hour, Action: workflow.MailFailed{Kind: workflow.RecordQuestion, At: handlerstest.Monday.Add(day), Fault: "smtp_refused_550"}},
		{By: handlerstest.Officer, After: 2 * day, Action: workflow.Question{Sent: handlerstest.SentOn(on(11, 25), workflow.WayPhone)}},
		{By: handlerstest.Officer, After: 3 * day, Action: workflow.Answer{Date: on(11, 26), Way: workflow.WayPhone, Text: "Twaalf graden."}},
		{By: handlerstest.Officer, After: 4 * day, Action: workflow.Progress{Sent: handlerstest.SentOn(on(11, 27), workflow.WayEmail), Reason: "De trainer is ziek.", Expected: on(12, 31)}},
		{By: roster.Clock, After: 4*day + time.Hour, Action: workflow.MailDoubt{Version: 1, Fault: "smtp_in_doubt"}},
		{By: handlerstest.Officer, After: 35 * day, Action: resolve},
		{By: handlerstest.Officer, After: 36 * day, Action: workflow.Dispute{Date: on(12, 29), Reference: "GC 12"}},
		{By: handlerstest.Officer, After: 37 * day, Action: workflow.Dispute{Date: on(12, 30), Ruling: "De klacht is terecht."}},
		{By: handlerstest.Officer, After: 37*day + time.Hour, Action: workflow.Dispute{Date: on(12, 30)}},
		{By: handlerstest.Officer, After: 37*day + 2*time.Hour, Action: workflow.Reopen{Reason: "De commissie vraagt een nieuwe uitkomst."}},
		{By: handlerstest.Officer, After: 37*day + 3*time.Hour, Action: workflow.Withdraw{Reason: "De klager is tevreden."}},
		{By: handlerstest.Officer, After: 37*day + 4*time.Hour, Action: workflow.Snooze{What: "confirmation", Until: calendar.NewDate(2026, 12, 31), Reason: "Morgen."}},
		{By: handlerstest.Officer, After: 37*day + 5*time.Hour, Action: workflow.Hold{Review: calendar.NewDate(2027, 3, 1), Reason: "Voor de verzekeraar."}},
		{By: handlerstest.Officer, After: 37*day + 6*time.Hour, Action: workflow.Note{Text: "Bel de verzekeraar terug."}},
		{By: handlerstest.Officer, After: 37*day + 7*time.Hour, Action: workflow.Disclose{Reason: "Brief van 27 december."}},
	}
}

// machineWord is what nobody should read: a key of the catalogue, a value of
// the register, an id, or a date as it is stored.
var machineWord = regexp.MustCompile(`\b(dossier|case|choice|log|common|action)\.[a-z_]+|[a-z]+_[a-z_0-9]+|\bU0[A-Z]+|\b\d{4}-\d{2}-\d{2}\b|<no value>`)

// TestFullLifeDossier: everything that can happen is read in words, in both
// languages.
func TestFullLifeDossier(t *testing.T) {
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English} {
		d := handlerstest.New(t)
		c := d.Carried(t, fullLife()...)
		for i, view := range handlerstest.DossierPages(t, d, who, &c) {
			view.PrivateMetadata = strings.ReplaceAll(view.PrivateMetadata, string(c.ID), "case")
			for _, b := range view.Blocks.BlockSet {
				handlerstest.HideCase(b, c.ID)
				read := strings.ReplaceAll(handlerstest.TextsOf(t, b), c.Number, "")
				for _, word := range machineWord.FindAllString(read, -1) {
					t.Errorf("%s reads %q", who, word)
				}
			}
			handlerstest.Golden(t, fmt.Sprintf("dossier-life-%d.%s", i+1, handlerstest.People()[who].Language), view)
			handlerstest.CheckFits(t, view)
		}
	}
}

// TestFullLifeLeavesNoKindOut: a new kind of entry belongs in fullLife. What
// comes after closing has tests of its own.
func TestFullLifeLeavesNoKindOut(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, fullLife()...)
	records, err := d.DB.Records().Dossier(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[workflow.RecordKind]bool{}
	for _, r := range records {
		seen[r.Kind] = true
	}
	for _, kind := range workflowtest.RecordKinds() {
		elsewhere := []workflow.RecordKind{
			workflow.RecordLink, workflow.RecordConfirmation, workflow.RecordErasure, workflow.RecordErasureDeclined,
		}
		if !seen[kind] && !slices.Contains(elsewhere, kind) {
			t.Errorf("no entry %s", kind)
		}
	}
}

// TestCaseMessageMarks: the channel reads where the case is and until when, and
// nothing of why.
func TestCaseMessageMarks(t *testing.T) {
	all := fullLife()
	for n, want := range map[int]string{
		17:       "bij de Geschillencommissie sinds di 29 december 2026",
		18:       "",
		len(all): "wordt langer bewaard, opnieuw bekijken op ma 1 maart 2027",
	} {
		d := handlerstest.New(t)
		c := d.Carried(t, all[:n]...)
		m, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Case{}})
		if err != nil {
			t.Fatal(err)
		}
		read := handlerstest.JSONOf(t, m)
		if want != "" && !strings.Contains(read, want) {
			t.Errorf("after %d: does not say %q", n, want)
		}
		if said := strings.Contains(read, "sinds") || strings.Contains(read, "bewaard"); want == "" && said {
			t.Errorf("after %d: a mark of what is over", n)
		}
		for _, secret := range []string{"GC 12", "terecht", "verzekeraar", "tevreden", "vervallen", "zaak"} {
			if strings.Contains(read, secret) {
				t.Errorf("after %d: tells %q", n, secret)
			}
		}
	}
}

func TestEveryFaultIsASentence(t *testing.T) {
	d := handlerstest.New(t)
	for word, want := range map[string]string{
		"smtp_refused_550": "address", "smtp_address": "address", "smtp_refused_451": "server",
		"smtp_letter_552": "letter", "smtp_letter_452": "server", "smtp_unmade": "letter", "smtp_sender_550": "server",
		"smtp_connect": "server", "smtp_tls": "server", "smtp_auth": "server", "smtp_held": "server",
		"smtp_in_doubt": "doubt", "mail_off": "off", "mail_no_address": "no_address", "": "server", "anything": "server",
	} {
		if got := hdossier.FaultKind(word); got != want {
			t.Errorf("%q is of %s, want %s", word, got, want)
		}
		for _, lang := range workflow.Languages() {
			if key := "dossier.fault." + want; d.Texts.In(lang).Say(key) == key {
				t.Errorf("%s: no words for %s", lang, key)
			}
		}
	}
}
