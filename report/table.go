package report

// least is the smallest count that a cell of a table shows.
const least = 5

// What stands in a table for a number that does not show, and where there is
// none.
const (
	Hidden = -1
	None   = -2
)

// Table is a table of two dimensions with hidden cells. Its totals show
// elsewhere, so hiding only the small cells would not do: enough others are
// hidden that no hidden cell can be computed from what shows.
type Table struct {
	Rows    []string `json:"rows"`
	Columns []string `json:"columns"`
	Cells   [][]int  `json:"cells"` // by row; Hidden where none shows
}

// newTable makes the table of what was counted, with the rows and columns that
// occur. It is nil when it would have one row or one column, or no cell that
// may show: then it says no more than the totals.
func newTable(counts map[[2]string]int, rows, columns []string) *Table {
	t := &Table{}
	for _, r := range rows {
		if occurs(columns, func(c string) int { return counts[[2]string{r, c}] }) {
			t.Rows = append(t.Rows, r)
		}
	}
	for _, c := range columns {
		if occurs(rows, func(r string) int { return counts[[2]string{r, c}] }) {
			t.Columns = append(t.Columns, c)
		}
	}
	if len(t.Rows) < 2 || len(t.Columns) < 2 {
		return nil
	}
	counted := make([][]int, len(t.Rows))
	for i, r := range t.Rows {
		for _, c := range t.Columns {
			counted[i] = append(counted[i], counts[[2]string{r, c}])
		}
	}
	if t.Cells = suppress(counted); t.Cells == nil {
		return nil
	}
	return t
}

func occurs(all []string, count func(string) int) bool {
	for _, key := range all {
		if count(key) > 0 {
			return true
		}
	}
	return false
}

// suppress returns the counts with the small ones hidden, and as many others as
// it takes; nil when none may show.
func suppress(counts [][]int) [][]int {
	g := newGrid(counts)
	for {
		row, column, found := g.computable()
		if !found {
			return g.shown()
		}
		if !g.hideFor(row, column) {
			return nil
		}
	}
}

// grid is a table whose hidden cells are being chosen.
type grid struct {
	counts [][]int
	hidden [][]bool
}

func newGrid(counts [][]int) grid {
	g := grid{counts: counts, hidden: make([][]bool, len(counts))}
	for i, row := range counts {
		g.hidden[i] = make([]bool, len(row))
		for j, n := range row {
			g.hidden[i][j] = n < least
		}
	}
	return g
}

// shown is the result; nil when everything is hidden.
func (g grid) shown() [][]int {
	cells, some := make([][]int, len(g.counts)), false
	for i, row := range g.counts {
		cells[i] = make([]int, len(row))
		for j, n := range row {
			cells[i][j] = Hidden
			if !g.hidden[i][j] {
				cells[i][j], some = n, true
			}
		}
	}
	if !some {
		return nil
	}
	return cells
}

// computable finds a hidden cell whose count follows from the totals and from
// what shows.
func (g grid) computable() (row, column int, found bool) {
	for i := range g.counts {
		for j := range g.counts[i] {
			if g.hidden[i][j] && !g.free(i, j) {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

// free reports whether a hidden cell could hold one more or one less, with the
// totals kept: whether one more in it can be made up for by one less and one
// more in other hidden cells, in turns, along a round trip through rows and
// columns; or the other way around. No count can be below zero. The true counts
// are one solution, and every other is reached from it by such trips, so this
// is exact.
func (g grid) free(i, j int) bool {
	return g.trip(i, j, true) || g.counts[i][j] > 0 && g.trip(i, j, false)
}

// trip looks for the way back: after one more in the cell, from its column to
// its row; after one less, from its row to its column.
func (g grid) trip(i, j int, more bool) bool {
	rows, columns := make([]bool, len(g.counts)), make([]bool, len(g.counts[0]))
	rows[i], columns[j] = !more, more
	for changed := true; changed; {
		changed = false
		for r := range g.counts {
			for c := range g.counts[r] {
				if !g.hidden[r][c] || r == i && c == j {
					continue
				}
				switch {
				case rows[r] && !columns[c]: // one more here
					columns[c], changed = true, true
				case columns[c] && !rows[r] && g.counts[r][c] > 0: // one less here
					rows[r], changed = true, true
				}
			}
		}
	}
	return more && rows[i] || !more && columns[j]
}

// hideFor hides one more cell so that the one at row and column gets free: the
// smallest that does so by itself, else the smallest in the same row or column,
// else the smallest of all. It reports false when none shows.
func (g grid) hideFor(row, column int) bool {
	best, rank := [2]int{}, 0
	for i, line := range g.counts {
		for j := range line {
			if g.hidden[i][j] {
				continue
			}
			r := g.rank(i, j, row, column)
			if r > rank || r == rank && g.counts[i][j] < g.counts[best[0]][best[1]] {
				best, rank = [2]int{i, j}, r
			}
		}
	}
	if rank > 0 {
		g.hidden[best[0]][best[1]] = true
	}
	return rank > 0
}

// rank says how well hiding the cell at i, j serves the one at row and column.
func (g grid) rank(i, j, row, column int) int {
	g.hidden[i][j] = true
	frees := g.free(row, column)
	g.hidden[i][j] = false
	switch {
	case frees:
		return 3
	case i == row || j == column:
		return 2
	}
	return 1
}
