package storage

import (
	"context"
	"fmt"

	"github.com/pressly/goose/v3"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/migrations"
)

// migrator knows the schema's versions, stored and wanted.
type migrator struct {
	*goose.Provider
	database *engine.Database
}

func newMigrator(e *engine.Database) (migrator, error) {
	p, err := e.Migrator(migrations.Files(), migrations.Functions()...)
	if err != nil {
		return migrator{}, fmt.Errorf("migrations: %w", err)
	}
	return migrator{p, e}, nil
}

// check refuses a register that a newer program wrote. exists is false when
// there is no schema yet.
func (m migrator) check(ctx context.Context) (exists bool, err error) {
	current, target, err := m.GetVersions(ctx)
	if err != nil {
		return false, fmt.Errorf("schema version: %w", err)
	}
	if current > target {
		return true, ErrNewerSchema
	}
	return current > 0, nil
}

// migrate brings the schema up to date; replicas that start together take
// turns.
func (m migrator) migrate(ctx context.Context) error {
	err := m.database.Alone(ctx, func(ctx context.Context) error {
		_, err := m.Up(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("bring the schema up to date: %w", err)
	}
	return nil
}
