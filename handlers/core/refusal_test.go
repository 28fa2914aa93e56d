package core_test

import (
	"context"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestRefusal_saysWhatWhoAndWhen(t *testing.T) {
	o := handlerstest.NewLost(t)
	day := calendar.NewDate(2026, 11, 2)
	for _, test := range []struct {
		lang string
		r    workflow.Refusal
		want string
	}{
		{"nl", workflow.Refusal{Code: workflow.CodeTooLong, Args: workflow.Args{Max: 3000}}, "3000 tekens"},
		{"en", workflow.Refusal{Code: workflow.CodeTooLong, Args: workflow.Args{Max: 200}}, "200 characters"},
		{"nl", workflow.Refusal{Code: workflow.CodeDateEarly, Args: workflow.Args{Date: day}}, "vóór ma 2 november 2026"},
		{"en", workflow.Refusal{Code: workflow.CodeReceivedOld, Args: workflow.Args{Date: day}}, "Mon 2 November 2026"},
		{"nl", notNow(handlerstest.Officer), "Omar Khalil heeft op 23 november 2026, 10:00 de ontvangst bevestigd"},
		{"en", notNow(handlerstest.Officer), "Omar Khalil acknowledged receipt on 23 November 2026, 10:00"},
		{"nl", notNow(handlerstest.Lost), "een collega heeft op"},
		{"nl", workflow.Refusal{Code: workflow.CodeNotNow}, "Dit kan nu niet bij deze klacht"},
	} {
		if got := o.Sentence(t.Context(), o.Texts.In(test.lang), test.r); !strings.Contains(got, test.want) {
			t.Errorf("%s %s: %q, want something with %q", test.lang, test.r.Code, got, test.want)
		}
	}
}

func notNow(by roster.PersonID) workflow.Refusal {
	return workflow.Refusal{Code: workflow.CodeNotNow, Args: workflow.Args{
		Performed: workflow.Performed{Action: workflow.ActionAcknowledge, By: by, At: handlerstest.Monday},
	}}
}

func TestRefusal_standsAtItsField(t *testing.T) {
	o := handlerstest.NewLost(t)
	g := handlerstest.GestureOf(t, o, handlerstest.Staff)
	g.View.Blocks = []incoming.Block{{Type: slack.MBTSection}, {Type: slack.MBTInput, ID: "date"}, {Type: slack.MBTInput, ID: "body"}}
	err := workflow.Refusals{
		{Code: workflow.CodeForbidden},
		{Field: "body", Code: workflow.CodeRequired},
		{Field: "date", Code: workflow.CodeDateFuture},
		{Field: "elsewhere", Code: workflow.CodeNotPhone},
	}
	got := handlerstest.FieldErrorsOf(t, o.Failed(t.Context(), g, err))
	if len(got) != 2 || !strings.Contains(got["date"], "toekomst") || !strings.Contains(got["body"], "Vul dit") {
		t.Errorf("errors = %v, want a field's own sentence at each field", got)
	}
}

func TestRefusal_namesAreInert(t *testing.T) {
	o := handlerstest.NewLost(t)
	g := handlerstest.GestureOf(t, o, handlerstest.Staff)
	g.ResponseURL = "https://hooks.slack.example/1"
	o.Explain(t.Context(), g, workflow.Refusals{notNow(handlerstest.Deputy)})
	if got := strings.Join(o.Screen.Ephemerals, ""); !strings.Contains(got, "Petra \u200b*Vos\u200b*") {
		t.Errorf("the ephemeral says %q", got)
	}
}

// TestRefusal_ofAnOldButtonSaysWhoDidWhat: who presses a button that no longer
// works reads who did what and when, and two officers pressing at once get one
// success and one sentence.
func TestRefusal_ofAnOldButtonSaysWhoDidWhat(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.FilesComplaint(t, handlerstest.Staff, nil)
	c, _, err := o.DB.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	old := kit.RefTo(&c).String()
	o.Clicks(t, handlerstest.Officer, "acknowledge", old, incoming.View{})
	his := o.Screen.LastModal(t)
	o.Clicks(t, handlerstest.Deputy, "acknowledge", old, incoming.View{})
	hers := o.Screen.LastModal(t)
	if ack := o.Interaction(t.Context(), handlerstest.Submit(t, his, handlerstest.Officer, nil)); strings.Contains(handlerstest.TextOf(t, ack.Payload), `"errors"`) {
		t.Fatalf("the first is refused: %s", handlerstest.TextOf(t, ack.Payload))
	}
	for field, text := range handlerstest.FieldErrorsOf(t, o.Interaction(t.Context(), handlerstest.Submit(t, hers, handlerstest.Deputy, nil))) {
		if !strings.Contains(text, "Omar Khalil heeft op") {
			t.Errorf("%s: %q", field, text)
		}
	}
	o.Clicks(t, handlerstest.Deputy, "acknowledge", old, incoming.View{})
	if got := strings.Join(o.Screen.Ephemerals, ""); !strings.Contains(got, "Omar Khalil heeft op") {
		t.Errorf("the old button answers %q", got)
	}
}

// TestRefusal_keepsWhatWasTypedWithoutBlocks: a submission that left out what
// the view shows still keeps what was typed: errors stand at what was filled
// in.
func TestRefusal_keepsWhatWasTypedWithoutBlocks(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	in := handlerstest.Submit(t, o.FilingForm(t), handlerstest.Staff, handlerstest.FilledIn(nil))
	in.View.Blocks = nil
	in.View.State.Values["email"][kit.ValueID] = incoming.Input{Value: "geen adres"}
	if got := handlerstest.FieldErrorsOf(t, o.Interaction(t.Context(), in)); !strings.Contains(got["email"], "e-mailadres") {
		t.Errorf("errors = %v", got)
	}
}

// deadlineSlack is a Slack that takes nothing after its time.
type deadlineSlack struct{ *handlerstest.ScreenSlack }

func (s deadlineSlack) Respond(ctx context.Context, url string, r core.Response) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return s.ScreenSlack.Respond(ctx, url, r)
}

// TestRefusal_answersALateClick: a click that took all the time there is, is
// answered all the same.
func TestRefusal_answersALateClick(t *testing.T) {
	o := handlerstest.NewLost(t)
	o.Slack = deadlineSlack{ScreenSlack: o.Screen}
	g := handlerstest.GestureOf(t, o, handlerstest.Staff)
	g.ResponseURL = "https://hooks.slack.example/1"
	late, cancel := context.WithCancel(t.Context())
	cancel()
	o.Explain(late, g, late.Err())
	if len(o.Screen.Ephemerals) != 1 {
		t.Error("the person reads nothing")
	}
}

// tried counts what the register was asked to carry out.
type attemptCounter struct {
	cases.CaseStore
	n int
}

func (r *attemptCounter) Apply(ctx context.Context, cmd workflow.Command) (workflow.Result, error) {
	r.n++
	return r.CaseStore.Apply(ctx, cmd)
}

// TestRefusal_ofAForgeryIsTheRegisters: whichever form is forged, the register
// refuses it itself and keeps that somebody tried; and a case that does not
// exist for the forger stays so.
func TestRefusal_ofAForgeryIsTheRegisters(t *testing.T) {
	d := handlerstest.New(t)
	filing := handlerstest.Filing()
	filing.Particulars.Concerns = handlerstest.Deputy
	c := d.Filed(t, filing)
	register := &attemptCounter{CaseStore: d.Config.Cases}
	d.Use(func(c *handlers.Config) { c.Cases = register })
	for _, name := range []workflow.ActionName{workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionResolve, workflow.ActionNote} {
		d.Click(t, handlerstest.Officer, &c, name)
		typed := handlerstest.DecidedValues()
		typed["note"] = "x"
		register.n = 0
		errs := handlerstest.FieldErrors(d.Submit(t, handlerstest.Deputy, d.Screen.LastModal(t), typed))
		if len(errs) != 1 || register.n != 1 {
			t.Fatalf("%s: errors %v, %d attempts", name, errs, register.n)
		}
		for _, text := range errs {
			if !strings.Contains(text, "bestaat niet") {
				t.Errorf("%s: %q", name, text)
			}
		}
	}
}
