package journal_test

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// tampering is something that a person with access to the database, but not
// to the key file, does to the journal; $1 is the id of the first case.
type tampering struct {
	name string
	sql  string
	want []journal.FindingKind
}

func tamperings() []tampering {
	return []tampering{
		{"changed action", `UPDATE journal SET action = 'note' WHERE complaint = $1 AND line = 2`, []journal.FindingKind{journal.FindingChanged}},
		{"changed instant", `UPDATE journal SET at = '2026-03-01 00:00:00' WHERE complaint = $1 AND line = 1`, []journal.FindingKind{journal.FindingChanged}},
		{"changed version", `UPDATE journal SET version = 7 WHERE complaint = $1 AND line = 3`, []journal.FindingKind{journal.FindingChanged}},
		{"changed actor", `UPDATE journal SET actor = gesture WHERE complaint = $1 AND line = 3`, []journal.FindingKind{journal.FindingChanged}},
		{"changed person", `UPDATE journal SET person = actor WHERE complaint = $1 AND line = 2`, []journal.FindingKind{journal.FindingChanged}},
		{"changed gesture", `UPDATE journal SET gesture = actor WHERE complaint = $1 AND line = 2`, []journal.FindingKind{journal.FindingChanged}},
		{"changed last seal", `UPDATE journal SET seal = actor WHERE complaint = $1 AND line = 3`, []journal.FindingKind{journal.FindingChanged, journal.FindingHead}},
		{"removed line", `DELETE FROM journal WHERE complaint = $1 AND line = 2`, []journal.FindingKind{journal.FindingRemoved}},
		{"removed first line", `DELETE FROM journal WHERE complaint = $1 AND line = 1`, []journal.FindingKind{journal.FindingRemoved}},
		{"cut tail", `DELETE FROM journal WHERE complaint = $1 AND line = 3`, []journal.FindingKind{journal.FindingCut}},
		{"cut tail with its head", `DELETE FROM journal WHERE complaint = $1 AND line = 3;
			UPDATE complaints SET lines = 2, tail = (SELECT seal FROM journal WHERE complaint = $1 AND line = 2) WHERE id = $1`, []journal.FindingKind{journal.FindingHead}},
		{"whole journal", `DELETE FROM journal WHERE complaint = $1`, []journal.FindingKind{journal.FindingCut}},
		{"changed head", `UPDATE complaints SET head = tail WHERE id = $1`, []journal.FindingKind{journal.FindingHead}},
		{"changed length", `UPDATE complaints SET lines = 9 WHERE id = $1`, []journal.FindingKind{journal.FindingHead}},
		{"head of another case", `UPDATE complaints SET head = (SELECT head FROM complaints WHERE id <> $1), tail = (SELECT tail FROM complaints WHERE id <> $1), lines = 1 WHERE id = $1`, []journal.FindingKind{journal.FindingHead}},
		{"removed complaint", `DELETE FROM outbox WHERE complaint = $1; DELETE FROM case_keys WHERE complaint = $1;
			DELETE FROM concerns WHERE complaint = $1; DELETE FROM contacts WHERE complaint = $1;
			DELETE FROM promises WHERE complaint = $1; DELETE FROM records WHERE complaint = $1;
			DELETE FROM journal WHERE complaint = $1; DELETE FROM complaints WHERE id = $1`, []journal.FindingKind{journal.FindingCase, journal.FindingGap}},
		{"renumbered complaint", `UPDATE complaints SET ordinal = 9, number = 'K-2026-0009' WHERE id = $1`, []journal.FindingKind{journal.FindingCase, journal.FindingHead, journal.FindingGap}},
		{"creation taken from the chain", `DELETE FROM register_chain WHERE complaint = $1 AND action = 'created'`, []journal.FindingKind{journal.FindingRemoved}},
		{"refusal changed", `UPDATE register_chain SET at = '2026-03-01 00:00:00' WHERE complaint = $1 AND action = 'refused'`, []journal.FindingKind{journal.FindingChanged}},
		{"refusal cut off", `DELETE FROM register_chain WHERE complaint = $1 AND action = 'refused'`, []journal.FindingKind{journal.FindingCut}},
		{"refusal cut off with its head", `DELETE FROM register_chain WHERE complaint = $1 AND action = 'refused';
			UPDATE register_head SET lines = 2, tail = (SELECT seal FROM register_chain WHERE line = 2)`, []journal.FindingKind{journal.FindingHead}},
	}
}

// TestVerify_tampering: every tampering is found, as what it is, and where. Each is
// undone for the next by never being committed.
func TestVerify_tampering(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		first := tamperable(reg)
		reg.MustVerify()
		for _, tamper := range tamperings() {
			t.Run(strings.ReplaceAll(tamper.name, " ", "_"), func(t *testing.T) {
				var kinds []journal.FindingKind
				for _, f := range tampered(reg, strings.ReplaceAll(tamper.sql, "$1", "'"+string(first.ID)+"'")) {
					kinds = append(kinds, f.Kind)
					if f.Case != "" && f.Case != first.ID || !strings.Contains(f.String(), " ") {
						t.Errorf("the finding points at %v", f)
					}
				}
				storagetest.Equal(t, "findings", kinds, tamper.want)
			})
		}
		reg.MustVerify()
	})
}

// tampered returns what is found after the statements, and undoes them.
func tampered(reg *storagetest.Register, statements string) (found []journal.Finding) {
	reg.Helper()
	errUndo := errors.New("undo")
	err := reg.Core().Change(reg.Context(), func(tx engine.Tx) error {
		for _, statement := range strings.Split(statements, ";") {
			if _, err := tx.Exec(reg.Context(), statement); err != nil {
				return err
			}
		}
		err := journal.New(reg.Core()).Verify(reg.Context(), tx, 2, func(f journal.Finding) { found = append(found, f) })
		return cmp.Or(err, errUndo)
	})
	storagetest.MustBe(reg, err, errUndo)
	return found
}

// TestVerify_otherHistory: a line that was properly sealed, but in another
// history of the same case (a backup that lived on), does not fit this one.
func TestVerify_otherHistory(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		first := tamperable(reg)
		s, err := cases.New(reg.Core()).Load(t.Context(), reg.Core().Read, cases.ByID, first.ID)
		if err != nil {
			t.Fatal(err)
		}
		foreign := cases.Chain{Lines: 1, Tail: []byte("the seal of line 1 over there")}
		l, err := journal.New(reg.Core()).NewLine(foreign, &workflow.Change{Complaint: first, Action: workflow.ActionNote}, s.Key, workflow.Command{Action: workflow.LookIdentity{}, By: storagetest.Deputy, Gesture: "click:there"}, storagetest.Monday, journal.Binding{})
		if err != nil {
			t.Fatal(err)
		}
		reg.Exec(`DELETE FROM journal WHERE complaint = $1 AND line = 2`, first.ID)
		if err := reg.Core().Change(t.Context(), func(tx engine.Tx) error { _, err := journal.WriteLine(t.Context(), tx, l); return err }); err != nil {
			t.Fatal(err)
		}
		var lines []int
		for _, f := range reg.Findings() {
			lines = append(lines, f.Line)
		}
		storagetest.Equal(t, "changed lines", lines, []int{2, 3})
	})
}

// tamperable fills a register: two cases, the first with three lines, and a
// refusal.
func tamperable(reg *storagetest.Register) workflow.Complaint {
	reg.Helper()
	first := reg.File("view:1")
	reg.File("view:2")
	reg.Do(first.ID, storagetest.Officer, "click:1", workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")})
	reg.Do(first.ID, storagetest.Officer, "click:2", workflow.LookDossier{})
	_, err := reg.Apply(reg.Context(), workflow.Command{Case: first.ID, Action: workflow.LookDossier{}, By: storagetest.Staff, Gesture: "click:3"})
	storagetest.MustRefuse(reg, err, workflow.CodeForbidden)
	return first
}

// TestVerify_pages: chains, cases and numbers of several pages are followed to
// their end, whether or not the last page is full.
func TestVerify_pages(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		const many = 12
		var last workflow.Complaint
		for i := range many {
			last = reg.File("view:" + strconv.Itoa(i))
		}
		reg.Exec(`UPDATE journal SET version = 2 WHERE complaint = $1`, last.ID)
		reg.Exec(`UPDATE register_chain SET at = '2026-03-01 00:00:00' WHERE line = $1`, many-1)
		reg.Exec(`UPDATE register_head SET numbers = '{"K-2026":14}'`)
		for page := range many + 2 {
			got := map[journal.FindingKind]int{}
			err := journal.New(reg.Core()).Verify(t.Context(), reg.Core().Read, page+1, func(f journal.Finding) { got[f.Kind]++ })
			if err != nil {
				t.Fatal(err)
			}
			storagetest.Equal(t, "findings", got, map[journal.FindingKind]int{journal.FindingChanged: 2, journal.FindingGap: 2})
		}
	})
}
