package report

import (
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// toldOn is when the complainant was told, as it counts (R13, R18); unknown when
// nobody was.
func toldOn(c *workflow.Complaint) calendar.Date {
	told, _ := c.Told()
	return told.Kept.On
}

// countedBy is by which day the outcome of a case counts.
func countedBy(sp texts.Speaker, c *workflow.Complaint) string {
	if c.Counting == workflow.CountTold {
		return sp.Say("register.counting.told")
	}
	return sp.Say("register.counting.decided")
}

// reacted says whether the complainant heard something within four weeks (R4a); ""
// where it is too early to tell, or nobody knows.
func (r Register) reacted(c *workflow.Complaint) string {
	switch _, class := c.Reacted(r.Today); class {
	case workflow.ClassInTime:
		return r.Speaker.Say("register.yes")
	case workflow.ClassLate:
		return r.Speaker.Say("register.no")
	}
	return ""
}

// Shown is how many classes the history shows where room is scarce: that of who could
// not be told only when it holds somebody.
func (s *Summary) Shown() int {
	n := len(Classes{}.Numbers())
	for _, p := range s.History {
		if p.Outcome.Unreachable > 0 {
			return n
		}
	}
	return n - 1
}

// heard is the section of what complainants heard, and when.
func (t viewer) heard() Section {
	say := t.sp.Say
	return Section{Title: say("report.heard"), Rows: []Row{
		t.part(say("report.reacted"), t.Reacted.InTime, t.Reacted.Due()),
		t.number(say("report.unreachable"), t.Outcome.Unreachable),
		t.number(say("report.many_notices"), t.ManyNotices),
		t.took(say("report.median_told"), t.DurationTold, t.DurationTold.Median),
	}}
}

// counting says by which day outcomes count, where that is not the rule of today.
func (t viewer) counting() string {
	switch {
	case t.CountedBy != workflow.CountTold:
		return t.sp.Say("report.counted_by_decision")
	case t.CountedByDecision > 0:
		return t.sp.Say("report.some_by_decision", texts.Args{"Count": t.CountedByDecision})
	}
	return ""
}

// Satisfaction is how complainants found the handling of their complaints (R16).
// Answers counts those who said so. What they said is nil where fewer than
// FewAnswers did: whoever knows one complainant of the quarter would read theirs.
type Satisfaction struct {
	Answers  int  `json:"answers"`
	NoAnswer int  `json:"no_answer"`
	Agree    *int `json:"agree"`
	Partly   *int `json:"partly"`
	Disagree *int `json:"disagree"`
}

// FewAnswers is the number of answers below which figures don't say what they are.
const FewAnswers = 5

func newSatisfaction(counts map[workflow.Satisfaction]int) *Satisfaction {
	agree, partly, disagree := counts[workflow.SatisfactionAgree], counts[workflow.SatisfactionPartly], counts[workflow.SatisfactionDisagree]
	s := &Satisfaction{Answers: agree + partly + disagree, NoAnswer: counts[workflow.SatisfactionNoAnswer]}
	if s.Answers >= FewAnswers {
		s.Agree, s.Partly, s.Disagree = &agree, &partly, &disagree
	}
	return s
}

// satisfaction are the rows of how complainants found the handling; none where
// nothing was recorded, and for figures from before.
func (t viewer) satisfaction() []Row {
	s := t.Satisfaction
	if s == nil || s.Answers+s.NoAnswer == 0 {
		return nil
	}
	none := t.number(choice(t.sp, "satisfaction", workflow.SatisfactionNoAnswer), s.NoAnswer)
	if s.Agree == nil || s.Partly == nil || s.Disagree == nil {
		return []Row{t.number(t.sp.Say("report.satisfaction_few", texts.Args{"Count": FewAnswers}), s.Answers), none}
	}
	return []Row{
		t.part(choice(t.sp, "satisfaction", workflow.SatisfactionAgree), *s.Agree, s.Answers),
		t.part(choice(t.sp, "satisfaction", workflow.SatisfactionPartly), *s.Partly, s.Answers),
		t.part(choice(t.sp, "satisfaction", workflow.SatisfactionDisagree), *s.Disagree, s.Answers), none,
	}
}
