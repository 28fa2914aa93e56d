package intake_test

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/intake"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestFile_registersWhatWasFilledIn(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	if got := handlerstest.Answer(t, o.Types(t, handlerstest.Staff, "")); got != "" {
		t.Fatalf("the command answered %q, want a modal", got)
	}
	view := o.Screen.LastModal(t)
	ack := o.Interaction(t.Context(), handlerstest.Submit(t, view, handlerstest.Staff, handlerstest.FilledIn(map[string]string{
		"description_more": "En niemand belde.", "desired_outcome": "Geld terug", "concerns_user": string(handlerstest.English),
	})))
	done, ok := ack.Payload.(*slack.ViewSubmissionResponse)
	if !ok || done.ResponseAction != slack.RAUpdate {
		t.Fatalf("ack = %s, want an update", handlerstest.TextOf(t, ack.Payload))
	}
	for _, want := range []string{"K-2026-0001", "za 28 november 2026", "wo 23 december 2026", "Omar Khalil"} {
		if !strings.Contains(handlerstest.TextOf(t, done.View), want) {
			t.Errorf("the closing view lacks %q", want)
		}
	}
	c, _, err := o.DB.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	p := c.Particulars
	if p.Story.Reveal() != "De trainer kwam niet.\nEn niemand belde." || p.Wish.Reveal() != "Geld terug" || p.Concerns != handlerstest.English {
		t.Error("the register holds another story, wish or person than was filled in")
	}
	files, err := o.Config.Source.Attachments(t.Context(), c.ID)
	if err != nil || len(files) != 1 || files[0].File != "F0FILE" || files[0].By != handlerstest.Staff {
		t.Errorf("attachments = %v, %v", files, err)
	}
	if c.LoggedBy != handlerstest.Staff || c.Facts.Received != o.Today() || c.Facts.ReceivedVia != workflow.WayPhone {
		t.Errorf("logged by %s, received %s by %s", c.LoggedBy, c.Facts.Received, c.Facts.ReceivedVia)
	}
}

func TestFile_redeliveryFilesOnce(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	in := handlerstest.Submit(t, handlerOf(o).FilingView(o.Texts.In("nl"), handlerOf(o).NewComplaint()), handlerstest.Staff, handlerstest.FilledIn(nil))
	first, second := o.Interaction(t.Context(), in), o.Interaction(t.Context(), in)
	if a, b := handlerstest.TextOf(t, first.Payload), handlerstest.TextOf(t, second.Payload); a != b || !strings.Contains(a, "K-2026-0001") {
		t.Errorf("the second answer differs:\n%s\n%s", a, b)
	}
	if again := handlerstest.TextOf(t, o.FilesComplaint(t, handlerstest.Staff, nil).Payload); !strings.Contains(again, "K-2026-0002") {
		t.Errorf("a new modal did not make a new case: %s", again)
	}
}

// TestFile_mistakesStandAtTheirFields: in the person's language, and nothing is
// registered.
func TestFile_mistakesStandAtTheirFields(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	day := func(d calendar.Date) string { return d.String() }
	today := o.Today()
	for name, test := range map[string]struct {
		change map[string]string
		want   map[string]string // field → part of the sentence
	}{
		"no way of contact":   {map[string]string{"email": " "}, map[string]string{"email": "postadres"}},
		"no e-mail address":   {map[string]string{"email": "klaas"}, map[string]string{"email": "geen e-mailadres"}},
		"no telephone number": {map[string]string{"phone": "bel me"}, map[string]string{"phone": "geen telefoonnummer"}},
		"two ways of contact": {
			map[string]string{"phone": "06 12345678"}, map[string]string{"preferred_contact": "liefst bereikt"},
		},
		"a letter without an address": {
			map[string]string{"preferred_contact": "letter"}, map[string]string{"preferred_contact": "nog leeg"},
		},
		"forged urgency":    {map[string]string{"urgent": "nuclear"}, map[string]string{"urgent": "Kies een van"}},
		"white-space name":  {map[string]string{"complainant_name": " \t "}, map[string]string{"complainant_name": "Vul dit"}},
		"invisible name":    {map[string]string{"complainant_name": "\u202e\u0007"}, map[string]string{"complainant_name": "Vul dit"}},
		"white-space story": {map[string]string{"description": "\n \n"}, map[string]string{"description": "Vul dit"}},
		"name too long":     {map[string]string{"complainant_name": strings.Repeat("x", 201)}, map[string]string{"complainant_name": "200 tekens"}},
		"future date":       {map[string]string{"received_date": day(today.AddDays(1))}, map[string]string{"received_date": "toekomst"}},
		"incident after receipt": {
			map[string]string{"received_date": day(today.AddDays(-5)), "incident_date": day(today.AddDays(-1))},
			map[string]string{"incident_date": "binnenkwam"},
		},
		"over 24 months ago": {
			map[string]string{"received_date": "2024-11-22"}, map[string]string{"received_date": "za 23 november 2024"},
		},
		"no date":        {map[string]string{"received_date": "gisteren"}, map[string]string{"received_date": "Kies een datum"}},
		"forged options": {map[string]string{"category": "<!channel>"}, map[string]string{"category": "Kies een van"}},
		"a guest":        {map[string]string{"concerns_user": string(handlerstest.Guest)}, map[string]string{"concerns_user": "collega"}},
		"a bot":          {map[string]string{"concerns_user": string(handlerstest.Robot)}, map[string]string{"concerns_user": "collega"}},
		"all at once": {
			map[string]string{"email": "x", "phone": "y", "description": " ", "concerns_user": string(handlerstest.Stranger)},
			map[string]string{"email": "", "phone": "", "description": "", "concerns_user": ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := handlerstest.FieldErrorsOf(t, o.FilesComplaint(t, handlerstest.Staff, test.change))
			if len(got) != len(test.want) {
				t.Errorf("errors at %v, want them at %v", got, test.want)
			}
			for field, part := range test.want {
				if !strings.Contains(got[field], part) || got[field] == "" {
					t.Errorf("%s: %q, want something with %q", field, got[field], part)
				}
			}
		})
	}
	if page, err := o.Config.Lister.List(t.Context(), lists.Query{Viewer: handlerstest.Officer}); err != nil || len(page.Cases) > 0 {
		t.Errorf("%d cases were registered, %v", len(page.Cases), err)
	}
}

func TestFile_mistakesAreInThePersonsLanguage(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	if got := handlerstest.FieldErrorsOf(t, o.FilesComplaint(t, handlerstest.English, map[string]string{"email": "x"}))["email"]; !strings.Contains(got, "not an e-mail address") {
		t.Errorf("Emma reads %q", got)
	}
}

// TestFile_keepsFullFields fills every field to the brim with what could break a
// screen.
func TestFile_keepsFullFields(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	emoji := strings.Repeat("😀", 3000)
	nasty := strings.Repeat("<!channel> <@U0STAFF> <https://kwaad.example|artra> *vet* ", 60)[:3000]
	ack := o.FilesComplaint(t, handlerstest.Staff, map[string]string{
		"complainant_name": strings.Repeat("é", 200), "description": emoji, "description_more": nasty,
		"desired_outcome": emoji, "offering_name": strings.Repeat("<!here>", 28),
	})
	if strings.Contains(handlerstest.TextOf(t, ack.Payload), `"errors"`) {
		t.Fatalf("refused: %s", handlerstest.TextOf(t, ack.Payload))
	}
	c, _, err := o.DB.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Particulars.Story.Reveal(); got != contact.Clean(emoji+"\n"+nasty) {
		t.Errorf("the story changed: %d bytes", len(got))
	}
}

func TestFile_anonymousCallerNeedsNoContact(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	ack := o.FilesComplaint(t, handlerstest.Staff, map[string]string{"email": " ", "preferred_contact": "none", "complainant_name": "anoniem"})
	if !strings.Contains(handlerstest.TextOf(t, ack.Payload), "K-2026-0001") {
		t.Errorf("ack = %s", handlerstest.TextOf(t, ack.Payload))
	}
}

func TestFile_hidesAGuardedCaseFromWhomItConcerns(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	ack := handlerstest.TextOf(t, o.FilesComplaint(t, handlerstest.Officer, map[string]string{"concerns_user": string(handlerstest.Officer)}).Payload)
	for _, secret := range []string{"V-2026", "Petra", "2026"} {
		if strings.Contains(ack, secret) {
			t.Errorf("the closing view holds %q", secret)
		}
	}
	never := handlerstest.Answer(t, o.Types(t, handlerstest.Officer, "K-2026-0404"))
	if got := handlerstest.Answer(t, o.Types(t, handlerstest.Officer, "V-2026-0001")); got != never || got == "" {
		t.Errorf("the officer concerned reads %q; of a number that never was %q", got, never)
	}
	o.Types(t, handlerstest.Officer, "lijst")
	if got := handlerstest.TextOf(t, o.Screen.LastModal(t)); strings.Contains(got, "V-2026") {
		t.Error("the list shows the case to the officer whom it concerns")
	}
	o.Types(t, handlerstest.Deputy, "lijst")
	if got := handlerstest.TextOf(t, o.Screen.LastModal(t)); !strings.Contains(got, "V-2026-0001") {
		t.Error("the list does not show the case to the deputy, who handles it")
	}
	o.Event(t.Context(), handlerstest.Opened(handlerstest.Officer))
	if got := handlerstest.TextOf(t, o.Screen.Homes); strings.Contains(got, "V-2026") {
		t.Error("the Home tab shows the case to the officer whom it concerns")
	}
}

func TestFile_lostRegisterKeepsTheForm(t *testing.T) {
	o := handlerstest.NewLost(t)
	got := handlerstest.FieldErrorsOf(t, o.FilesComplaint(t, handlerstest.Staff, nil))
	if len(got) != 1 || !strings.Contains(got["description"], "nog niet vastgelegd") {
		t.Errorf("errors = %v, want one at the first field that asks to press again", got)
	}
	if strings.Contains(o.Written.String(), "Klaas") || !strings.Contains(o.Written.String(), "connection refused") {
		t.Error("the log should give the cause and nothing that was typed")
	}
}

func TestFile_unknownPersonKeepsTheForm(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	if got := handlerstest.FieldErrorsOf(t, o.FilesComplaint(t, handlerstest.Lost, nil)); len(got) != 1 || got["description"] == "" {
		t.Errorf("errors = %v, want one at the first field", got)
	}
	if got := handlerstest.FieldErrorsOf(t, o.FilesComplaint(t, handlerstest.Staff, map[string]string{"concerns_user": string(handlerstest.Lost)})); len(got) != 1 {
		t.Errorf("errors = %v, want one", got)
	}
}

func TestFile_refusesOutsiders(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	for who, part := range handlerstest.Outsiders() {
		if got := handlerstest.FieldErrorsOf(t, o.FilesComplaint(t, who, nil)); !strings.Contains(got["description"], part) {
			t.Errorf("%s: errors = %v", who, got)
		}
	}
	page, err := o.Config.Lister.List(t.Context(), lists.Query{Viewer: handlerstest.Officer})
	if err != nil || len(page.Cases) > 0 {
		t.Errorf("%d cases were registered, %v", len(page.Cases), err)
	}
}

// TestFile_refusesAnImpossibleAddress: at its field, in the language of who
// typed it.
func TestFile_refusesAnImpossibleAddress(t *testing.T) {
	d := handlerstest.New(t)
	long := strings.Repeat("n", 65) + "@example.org"
	for who, lang := range map[roster.PersonID]string{handlerstest.Staff: "nl", handlerstest.English: "en"} {
		for _, address := range []string{"name@-bad.example", "name@my_host.example", long} {
			errs := handlerstest.FieldErrorsOf(t, d.FilesComplaint(t, who, map[string]string{"email": address}))
			if want := d.Texts.In(lang).Say("refusal.not_email"); len(errs) != 1 || errs["email"] != want {
				t.Errorf("%s of %s: %v", address, who, errs)
			}
		}
	}
}

// handlerOf is the subject's own part of the fixture.
func handlerOf(f *handlerstest.Fixture) *intake.Handler {
	return intake.New(cases.NewForms(f.Env, f.Config.Cases))
}
