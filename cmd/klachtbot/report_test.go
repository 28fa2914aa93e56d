package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/report"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
)

// TestReport_besideTheBot: figures and register are written while the bot works.
// A case that concerns a director counts for nobody but who asks for all, and
// the journal is whole after the export's line in it.
func TestReport_besideTheBot(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	plain := o.as(demoStaff).log(form())
	guarded := o.as(demoStaff).log(form(func(v slacksim.Values) { v["concerns_user"] = demoDirector }))
	quarter := calendar.QuarterOf(calendar.Calendar{Location: testclock.Now().Location()}.Today(testclock.Now())).String()
	for audience, want := range map[string]int{"shared": 1, demoDirector: 1, "all": 2} {
		out, code := o.command("report", "--quarter", quarter, "--format", "json", "--audience", audience)
		var s report.Summary
		if err := json.Unmarshal([]byte(out), &s); err != nil || code != 0 {
			t.Fatalf("exit code %d, %v\n%s", code, err, out)
		}
		if s.Received != want || s.OpenAtEnd != want || s.History[len(s.History)-1].Outcome.All() != want {
			t.Errorf("%s reads %d received, %d open, want %d", audience, s.Received, s.OpenAtEnd, want)
		}
	}
	out, code := o.command("export", "--format", "csv")
	if code != 0 || !strings.Contains(out, plain) || strings.Contains(out, guarded) {
		t.Errorf("exit code %d, the register:\n%s", code, out)
	}
	if out, code := o.command("verify"); code != 0 {
		t.Errorf("after the export: %s", out)
	}
	o.stop()
}

// TestReport_ofADiscussedQuarter: its figures are as they were when the directors
// dealt with it, for the audience that they were kept for.
func TestReport_ofADiscussedQuarter(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	var quarter calendar.Quarter
	o.prepare(func(db *storage.DB, today calendar.Date) {
		quarter = calendar.QuarterOf(today).Previous()
		log := filed("Vlechten", quarter.Last())
		log.Facts.Incident = calendar.Date{}
		if _, err := db.Apply(t.Context(), workflow.Command{Action: log, By: demoOfficer}); err != nil {
			t.Fatal(err)
		}
		kept := report.NewCollector(quarter, today, calendar.Calendar{Location: testclock.Now().Location()}).Summary()
		kept.Received = 7
		var b bytes.Buffer
		if err := report.WriteJSON(&b, kept); err != nil {
			t.Fatal(err)
		}
		err := db.Reviews().Deal(t.Context(), review.Dealing{
			Review:    review.Review{Quarter: quarter, Audience: review.AudienceShared, On: today, By: demoDirector},
			Snapshots: map[review.Audience][]byte{review.AudienceShared: b.Bytes()},
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	for audience, want := range map[string]int{"shared": 7, "all": 1} {
		out, code := o.command("report", "--quarter", quarter.String(), "--format", "json", "--audience", audience)
		s, err := report.ReadJSON([]byte(out))
		if err != nil || code != 0 || s.Received != want {
			t.Errorf("%s reads %d received, want %d; exit code %d, %v", audience, s.Received, want, code, err)
		}
	}
	if out, code := o.command("verify"); code != 0 {
		t.Errorf("after the review: %s", out)
	}
}
