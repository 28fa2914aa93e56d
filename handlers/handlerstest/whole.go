package handlerstest

import (
	"context"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow/roster"
)

// Whole is a register as one value.
type Whole struct{ storage.Rooms }

func (w Whole) UndeletableList(ctx context.Context, who roster.PersonID) (outbox.UndeletableList, error) {
	return w.DB.Undeletables().UndeletableList(ctx, who)
}

func (w Whole) CheckUndeletables(ctx context.Context, who roster.PersonID) error {
	return w.DB.Undeletables().CheckUndeletables(ctx, who)
}
