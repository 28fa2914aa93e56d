package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// bench is one run: its folder, and the table that fills.
type bench struct {
	options
	tb      testing.TB // for pgtest
	durable bool       // whether PostgreSQL waits for the disk
	dir     string
	form    string // file with the form that all open
	table   *table
	serial  int
}

// rounds has every contestant do the job, in an order that turns around.
func (b *bench) rounds(ctx context.Context, contestants []contestant) error {
	for n := range b.options.rounds {
		order := slices.Clone(contestants)
		if n%2 > 0 {
			slices.Reverse(order)
		}
		if err := b.each(order, fmt.Sprintf("round %d", n+1), func(c contestant) error { return b.round(ctx, c) }); err != nil {
			return err
		}
	}
	return nil
}

// counts has every contestant do the job once more, watched.
func (b *bench) counts(ctx context.Context, contestants []contestant) error {
	if b.counted == 0 {
		return nil
	}
	return b.each(contestants, "counting", func(c contestant) error {
		counted, err := b.count(ctx, c)
		if err != nil {
			return err
		}
		if c.engine == postgres {
			b.table.add("statements a case", c.name, counted.statements)
			b.table.add("commits a case", c.name, counted.commits)
		}
		b.table.add("allocated a case, KiB", c.name, counted.allocated/(1<<10))
		return nil
	})
}

// crashes kills klachtbot while much is waiting.
func (b *bench) crashes(ctx context.Context, contestants []contestant) error {
	if b.backlog == 0 {
		return nil
	}
	return b.each(ours(contestants), "crash", func(c contestant) error { return b.drain(ctx, c) })
}

func (b *bench) each(contestants []contestant, what string, do func(contestant) error) error {
	for _, c := range contestants {
		fmt.Fprintf(os.Stderr, "%s: %s\n", what, c.name)
		if err := do(c); err != nil {
			return fmt.Errorf("%s: %s: %w", what, c.name, err)
		}
	}
	return nil
}

// folder makes a fresh folder for one run of one contestant.
func (b *bench) folder() (string, error) {
	b.serial++
	dir := filepath.Join(b.dir, fmt.Sprintf("run%d", b.serial))
	return dir, os.Mkdir(dir, 0o700)
}
