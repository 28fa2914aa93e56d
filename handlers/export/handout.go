package export

import (
	"context"
	"errors"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// ErrNotShown says that nobody read the passphrase, so there is nothing to
// send.
var ErrNotShown = errors.New("passphrase not shown")

// Finish tells whoever waits for a document why there is none: what went wrong,
// or, in a direct message, that its passphrase could not be shown.
func Finish(ctx context.Context, e *core.Env, g core.Gesture, err error, notShown string) {
	if errors.Is(err, ErrNotShown) {
		e.Log.WarnContext(ctx, "document given up", "screen", g.Name, "error", err)
		err = e.Slack.SendDirect(ctx, g.Who.ID, kit.Escape(notShown))
	}
	if err != nil {
		e.Explain(ctx, g, err)
	}
}

// PassphraseLine shows a passphrase on a line of its own, to be copied.
func PassphraseLine(passphrase workflow.Confidential) *slack.RichTextBlock {
	return slack.NewRichTextBlock("", &slack.RichTextPreformatted{
		Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{kit.Words(passphrase.Reveal())},
	})
}

// OfNote reports whether a file came with a note: both were recorded at one
// moment, by one person.
func OfNote(a workflow.Attachment, records []workflow.Record) bool {
	return slices.ContainsFunc(records, func(r workflow.Record) bool {
		return r.Kind == workflow.RecordNote && r.At.Equal(a.At) && r.By == a.By
	})
}

func Numbered(c *workflow.Complaint) texts.Args { return texts.Args{"Number": c.Number} }
