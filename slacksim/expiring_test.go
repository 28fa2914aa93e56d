package slacksim

import (
	"testing"
	"time"
)

// TestMap_forgets: what is too old goes from the map and from its order.
func TestMap_forgets(t *testing.T) {
	t.Parallel()
	m, start := newExpiringMap[int](), time.Unix(1_700_000_000, 0)
	m.add("old", 1, start, time.Minute)
	for i, id := range []string{"a", "b", "c"} {
		m.add(id, i, start.Add(time.Minute+1), time.Minute)
	}
	if m.size() != 3 || len(m.order) != 3 {
		t.Errorf("%d things, %d in order", m.size(), len(m.order))
	}
	if _, found := m.get("old"); found {
		t.Error("the old one is still there")
	}
}
