package storage

import (
	"strings"
	"testing"
)

// TestHeldCasesHaveAnIndex: waking what is on hold costs what is held.
func TestHeldCasesHaveAnIndex(t *testing.T) {
	h := newHouse(t, address(t, "sqlite"))
	var plan []struct {
		ID      int    `db:"id"`
		Parent  int    `db:"parent"`
		Notused int    `db:"notused"`
		Detail  string `db:"detail"`
	}
	err := h.core.Read.All(t.Context(), &plan, "EXPLAIN QUERY PLAN "+wakeHeld, monday)
	if err != nil || len(plan) != 1 || !strings.Contains(plan[0].Detail, "complaints_held") {
		t.Errorf("plan %+v, %v", plan, err)
	}
}
