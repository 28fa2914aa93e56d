package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage/cleanup"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func (h *house) listPath() string { return h.options.Keys.Path() + cleanup.ErasureListSuffix }

func (h *house) listText() string {
	h.Helper()
	text, err := os.ReadFile(h.listPath())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		h.Fatal(err)
	}
	return string(text)
}

// asked asks the erasure of a closed case.
func (h *house) asked(c workflow.Complaint) workflow.Complaint {
	h.Helper()
	return h.do(c.ID, officer, "ask "+string(c.ID), workflow.RequestErasure{Reason: "Jozefien Vandersteen vraagt erom."})
}

// confirm is the second person's word.
func (h *house) confirm(c workflow.Complaint, who roster.PersonID) error {
	_, err := h.Apply(h.Context(), workflow.Command{
		Case: c.ID, Action: workflow.ConfirmErasure{}, By: who, Gesture: fmt.Sprint("confirm ", who, c.ID),
	})
	return err
}

// backup is a copy of the register as it is at this moment.
func (h *house) backup() (url string) {
	h.Helper()
	if strings.HasPrefix(h.options.URL, "sqlite:") {
		path := filepath.Join(h.TempDir(), "backup.db")
		h.raw(`VACUUM INTO '` + path + `'`)
		return "sqlite:" + path
	}
	if err := h.Close(); err != nil {
		h.Fatal(err)
	}
	url = pgtest.Copy(h, h.options.URL)
	h.open()
	return url
}

// restore puts a copy in the register's place.
func (h *house) restore(url string) {
	h.Helper()
	h.options.URL = url
	h.reopen(nil)
}

func (h *house) mustBeErased(c workflow.Complaint) {
	h.Helper()
	_, _, err := h.find(c.Number, officer)
	mustRefuse(h, err, workflow.CodeErased)
	equal(h, "keys", h.count(`SELECT count(*) FROM case_keys WHERE complaint = $1`, c.ID), 0)
	equal(h, "rows", h.count(`SELECT count(*) FROM erasures WHERE complaint = $1`, c.ID), 1)
}

// TestEraseBeforeTheTerm: by two people, with everything that the purge takes;
// who asked is told, and the list knows it.
func TestEraseBeforeTheTerm(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c, _ := h.everything()
		c = h.asked(c)
		if got, _, err := h.find(c.Number, officer); err != nil || got.Erasure != c.Erasure || got.Erasure.By != officer {
			t.Errorf("asked: %+v, %v", got.Erasure, err)
		}
		mustRefuse(t, h.confirm(c, officer), workflow.CodeEraseSelf)
		mustRefuse(t, h.confirm(c, director), workflow.CodeForbidden)
		mustRefuse(t, h.confirm(c, staff), workflow.CodeForbidden)
		equal(t, "the list before", h.listText(), "")
		mustBe(t, h.confirm(c, deputy), nil)
		mustBe(t, h.confirm(c, deputy), nil) // the same gesture again
		h.mustBeErased(c)
		for table, column := range aboutCases() {
			if n := h.count(`SELECT count(*) FROM `+table+` WHERE `+column+` = $1`, c.ID); n > 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
		h.nobody(c.ID)
		h.readsErased(c)
		equal(t, "to be cleared", h.count(`SELECT count(*) FROM outbox WHERE complaint = $1 AND surface = 'clear'`, c.ID), 1)
		equal(t, "to be told", h.count(`SELECT count(*) FROM outbox WHERE complaint = '' AND surface = 'erased'
			AND person = $1 AND slot = $2 AND lane = $3`, officer, c.Number, "dm:"+string(officer)), 1)
		equal(t, "what stays", h.count(`SELECT count(*) FROM complaints WHERE id = $1 AND erasure_by = '' AND erasure_marks = ''
			AND received = '2026-03-01' AND verdict = 'partly_upheld'`, c.ID), 1)
		equal(t, "journal", h.count(`SELECT count(*) FROM journal WHERE complaint = $1 AND action IN ('erase', 'erase_confirm')`, c.ID), 2)
		equal(t, "chain", h.count(`SELECT count(*) FROM register_chain WHERE complaint = $1 AND action = 'erased'`, c.ID), 1)
		if list := h.listText(); !strings.Contains(list, "\nerased "+string(c.ID)+" "+c.Number+" 2026-03-02 ") {
			t.Errorf("the list: %s", list)
		}
		for _, word := range append(secrets(), string(officer), string(deputy), "Timmeren") {
			if strings.Contains(h.listText(), word) {
				t.Error("the list names somebody")
			}
		}
		h.clean()
	})
}

// TestOnlyOneConfirms: of many who press at once, and of one who presses while
// another reopens, one wins.
func TestOnlyOneConfirms(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for i := range 4 {
			c := h.asked(h.closed(h.log(fmt.Sprint("view:", i))))
			errs := together(t.Context(), 4, func(ctx context.Context, n int) error {
				cmd := workflow.Command{Case: c.ID, Action: workflow.ConfirmErasure{}, By: deputy, Gesture: fmt.Sprint("press", i, n)}
				if n == 0 {
					cmd.Action = workflow.Reopen{Reason: "Toch niet klaar."}
				}
				_, err := h.Apply(ctx, cmd)
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
			equal(t, "how many worked", worked, 1)
			erased := h.count(`SELECT count(*) FROM complaints WHERE id = $1 AND state = 'erased'`, c.ID)
			equal(t, "listed", strings.Count(h.listText(), string(c.ID)), erased)
		}
		h.clean()
	})
}

// TestARestoredCaseIsErasedAgain: a copy from before the erasure, in whatever
// state it has the case, comes up without it; the journal says that it was a
// replay.
func TestARestoredCaseIsErasedAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.log("view:1")
		h.do(c.ID, officer, "click:hold", workflow.Hold{Reason: "Rechtszaak", Review: calendar.NewDate(2026, 6, 1)})
		other := h.neighbour(1)
		open := h.backup()
		h.do(c.ID, officer, "click:unhold", workflow.Hold{Reason: "Klaar"})
		c = h.asked(h.closed(c))
		wasAsked := h.backup()
		mustBe(t, h.confirm(c, deputy), nil)
		for _, url := range []string{open, wasAsked, wasAsked} { // and a second start
			h.restore(url)
			h.mustBeErased(c)
			equal(t, "replays", h.count(`SELECT count(*) FROM journal WHERE complaint = $1 AND action = 'erase_replay'`, c.ID), 1)
			equal(t, "chain", h.count(`SELECT count(*) FROM register_chain WHERE complaint = $1 AND action = 'replayed'`, c.ID), 1)
			h.nobody(c.ID)
			if got, _, err := h.find(other.Number, officer); err != nil || got.Particulars != other.Particulars {
				t.Errorf("the other case: %v", err)
			}
			equal(t, "the list", strings.Count(h.listText(), "\nerased "), 1)
			h.clean()
		}
	})
}

// TestACopyWithoutTheCase, from before it was logged, is no trouble.
func TestACopyWithoutTheCase(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.log("view:1")
		before := h.backup()
		c := h.asked(h.closed(h.log("view:2")))
		mustBe(t, h.confirm(c, deputy), nil)
		h.restore(before)
		_, _, err := h.find(c.Number, officer)
		mustRefuse(t, err, workflow.CodeNoSuchCase)
		h.clean()
	})
}

// TestACrashBetweenListAndRegister: the line is safely in the file, the change
// is not carried out. The case is whole until the next sweep, or the next
// start, erases it.
func TestACrashBetweenListAndRegister(t *testing.T) {
	for name, next := range map[string]func(*house){
		"sweep": func(h *house) { h.sweepAll() },
		"start": func(h *house) { h.reopen(nil) },
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, h *house) {
				c := h.asked(h.closed(h.log("view:1")))
				h.sweepAll()
				h.raw(`ALTER TABLE views RENAME TO views_away`)
				if err := h.confirm(c, deputy); err == nil || workflow.Refused(err) != nil {
					t.Fatalf("confirmed: %v", err)
				}
				h.raw(`ALTER TABLE views_away RENAME TO views`)
				if !strings.Contains(h.listText(), string(c.ID)) {
					t.Fatal("the list has no line: this test looks at the wrong moment")
				}
				if _, _, err := h.find(c.Number, officer); err != nil {
					t.Errorf("half an erasure: %v", err)
				}
				equal(t, "found", h.findings(), []journal.Finding{{Kind: journal.FindingLive, Case: c.ID}})
				next(h)
				h.mustBeErased(c)
				equal(t, "told", h.count(`SELECT count(*) FROM outbox WHERE surface = 'erased' AND person = $1`, officer), 1)
				h.clean()
			})
		})
	}
}

// TestWithoutTheListNothingIsErased: when the file can't be written, the second
// person reads so and the case is whole; once it can, they press again.
func TestWithoutTheListNothingIsErased(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.asked(h.closed(h.log("view:1")))
		mustBe(t, os.Mkdir(h.listPath(), 0o700), nil)
		mustRefuse(t, h.confirm(c, deputy), workflow.CodeEraseUnlisted)
		if got, _, err := h.find(c.Number, officer); err != nil || !got.Erasure.Stands() {
			t.Errorf("it is gone: %v", err)
		}
		h.reopen(nil) // a list that can't be read keeps nobody from work
		mustBe(t, os.Remove(h.listPath()), nil)
		mustBe(t, h.confirm(c, deputy), nil)
		h.mustBeErased(c)
	})
}

// TestALostListIsWrittenAgain from the register, but for rows that nobody
// sealed.
func TestALostListIsWrittenAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c, forged := h.asked(h.closed(h.log("view:1"))), h.closed(h.log("view:2"))
		mustBe(t, h.confirm(c, deputy), nil)
		was := h.listText()
		h.raw(`INSERT INTO erasures (complaint, number, erased_on, seal) VALUES ($1, $2, '2026-03-02', $3)`,
			forged.ID, forged.Number, []byte("of nobody"))
		mustBe(t, os.Remove(h.listPath()), nil)
		l, err := h.Erasures().List(t.Context())
		if err != nil || l.Missing != 1 || l.Forged != 1 || l.OK() {
			t.Errorf("without the file: %+v, %v", l, err)
		}
		h.reopen(nil)
		equal(t, "the list", h.listText(), was)
		if _, _, err := h.find(forged.Number, officer); err != nil {
			t.Errorf("a forged row erased a case: %v", err)
		}
		equal(t, "found", h.findings(), []journal.Finding{{Kind: journal.FindingRow, Line: 1}})
	})
}

// TestAForgedLineErasesNothing and is told; so is an end that was cut off.
func TestAForgedLineErasesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.closed(h.log("view:1"))
		forged := fmt.Sprintf("erased %s %s 2026-03-02 %064x\n", c.ID, c.Number, 0)
		mustBe(t, os.WriteFile(h.listPath(), []byte("#\n#\n#\n#\n"+forged+"erased "+string(c.ID)), 0o644), nil)
		h.reopen(nil)
		h.sweepAll()
		if _, _, err := h.find(c.Number, officer); err != nil {
			t.Errorf("erased: %v", err)
		}
		l, err := h.Erasures().List(t.Context())
		equal(t, "the list", l, cleanup.ErasureList{Path: h.listPath(), Broken: []int{5}, Torn: true, Exposed: true})
		mustBe(t, err, nil)
		equal(t, "found", h.findings(), []journal.Finding{{Kind: journal.FindingList, Line: 5}})
	})
}

// TestTheListOutlivesARotation: after key rotate its lines are as sound.
func TestTheListOutlivesARotation(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.asked(h.closed(h.log("view:1")))
		before := h.backup()
		mustBe(t, h.confirm(c, deputy), nil)
		h.rotate()
		h.restore(before)
		h.mustBeErased(c)
		l, err := h.Erasures().List(t.Context())
		equal(t, "the list", l, cleanup.ErasureList{Path: h.listPath(), Entries: 1})
		mustBe(t, err, nil)
	})
}

// TestThePurgeNeedsNoList: what goes at its term comes again by itself.
func TestThePurgeNeedsNoList(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.closed(h.log("view:1"))
		h.clock.set(afterwards)
		h.sweepAll()
		equal(t, "erased", h.count(`SELECT count(*) FROM complaints WHERE state = 'erased'`), 1)
		equal(t, "the list", h.listText(), "")
	})
}

// TestAnAbsenceWakesARequest: when the second person leaves, the sweep looks at
// who is asked instead.
func TestAnAbsenceWakesARequest(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.asked(h.closed(h.log("view:1")))
		h.sweepAll()
		from := calendar.NewDate(2026, 3, 9)
		mustBe(t, h.SetAbsence(t.Context(), deputy, roster.Period{From: from, Until: from.AddDays(9)}), nil)
		equal(t, "woken", h.sweepAll(), 1)
		h.clock.set(monday.AddDate(0, 0, 7))
		h.sweepAll()
		equal(t, "reminded", h.count(`SELECT count(*) FROM outbox WHERE complaint = $1 AND surface = 'nudge'
			AND person = $2 AND slot = 'erasure'`, c.ID, director), 1)
	})
}
