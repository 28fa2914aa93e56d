package main

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/storage/journal"
)

// verify is the command that checks the register's journal.
type verify struct{ register }

// Run prints what was changed, cut off or is missing, and fails when anything
// was.
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
