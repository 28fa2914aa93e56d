package journal

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/state"
	"github.com/artra/klachtbot/workflow"
)

// A register that was put back to an older state would give numbers out again
// that complainants know. So what the state file has beyond the register counts
// as given out: each such number has a row without a case, and a line in the
// chain.

const (
	loseNumber = `INSERT INTO void_numbers (number, series, year, ordinal, complaint) VALUES ($1, $2, $3, $4, '')
		ON CONFLICT (number) DO NOTHING`
)

// Recover compares the register with the numbers that the state file has, and
// goes on after those that it knows nothing of, which it returns.
func (j *Journal) Recover(ctx context.Context, known state.Contents) (lost []string, err error) {
	given := map[string]int{}
	err = j.Change(ctx, func(tx engine.Tx) error {
		h, err := j.Hold(ctx, tx)
		if err != nil {
			return err
		}
		lost, given = nil, maps.Clone(h.numbers)
		for _, key := range slices.Sorted(maps.Keys(known.Numbers)) {
			for until := known.Lost(key, h.numbers[key]); h.numbers[key] < until; {
				number, err := j.lose(ctx, tx, h, key)
				if err != nil {
					return err
				}
				lost = append(lost, number)
			}
			given[key] = max(given[key], h.numbers[key])
		}
		if len(lost) == 0 {
			return nil
		}
		return h.Write(ctx, tx)
	})
	if err == nil {
		err = j.State.Given(given)
	}
	if err != nil {
		return nil, fmt.Errorf("numbers given out: %w", err)
	}
	return lost, nil
}

// lose gives out the next number of a series and year to no case.
func (j *Journal) lose(ctx context.Context, tx engine.Tx, h *Head, key string) (string, error) {
	series, text, _ := strings.Cut(key, "-")
	year, err := strconv.Atoi(text)
	if err != nil {
		return "", ErrHead
	}
	at := h.Number(workflow.Series(series), year)
	if cases.ParseCaseNumber(at.String()) != at {
		return "", ErrHead
	}
	if _, err := tx.Exec(ctx, loseNumber, at.String(), at.Series, at.Year, at.Ordinal); err != nil {
		return "", fmt.Errorf("lost number: %w", err)
	}
	return at.String(), h.Add(Entry{Action: Lost, At: j.Instant(), Number: at.String()}, nil)
}

// Given notes in the state file that these numbers were given out. That it can't
// is told in the log: they were reserved there before.
func (j *Journal) Given(ctx context.Context, numbers ...string) {
	last := map[string]int{}
	for _, number := range numbers {
		if at := cases.ParseCaseNumber(number); at.Ordinal > 0 {
			key := numberKey(at.Series, at.Year)
			last[key] = max(last[key], at.Ordinal)
		}
	}
	if err := j.State.Given(last); err != nil {
		j.Log.ErrorContext(ctx, "numbers not noted", "error", err)
	}
}

// Share notes in the state file how far the numbers of the register were given
// out by now, by any process, and has that stand on the disk.
func (j *Journal) Share(ctx context.Context) error {
	var text string
	if err := j.Read.Get(ctx, &text, givenOut); err != nil {
		return fmt.Errorf("numbers given out: %w", err)
	}
	numbers, err := parseNumbers(text)
	if err == nil {
		err = j.State.Given(numbers)
	}
	if err != nil {
		return err
	}
	return j.State.Sync()
}
