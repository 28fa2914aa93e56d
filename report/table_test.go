package report

import (
	"testing"

	"pgregory.net/rapid"
)

// TestTable_cannotBeSolved tries to compute what a table hides: from the totals
// and what shows, every hidden cell must have two possible counts at least.
func TestTable_cannotBeSolved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(2, 3).Draw(t, "rows"), rapid.IntRange(2, 3).Draw(t, "columns")
		counts := make([][]int, rows)
		for i := range counts {
			counts[i] = rapid.SliceOfN(rapid.IntRange(0, 8), columns, columns).Draw(t, "row")
		}
		shown := suppress(counts)
		if shown == nil {
			return // the totals alone
		}
		possible := solve(counts, shown)
		for i := range shown {
			for j, n := range shown[i] {
				switch {
				case n == Hidden && len(possible[[2]int{i, j}]) < 2:
					t.Fatalf("row %d, column %d of %v can be computed from %v", i, j, counts, shown)
				case n != Hidden && (n != counts[i][j] || n < least):
					t.Fatalf("row %d, column %d of %v shows %d", i, j, counts, n)
				}
			}
		}
	})
}

// solve lists, for every hidden cell, the counts that fit the totals and what
// shows: it fills in the hidden cells in every way there is.
func solve(counts, shown [][]int) map[[2]int]map[int]bool {
	var hidden [][2]int
	row, column := make([]int, len(counts)), make([]int, len(counts[0]))
	for i := range counts {
		for j, n := range counts[i] {
			if shown[i][j] == Hidden {
				hidden = append(hidden, [2]int{i, j})
				row[i] += n
				column[j] += n
			}
		}
	}
	possible, value := map[[2]int]map[int]bool{}, make([]int, len(hidden))
	var fill func(k int)
	fill = func(k int) {
		if k == len(hidden) {
			for _, rest := range append(row, column...) {
				if rest != 0 {
					return
				}
			}
			for k, at := range hidden {
				if possible[at] == nil {
					possible[at] = map[int]bool{}
				}
				possible[at][value[k]] = true
			}
			return
		}
		i, j := hidden[k][0], hidden[k][1]
		// The last hidden cell of a row takes what is left, or fails.
		low, high := 0, min(row[i], column[j])
		if k+1 == len(hidden) || hidden[k+1][0] != i {
			low = row[i]
		}
		for n := low; n <= high; n++ {
			value[k] = n
			row[i], column[j] = row[i]-n, column[j]-n
			fill(k + 1)
			row[i], column[j] = row[i]+n, column[j]+n
		}
	}
	fill(0)
	return possible
}

// TestTable_suppression: small tables whose hidden cells are known.
func TestTable_suppression(t *testing.T) {
	for name, c := range map[string]struct{ counts, want [][]int }{
		"nothing small":       {[][]int{{5, 6}, {7, 8}}, [][]int{{5, 6}, {7, 8}}},
		"one small hides all": {[][]int{{2, 6}, {7, 8}}, nil},
		"a corner stays hidden": {
			[][]int{{2, 6, 9}, {7, 8, 9}, {9, 9, 9}},
			[][]int{{-1, -1, 9}, {-1, -1, 9}, {9, 9, 9}},
		},
		"only small": {[][]int{{1, 2}, {3, 4}}, nil},
	} {
		equal(t, name, suppress(c.counts), c.want)
	}
	for _, counts := range []map[[2]string]int{
		nil, {{"a", "x"}: 9}, {{"a", "x"}: 9, {"b", "x"}: 9}, {{"a", "x"}: 9, {"a", "y"}: 9},
	} {
		if table := newTable(counts, []string{"a", "b"}, []string{"x", "y"}); table != nil {
			t.Errorf("%v makes a table", counts)
		}
	}
	full := map[[2]string]int{{"a", "x"}: 5, {"a", "z"}: 6, {"c", "x"}: 7, {"c", "z"}: 8}
	equal(t, "table", newTable(full, []string{"a", "b", "c"}, []string{"x", "y", "z"}),
		&Table{Rows: []string{"a", "c"}, Columns: []string{"x", "z"}, Cells: [][]int{{5, 6}, {7, 8}}})
}
