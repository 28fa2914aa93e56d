package dossier

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// consulted adds to a case what the trainer was asked and answered, and that the day for
// it was put right.
func consulted(c *workflow.Complaint, records []workflow.Record) []workflow.Record {
	c.Promises = append(c.Promises, workflow.Promise{
		Kind: workflow.PromiseConsultation, Made: date(10), Due: date(17), Handler: trainer,
		Kept: workflow.Kept{On: date(12), Entered: date(12), By: trainer, At: november(12, 8)},
	})
	return append(records,
		workflow.Record{Line: 90, Kind: workflow.RecordConsult, At: november(10, 10), By: officer, Date: date(10), Texts: map[string]workflow.Confidential{
			"consult_entry": "1", "purpose": "reaction", "person": workflow.Confidential(trainer), "question": "Hoe koud was het?", "answer_by": "2026-11-16",
		}},
		workflow.Record{Line: 91, Kind: workflow.RecordAmendment, At: november(10, 11), By: officer, Date: date(10), Texts: map[string]workflow.Confidential{
			"entry": "90.0.answer_by", "step": "consult.answer_by", "was_date": "2026-11-16", "is_date": "2026-11-17", "reason": "Hij is op reis.",
		}},
		workflow.Record{Line: 92, Kind: workflow.RecordConsultAnswer, At: november(12, 8), By: trainer, Date: date(12), Texts: map[string]workflow.Confidential{
			"consult_entry": "1", "answer": "Twaalf graden.",
		}},
	)
}

// TestDossier_withoutColleagues: what colleagues were asked and said stays with the firm.
func TestDossier_withoutColleagues(t *testing.T) {
	in := withoutFiles(t, "nl")
	in.Records = consulted(&in.Complaint, in.Records)
	text := readBack(t, pdfOf(t, in))
	for _, own := range []string{"Hoe koud", "Twaalf graden", "op reis", "collega", names(trainer)} {
		if strings.Contains(text, own) {
			t.Errorf("%q is in the file for the committee", own)
		}
	}
}

// TestAccess_readsWhatColleaguesSaid, since it is about them; not who that was, who may be
// whom the complaint concerns.
func TestAccess_readsWhatColleaguesSaid(t *testing.T) {
	a := heldOn(t, "nl")
	a.Cases[0].Records = consulted(&a.Cases[0].Complaint, a.Cases[0].Records)
	text := readBack(t, made(t, a.PDF))
	held, err := json.Marshal(a.caseAsJSON(&a.Cases[0]))
	if err != nil {
		t.Fatal(err)
	}
	for what, all := range map[string]string{"the document": text, "the JSON": string(held)} {
		for _, want := range []string{"Hoe koud", "Twaalf graden"} {
			if !strings.Contains(all, want) {
				t.Errorf("%q is not in %s", want, what)
			}
		}
		if strings.Contains(all, names(trainer)) {
			t.Errorf("%s names the colleague", what)
		}
	}
}
