package handlers

import (
	"context"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow/roster"
)

// everything is a register as one value.
type everything struct{ storage.Rooms }

func (e everything) UndeletableList(ctx context.Context, who roster.PersonID) (outbox.UndeletableList, error) {
	return e.DB.Undeletables().UndeletableList(ctx, who)
}

func (e everything) CheckUndeletables(ctx context.Context, who roster.PersonID) error {
	return e.DB.Undeletables().CheckUndeletables(ctx, who)
}
