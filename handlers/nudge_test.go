package handlers

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
)

func TestNudge(t *testing.T) {
	o := newOffice(t, noRegister{}, noRegister{})
	c := life(t, o.Policy, stages()["received"]...)
	o.Source = shelf{complaint: c}
	for _, test := range []struct {
		what  string
		kind  workflow.PromiseKind
		to    workflow.PersonID
		now   time.Time
		says  string
		moot  bool
		later bool
	}{
		{what: "two days left", kind: workflow.PromiseAcknowledgement, to: officer, now: monday, says: "nog 2 dagen"},
		{what: "one day left", kind: workflow.PromiseAcknowledgement, to: officer, now: monday.AddDate(0, 0, 1), says: "nog 1 dag)"},
		{what: "last day", kind: workflow.PromiseAcknowledgement, to: officer, now: monday.AddDate(0, 0, 2), says: "vandaag is de laatste dag"},
		{what: "a day late", kind: workflow.PromiseAcknowledgement, to: officer, now: monday.AddDate(0, 0, 3), says: "1 dag te laat"},
		{what: "days late", kind: workflow.PromiseAcknowledgement, to: officer, now: monday.AddDate(0, 0, 4), says: "2 dagen te laat"},
		{what: "outcome", kind: workflow.PromiseOutcome, to: officer, now: monday, says: "leg de uitkomst vast"},
		{what: "not promised yet", kind: workflow.PromiseConfirmation, to: officer, now: monday, moot: true},
		{what: "neither owner nor deputy", kind: workflow.PromiseOutcome, to: staff, now: monday, moot: true},
		{what: "in the evening", kind: workflow.PromiseOutcome, to: officer, now: monday.Add(10 * time.Hour), later: true},
		{what: "on Saturday", kind: workflow.PromiseOutcome, to: officer, now: monday.AddDate(0, 0, 5), later: true},
	} {
		o.Now = func() time.Time { return test.now }
		m, version, err := o.Render(t.Context(), workflow.Delivery{Case: "case", Surface: workflow.SurfaceNudge, To: test.to, What: string(test.kind)})
		var later *Later
		switch {
		case test.moot:
			if !errors.Is(err, ErrMoot) {
				t.Errorf("%s: %v, want ErrMoot", test.what, err)
			}
		case test.later:
			if !errors.As(err, &later) || !strings.HasPrefix(err.Error(), "not before 2026-") || !o.Policy.Calendar.InWindow(later.At) {
				t.Errorf("%s: %v, want a Later in a window", test.what, err)
			}
		case err != nil || version != c.Version:
			t.Errorf("%s: version %d, %v", test.what, version, err)
		case !strings.Contains(jsonOf(t, m), test.says) || !strings.Contains(jsonOf(t, m), "<@"+string(test.to)+">"):
			t.Errorf("%s: does not say %q to its person", test.what, test.says)
		}
	}
}

func TestNudgeGolden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := newOffice(t, noRegister{}, noRegister{})
		o.Language = lang
		o.Source = shelf{complaint: life(t, o.Policy, stages()["received"]...)}
		for _, kind := range []workflow.PromiseKind{workflow.PromiseAcknowledgement, workflow.PromiseOutcome} {
			golden(t, "nudge-"+string(kind)+"."+lang, o.rendered(t, workflow.Delivery{Surface: workflow.SurfaceNudge, To: officer, What: string(kind)}))
		}
	}
}
