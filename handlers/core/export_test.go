package core

import (
	"context"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// What the tests of this package reach.
var (
	InputIDs     = inputIDs
	PressOf      = pressOf
	SubmissionOf = submissionOf
)

func (e *Env) Sentence(ctx context.Context, sp texts.Speaker, r workflow.Refusal) string {
	return e.sentence(ctx, sp, r)
}

func (ids inputNames) Nearest(field string) string {
	return ids.nearest(field)
}
