package workflow

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOwed: what is late and what is due first follows from the promises that
// stand, as nudges do.
func TestOwed(t *testing.T) {
	p := policy(t)
	late := start.AddMonths(1).AddDays(3) // the outcome was due three days before
	for _, test := range []struct {
		name string
		acts []ActionName
		want []string
	}{
		{"new", nil, []string{"acknowledgement 2026-11-07", "outcome 2026-12-02"}},
		{"acknowledged", []ActionName{ActionAcknowledge}, []string{"outcome 2026-12-02"}},
		{"a notice takes the outcome's place", []ActionName{ActionAcknowledge, ActionProgress}, []string{"progress 2026-12-09"}},
		{"decided", []ActionName{ActionAcknowledge, ActionResolve}, []string{"confirmation 2026-12-10"}},
		{"at the committee", []ActionName{ActionDispute}, []string{"acknowledgement 2026-11-07"}},
		{"closed", []ActionName{ActionAcknowledge, ActionResolve, ActionConfirm}, nil},
	} {
		c := logged(t, p, func(*File) {}, noon(start))
		for _, name := range test.acts {
			c = do(t, p, c, acts(late)[name], officer, noon(late)).Complaint
		}
		var got []string
		for _, o := range c.Owed() {
			got = append(got, fmt.Sprint(o.Kind, " ", o.Due))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: want (-), is (+):\n%s", test.name, diff)
		}
	}
}
