package storage

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// TestBriefIsTheCase: what figures read of a case in one text is what the plain
// columns say, in every state and whatever people typed.
func TestBriefIsTheCase(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.manyStates()
		var plain []workflow.Complaint
		err := h.Reviews().Register(t.Context(), lastOfMarch, nil, func(c workflow.Complaint) error {
			plain = append(plain, c)
			return nil
		})
		mustBe(t, err, nil)
		inIt, after := h.told(winter, winter), h.told(winter, winter.Next())
		if len(plain) != 7 || len(inIt) != 7 || len(after) != 7 {
			t.Fatalf("%d cases, %d of the quarter, %d after it", len(plain), len(inIt), len(after))
		}
		for _, c := range plain {
			equal(t, c.Number, inIt[c.Number], ofTheQuarter(c))
			equal(t, c.Number+" after its quarter", after[c.Number], ofEarlier(c))
		}
	})
}

// ofTheQuarter is what Quarterly tells of a case of the quarter.
func ofTheQuarter(c workflow.Complaint) workflow.Complaint {
	short, f := ofEarlier(c), c.Facts
	short.State, short.LateLogged, short.OutOfTime, short.Decision = c.State, c.LateLogged, c.OutOfTime, c.Decision
	short.Facts = workflow.Facts{
		Received: f.Received, ReceivedVia: f.ReceivedVia, OfferingKind: f.OfferingKind,
		OfferingName: f.OfferingName, Category: f.Category,
	}
	return short
}

// ofEarlier is what it tells of one of a quarter before.
func ofEarlier(c workflow.Complaint) workflow.Complaint {
	return workflow.Complaint{
		Number: c.Number, Facts: workflow.Facts{Received: c.Facts.Received}, ClosedAt: c.ClosedAt,
		Decision: workflow.Decision{On: c.Decision.On}, Dispute: workflow.DisputeFile{On: c.Dispute.On}, Promises: c.Promises,
	}
}

// manyStates fills the register with cases that stand at different points.
func (h *house) manyStates() {
	h.Helper()
	h.log("open")
	late := sample()
	late.Facts.Received, late.Facts.Incident = newYear, calendar.NewDate(2020, time.May, 4)
	late.Facts.OfferingName = "Zagen, schaven; en \"lijmen\" 🪚 O'Brien\\"
	h.do("", staff, "late", late)
	acknowledged := h.log("acknowledged")
	h.do(acknowledged.ID, officer, "acknowledge", workflow.Acknowledge{Sent: sent(2, "Ontvangen")})
	h.closed(h.log("closed"))
	reopened := h.closed(h.log("reopened"))
	h.do(reopened.ID, officer, "reopen", workflow.Reopen{Reason: "Nieuw feit"})
	disputed := h.closed(h.log("disputed"))
	h.do(disputed.ID, officer, "dispute", workflow.Dispute{Date: calendar.NewDate(2026, 3, 2), Reference: "GC 1"})
	commas := h.log("commas")
	r := resolved()
	r.Lesson = "Eerst bellen, dan mailen;\nnooit andersom, echt"
	h.do(commas.ID, officer, "resolve", r)
}

// TestABrokenBrief: figures end at a row that says something else than it
// should, and repeat nothing of it.
func TestABrokenBrief(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.log("view:1")
		for _, wrong := range []string{
			`promised = 'Vandersteen'`, `promised = 'outcome,2026-03-02,2026-04-02,Vandersteen,,,,0,0'`,
			`received = '2026-02-31', promised = ''`, `decided_on = 'Vandersteen'`, `category = 'a,b,Vandersteen'`,
		} {
			h.raw(`UPDATE complaints SET ` + wrong)
			err := h.Reviews().Quarterly(t.Context(), winter, winter, nil, func(workflow.Complaint) error { return nil })
			if err == nil || strings.Contains(err.Error(), "Vandersteen") {
				t.Errorf("%s: %v", wrong, err)
			}
			h.raw(`UPDATE complaints SET promised = '', received = '2026-03-02', decided_on = '', category = 'trainer'`)
		}
		if n := len(h.told(winter, winter)); n != 1 {
			t.Errorf("%d cases after the repair", n)
		}
	})
}

// TestBriefsEnd: an error in the middle of a register that is read ahead ends it
// and leaves nobody reading; without one each case comes once.
func TestBriefsEnd(t *testing.T) {
	const rowsAtOnce = 256 // as the figures read them
	const cases = 3*rowsAtOnce + 10
	onBoth(t, func(t *testing.T, h *house) {
		h.spread(cases)
		year := calendar.Quarter{Year: 2024, Number: 2}
		if n := len(h.told(year, winter)); n != cases { // the last is of the quarter after
			t.Errorf("%d cases of %d", n, cases)
		}
		enough := errors.New("enough")
		for _, last := range []int{1, rowsAtOnce, rowsAtOnce + 1, cases} {
			n := 0
			err := h.Reviews().Quarterly(t.Context(), year, winter, nil, func(workflow.Complaint) error {
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
