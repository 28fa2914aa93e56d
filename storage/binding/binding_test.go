package binding_test

import (
	"strconv"
	"testing"

	"github.com/artra/klachtbot/storage/binding"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// run is what a process does that has just begun, with one case at a sweep or all at
// once; it returns the mark that it leaves.
func run(reg *storagetest.Register) string {
	reg.Helper()
	b := binding.New(reg.Core(), journal.New(reg.Core()))
	storagetest.MustBe(reg, b.Run(reg.Context(), reg.Clock.Now()), nil)
	var mark []byte
	if err := reg.Core().Read.Get(reg.Context(), &mark, `SELECT value FROM meta WHERE name = 'bound'`); err != nil {
		reg.Fatal(err)
	}
	return string(mark)
}

// TestBinding_keepsItsPlace: a process goes on where the last one was, and looks at
// nothing any more once every case is bound; a mark of an earlier edition is none.
func TestBinding_keepsItsPlace(t *testing.T) {
	whole := strconv.Itoa(cases.Edition)
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		var ids []workflow.CaseID
		for i := range 3 {
			ids = append(ids, reg.File("view:"+strconv.Itoa(i)).ID)
		}
		storagetest.Equal(t, "mark", run(reg), whole)
		// What no version writes shows where a process looks: a line that binds nothing is
		// bound as it is found.
		unbind := func(id workflow.CaseID) {
			t.Helper()
			reg.Exec(`UPDATE journal SET held = '' WHERE complaint = $1`, string(id))
		}
		bound := func() int { return reg.Count(`SELECT count(*) FROM journal WHERE action = 'migrated'`) }
		first := min(ids[0], ids[1], ids[2])
		last := max(ids[0], ids[1], ids[2])
		unbind(first)
		run(reg)
		storagetest.Equal(t, "bound behind a mark that says all", bound(), 0)
		unbind(last)
		reg.Exec(`UPDATE meta SET value = $1 WHERE name = 'bound'`, []byte(whole+" "+string(first)))
		storagetest.Equal(t, "mark", run(reg), whole)
		storagetest.Equal(t, "bound behind the place", bound(), 1)
		reg.Exec(`UPDATE meta SET value = $1 WHERE name = 'bound'`, []byte("25"))
		storagetest.Equal(t, "mark", run(reg), whole)
		storagetest.Equal(t, "bound from the beginning", bound(), 2)
	})
}

// TestBinding_looksAgainForAKey: a case whose key does not open is looked for by the
// next process too.
func TestBinding_looksAgainForAKey(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("view:1")
		reg.Exec(`UPDATE journal SET held = '' WHERE complaint = $1`, string(c.ID))
		var wrapped []byte
		storagetest.MustBe(t, reg.Core().Read.Get(t.Context(), &wrapped, `SELECT wrapped FROM case_keys WHERE complaint = $1`, string(c.ID)), nil)
		reg.Exec(`UPDATE case_keys SET wrapped = $2 WHERE complaint = $1`, string(c.ID), append([]byte{}, wrapped[:len(wrapped)-1]...))
		storagetest.Equal(t, "mark", run(reg), strconv.Itoa(cases.Edition)+" ")
		reg.Exec(`UPDATE case_keys SET wrapped = $2 WHERE complaint = $1`, string(c.ID), wrapped)
		storagetest.Equal(t, "mark", run(reg), strconv.Itoa(cases.Edition))
		storagetest.Equal(t, "bound", reg.Count(`SELECT count(*) FROM journal WHERE action = 'migrated'`), 1)
	})
}
