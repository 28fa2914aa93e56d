package report

import (
	"cmp"
	"slices"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// quarters is how many quarters the history has.
const quarters = 8

// Since returns the first quarter of the history that ends with q.
func Since(q calendar.Quarter) calendar.Quarter {
	for range quarters - 1 {
		q = q.Previous()
	}
	return q
}

// Collector counts complaints for the summary of a quarter.
type Collector struct {
	calendar calendar.Calendar
	today    calendar.Date
	end      calendar.Date
	summary  Summary

	kinds, categories, ways, verdicts, causes map[string]int
	offerings, lessons                        textCounter
	disputes                                  disputeCounter
	cells                                     map[[2]string]int // category, kind
	days                                      [quarters]durationCounter
	told                                      durationCounter
}

// NewCollector starts a summary of that quarter as it is today.
func NewCollector(q calendar.Quarter, today calendar.Date, calendar calendar.Calendar) *Collector {
	c := &Collector{
		calendar: calendar, today: today, end: q.Last(), summary: Summary{Quarter: q, AsOf: today, CountedBy: workflow.CountTold},
		kinds: map[string]int{}, categories: map[string]int{}, ways: map[string]int{},
		verdicts: map[string]int{}, causes: map[string]int{}, cells: map[[2]string]int{}, disputes: newDisputeCounter(),
	}
	if c.summary.AtEnd = (&AtEnd{Day: c.end}); today.Before(c.end) {
		c.summary.AtEnd.Day = today
	}
	for p := Since(q); p.Compare(q) <= 0; p = p.Next() {
		c.summary.History = append(c.summary.History, Period{Quarter: p})
	}
	return c
}

// Add counts a complaint; the order in which complaints come makes no
// difference. The error is always nil and makes Add fit the iterators of the
// register.
func (c *Collector) Add(x workflow.Complaint) error {
	received := x.Facts.Received
	if received.After(c.end) {
		return nil
	}
	class := x.Class(c.today)
	if i := quarters - 1 - distance(calendar.QuarterOf(received), c.summary.Quarter); i >= 0 {
		c.summary.History[i].Outcome.add(class)
		if on := x.Decision.On; !on.IsZero() {
			c.days[i].add(on.DaysSince(received))
		}
	}
	c.countByOwnDate(&x)
	if c.summary.Quarter.Contains(received) {
		c.summary.Outcome.add(class)
		c.facts(&x)
		c.promises(&x)
		c.decision(&x)
		c.heard(&x)
	}
	return nil
}

// distance is how many quarters p lies before q.
func distance(p, q calendar.Quarter) int { return (q.Year-p.Year)*4 + q.Number - p.Number }

// countByOwnDate counts closings and disputes, which belong to the quarter of
// their own date and not to that of receipt (R11).
func (c *Collector) countByOwnDate(x *workflow.Complaint) {
	var closed calendar.Date
	if !x.ClosedAt.IsZero() {
		closed = c.calendar.Today(x.ClosedAt)
	}
	open := closed.IsZero() || closed.After(c.end)
	c.summary.OpenAtEnd += oneIf(open)
	c.atEnd(x, open)
	c.summary.ClosedInQuarter += oneIf(c.summary.Quarter.Contains(closed))
	c.disputes.add(x, c.summary.Quarter, c.today)
	c.summary.DisputedInQuarter += oneIf(c.summary.Quarter.Contains(x.Dispute.On))
}

func (c *Collector) facts(x *workflow.Complaint) {
	f, s := x.Facts, &c.summary
	s.Received++
	f.OfferingKind, f.Category = cmp.Or(f.OfferingKind, unknown), cmp.Or(f.Category, unknown)
	c.kinds[f.OfferingKind]++
	c.categories[f.Category]++
	c.ways[string(f.ReceivedVia)]++
	c.cells[[2]string{f.Category, f.OfferingKind}]++
	c.offerings.add(f.OfferingName)
	s.LateLogged += oneIf(x.LateLogged)
	s.OutOfTime += oneIf(x.OutOfTime)
	s.AmendedInTime += x.AmendedInTime
	s.Disputed += oneIf(!x.Dispute.On.IsZero())
}

func (c *Collector) decision(x *workflow.Complaint) {
	d := x.Decision
	if d.On.IsZero() {
		return
	}
	c.verdicts[string(d.Verdict)]++
	if d.Cause != "" {
		c.causes[d.Cause]++
	}
	c.lessons.add(d.Lesson)
}

// heard counts what the complainant heard, and when (R4a, R13).
func (c *Collector) heard(x *workflow.Complaint) {
	s := &c.summary
	if told, ok := x.Told(); ok {
		c.told.add(told.Kept.On.DaysSince(x.Facts.Received))
	}
	switch _, class := x.Reacted(c.today); class {
	case workflow.ClassInTime:
		s.Reacted.InTime++
	case workflow.ClassLate:
		s.Reacted.Late++
	case workflow.ClassOpen:
		s.Reacted.Pending++
	}
	s.ManyNotices += oneIf(x.Notices() >= workflow.ManyNotices)
	s.CountedByDecision += oneIf(x.Counting == workflow.CountDecided)
}

// promises counts how the acknowledgement was kept, and the confirmation of the
// decision that stands (R2, R9), and what became of remedies (R14).
func (c *Collector) promises(x *workflow.Complaint) {
	var acknowledgement, confirmation *workflow.Promise
	outcomes := 0
	for i := range x.Promises {
		p := &x.Promises[i]
		switch {
		case p.Kind == workflow.PromiseAcknowledgement && acknowledgement == nil:
			acknowledgement = p
		case p.Kind == workflow.PromiseConfirmation && p.Lapsed.IsZero():
			confirmation = p
		case p.Kind == workflow.PromiseOutcome:
			outcomes++
		case p.Kind == workflow.PromiseRemedy:
			c.summary.Remedies.add(p, c.today)
		}
	}
	c.summary.Acknowledged.add(acknowledgement, c.today)
	c.summary.Confirmed.add(confirmation, c.today)
	c.summary.Reopened += oneIf(outcomes > 1)
}

func (k *Kept) add(p *workflow.Promise, today calendar.Date) {
	switch {
	case p == nil:
	case p.InTime():
		k.InTime++
	case p.Open() && !p.Overdue(today):
		k.Pending++
	default:
		k.Late++
	}
}

func (r *Remedies) add(p *workflow.Promise, today calendar.Date) {
	r.Promised++
	switch {
	case !p.Kept.At.IsZero():
		r.Kept++
		r.InTime += oneIf(p.InTime())
	case p.Overdue(today):
		r.Overdue++
	case p.Open():
		r.Open++
	case p.Ended == workflow.EndNotKept:
		r.NotKept++
	default:
		r.Dropped++
	}
}

func (c *Classes) add(class workflow.Class) {
	switch class {
	case workflow.ClassInTime:
		c.InTime++
	case workflow.ClassNoticed:
		c.Noticed++
	case workflow.ClassLate:
		c.Late++
	case workflow.ClassOpen:
		c.Open++
	case workflow.ClassUnreachable:
		c.Unreachable++
	}
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// unknown stands for a kind or a category that intake left open.
const unknown = "unknown"

// Summary returns what was counted so far; Add may go on afterwards.
func (c *Collector) Summary() Summary {
	s := c.summary
	s.History, s.AtEnd = slices.Clone(s.History), new(*s.AtEnd)
	kinds, categories := append(workflow.OfferingKinds(), unknown), append(workflow.Categories(), unknown)
	s.OfferingKinds = inOrder(c.kinds, kinds)
	s.Categories = inOrder(c.categories, categories)
	s.Ways = inOrder(c.ways, words(workflow.ReceiptWays()))
	s.Verdicts = inOrder(c.verdicts, append(words(workflow.Verdicts()), string(workflow.VerdictWithdrawn)))
	s.Causes = inOrder(c.causes, workflow.Causes())
	s.Offerings = c.offerings.byCount()
	s.Lessons, s.MoreLessons = c.lessons.sorted()
	for i := range s.History {
		s.History[i].Duration = c.days[i].duration()
	}
	s.Committee = c.disputes.committee()
	s.Duration, s.DurationTold = s.History[quarters-1].Duration, c.told.duration()
	s.CategoryByKind = newTable(c.cells, categories, kinds)
	return s
}

// inOrder lists the values that occur, in the order of the procedure.
func inOrder(counts map[string]int, order []string) []Count {
	all := []Count{}
	for _, key := range order {
		if n := counts[key]; n > 0 {
			all = append(all, Count{key, n})
		}
	}
	return all
}

func words[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}
