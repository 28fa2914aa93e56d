package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
)

var caseNumber = regexp.MustCompile(`[KV]-\d{4}-\d{4,}`)

// offers reports whether the case message offers that action.
func offers(action string) func(slacksim.Message) bool {
	return func(m slacksim.Message) bool {
		return strings.Contains(string(m.Blocks), fmt.Sprintf(`"action_id":%q`, action))
	}
}

func lacks(action string) func(slacksim.Message) bool {
	return func(m slacksim.Message) bool { return !offers(action)(m) }
}

// act presses a button on the case message and submits its modal with the
// defaults, except for what values replaces: what an officer on a phone does.
func (p person) act(o *programTest, channel, ts, action string, values slacksim.Values) slacksim.Submission {
	p.t.Helper()
	view := p.opens(o, channel, action, func(ctx context.Context) error { return p.Click(ctx, channel, ts, action, "") })
	got, err := p.Submit(patience(p.t), view.ID, values)
	if err != nil || len(got.Errors) > 0 {
		p.t.Fatalf("submit %s: %+v, %v", action, got, err)
	}
	return got
}

// TestProcedure_fromFirstToLast walks a complaint from the telephone to its end, on the real
// program, on both engines.
func TestProcedure_fromFirstToLast(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as(demoStaff).log(form())
			officer := o.as(demoOfficer)
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			officer.act(o, demoCases, root.TS, "acknowledge", nil)
			o.caseMessage(demoCases, number, lacks("acknowledge"))
			officer.act(o, demoCases, root.TS, "question", nil)
			o.caseMessage(demoCases, number, offers("answer"))
			officer.act(o, demoCases, root.TS, "answer", slacksim.Values{"answer": "Het was op dinsdag."})
			o.caseMessage(demoCases, number, lacks("answer"))
			officer.note(o, root.TS, "Trainer gesproken.")
			got := officer.act(o, demoCases, root.TS, "resolve", slacksim.Values{
				"verdict": "upheld", "outcome": "De klacht is gegrond.", "remedy": "Een nieuwe datum.",
				"cause": "planning", "lesson": "Reistijd inplannen.", "contact_reaction": "Tevreden.",
			})
			if !got.Updated {
				t.Fatalf("resolve does not go on to confirm: %+v", got)
			}
			officer.confirms(o, number)
			end := o.caseMessage(demoCases, number, lacks("confirm"))
			o.checkThread(root.TS, 7) // the story, and a line for each of six actions
			if end.TS != root.TS {
				t.Error("the case message was posted anew")
			}
			o.endsWell()
			o.mustVerify()
		})
	}
}

func (p person) note(o *programTest, ts, text string, files ...slacksim.Upload) {
	p.t.Helper()
	if err := p.Click(patience(p.t), demoCases, ts, "more", "note"); err != nil {
		p.t.Fatal(err)
	}
	view, err := p.AwaitModal(patience(p.t), "note")
	if err != nil {
		p.t.Fatal(err)
	}
	values := slacksim.Values{"note": text}
	if len(files) > 0 {
		values["attachments"] = files
	}
	if got, err := p.Submit(patience(p.t), view.ID, values); err != nil || !got.Closed {
		p.t.Fatalf("note: %+v, %v\n%s", got, err, o.output)
	}
}

// checkThread waits until the thread has that many replies, and no more.
func (o *programTest) checkThread(ts string, want int) {
	o.t.Helper()
	o.awaitReplies(ts, want)
	if got := len(o.sim.Thread(demoCases, ts)); got != want {
		o.t.Errorf("the thread has %d replies, want %d", got, want)
	}
}

// awaitReplies waits until the thread has at least that many replies.
func (o *programTest) awaitReplies(ts string, want int) {
	o.t.Helper()
	seen := map[string]bool{}
	_, err := o.sim.AwaitMessage(patience(o.t), demoCases, func(m slacksim.Message) bool {
		if m.ThreadTS == ts && m.TS != ts {
			seen[m.TS] = true
		}
		return len(seen) >= want
	})
	if err != nil {
		o.t.Fatalf("the thread has %d replies, want %d\n%s", len(seen), want, o.output)
	}
}

// endsWell stops a program of which nothing leaked, these texts among it, and nothing
// that Slack would have refused.
func (o *programTest) endsWell(more ...string) {
	o.t.Helper()
	o.checkNothingLeaked(more...)
	if complaints := o.sim.Complaints(); len(complaints) > 0 {
		o.t.Errorf("Slack would have refused: %q", complaints)
	}
	o.stop()
}

// confirms submits the confirmation that a decision goes on to, as it stands.
func (p person) confirms(o *programTest, number string) {
	p.t.Helper()
	confirm, err := p.AwaitModal(patience(p.t), "confirm")
	if err != nil {
		p.t.Fatal(err)
	}
	if sent, err := p.Submit(patience(p.t), confirm.ID, nil); err != nil || len(sent.Errors) > 0 {
		p.t.Fatalf("confirm: %+v, %v", sent, err)
	}
	o.caseMessage(demoCases, number, lacks("confirm"))
}

// sensitive are texts of form that must never be read outside the dossier,
// and the tokens.
var sensitive = []string{
	"Noor", "Voorbeeld", "noor@example.org", "1234 5678", "12345678", "dinsdag", "Trainer gesproken", "nieuwe datum",
	slacksim.DefaultBotToken, slacksim.DefaultAppToken,
}

// checkNothingLeaked looks at the program's whole output and at everything
// that was posted, for what is sensitive in form and for more.
func (o *programTest) checkNothingLeaked(more ...string) {
	o.t.Helper()
	secrets := slices.Concat(sensitive, more)
	for _, secret := range secrets {
		if strings.Contains(o.output.String(), secret) {
			o.t.Errorf("the log holds something confidential (%d characters)", len(secret))
		}
	}
	for _, channel := range o.sim.Channels() {
		for _, root := range o.sim.Messages(channel.ID) {
			for _, m := range append(o.sim.Thread(channel.ID, root.TS), root) {
				o.checkMessage(m, secrets)
			}
		}
	}
}

func (o *programTest) checkMessage(m slacksim.Message, secrets []string) {
	o.t.Helper()
	for _, secret := range secrets {
		if strings.Contains(string(m.Blocks)+m.Text+string(m.Metadata), secret) {
			o.t.Errorf("message %s in %s holds something confidential", m.TS, m.Channel)
		}
	}
	if strings.Contains(m.Text, "te laat, zegt") {
		o.t.Errorf("the fallback text of %s tells the story", m.TS)
	}
}
