package workspace

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// FuzzPersist: what can be read can be restored or is refused, and what is restored
// reads the same when it is saved again.
func FuzzPersist(f *testing.F) {
	f.Add([]byte(`{"Version":1,"Team":"T0SIMTEAM1","Serial":9,"LastMicros":2000000,"People":[{"ID":"U1"}],"Channels":[
		{"ID":"C1","Members":["U1"],"Messages":[{"TS":"1.000000","ThreadTS":"1.000000","Text":"a","Blocks":[{}]},
		{"TS":"2.000000","ThreadTS":"1.000000"},{"TS":"3.000000","ThreadTS":"0.000001","Subtype":"thread_broadcast"}]},
		{"ID":"D1","Other":"U1"}],"Files":[{"ID":"F1","Body":"eA==","Shares":[{"Channel":"C1","TS":"1.000000"}]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		first, err := decodeSaved(raw)
		if err != nil {
			return
		}
		w := bareWorkspace(t)
		if w.restore(first) != nil {
			return
		}
		k := w.snapshot()
		again, err := k.encode()
		if err != nil {
			t.Fatal(err)
		}
		second, err := decodeSaved(again)
		if err != nil {
			t.Fatal(err)
		}
		other := bareWorkspace(t)
		if err := other.restore(second); err != nil {
			t.Fatal(err)
		}
		w.MoveTo("http://x")
		other.MoveTo("http://x")
		byID := cmpopts.SortSlices(func(a, b savedChannel) bool { return a.ID < b.ID })
		files := cmpopts.SortSlices(func(a, b savedFile) bool { return a.ID < b.ID })
		messages := cmpopts.SortSlices(func(a, b Message) bool { return a.TS < b.TS })
		counters := cmpopts.IgnoreFields(savedWorkspace{}, "Serial", "LastMicros")
		if diff := cmp.Diff(w.snapshot(), other.snapshot(), byID, files, messages, counters, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("(-first +second):\n%s", diff)
		}
	})
}
