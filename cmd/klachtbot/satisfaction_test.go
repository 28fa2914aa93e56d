package main

import (
	"context"
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
)

// satisfied opens Meer… › Wat vond de klager ervan? on the case message, and sends it in.
func (p person) satisfied(o *programTest, ts string, values slacksim.Values) slacksim.Submission {
	p.t.Helper()
	before, _ := o.sim.Message(demoCases, ts)
	view := p.opens(o, demoCases, "satisfaction", func(ctx context.Context) error {
		return p.Click(ctx, demoCases, ts, "more", "satisfaction")
	})
	got, err := p.Submit(patience(p.t), view.ID, values)
	if err != nil {
		p.t.Fatal(err)
	}
	if len(got.Errors) > 0 {
		if err := p.CloseView(patience(p.t), view.ID); err != nil {
			p.t.Fatal(err)
		}
	}
	if _, err := o.sim.AwaitMessage(patience(p.t), demoCases, func(m slacksim.Message) bool {
		return m.TS == ts && blockOf(m, "more") != blockOf(before, "more")
	}); err != nil {
		p.t.Fatalf("it can't be picked again: %v", err)
	}
	return got
}

// TestSatisfaction_onTheRealProgram (R16): what the complainant said of the handling of a
// closed case is recorded, and again after a restart; the thread says that it was, and not
// what; the dossier keeps both, and figures of one complaint don't tell which it is.
func TestSatisfaction_onTheRealProgram(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number, root := o.promised(nil)
			o.caseMessage(demoCases, number, func(m slacksim.Message) bool { return strings.Contains(string(m.Blocks), `"satisfaction"`) })
			officer := o.as(demoOfficer)
			if got := officer.satisfied(o, root.TS, nil); got.Errors["satisfaction"] == "" {
				t.Errorf("without an answer: %+v", got)
			}
			if got := officer.satisfied(o, root.TS, slacksim.Values{"satisfaction": "disagree", "note": "Duurde eindeloos."}); !got.Closed {
				t.Fatalf("recorded: %+v", got)
			}
			o.awaitReply(root.TS, "Vastgelegd hoe de klager de behandeling vond")
			o.kill()
			o.start()
			if got := officer.satisfied(o, root.TS, slacksim.Values{"satisfaction": "partly", "note": "Bij nader inzien."}); !got.Closed {
				t.Fatalf("recorded again: %+v", got)
			}
			view := officer.opensCase(o, root.TS)
			for _, want := range []string{"Duurde eindeloos.", "Bij nader inzien.", "Deels"} {
				if !strings.Contains(string(view.Raw), want) {
					t.Errorf("the dossier does not say %q", want)
				}
			}
			for _, m := range o.sim.Messages(demoCases) {
				if all := m.Text + string(m.Blocks); strings.Contains(all, "eindeloos") || strings.Contains(all, "nader inzien") || strings.Contains(all, "Deels") {
					t.Errorf("the channel reads what was said: %s", all)
				}
			}
			if s, _ := o.figures(0); s.Satisfaction == nil || s.Satisfaction.Answers != 1 || s.Satisfaction.Partly != nil {
				t.Errorf("figures: %+v", s.Satisfaction)
			}
			o.endsWell()
			o.mustVerify()
		})
	}
}
