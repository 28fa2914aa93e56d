package handlers

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/intake"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestLogging(t *testing.T) {
	o := openOffice(t)
	if got := answer(t, o.types(t, staff, "")); got != "" {
		t.Fatalf("the command answered %q, want a modal", got)
	}
	view := o.screen.lastModal(t)
	ack := o.Interaction(t.Context(), submit(t, view, staff, filled(map[string]string{
		"description_more": "En niemand belde.", "desired_outcome": "Geld terug", "concerns_user": string(english),
	})))
	done, ok := ack.Payload.(*slack.ViewSubmissionResponse)
	if !ok || done.ResponseAction != slack.RAUpdate {
		t.Fatalf("ack = %s, want an update", textOf(t, ack.Payload))
	}
	for _, want := range []string{"K-2026-0001", "za 28 november 2026", "wo 23 december 2026", "Omar Khalil"} {
		if !strings.Contains(textOf(t, done.View), want) {
			t.Errorf("the closing view lacks %q", want)
		}
	}
	c, _, err := o.Forms.Register.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, officer)
	if err != nil {
		t.Fatal(err)
	}
	p := c.Particulars
	if p.Story.Reveal() != "De trainer kwam niet.\nEn niemand belde." || p.Wish.Reveal() != "Geld terug" || p.Concerns != english {
		t.Error("the register holds another story, wish or person than was filled in")
	}
	files, err := o.Source.Attachments(t.Context(), c.ID)
	if err != nil || len(files) != 1 || files[0].File != "F0FILE" || files[0].By != staff {
		t.Errorf("attachments = %v, %v", files, err)
	}
	if c.LoggedBy != staff || c.Facts.Received != o.Today() || c.Facts.ReceivedVia != workflow.WayPhone {
		t.Errorf("logged by %s, received %s by %s", c.LoggedBy, c.Facts.Received, c.Facts.ReceivedVia)
	}
}

func TestSubmittingTwiceLogsOnce(t *testing.T) {
	o := openOffice(t)
	in := submit(t, o.FilingView(o.Texts.In("nl"), o.NewComplaint()), staff, filled(nil))
	first, second := o.Interaction(t.Context(), in), o.Interaction(t.Context(), in)
	if a, b := textOf(t, first.Payload), textOf(t, second.Payload); a != b || !strings.Contains(a, "K-2026-0001") {
		t.Errorf("the second answer differs:\n%s\n%s", a, b)
	}
	if again := textOf(t, o.logs(t, staff, nil).Payload); !strings.Contains(again, "K-2026-0002") {
		t.Errorf("a new modal did not make a new case: %s", again)
	}
}

// TestBadInput is the list of the issue: every mistake is told at its field,
// in the person's language, and nothing is registered.
func TestBadInput(t *testing.T) {
	o := openOffice(t)
	day := func(d calendar.Date) string { return d.String() }
	today := o.Today()
	for name, test := range map[string]struct {
		change map[string]string
		want   map[string]string // field → part of the sentence
	}{
		"no way of contact":   {map[string]string{"email": " "}, map[string]string{"email": "postadres"}},
		"no e-mail address":   {map[string]string{"email": "klaas"}, map[string]string{"email": "geen e-mailadres"}},
		"no telephone number": {map[string]string{"phone": "bel me"}, map[string]string{"phone": "geen telefoonnummer"}},
		"white-space name":    {map[string]string{"complainant_name": " \t "}, map[string]string{"complainant_name": "Vul dit"}},
		"invisible name":      {map[string]string{"complainant_name": "\u202e\u0007"}, map[string]string{"complainant_name": "Vul dit"}},
		"white-space story":   {map[string]string{"description": "\n \n"}, map[string]string{"description": "Vul dit"}},
		"name too long":       {map[string]string{"complainant_name": strings.Repeat("x", 201)}, map[string]string{"complainant_name": "200 tekens"}},
		"future date":         {map[string]string{"received_date": day(today.AddDays(1))}, map[string]string{"received_date": "toekomst"}},
		"incident after receipt": {
			map[string]string{"received_date": day(today.AddDays(-5)), "incident_date": day(today.AddDays(-1))},
			map[string]string{"incident_date": "binnenkwam"},
		},
		"over 24 months ago": {
			map[string]string{"received_date": "2024-11-22"}, map[string]string{"received_date": "za 23 november 2024"},
		},
		"no date":        {map[string]string{"received_date": "gisteren"}, map[string]string{"received_date": "Kies een datum"}},
		"forged options": {map[string]string{"category": "<!channel>"}, map[string]string{"category": "Kies een van"}},
		"a guest":        {map[string]string{"concerns_user": string(guest)}, map[string]string{"concerns_user": "collega"}},
		"a bot":          {map[string]string{"concerns_user": string(robot)}, map[string]string{"concerns_user": "collega"}},
		"all at once": {
			map[string]string{"email": "x", "phone": "y", "description": " ", "concerns_user": string(stranger)},
			map[string]string{"email": "", "phone": "", "description": "", "concerns_user": ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := errorsOf(t, o.logs(t, staff, test.change))
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
	if page, err := o.Lister.List(t.Context(), lists.Query{Viewer: officer}); err != nil || len(page.Cases) > 0 {
		t.Errorf("%d cases were registered, %v", len(page.Cases), err)
	}
}

func TestMistakesAreToldInThePersonsLanguage(t *testing.T) {
	o := openOffice(t)
	if got := errorsOf(t, o.logs(t, english, map[string]string{"email": "x"}))["email"]; !strings.Contains(got, "not an e-mail address") {
		t.Errorf("Emma reads %q", got)
	}
}

// TestFullFieldsAreKept fills every field to the brim with what could break a
// screen.
func TestFullFieldsAreKept(t *testing.T) {
	o := openOffice(t)
	emoji := strings.Repeat("😀", 3000)
	nasty := strings.Repeat("<!channel> <@U0STAFF> <https://kwaad.example|artra> *vet* ", 60)[:3000]
	ack := o.logs(t, staff, map[string]string{
		"complainant_name": strings.Repeat("é", 200), "description": emoji, "description_more": nasty,
		"desired_outcome": emoji, "offering_name": strings.Repeat("<!here>", 28),
	})
	if strings.Contains(textOf(t, ack.Payload), `"errors"`) {
		t.Fatalf("refused: %s", textOf(t, ack.Payload))
	}
	c, _, err := o.Forms.Register.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, officer)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Particulars.Story.Reveal(); got != workflow.Clean(emoji+"\n"+nasty) {
		t.Errorf("the story changed: %d bytes", len(got))
	}
}

func TestAnonymousCallerNeedsNoContact(t *testing.T) {
	o := openOffice(t)
	ack := o.logs(t, staff, map[string]string{"email": " ", "preferred_contact": "none", "complainant_name": "anoniem"})
	if !strings.Contains(textOf(t, ack.Payload), "K-2026-0001") {
		t.Errorf("ack = %s", textOf(t, ack.Payload))
	}
}

func TestGuardedCaseStaysAwayFromWhomItConcerns(t *testing.T) {
	o := openOffice(t)
	ack := textOf(t, o.logs(t, officer, map[string]string{"concerns_user": string(officer)}).Payload)
	for _, secret := range []string{"V-2026", "Petra", "2026"} {
		if strings.Contains(ack, secret) {
			t.Errorf("the closing view holds %q", secret)
		}
	}
	never := answer(t, o.types(t, officer, "K-2026-0404"))
	if got := answer(t, o.types(t, officer, "V-2026-0001")); got != never || got == "" {
		t.Errorf("the officer concerned reads %q; of a number that never was %q", got, never)
	}
	o.types(t, officer, "lijst")
	if got := textOf(t, o.screen.lastModal(t)); strings.Contains(got, "V-2026") {
		t.Error("the list shows the case to the officer whom it concerns")
	}
	o.types(t, deputy, "lijst")
	if got := textOf(t, o.screen.lastModal(t)); !strings.Contains(got, "V-2026-0001") {
		t.Error("the list does not show the case to the deputy, who handles it")
	}
	o.Event(t.Context(), opened(officer))
	if got := textOf(t, o.screen.homes); strings.Contains(got, "V-2026") {
		t.Error("the Home tab shows the case to the officer whom it concerns")
	}
}

func TestNobodyToHandle(t *testing.T) {
	o := openOffice(t)
	o.Policy.Roster = roster.Roster{Officers: []roster.PersonID{officer}}
	c := logged(t, o, "V-2026-0001", workflow.File{Facts: aLog().Facts, Particulars: workflow.Particulars{
		Name: "Klaas", Email: "klaas@klager.example", Story: "x", Concerns: officer,
	}}, staff, monday)
	if got := textOf(t, o.FiledView(t.Context(), o.as(t, staff), &c, officer)); !strings.Contains(got, "Anna Smit") {
		t.Errorf("the view does not name the contact outside: %s", got)
	}
}

func TestLostDatabaseKeepsTheForm(t *testing.T) {
	o := newOffice(t, noRegister{})
	got := errorsOf(t, o.logs(t, staff, nil))
	if len(got) != 1 || !strings.Contains(got["complainant_name"], "nog niet vastgelegd") {
		t.Errorf("errors = %v, want one at the first field that asks to press again", got)
	}
	if strings.Contains(o.log.String(), "Klaas") || !strings.Contains(o.log.String(), "connection refused") {
		t.Error("the log should tell the cause and nothing that was typed")
	}
}

func TestUnknownPersonKeepsTheForm(t *testing.T) {
	o := openOffice(t)
	if got := errorsOf(t, o.logs(t, lost, nil)); len(got) != 1 || got["complainant_name"] == "" {
		t.Errorf("errors = %v, want one at the first field", got)
	}
	if got := errorsOf(t, o.logs(t, staff, map[string]string{"concerns_user": string(lost)})); len(got) != 1 {
		t.Errorf("errors = %v, want one", got)
	}
}

func TestOutsidersCanNotSubmit(t *testing.T) {
	o := openOffice(t)
	for who, part := range outsiders() {
		if got := errorsOf(t, o.logs(t, who, nil)); !strings.Contains(got["complainant_name"], part) {
			t.Errorf("%s: errors = %v", who, got)
		}
	}
	page, err := o.Lister.List(t.Context(), lists.Query{Viewer: officer})
	if err != nil || len(page.Cases) > 0 {
		t.Errorf("%d cases were registered, %v", len(page.Cases), err)
	}
}

// outsiders are who may do nothing, with a part of what they read.
func outsiders() map[roster.PersonID]string {
	return map[roster.PersonID]string{
		guest: "te gast", gone: "niet meer actief", stranger: "our own Slack", robot: "mensenwerk",
	}
}

func TestFromMessage(t *testing.T) {
	o := openOffice(t)
	o.Interaction(t.Context(), slack.InteractionCallback{
		Type: slack.InteractionTypeMessageAction, CallbackID: "log_complaint_from_message",
		User: slack.User{ID: string(staff)}, TriggerID: "trigger",
		Message: slack.Message{Msg: slack.Msg{Text: "Mail van &lt;Klaas&gt;: zie <https://x.example|hier>, <@U1|piet>"}},
	})
	view := o.screen.lastModal(t)
	if got := textOf(t, view); !strings.Contains(got, `"initial_value":"Mail van \u003cKlaas\u003e: zie hier (https://x.example), @piet"`) {
		t.Errorf("the story is not filled in: %s", got)
	}
	if strings.Contains(textOf(t, view), "langer dan de twee velden") {
		t.Error("the modal says that it cut what fits")
	}
}

func TestPrefilled(t *testing.T) {
	emoji := strings.Repeat("😀", 1500) // 3,000 units
	for name, test := range map[string]struct {
		message string
		want    intake.StoryFields
	}{
		"short":     {"kort", intake.StoryFields{Story: "kort"}},
		"empty":     {"", intake.StoryFields{}},
		"overflows": {strings.Repeat("a", 3000) + "b", intake.StoryFields{Story: strings.Repeat("a", 3000), More: "b"}},
		"cut":       {strings.Repeat("a", 6001), intake.StoryFields{Story: strings.Repeat("a", 3000), More: strings.Repeat("a", 3000), Cut: true}},
		"emoji":     {emoji + "c", intake.StoryFields{Story: emoji, More: "c"}},
		"mentions":  {"<!channel> <!here|here> <#C1|algemeen> <@U1>", intake.StoryFields{Story: "@channel @here #algemeen @U1"}},
		"links":     {"<mailto:a@b.example|a@b.example> <https://x.example> <tel:026|bel>", intake.StoryFields{Story: "a@b.example https://x.example bel (026)"}},
		"control":   {"a\u0007b\u202ec", intake.StoryFields{Story: "abc"}},
	} {
		if got := intake.StoryOfMessage(test.message); got != test.want {
			t.Errorf("%s: story of %d, more of %d, cut %v", name, len(got.Story), len(got.More), got.Cut)
		}
	}
}

// TestOpeningReadsNothing opens the modal while the register hangs.
func TestOpeningReadsNothing(t *testing.T) {
	o := newOffice(t, noRegister{})
	for name, open := range map[string]func(){
		"command":  func() { o.types(t, staff, " ") },
		"shortcut": func() { o.shortcut(t, staff) },
		"home":     func() { o.clicks(t, staff, "log_complaint", "", slack.View{ID: "V0HOME", Type: slack.VTHomeTab}) },
	} {
		o.screen.modals = nil
		open()
		if got := o.screen.lastModal(t); got.CallbackID != "log_complaint" {
			t.Errorf("%s: opened %q", name, got.CallbackID)
		}
	}
}

func (o office) shortcut(t testing.TB, who roster.PersonID) core.Ack {
	t.Helper()
	return o.Interaction(t.Context(), slack.InteractionCallback{
		Type: slack.InteractionTypeShortcut, CallbackID: "log_complaint", User: slack.User{ID: string(who)}, TriggerID: "trigger",
	})
}

func TestEveryOpeningHasANonceOfItsOwn(t *testing.T) {
	o := newOffice(t, noRegister{})
	a, b := o.FilingView(o.Texts.In("nl"), o.NewComplaint()), o.FilingView(o.Texts.In("nl"), intake.Prefill{})
	if kit.MetadataOf(a.PrivateMetadata).Nonce == "" || a.PrivateMetadata == b.PrivateMetadata {
		t.Errorf("metadata %s and %s", a.PrivateMetadata, b.PrivateMetadata)
	}
}

func TestLateLoggingIsTold(t *testing.T) {
	o := openOffice(t)
	ack := o.logs(t, staff, map[string]string{"received_date": o.Today().AddDays(-10).String(), "incident_date": o.Today().AddDays(-30).String()})
	for _, want := range []string{"Te laat geregistreerd", "meer dan 14 dagen na de gebeurtenis"} {
		if !strings.Contains(textOf(t, ack.Payload), want) {
			t.Errorf("the closing view lacks %q", want)
		}
	}
}
