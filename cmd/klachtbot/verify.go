package main

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/storage/journal"
)

// verify checks the register's journal.
type verify struct{ register }

// Run implements the command. It fails when it finds anything.
func (c verify) Run(ctx context.Context, s streams) error {
	var m mistakes
	c.check(&m)
	if len(m) > 0 {
		return usageError{m[0]}
	}
	db, err := inspectRegister(ctx, c.register)
	if err != nil {
		return err
	}
	found := 0
	err = db.Verify(ctx, func(f journal.Finding) {
		found++
		fmt.Fprintln(s.out, f)
	})
	if closeErr := db.Close(); err == nil {
		err = closeErr
	}
	if err == nil && found > 0 {
		err = fmt.Errorf("the journal is not as it was written: %d findings", found)
	}
	if err == nil {
		fmt.Fprintln(s.out, "the journal is whole")
	}
	return err
}
