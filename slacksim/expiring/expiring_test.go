package expiring

import (
	"testing"
	"time"
)

// TestMap_forgets: what is too old goes from the map and from its order.
func TestMap_forgets(t *testing.T) {
	t.Parallel()
	m, start := New[int](), time.Unix(1_700_000_000, 0)
	m.Add("old", 1, start, time.Minute)
	for i, id := range []string{"a", "b", "c"} {
		m.Add(id, i, start.Add(time.Minute+1), time.Minute)
	}
	if m.Len() != 3 || len(m.order) != 3 {
		t.Errorf("%d things, %d in order", m.Len(), len(m.order))
	}
	if _, found := m.Get("old"); found {
		t.Error("the old one is still there")
	}
}
