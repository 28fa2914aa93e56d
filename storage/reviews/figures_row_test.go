package reviews_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// TestFiguresRow_saysWhatTheColumnsSay: what figures read of a case in one text is what the plain
// columns say, in every state and whatever people typed.
func TestFiguresRow_saysWhatTheColumnsSay(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		fileEveryState(reg)
		var plain []workflow.Complaint
		err := reg.Reviews().Register(t.Context(), lastOfMarch, nil, func(c workflow.Complaint) error {
			plain = append(plain, c)
			return nil
		})
		storagetest.MustBe(t, err, nil)
		inIt, after := quarterly(reg, winter, winter), quarterly(reg, winter, winter.Next())
		if len(plain) != 9 || len(inIt) != 9 || len(after) != 9 {
			t.Fatalf("%d cases, %d of the quarter, %d after it", len(plain), len(inIt), len(after))
		}
		for _, c := range plain {
			storagetest.Equal(t, c.Number, inIt[c.Number], ofTheQuarter(c))
			storagetest.Equal(t, c.Number+" after its quarter", after[c.Number], ofEarlier(c))
		}
	})
}

// ofTheQuarter is what Quarterly tells of a case of the quarter.
func ofTheQuarter(c workflow.Complaint) workflow.Complaint {
	short, f := ofEarlier(c), c.Facts
	short.State, short.LateLogged, short.OutOfTime, short.Decision = c.State, c.LateLogged, c.OutOfTime, c.Decision
	short.Reactions, short.Counting, short.Decision.Contact = c.Reactions, c.Counting, calendar.Date{}
	short.Facts = workflow.Facts{
		Received: f.Received, ReceivedVia: f.ReceivedVia, OfferingKind: f.OfferingKind,
		OfferingName: f.OfferingName, Category: f.Category,
	}
	return short
}

// ofEarlier is what it tells of one of a quarter before.
func ofEarlier(c workflow.Complaint) workflow.Complaint {
	short := workflow.Complaint{
		Number: c.Number, Facts: workflow.Facts{Received: c.Facts.Received}, ClosedAt: c.ClosedAt,
		Decision: workflow.Decision{On: c.Decision.On}, Promises: c.Promises,
	}
	if d := c.Dispute; !d.On.IsZero() {
		short.State = c.State
		short.Dispute = workflow.DisputeFile{On: d.On, Ruling: d.Ruling, Ended: d.Ended, EndedOn: d.EndedOn}
	}
	return short
}

// fileEveryState fills the register with cases that stand at different points.
func fileEveryState(reg *storagetest.Register) {
	reg.Helper()
	reg.File("open")
	late := storagetest.Sample()
	late.Facts.Received, late.Facts.Incident = newYear, calendar.NewDate(2020, time.May, 4)
	late.Facts.OfferingName = "Zagen, schaven; en \"lijmen\" 🪚 O'Brien\\"
	reg.Do("", storagetest.Staff, "late", late)
	acknowledged := reg.File("acknowledged")
	reg.Do(acknowledged.ID, storagetest.Officer, "acknowledge", workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")})
	reg.CloseCase(reg.File("closed"))
	reopened := reg.CloseCase(reg.File("reopened"))
	reg.Do(reopened.ID, storagetest.Officer, "reopen", workflow.Reopen{Reason: "Nieuw feit"})
	disputed := reg.CloseCase(reg.File("disputed"))
	reg.Do(disputed.ID, storagetest.Officer, "dispute", workflow.Dispute{Date: calendar.NewDate(2026, 3, 2), Reference: "GC 1"})
	ruled := reg.CloseCase(reg.File("ruled"))
	reg.Do(ruled.ID, storagetest.Officer, "to the committee", workflow.Dispute{
		Date: calendar.NewDate(2026, 3, 2), Dates: workflow.DisputeDates{Defence: calendar.NewDate(2026, 3, 20)},
	})
	reg.Do(ruled.ID, storagetest.Officer, "ruling", workflow.Dispute{
		Date: calendar.NewDate(2026, 3, 2), Ruling: "Terecht", Verdict: workflow.RulingPartly, RulingDue: calendar.NewDate(2026, 4, 2),
	})
	paid := reg.File("not paid")
	reg.Do(paid.ID, storagetest.Officer, "resolve for the committee", storagetest.Resolved())
	reg.Do(paid.ID, storagetest.Officer, "to the committee too", workflow.Dispute{Date: calendar.NewDate(2026, 3, 2)})
	reg.Do(paid.ID, storagetest.Officer, "fee", workflow.Dispute{Date: calendar.NewDate(2026, 3, 2), Ended: workflow.EndFeeNotPaid})
	commas := reg.File("commas")
	r := storagetest.Resolved()
	r.Lesson = "Eerst bellen, dan mailen;\nnooit andersom, echt"
	reg.Do(commas.ID, storagetest.Officer, "resolve", r)
}

// TestFiguresRow_broken: figures end at a row that says something else than it
// should, and repeat nothing of it.
func TestFiguresRow_broken(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.File("view:1")
		for _, wrong := range []string{
			`promised = 'Vandersteen'`, `promised = 'outcome,2026-03-02,2026-04-02,Vandersteen,,,,0,0'`,
			`received = '2026-02-31', promised = ''`, `decided_on = 'Vandersteen'`, `category = 'a,b,Vandersteen'`,
		} {
			reg.Exec(`UPDATE complaints SET ` + wrong)
			err := reg.Reviews().Quarterly(t.Context(), winter, winter, nil, func(workflow.Complaint) error { return nil })
			if err == nil || strings.Contains(err.Error(), "Vandersteen") {
				t.Errorf("%s: %v", wrong, err)
			}
			reg.Exec(`UPDATE complaints SET promised = '', received = '2026-03-02', decided_on = '', category = 'trainer'`)
		}
		if n := len(quarterly(reg, winter, winter)); n != 1 {
			t.Errorf("%d cases after the repair", n)
		}
	})
}

// TestFiguresRow_endsAtAnError: an error in the middle of a register that is read ahead ends it
// and leaves nobody reading; without one each case comes once.
func TestFiguresRow_endsAtAnError(t *testing.T) {
	const rowsAtOnce = 256 // as the figures read them
	const cases = 3*rowsAtOnce + 10
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		fileOverQuarters(reg, cases)
		year := calendar.Quarter{Year: 2024, Number: 2}
		if n := len(quarterly(reg, year, winter)); n != cases { // the last is of the quarter after
			t.Errorf("%d cases of %d", n, cases)
		}
		enough := errors.New("enough")
		for _, last := range []int{1, rowsAtOnce, rowsAtOnce + 1, cases} {
			n := 0
			err := reg.Reviews().Quarterly(t.Context(), year, winter, nil, func(workflow.Complaint) error {
				if n++; n == last {
					return enough
				}
				return nil
			})
			if !errors.Is(err, enough) || n != last {
				t.Errorf("%v after %d, want %d", err, n, last)
			}
		}
	})
}
