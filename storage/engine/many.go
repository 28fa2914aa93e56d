package engine

import (
	"context"
	"iter"
	"strconv"
	"strings"
)

// Many is a statement for several rows at once. It is prepared for a few
// numbers of rows; Chunks takes any number apart into those.
type Many struct {
	fixed   int // arguments before those of the rows
	columns int // arguments of each row
	texts   [len(chunks)]string
}

// chunks are the numbers of rows that a Many is prepared for.
var chunks = [...]int{16, 8, 4, 2, 1}

// NewMany returns the statement that consists of head, of row once for each row
// with sep between them, and of tail. In row a question mark stands for each
// argument; head takes the first fixed arguments, as $1 and so on.
func NewMany(head string, fixed int, row, sep, tail string) Many {
	m := Many{fixed: fixed, columns: strings.Count(row, "?")}
	for i, n := range chunks {
		var b strings.Builder
		b.WriteString(head)
		next := fixed
		for at := range n {
			if at > 0 {
				b.WriteString(sep)
			}
			for _, r := range row {
				if r != '?' {
					b.WriteRune(r)
					continue
				}
				next++
				b.WriteString("$" + strconv.Itoa(next))
			}
		}
		b.WriteString(tail)
		m.texts[i] = b.String()
	}
	return m
}

// NewInsert returns the statement that inserts rows of so many columns; into is
// the table with its columns in brackets, tail what follows the values.
func NewInsert(into string, columns int, tail string) Many {
	row := "(?" + strings.Repeat(", ?", columns-1) + ")"
	return NewMany("INSERT INTO "+into+" VALUES ", 0, row, ", ", tail)
}

// Statements are the texts that it is prepared with.
func (m Many) Statements() []string { return m.texts[:] }

// Chunks yields statements with their arguments that write all rows, in their
// order.
func (m Many) Chunks(fixed []any, rows [][]any) iter.Seq2[string, []any] {
	return func(yield func(string, []any) bool) {
		for i, n := range chunks {
			for len(rows) >= n {
				args := make([]any, 0, m.fixed+n*m.columns)
				args = append(args, fixed...)
				for _, row := range rows[:n] {
					args = append(args, row...)
				}
				if rows = rows[n:]; !yield(m.texts[i], args) {
					return
				}
			}
		}
	}
}

// Write runs the statement for all rows, and returns how many it touched.
func (m Many) Write(ctx context.Context, q Runner, fixed []any, rows [][]any) (touched int64, err error) {
	for query, args := range m.Chunks(fixed, rows) {
		n, err := q.Exec(ctx, query, args...)
		if err != nil {
			return touched, err
		}
		touched += n
	}
	return touched, nil
}
