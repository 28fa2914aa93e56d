package engine_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/artra/klachtbot/storage/engine"
)

// TestMany_chunks: every row is in one statement, in order, beside the fixed
// arguments, and as many placeholders stand there as arguments.
func TestMany_chunks(t *testing.T) {
	m := engine.NewMany("UPDATE t SET a = $1 WHERE ", 1, "(b = ? AND c = ?)", " OR ", " RETURNING b")
	for n := range 40 {
		var rows [][]any
		for i := range n {
			rows = append(rows, []any{i, -i})
		}
		var seen []any
		for query, args := range m.Chunks([]any{"a"}, rows) {
			if args[0] != "a" {
				t.Fatalf("%d rows: first argument %v", n, args[0])
			}
			if !slices.Contains(m.Statements(), query) {
				t.Errorf("%d rows: not prepared: %s", n, query)
			}
			var last int
			if _, err := fmt.Sscanf(query[lastPlaceholder(query):], "$%d", &last); err != nil || last != len(args) {
				t.Errorf("%d rows: %d arguments for %s: %v", n, len(args), query, err)
			}
			seen = append(seen, args[1:]...)
		}
		if want := slices.Concat(rows...); !slices.Equal(seen, want) {
			t.Errorf("%d rows: %v", n, seen)
		}
	}
}

func lastPlaceholder(query string) int {
	for i := len(query) - 1; i >= 0; i-- {
		if query[i] == '$' {
			return i
		}
	}
	return 0
}

// TestMany_insertText is what an INSERT of two rows reads like.
func TestMany_insertText(t *testing.T) {
	m := engine.NewInsert("t (a, b)", 2, " ON CONFLICT DO NOTHING")
	for query := range m.Chunks(nil, [][]any{{1, 2}, {3, 4}}) {
		if want := "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"; query != want {
			t.Errorf("%s, want %s", query, want)
		}
	}
}
