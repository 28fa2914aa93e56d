package cleanup_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage/cleanup"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/storage/state"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func listPath(reg *storagetest.Register) string {
	return state.New("", reg.Options.Keys).Path()
}

// listText is the state file's lines about erasures, each after a line's end.
func listText(reg *storagetest.Register) (lines string) {
	reg.Helper()
	text, err := os.ReadFile(listPath(reg))
	if err != nil {
		reg.Fatal(err)
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		if strings.HasPrefix(line, "erased ") {
			lines += "\n" + line
		}
	}
	return lines
}

// requestErasure asks the erasure of a closed case.
func requestErasure(reg *storagetest.Register, c workflow.Complaint) workflow.Complaint {
	reg.Helper()
	return reg.Do(c.ID, storagetest.Officer, "ask "+string(c.ID), workflow.RequestErasure{Reason: "Jozefien Vandersteen vraagt erom."})
}

// confirmErasure is the second person's word.
func confirmErasure(reg *storagetest.Register, c workflow.Complaint, who roster.PersonID) error {
	_, err := reg.Apply(reg.Context(), workflow.Command{
		Case: c.ID, Action: workflow.ConfirmErasure{}, By: who, Gesture: fmt.Sprint("confirm ", who, c.ID),
	})
	return err
}

// backup is a copy of the register as it is at this moment.
func backup(reg *storagetest.Register) (url string) {
	reg.Helper()
	if strings.HasPrefix(reg.Options.URL, "sqlite:") {
		path := filepath.Join(reg.TempDir(), "backup.db")
		reg.Exec(`VACUUM INTO '` + path + `'`)
		return "sqlite:" + path
	}
	if err := reg.Close(); err != nil {
		reg.Fatal(err)
	}
	url = pgtest.Copy(reg, reg.Options.URL)
	reg.Open()
	return url
}

// restore puts a copy in the register's place.
func restore(reg *storagetest.Register, url string) {
	reg.Helper()
	reg.Options.URL = url
	reg.Reopen(nil)
}

func mustBeErased(reg *storagetest.Register, c workflow.Complaint) {
	reg.Helper()
	_, _, err := reg.FindNumber(c.Number, storagetest.Officer)
	storagetest.MustRefuse(reg, err, workflow.CodeErased)
	storagetest.Equal(reg, "keys", reg.Count(`SELECT count(*) FROM case_keys WHERE complaint = $1`, c.ID), 0)
	storagetest.Equal(reg, "rows", reg.Count(`SELECT count(*) FROM erasures WHERE complaint = $1`, c.ID), 1)
}

// TestErasureList_beforeTheTerm: by two people, with everything that the purge takes;
// who asked is told, and the list knows it.
func TestErasureList_beforeTheTerm(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c, _ := fileEverything(reg)
		c = requestErasure(reg, c)
		if got, _, err := reg.FindNumber(c.Number, storagetest.Officer); err != nil || got.Erasure != c.Erasure || got.Erasure.By != storagetest.Officer {
			t.Errorf("asked: %+v, %v", got.Erasure, err)
		}
		storagetest.MustRefuse(t, confirmErasure(reg, c, storagetest.Officer), workflow.CodeEraseSelf)
		storagetest.MustRefuse(t, confirmErasure(reg, c, storagetest.Director), workflow.CodeForbidden)
		storagetest.MustRefuse(t, confirmErasure(reg, c, storagetest.Staff), workflow.CodeForbidden)
		storagetest.Equal(t, "the list before", listText(reg), "")
		storagetest.MustBe(t, confirmErasure(reg, c, storagetest.Deputy), nil)
		storagetest.MustBe(t, confirmErasure(reg, c, storagetest.Deputy), nil) // the same gesture again
		mustBeErased(reg, c)
		for table, column := range aboutCases() {
			if n := reg.Count(`SELECT count(*) FROM `+table+` WHERE `+column+` = $1`, c.ID); n > 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
		mustHoldNobody(reg, c.ID)
		readsErased(reg, c)
		storagetest.Equal(t, "to be cleared", reg.Count(`SELECT count(*) FROM outbox WHERE complaint = $1 AND surface = 'clear'`, c.ID), 1)
		storagetest.Equal(t, "to be told", reg.Count(`SELECT count(*) FROM outbox WHERE complaint = '' AND surface = 'erased'
			AND person = $1 AND slot = $2 AND lane = $3`, storagetest.Officer, c.Number, "dm:"+string(storagetest.Officer)), 1)
		storagetest.Equal(t, "what stays", reg.Count(`SELECT count(*) FROM complaints WHERE id = $1 AND erasure_by = '' AND erasure_marks = ''
			AND received = '2026-03-01' AND verdict = 'partly_upheld'`, c.ID), 1)
		storagetest.Equal(t, "journal", reg.Count(`SELECT count(*) FROM journal WHERE complaint = $1 AND action IN ('erase', 'erase_confirm')`, c.ID), 2)
		storagetest.Equal(t, "chain", reg.Count(`SELECT count(*) FROM register_chain WHERE complaint = $1 AND action = 'erased'`, c.ID), 1)
		if list := listText(reg); !strings.Contains(list, "\nerased "+string(c.ID)+" "+c.Number+" 2026-03-02 ") {
			t.Errorf("the list: %s", list)
		}
		for _, word := range append(storagetest.Secrets(), string(storagetest.Officer), string(storagetest.Deputy), "Timmeren") {
			if strings.Contains(listText(reg), word) {
				t.Error("the list names somebody")
			}
		}
		reg.MustVerify()
	})
}

// TestErasureList_oneConfirms: of many who press at once, and of one who presses while
// another reopens, one wins.
func TestErasureList_oneConfirms(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i := range 4 {
			c := requestErasure(reg, reg.CloseCase(reg.File(fmt.Sprint("view:", i))))
			errs := storagetest.Together(t.Context(), 4, func(ctx context.Context, n int) error {
				cmd := workflow.Command{Case: c.ID, Action: workflow.ConfirmErasure{}, By: storagetest.Deputy, Gesture: fmt.Sprint("press", i, n)}
				if n == 0 {
					cmd.Action = workflow.Reopen{Reason: "Toch niet klaar."}
				}
				_, err := reg.Apply(ctx, cmd)
				return err
			})
			worked := 0
			for _, err := range errs {
				if err == nil {
					worked++
				} else if workflow.Refused(err) == nil {
					t.Error(err)
				}
			}
			storagetest.Equal(t, "how many worked", worked, 1)
			erased := reg.Count(`SELECT count(*) FROM complaints WHERE id = $1 AND state = 'erased'`, c.ID)
			storagetest.Equal(t, "listed", strings.Count(listText(reg), string(c.ID)), erased)
		}
		reg.MustVerify()
	})
}

// TestErasureList_restoredCaseErasedAgain: a copy from before the erasure, in whatever
// state it has the case, comes up without it; the journal says that it was a
// replay.
func TestErasureList_restoredCaseErasedAgain(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("view:1")
		reg.Do(c.ID, storagetest.Officer, "click:hold", workflow.Hold{Reason: "Rechtszaak", Review: calendar.NewDate(2026, 6, 1)})
		other := fileOther(reg, 1)
		open := backup(reg)
		reg.Do(c.ID, storagetest.Officer, "click:unhold", workflow.Hold{Reason: "Klaar"})
		c = requestErasure(reg, reg.CloseCase(c))
		wasAsked := backup(reg)
		storagetest.MustBe(t, confirmErasure(reg, c, storagetest.Deputy), nil)
		for _, url := range []string{open, wasAsked, wasAsked} { // and a second start
			restore(reg, url)
			mustBeErased(reg, c)
			storagetest.Equal(t, "replays", reg.Count(`SELECT count(*) FROM journal WHERE complaint = $1 AND action = 'erase_replay'`, c.ID), 1)
			storagetest.Equal(t, "chain", reg.Count(`SELECT count(*) FROM register_chain WHERE complaint = $1 AND action = 'replayed'`, c.ID), 1)
			mustHoldNobody(reg, c.ID)
			if got, _, err := reg.FindNumber(other.Number, storagetest.Officer); err != nil || got.Particulars != other.Particulars {
				t.Errorf("the other case: %v", err)
			}
			storagetest.Equal(t, "the list", strings.Count(listText(reg), "\nerased "), 1)
			reg.MustVerify()
		}
	})
}

// TestErasureList_copyWithoutTheCase, from before it was logged, is no trouble.
func TestErasureList_copyWithoutTheCase(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.File("view:1")
		before := backup(reg)
		c := requestErasure(reg, reg.CloseCase(reg.File("view:2")))
		storagetest.MustBe(t, confirmErasure(reg, c, storagetest.Deputy), nil)
		restore(reg, before)
		_, _, err := reg.FindNumber(c.Number, storagetest.Officer)
		storagetest.MustRefuse(t, err, workflow.CodeNumberLost)
		reg.MustVerify()
	})
}

// TestErasureList_crashBeforeTheRegister: the line is safely in the file, the change
// is not carried out. The case is whole until the next sweep, or the next
// start, erases it.
func TestErasureList_crashBeforeTheRegister(t *testing.T) {
	for name, next := range map[string]func(*storagetest.Register){
		"sweep": func(reg *storagetest.Register) { reg.SweepAll() },
		"start": func(reg *storagetest.Register) { reg.Reopen(nil) },
	} {
		t.Run(name, func(t *testing.T) {
			storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
				c := requestErasure(reg, reg.CloseCase(reg.File("view:1")))
				reg.SweepAll()
				reg.Exec(`ALTER TABLE views RENAME TO views_away`)
				if err := confirmErasure(reg, c, storagetest.Deputy); err == nil || workflow.Refused(err) != nil {
					t.Fatalf("confirmed: %v", err)
				}
				reg.Exec(`ALTER TABLE views_away RENAME TO views`)
				if !strings.Contains(listText(reg), string(c.ID)) {
					t.Fatal("the list has no line: this test looks at the wrong moment")
				}
				if _, _, err := reg.FindNumber(c.Number, storagetest.Officer); err != nil {
					t.Errorf("half an erasure: %v", err)
				}
				storagetest.Equal(t, "found", reg.Findings(), []journal.Finding{{Kind: journal.FindingLive, Case: c.ID}})
				next(reg)
				mustBeErased(reg, c)
				storagetest.Equal(t, "told", reg.Count(`SELECT count(*) FROM outbox WHERE surface = 'erased' AND person = $1`, storagetest.Officer), 1)
				reg.MustVerify()
			})
		})
	}
}

// TestErasureList_notWritable: when the file can't be written, the second
// person reads so and the case is whole; once it can, they press again.
func TestErasureList_notWritable(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := requestErasure(reg, reg.CloseCase(reg.File("view:1")))
		away := listPath(reg) + ".away"
		storagetest.MustBe(t, os.Rename(listPath(reg), away), nil)
		storagetest.MustBe(t, os.Mkdir(listPath(reg), 0o700), nil)
		storagetest.MustRefuse(t, confirmErasure(reg, c, storagetest.Deputy), workflow.CodeEraseUnlisted)
		if got, _, err := reg.FindNumber(c.Number, storagetest.Officer); err != nil || !got.Erasure.Stands() {
			t.Errorf("it is gone: %v", err)
		}
		storagetest.MustBe(t, os.Remove(listPath(reg)), nil)
		storagetest.MustBe(t, os.Rename(away, listPath(reg)), nil)
		storagetest.MustBe(t, confirmErasure(reg, c, storagetest.Deputy), nil)
		mustBeErased(reg, c)
	})
}

// TestErasureList_lostAndWrittenAgain from the register, but for rows that nobody
// sealed.
func TestErasureList_lostAndWrittenAgain(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c, forged := requestErasure(reg, reg.CloseCase(reg.File("view:1"))), reg.CloseCase(reg.File("view:2"))
		storagetest.MustBe(t, confirmErasure(reg, c, storagetest.Deputy), nil)
		was := listText(reg)
		reg.Exec(`INSERT INTO erasures (complaint, number, erased_on, seal) VALUES ($1, $2, '2026-03-02', $3)`,
			forged.ID, forged.Number, []byte("of nobody"))
		storagetest.MustBe(t, os.Remove(listPath(reg)), nil)
		l, err := reg.Erasures().List(t.Context())
		if err != nil || l.Missing != 1 || l.Forged != 1 || l.OK() {
			t.Errorf("without the file: %+v, %v", l, err)
		}
		reg.Reopen(nil)
		storagetest.Equal(t, "the list", listText(reg), was)
		if _, _, err := reg.FindNumber(forged.Number, storagetest.Officer); err != nil {
			t.Errorf("a forged row erased a case: %v", err)
		}
		storagetest.Equal(t, "found", reg.Findings(), []journal.Finding{{Kind: journal.FindingRow, Line: 1}})
	})
}

// TestErasureList_forgedLine and is told; so is an end that was cut off.
func TestErasureList_forgedLine(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.CloseCase(reg.File("view:1"))
		forged := fmt.Sprintf("erased %s %s 2026-03-02 %064x\n", c.ID, c.Number, 0)
		storagetest.MustBe(t, reg.Close(), nil)
		storagetest.MustBe(t, os.Remove(listPath(reg)), nil)
		storagetest.MustBe(t, os.WriteFile(listPath(reg), []byte("#\n#\n#\n#\n"+forged+"erased "+string(c.ID)), 0o644), nil)
		reg.Open()
		reg.SweepAll()
		if _, _, err := reg.FindNumber(c.Number, storagetest.Officer); err != nil {
			t.Errorf("erased: %v", err)
		}
		l, err := reg.Erasures().List(t.Context())
		storagetest.Equal(t, "the list", l, cleanup.ErasureList{Path: listPath(reg), Broken: []int{5, 6}, Exposed: true})
		storagetest.MustBe(t, err, nil)
		storagetest.Equal(t, "found", reg.Findings(), []journal.Finding{{Kind: journal.FindingList, Line: 5}, {Kind: journal.FindingList, Line: 6}})
	})
}

// TestErasureList_outlivesRotation: after key rotate its lines are as sound.
func TestErasureList_outlivesRotation(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := requestErasure(reg, reg.CloseCase(reg.File("view:1")))
		before := backup(reg)
		storagetest.MustBe(t, confirmErasure(reg, c, storagetest.Deputy), nil)
		reg.Rotate()
		restore(reg, before)
		mustBeErased(reg, c)
		l, err := reg.Erasures().List(t.Context())
		storagetest.Equal(t, "the list", l, cleanup.ErasureList{Path: listPath(reg), Entries: 1})
		storagetest.MustBe(t, err, nil)
	})
}

// TestErasureList_notNeededForPurge: what goes at its term comes again by itself.
func TestErasureList_notNeededForPurge(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.CloseCase(reg.File("view:1"))
		reg.Announced()
		reg.Clock.Set(storagetest.AfterRetention)
		reg.SweepAll()
		storagetest.Equal(t, "erased", reg.Count(`SELECT count(*) FROM complaints WHERE state = 'erased'`), 1)
		storagetest.Equal(t, "the list", listText(reg), "")
	})
}

// TestErasureList_absenceOfSecondPerson: when the second person leaves, the sweep looks at
// who is asked instead.
func TestErasureList_absenceOfSecondPerson(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := requestErasure(reg, reg.CloseCase(reg.File("view:1")))
		reg.SweepAll()
		from := calendar.NewDate(2026, 3, 9)
		storagetest.MustBe(t, reg.SetAbsence(t.Context(), storagetest.Deputy, roster.Period{From: from, Until: from.AddDays(9)}), nil)
		storagetest.Equal(t, "woken", reg.SweepAll(), 1)
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 7))
		reg.SweepAll()
		storagetest.Equal(t, "reminded", reg.Count(`SELECT count(*) FROM outbox WHERE complaint = $1 AND surface = 'nudge'
			AND person = $2 AND slot = 'erasure'`, c.ID, storagetest.Director), 1)
	})
}
