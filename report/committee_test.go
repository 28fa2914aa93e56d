package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// disputedCase is a closed case with that dispute; due is by when its defence was due,
// sent when it went, either empty.
func disputedCase(d workflow.DisputeFile, due, sent string) workflow.Complaint {
	return with(decided("2026-04-02", "2026-04-03", "2026-04-20"), func(c *workflow.Complaint) {
		c.Dispute = d
		if due == "" {
			return
		}
		p := workflow.Promise{Kind: workflow.PromiseDefence, Made: d.On, Due: day(due)}
		switch {
		case sent != "":
			p.Kept = kept(sent)
		case !d.EndedOn.IsZero():
			p.Lapsed, p.Ended = d.EndedOn, workflow.EndRuling
		}
		c.Promises = append(c.Promises, p)
	})
}

// TestCommittee_countsByTheirOwnDate: rulings and ends by the day on which they came,
// what went on at the end of the quarter, and defences by when they were due.
func TestCommittee_countsByTheirOwnDate(t *testing.T) {
	going := disputedCase(workflow.DisputeFile{From: workflow.StateClosed, On: day("2026-09-10")}, "2026-09-30", "")
	going.State = workflow.StateDisputed
	s := collected(t, []workflow.Complaint{
		disputedCase(workflow.DisputeFile{On: day("2026-05-01"), Ruling: workflow.RulingUpheld, EndedOn: day("2026-07-01")}, "2026-06-01", "2026-05-20"),
		disputedCase(workflow.DisputeFile{On: day("2026-07-01"), Ruling: workflow.RulingPartly, EndedOn: day("2026-09-30")}, "2026-07-20", "2026-07-21"),
		disputedCase(workflow.DisputeFile{On: day("2026-07-01"), Ruling: workflow.RulingNotUpheld, EndedOn: day("2026-08-30")}, "2026-07-20", ""),
		disputedCase(workflow.DisputeFile{On: day("2026-07-02"), Ended: workflow.EndFeeNotPaid, EndedOn: day("2026-08-01")}, "2026-07-30", "2026-07-30"),
		disputedCase(workflow.DisputeFile{On: day("2026-07-02"), Ruling: workflow.RulingUpheld, EndedOn: day("2026-10-01")}, "", ""), // ruled on a day after the quarter
		disputedCase(workflow.DisputeFile{On: day("2026-10-02")}, "", ""),                                                            // begun after it, in a register of before
		disputedCase(workflow.DisputeFile{On: day("2026-03-02")}, "", ""),                                                            // ruled on before verdicts were kept
		going,
	})
	equal(t, "committee", s.Committee, &Committee{
		Open:     2,
		Rulings:  []Count{{"upheld", 1}, {"partly_upheld", 1}, {"not_upheld", 1}},
		Ended:    []Count{{"fee_not_paid", 1}},
		Defended: Kept{InTime: 1, Late: 2},
	})
	equal(t, "upheld", s.Committee.Upheld(), 2)
	rows := map[string]string{}
	for _, section := range NewSummaryView(s, speaker(t, "nl")).Sections {
		if strings.HasPrefix(section.Title, "Bij de Geschillencommissie") {
			for _, r := range section.Rows {
				rows[r.Label] = r.Value
			}
		}
	}
	equal(t, "rows", rows, map[string]string{
		"Uitspraken, (deels) gegrond": "2 van de 3", "Zonder uitspraak geëindigd": "1", "Loopt nog": "2", "Verweer op tijd verstuurd": "1 van de 3",
	})
}

// TestCommittee_figuresOfBeforeSayNothing: a quarter that was summarised before
// disputes were counted stays as it was, and shows no zero that nobody counted.
func TestCommittee_figuresOfBeforeSayNothing(t *testing.T) {
	var b strings.Builder
	if err := WriteJSON(&b, collected(t, cases())); err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal([]byte(b.String()), &all); err != nil || all["committee"] == nil {
		t.Fatal("the figures have no committee", err)
	}
	delete(all, "committee")
	before, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	s, err := ReadJSON(before)
	if err != nil || s.Committee != nil {
		t.Fatalf("%v, %+v", err, s.Committee)
	}
	for _, section := range NewSummaryView(s, speaker(t, "nl")).Sections {
		if strings.HasPrefix(section.Title, "Bij de Geschillencommissie") {
			t.Error("figures of before tell of the committee")
		}
	}
}
