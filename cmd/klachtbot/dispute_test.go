package main

import (
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
)

// dispute opens the dispute of a case from the case message and submits it, with
// what the form shows but for what values replaces.
func (p person) dispute(o *programTest, root slacksim.Message, values slacksim.Values) slacksim.Submission {
	p.t.Helper()
	changes, unsubscribe := o.sim.Subscribe()
	defer unsubscribe()
	ctx := patience(p.t)
	for err := p.Click(ctx, demoCases, root.TS, "more", "dispute"); err != nil; err = p.Click(ctx, demoCases, root.TS, "more", "dispute") {
		select { // Slack sends nothing before the message was shown anew
		case <-changes:
		case <-ctx.Done():
			p.t.Fatalf("dispute: %v\n%s", err, o.output)
		}
	}
	view, err := p.AwaitModal(patience(p.t), "dispute")
	if err != nil {
		p.t.Fatalf("dispute: %v\n%s", err, o.output)
	}
	got, err := p.Submit(patience(p.t), view.ID, values)
	if err != nil {
		p.t.Fatal(err)
	}
	return got
}

// shows waits until the case message holds all of these words.
func (o *programTest) shows(number string, words ...string) {
	o.t.Helper()
	o.caseMessage(demoCases, number, func(m slacksim.Message) bool {
		for _, w := range words {
			if !strings.Contains(string(m.Blocks), w) {
				return false
			}
		}
		return true
	})
}

func ahead(days int) string { return testclock.Now().AddDate(0, 0, days).Format(time.DateOnly) }

// TestDispute_toItsEnd walks two complaints along the whole road at the dispute
// committee, on the real program: one to a ruling that is to be carried out, one
// that ends because the fee was not paid.
func TestDispute_toItsEnd(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			officer := o.as(demoOfficer)
			number, root := o.settled()
			o.disputedToRuling(officer, number, root)
			unpaid, second := o.settled()
			if got := officer.dispute(o, second, slacksim.Values{"defence_date": ahead(10)}); !got.Updated {
				t.Fatalf("the dossier is not offered: %+v", got)
			}
			o.says(second, "De klager heeft de klacht aan de Geschillencommissie voorgelegd")
			if got := officer.dispute(o, second, slacksim.Values{"ended": "fee_not_paid"}); !got.Closed {
				t.Fatalf("fee not paid: %+v", got)
			}
			o.says(second, "Geschil bij de commissie geëindigd zonder uitspraak")
			o.shows(unpaid, "klachtengeld niet betaald", "Gesloten")
			view := officer.opensCase(o, second.TS)
			for _, words := range []string{"Bewaard tot en met", "Geschil geëindigd zonder uitspraak", "klachtengeld niet betaald"} {
				if !strings.Contains(string(view.Raw), words) {
					t.Errorf("the dossier lacks %q", words)
				}
			}
			o.endsWell("GC-2026-77", "Betaal de helft terug")
			o.mustVerify()
		})
	}
}

// disputedToRuling takes a closed case to the committee, sends the defence, moves
// the hearing, and records the ruling, with the mistakes that people make.
func (o *programTest) disputedToRuling(officer person, number string, root slacksim.Message) {
	o.t.Helper()
	if got := officer.dispute(o, root, slacksim.Values{"reference": "GC-2026-77"}); !got.Updated {
		o.t.Fatalf("the dossier is not offered: %+v", got)
	}
	o.shows(number, "Bij de Geschillencommissie", "nog geen datum voor het verweer")
	got := officer.dispute(o, root, slacksim.Values{"defence_date": ahead(1), "hearing_date": ahead(40)})
	if !got.Closed {
		o.t.Fatalf("dates: %+v", got)
	}
	o.says(root, "Datums van de Geschillencommissie bijgewerkt")
	o.shows(number, "Verweer uiterlijk", "Zitting op")
	o.says(root, "verstuur het verweer") // a day before it is due
	if got = officer.dispute(o, root, nil); got.Errors["ruling_verdict"] == "" {
		o.t.Errorf("nothing new: %+v", got)
	}
	if got = officer.dispute(o, root, slacksim.Values{"defence_sent": ahead(0), "hearing_date": ahead(50)}); !got.Closed {
		o.t.Fatalf("the defence: %+v", got)
	}
	o.shows(number, "Verweer verstuurd op", "verweer verstuurd op")
	if got = officer.dispute(o, root, slacksim.Values{"ruling": "Betaal de helft terug."}); got.Errors["ruling_verdict"] == "" || len(got.Errors) != 1 {
		o.t.Errorf("a ruling without a verdict: %+v", got)
	}
	got = officer.dispute(o, root, slacksim.Values{
		"ruling": "Betaal de helft terug.", "ruling_verdict": "partly_upheld", "ruling_due": ahead(30),
	})
	if !got.Closed {
		o.t.Fatalf("the ruling: %+v", got)
	}
	o.says(root, "Uitspraak van de commissie vastgelegd")
	o.shows(number, "uitspraak van de Geschillencommissie op", "Deels gegrond", "Gesloten")
	view := officer.opensCase(o, root.TS)
	for _, words := range []string{"Zitting op: wat er stond", "Betaal de helft terug", "Uitvoeren uiterlijk"} {
		if !strings.Contains(string(view.Raw), words) {
			o.t.Errorf("the dossier lacks %q", words)
		}
	}
}
