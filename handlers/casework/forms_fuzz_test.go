package casework_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/artra/klachtbot/handlers/casework"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
)

// FuzzForms reads forms with anything in them and puts them to the rules:
// what is taken has a date that can be, a known way, and a text without
// control characters that fits.
func FuzzForms(f *testing.F) {
	f.Add("2026-11-23", "email", "tekst", "upheld", "content")
	f.Add("", "not_possible", "<!channel>\x00", "withdrawn", "")
	f.Add("2026-13-99", "\xff", "\u202e{{.Name}}", "", "other")
	f.Fuzz(func(t *testing.T, date, way, text, verdict, cause string) {
		v := typedValues(date, way, text, verdict, cause)
		p := handlerstest.Policy(t)
		for stage, actions := range map[string][]workflow.Action{
			"received": {workflow.Acknowledge{Sent: casework.SentOf(v)}, workflow.Question{Sent: casework.SentOf(v)}, casework.ResolveOf(v), workflow.Note{Text: kit.Typed(v, "note")}},
			"waiting":  {casework.AnswerOf(v)},
			"decided":  {workflow.Confirm{Sent: casework.SentOf(v)}},
		} {
			c := handlerstest.Life(t, p, handlerstest.Stages()[stage]...)
			for _, a := range actions {
				change, err := p.Step(c, a, handlerstest.Officer, handlerstest.Monday)
				if err == nil {
					checkTaken(t, p, &change)
				} else if len(workflow.Refused(err)) == 0 {
					t.Errorf("%s: an error that is no refusal", a.Name())
				}
			}
		}
	})
}

func checkTaken(t *testing.T, p *workflow.Policy, change *workflow.Change) {
	t.Helper()
	today := p.Calendar.Today(handlerstest.Monday)
	for _, r := range change.Records {
		if r.Date.After(today) || r.Date.Before(change.Complaint.Facts.Received) {
			t.Errorf("%s of %s was taken", r.Kind, r.Date)
		}
		for name, text := range r.Texts {
			s := text.Reveal()
			if utf8.RuneCountInString(s) > 3000 || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
				t.Errorf("%s: a %s that is too long or has control characters was taken", r.Kind, name)
			}
		}
	}
}

// typedValues is a state with the same things in every form.
func typedValues(date, way, text, verdict, cause string) kit.Values {
	v := kit.Values{}
	set := func(a incoming.Input, ids ...string) {
		for _, id := range ids {
			v[id] = map[string]incoming.Input{kit.ValueID: a}
		}
	}
	option := func(s string) incoming.Input {
		return incoming.Input{Option: incoming.Option{Value: s}}
	}
	set(incoming.Input{Date: date}, "date", "contact_date")
	set(option(way), "way", "contact_way")
	set(option(verdict), "verdict")
	set(option(cause), "cause")
	set(incoming.Input{Value: text}, "body", "answer", "note", "outcome", "remedy", "lesson", "contact_reaction")
	return v
}
