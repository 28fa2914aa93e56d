package report

import (
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// Committee is what became of disputes at the dispute committee (R15), counted by
// the date of what happened, whenever the complaint was received. Of a complaint
// that went there twice the last time counts.
type Committee struct {
	Open     int     `json:"open"`     // at the end of the quarter
	Rulings  []Count `json:"rulings"`  // by verdict
	Ended    []Count `json:"ended"`    // without a ruling, by how
	Defended Kept    `json:"defended"` // by when the defence was due
}

// Upheld is how many rulings upheld a complaint, wholly or in part.
func (c Committee) Upheld() (n int) {
	for _, r := range c.Rulings {
		if r.Key == string(workflow.RulingUpheld) || r.Key == string(workflow.RulingPartly) {
			n += r.Count
		}
	}
	return n
}

func total(all []Count) (n int) {
	for _, one := range all {
		n += one.Count
	}
	return n
}

// disputeCounter counts disputes for a quarter.
type disputeCounter struct {
	open           int
	rulings, ended map[string]int
	defended       Kept
}

func newDisputeCounter() disputeCounter {
	return disputeCounter{rulings: map[string]int{}, ended: map[string]int{}}
}

func (d *disputeCounter) add(x *workflow.Complaint, q calendar.Quarter, today calendar.Date) {
	file, last := x.Dispute, q.Last()
	if !file.On.IsZero() && !file.On.After(last) {
		d.open += oneIf(x.AtCommittee() || file.EndedOn.After(last))
	}
	if q.Contains(file.EndedOn) {
		switch {
		case file.Ruling != "":
			d.rulings[string(file.Ruling)]++
		case file.Ended != "":
			d.ended[string(file.Ended)]++
		}
	}
	if !file.EndedOn.IsZero() && file.EndedOn.Before(q.First()) {
		return
	}
	for i := range x.Promises {
		if p := &x.Promises[i]; p.Kind == workflow.PromiseDefence && p.Lapsed.IsZero() && q.Contains(p.Due) {
			d.defended.add(p, today)
		}
	}
}

func (d *disputeCounter) committee() *Committee {
	return &Committee{
		Open: d.open, Defended: d.defended,
		Rulings: inOrder(d.rulings, words(workflow.RulingVerdicts())),
		Ended:   inOrder(d.ended, words(workflow.DisputeEndings())),
	}
}

// committeeRows are the rows of disputes; none where there was none, and for
// figures from before they were counted.
func (t viewer) committeeRows() []Row {
	c := t.Committee
	if c == nil || c.Open+total(c.Rulings)+total(c.Ended)+c.Defended.Due()+c.Defended.Pending == 0 {
		return nil
	}
	return []Row{
		t.part(t.sp.Say("report.committee_upheld"), c.Upheld(), total(c.Rulings)),
		t.number(t.sp.Say("report.committee_ended"), total(c.Ended)),
		t.number(t.sp.Say("report.committee_open"), c.Open),
		t.part(t.sp.Say("report.defended"), c.Defended.InTime, c.Defended.Due()),
	}
}
