package reviews_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/migrations"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// inShort is what stays of a promise in the column promised.
func inShort(p workflow.Promise) workflow.Promise {
	p.Reminders, p.Snoozed, p.Kept.By, p.Handler = "", calendar.Date{}, "", ""
	if !p.Kept.At.IsZero() {
		p.Kept.At = cases.StartOfDay(p.Kept.On)
	}
	return p
}

// TestPromised_followsThePromises: at every step the short form in a complaint's row says
// what its promises say, and the migration's SQL makes the same.
func TestPromised_followsThePromises(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		for i, a := range []workflow.Action{
			workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")},
			workflow.Progress{Sent: storagetest.Sent(2, "Later"), Reason: "Ziek", Expected: calendar.NewDate(2026, time.April, 20)},
			storagetest.Resolved(), workflow.Confirm{Sent: storagetest.Sent(2, "Klaar")}, workflow.Reopen{Reason: "Nieuw feit"}, storagetest.Resolved(),
		} {
			c := reg.Do(made.ID, storagetest.Officer, fmt.Sprint("click:", i), a)
			var want []workflow.Promise
			for _, p := range c.Promises {
				want = append(want, inShort(p))
			}
			storagetest.Equal(t, fmt.Sprintf("after %s", a.Name()), quarterly(reg, winter, winter)[made.Number].Promises, want)
		}
		backfilled(reg, made.ID)
	})
}

// backfilled runs the migration's statement again over a case.
func backfilled(reg *storagetest.Register, id workflow.CaseID) {
	reg.Helper()
	text, err := fs.ReadFile(migrations.Files(), "00010_report.sql")
	if err != nil {
		reg.Fatal(err)
	}
	update := string(text)[strings.Index(string(text), "UPDATE complaints"):]
	before, after := "", ""
	get := func(dest *string) {
		if err := reg.Core().Write.Get(reg.Context(), dest, `SELECT promised FROM complaints WHERE id = $1`, id); err != nil {
			reg.Fatal(err)
		}
	}
	get(&before)
	reg.Exec(`UPDATE complaints SET promised = ''`)
	reg.Exec(update)
	if get(&after); after != before || after == "" {
		reg.Errorf("the migration makes %q, a change %q", after, before)
	}
}

func FuzzPromises(f *testing.F) {
	f.Add("")
	f.Add("acknowledgement,2026-03-02,2026-03-07,2026-03-03,2026-03-03,email,,0,1")
	f.Add("outcome,2026-03-02,2026-04-02,,,,,0,0;progress,,,,,,,1,1")
	f.Add("remedy,2026-03-02,2026-04-02,,,,2026-04-01,0,0,dropped,refund;remedy,2026-03-02,2026-04-02,2026-04-01,2026-04-01,,,0,1,,repair")
	f.Add("a;b,,")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := cases.DecodePromises(nil, text)
		if err != nil {
			return
		}
		again, err := cases.DecodePromises(nil, cases.EncodePromises(all))
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		storagetest.Equal(t, "read again", again, all)
	})
}
