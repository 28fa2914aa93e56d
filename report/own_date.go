package report

import (
	"cmp"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// AtEnd is how things stood when the quarter ended, or, as long as it lasts, on the
// day of the figures: of all complaints, however long ago they were received. The
// dates of an erased complaint are up to a month early, and so is what they tell.
type AtEnd struct {
	Day calendar.Date `json:"day"`
	// Overdue is how many of the open complaints were past a date that was promised,
	// and OldestDays how long ago the first of those had been received.
	Overdue    int `json:"overdue"`
	OldestDays int `json:"oldest_days"`
	// ClosedOverdue counts closed complaints of which something was still owed that
	// was past its date: a remedy, or a defence.
	ClosedOverdue int `json:"closed_overdue"`
	// Earlier is what had to be done in the quarter for complaints from before it.
	Earlier Kept `json:"earlier"`
}

// atEnd counts a complaint for AtEnd; open says that it was open then.
func (c *Collector) atEnd(x *workflow.Complaint, open bool) {
	end := c.summary.AtEnd
	switch late := overdueOn(x.Promises, end.Day); {
	case late && open:
		end.Overdue++
		end.OldestDays = max(end.OldestDays, end.Day.DaysSince(x.Facts.Received))
	case late:
		end.ClosedOverdue++
	}
	if x.Facts.Received.Before(c.summary.Quarter.First()) {
		for i := range x.Promises {
			if c.wasDue(&x.Promises[i]) {
				end.Earlier.add(&x.Promises[i], end.Day)
			}
		}
	}
}

// wasDue reports whether something had to be done in the quarter: what had been done
// before, or was owed no more by its date, had not.
func (c *Collector) wasDue(p *workflow.Promise) bool {
	settled := cmp.Or(p.Kept.On, p.Lapsed)
	if p.Kept.At.IsZero() && !p.Lapsed.IsZero() && !p.Lapsed.After(p.Due) {
		return false
	}
	return c.summary.Quarter.Contains(p.Due) && (settled.IsZero() || !settled.Before(c.summary.Quarter.First()))
}

// overdueOn reports whether anything was owed on a day that was past its date. An
// outcome is owed by the date of the notice that came after it (R4).
func overdueOn(promises []workflow.Promise, day calendar.Date) bool {
	noticed := false
	for i := len(promises) - 1; i >= 0; i-- {
		p := &promises[i]
		if !owedOn(p, day) {
			continue
		}
		superseded := p.Kind == workflow.PromiseOutcome && noticed
		if day.After(p.Due) && !superseded {
			return true
		}
		noticed = noticed || p.Kind == workflow.PromiseProgress
	}
	return false
}

// owedOn reports whether a promise had been made by the end of a day, and was neither
// kept nor given up by then.
func owedOn(p *workflow.Promise, day calendar.Date) bool {
	switch {
	case p.Made.After(day):
		return false
	case !p.Kept.At.IsZero():
		return p.Kept.On.After(day)
	}
	return p.Lapsed.IsZero() || p.Lapsed.After(day)
}

// standing says how many complaints were open at the end of the quarter and how many
// of those were late, with how old the oldest was; and what was late of closed ones.
func (t viewer) standing() []Line {
	if t.AtEnd == nil { // figures from before that was counted
		return []Line{{Text: t.sp.Say("report.open_before", texts.Args{"Count": t.OpenAtEnd})}}
	}
	which := "none"
	switch late := t.AtEnd.Overdue; {
	case t.OpenAtEnd == 0:
	case late == 0:
		which = "kept"
	case late == t.OpenAtEnd && late == 2:
		which = "both"
	case late == t.OpenAtEnd:
		which = "all"
	default:
		which = "some"
	}
	key := "report.ended." + which
	if !t.AtEnd.Day.Before(t.AsOf) {
		key = "report.lasting." + which
	}
	lines := []Line{{Late: t.AtEnd.Overdue > 0, Text: t.sp.Say(key, texts.Args{
		"Count": t.OpenAtEnd, "Late": t.AtEnd.Overdue, "Oldest": t.sp.Days(t.AtEnd.OldestDays),
	})}}
	if n := t.AtEnd.ClosedOverdue; n > 0 {
		lines = append(lines, Line{Late: true, Text: t.sp.Say("report.closed_late", texts.Args{"Count": n})})
	}
	return lines
}

// standingRows are the figures of standing.
func (t viewer) standingRows() []Row {
	rows := []Row{t.number(t.sp.Say("report.open_at_end"), t.OpenAtEnd)}
	end := t.AtEnd
	if end == nil {
		return rows
	}
	rows = append(rows, t.number(t.sp.Say("report.late_at_end"), end.Overdue))
	if end.Overdue > 0 {
		oldest := Row{t.sp.Say("report.oldest_late"), end.OldestDays, -1, t.sp.Days(end.OldestDays)}
		rows = append(rows, oldest)
	}
	if end.ClosedOverdue > 0 {
		rows = append(rows, t.number(t.sp.Say("report.closed_late_row"), end.ClosedOverdue))
	}
	return rows
}

// earlier says how what had to be done in the quarter went for complaints from before
// it, where there is nothing to say of those that were received in it; "" where that
// is not known.
func (t viewer) earlier() Line {
	end := t.AtEnd
	switch {
	case end == nil && t.OpenAtEnd > 0:
		return Line{}
	case end == nil, end.Earlier.Due()+end.Overdue+end.ClosedOverdue == 0:
		return Line{Text: t.sp.Say("report.none_due")}
	case end.Earlier.Late > 0:
		return Line{Text: t.sp.Say("report.earlier_late", texts.Args{"Of": t.of(end.Earlier.Late, end.Earlier.Due())}), Late: true}
	case end.Earlier.InTime > 0:
		return Line{Text: t.sp.Say("report.earlier_kept", texts.Args{"Of": t.of(end.Earlier.InTime, end.Earlier.Due())})}
	}
	return Line{}
}

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
