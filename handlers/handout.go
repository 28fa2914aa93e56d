package handlers

import (
	"context"
	"errors"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// errNotShown: nobody read the passphrase, so there is nothing to send.
var errNotShown = errors.New("passphrase not shown")

// finish tells whoever waits for a document why there is none: what went wrong,
// or, in a direct message, that its passphrase could not be shown.
func finish(ctx context.Context, e *Env, g gesture, err error, notShown string) {
	if errors.Is(err, errNotShown) {
		e.Log.WarnContext(ctx, "document given up", "screen", g.name, "error", err)
		err = e.Slack.SendDirect(ctx, g.who.ID, escape(notShown))
	}
	if err != nil {
		e.explain(ctx, g, err)
	}
}

// restricted shows a passphrase on a line of its own, to be copied.
func passphraseLine(passphrase workflow.Confidential) *slack.RichTextBlock {
	return slack.NewRichTextBlock("", &slack.RichTextPreformatted{
		Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{words(passphrase.Reveal())},
	})
}

// ofNote reports whether a file came with a note: both were recorded at one
// moment, by one person.
func ofNote(a workflow.Attachment, records []workflow.Record) bool {
	return slices.ContainsFunc(records, func(r workflow.Record) bool {
		return r.Kind == workflow.RecordNote && r.At.Equal(a.At) && r.By == a.By
	})
}

func numbered(c *workflow.Complaint) texts.Args { return texts.Args{"Number": c.Number} }
