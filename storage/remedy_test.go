package storage_test

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// refund is an outcome that promises money, which somebody without a role pays.
func refund(amount workflow.Confidential) workflow.Resolve {
	a := storagetest.Resolved()
	a.Promised = workflow.RemedyTerms{
		Kind: workflow.RemedyRefund, Due: calendar.NewDate(2026, time.March, 20), Handler: storagetest.Staff, Amount: amount,
	}
	return a
}

func settled(result workflow.RemedyResult) workflow.SettleRemedy {
	return workflow.SettleRemedy{
		Result: result, Date: calendar.NewDate(2026, time.March, 2), New: calendar.NewDate(2026, time.April, 2), Reason: "De bank was dicht.",
	}
}

// closedWith is a case that was closed with a remedy.
func closedWith(reg *storagetest.Register, gesture string, a workflow.Resolve) workflow.Complaint {
	reg.Helper()
	c := reg.File(gesture)
	reg.Do(c.ID, storagetest.Officer, gesture+":resolve", a)
	return reg.Do(c.ID, storagetest.Officer, gesture+":confirm", workflow.Confirm{Sent: storagetest.Sent(2, "Klaar")})
}

// TestRemedy_isKept: what the rules make of a remedy is read back as it was, on both
// engines, and the journal binds it at every step.
func TestRemedy_isKept(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := closedWith(reg, "view:1", refund("€ 1.250,50"))
		reg.MustHold(c)
		reg.MustVerify()
		for gesture, step := range []struct {
			by roster.PersonID
			a  workflow.Action
		}{
			{storagetest.Staff, workflow.ReportRemedy{Entry: 1, Date: calendar.NewDate(2026, time.March, 2), Reason: "Overgemaakt."}},
			{storagetest.Officer, settled(workflow.RemedyMoved)},
			{storagetest.Officer, workflow.RemedyLetter{Sent: storagetest.Sent(2, "Later")}},
			{storagetest.Officer, settled(workflow.RemedyDone)},
		} {
			c = reg.Do(c.ID, step.by, "click:"+string(rune('a'+gesture)), step.a)
			reg.MustHold(c)
			reg.MustVerify()
		}
		for _, secret := range []string{"herkansing", "1250.50", "Overgemaakt", "bank was dicht"} {
			if n := reg.Count(`SELECT count(*) FROM complaints WHERE promised LIKE $1 OR lesson LIKE $1`, "%"+secret+"%"); n > 0 {
				t.Errorf("%q stands in the clear", secret)
			}
		}
	})
}

// TestRemedy_closedCaseIsListedAndLookedAt: an open remedy puts a closed case into
// the lists of what is due, and an absence or another roster has it looked at.
func TestRemedy_closedCaseIsListedAndLookedAt(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := closedWith(reg, "view:1", refund("450"))
		closedWith(reg, "view:2", storagetest.Resolved())
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 21))
		storagetest.Equal(t, "overdue", reg.Listed(lists.Query{Viewer: storagetest.Director, Filter: lists.FilterOverdue}), []string{c.Number})
		owners, err := reg.Reviews().Owners(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		storagetest.Equal(t, "who must be there", owners, []roster.PersonID{storagetest.Staff})
		reg.SweepAll()
		if _, err := reg.SetDeactivated(t.Context(), storagetest.Staff, true); err != nil {
			t.Fatal(err)
		}
		if n := reg.Count(`SELECT count(*) FROM complaints WHERE state = 'closed' AND next_at <= $1`, reg.Clock.Now().UTC()); n != 1 {
			t.Errorf("%d closed cases are looked at", n)
		}
		reg.Do(c.ID, storagetest.Officer, "click:done", settled(workflow.RemedyDone))
		storagetest.Equal(t, "settled", len(reg.Listed(lists.Query{Viewer: storagetest.Director, Filter: lists.FilterOverdue})), 0)
		reg.MustVerify()
	})
}

// TestRefunds_sumOfAQuarter: what was promised and paid, without what was dropped,
// what was received in another quarter, and what concerns a reader.
func TestRefunds_sumOfAQuarter(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		closedWith(reg, "view:1", refund("450"))
		paid := closedWith(reg, "view:2", refund("1.250,50"))
		dropped := closedWith(reg, "view:3", refund("99"))
		unknown := refund("")
		closedWith(reg, "view:4", unknown)
		reg.Do(paid.ID, storagetest.Officer, "click:paid", settled(workflow.RemedyDone))
		reg.Do(dropped.ID, storagetest.Officer, "click:dropped", settled(workflow.RemedyDropped))
		about := reg.FileAbout("view:5", storagetest.Staff, storagetest.Director)
		reg.Do(about.ID, storagetest.Officer, "click:5", refund("1000"))
		spring := calendar.Quarter{Year: 2026, Number: 1}
		for _, test := range []struct {
			quarter calendar.Quarter
			without []roster.PersonID
			want    review.Refunds
		}{
			{spring, nil, review.Refunds{Promised: 270050, Paid: 125050}},
			{spring, []roster.PersonID{storagetest.Director}, review.Refunds{Promised: 170050, Paid: 125050}},
			{spring.Next(), nil, review.Refunds{}},
		} {
			got, err := reg.Reviews().Refunds(t.Context(), test.quarter, test.without)
			if err != nil {
				t.Fatal(err)
			}
			storagetest.Equal(t, "refunds", got, test.want)
		}
	})
}

// TestRemedy_isReadByWhoSeesToIt and by nobody else.
func TestRemedy_isReadByWhoSeesToIt(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := closedWith(reg, "view:1", refund("450"))
		got, err := reg.Records().Remedy(t.Context(), c.ID, 1, storagetest.Staff)
		if err != nil || got.Case != c.Number || got.Amount != 45000 || got.Text != "Gratis herkansing" || got.Number != 1 {
			t.Errorf("%s, %d, %v", got.Case, got.Amount, err)
		}
		for _, who := range []roster.PersonID{storagetest.Officer, storagetest.Director, "U0OTHER", ""} {
			if _, err := reg.Records().Remedy(t.Context(), c.ID, 1, who); !workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
				t.Errorf("%q reads it: %v", who, err)
			}
		}
		if _, err := reg.Records().Remedy(t.Context(), c.ID, 2, storagetest.Staff); !workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
			t.Errorf("another remedy: %v", err)
		}
	})
}

// TestRemedy_messageIsEdited: what whoever sees to it reads is one message for each
// remedy, edited where it stands; it is no other case message.
func TestRemedy_messageIsEdited(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			box := storagetest.NewOutbox(t, storagetest.Address(t, engine))
			box.WithoutPace()
			c := box.FilePosted("view:1")
			first, second := workflow.RemedyChanged{To: storagetest.Staff, Remedy: 1}, workflow.RemedyChanged{To: storagetest.Staff, Remedy: 2}
			lane := outbox.DirectLane(storagetest.Staff)
			place := map[string]string{}
			for version := 2; version <= 4; version++ {
				box.Enqueue(&c, first, second)
				l := box.LeaseOf(lane)
				for range 2 {
					d := box.Next(l)
					if stood := place[d.Slot()]; d.TS != stood {
						t.Errorf("version %d of remedy %s stands at %q, want %q", version, d.Slot(), d.TS, stood)
					}
					p := box.Posted(d)
					if d.TS == "" {
						p.Posted.Channel, p.Posted.TS = "D0STAFF", "1.00"+d.Slot()
					} else {
						p.Posted.Channel, p.Posted.TS = d.Channel, d.TS
					}
					place[d.Slot()] = p.Posted.TS
					box.Settle(l, d, p)
				}
				box.Idle(l)
				box.Release(l)
			}
			if place["1"] == place["2"] || len(place) != 2 {
				t.Errorf("they stand at %v", place)
			}
		})
	}
}
