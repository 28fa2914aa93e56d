package delivery

import (
	"context"
	"errors"
	"slices"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackutilsx"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
)

// How an attempt posts and edits, once it is known where.

// once posts at a place, unless an earlier attempt did: then that message is
// the one, brought up to date when it can be. A message whose blocks Slack
// refuses goes out with less (forms).
func (a *attempt) once(ctx context.Context, at slackapi.MessageRef) (posted outbox.Posted, err error) {
	if a.d.Attempts > 1 {
		found, err := a.find(ctx, at)
		switch {
		case err != nil:
			return outbox.Posted{}, err
		case found != nil && !a.d.Kind().Edits():
			return a.foundAgain(at.Channel, found), nil
		case found != nil:
			again := slackapi.MessageRef{Channel: at.Channel, TS: found.TS}
			posted := a.posted(again, true)
			posted.ChartRefused = a.uncharted(found)
			return posted, a.update(ctx, again)
		}
	}
	if at.TS != "" {
		if err := a.checkRoot(ctx, a.d.Lane, at, a.now()); err != nil {
			return outbox.Posted{}, err
		}
	}
	var refused error
	for _, form := range a.forms() {
		call, end, err := a.allowed(ctx, at, slackapi.MethodPost)
		if err != nil {
			return outbox.Posted{}, err
		}
		answer, err := a.api.Do(call, slackapi.Post(at, form.content))
		end()
		posted, err = a.landed(ctx, at, answer, a.calls.Done(a.d.Lane, slackapi.MethodPost, err))
		posted.ChartRefused = form.uncharted && err == nil
		if form.bare && a.d.Kind() != outbox.KindReminder { // the text of a digest names no case
			posted.Announced = nil
		}
		if !slackapi.BadContent.Means(err) {
			a.note(ctx, form, refused, err)
			return posted, err
		}
		refused = err
	}
	return posted, refused
}

// foundAgain is a message that an earlier attempt posted and that is not
// edited.
func (a *attempt) foundAgain(channel string, m *slackapi.Message) outbox.Posted {
	return outbox.Posted{Channel: channel, TS: m.TS, Version: a.d.Version, ChartRefused: a.uncharted(m), Announced: a.message.Announces}
}

// uncharted reports whether a message went out without the chart that belongs in it.
func (a *attempt) uncharted(m *slackapi.Message) bool {
	return a.message.Picture != nil && !m.Charted()
}

// form is a way in which a message can go out.
type form struct {
	content   slackapi.Content
	uncharted bool // the chart is left out, and follows as a picture
	bare      bool // its text alone: the case number and what happened
}

// forms are those of a message, the best first; the next is for when Slack
// refuses what is in the one before. A refused chart is remembered as long as
// this process lives.
func (a *attempt) forms() (all []form) {
	charted := a.message.Picture != nil
	if !charted || !a.noCharts.Load() {
		all = append(all, form{content: a.with(a.message.Blocks)})
	}
	if charted {
		rest := slices.DeleteFunc(slices.Clone(a.message.Blocks), isChart)
		all = append(all, form{content: a.with(rest), uncharted: true})
	}
	return append(all, form{content: a.plain(), uncharted: charted, bare: true})
}

// note logs that a message went out in another form, or was tried in it, after
// Slack had refused the one before.
func (a *attempt) note(ctx context.Context, f form, refused, err error) {
	switch {
	case refused == nil:
	case f.bare:
		a.log.ErrorContext(ctx, "blocks refused, sent as text", "id", a.d.ID, "kind", a.d.Kind(), "fault", slackapi.Code(refused))
	case err == nil:
		a.noCharts.Store(true)
		a.log.InfoContext(ctx, "charts refused, pictures follow", "id", a.d.ID, "kind", a.d.Kind(), "fault", slackapi.Code(refused))
	}
}

// allowed begins a call that shows the message, unless others can read the
// channel.
func (a *attempt) allowed(ctx context.Context, at slackapi.MessageRef, method string) (call context.Context, end context.CancelFunc, err error) {
	if err := a.channels.MayShow(ctx, at.Channel, method); err != nil {
		return nil, nil, err
	}
	return a.begin(ctx, a.d.Lane, method)
}

// landed is what an answer says of a post. A reply that landed loose in the
// channel, because its case message was deleted this very moment, is taken back.
func (a *attempt) landed(ctx context.Context, at slackapi.MessageRef, answer slackapi.Answer, err error) (outbox.Posted, error) {
	posted := slackapi.MessageRef{Channel: answer.Channel, TS: answer.TS}
	switch {
	case slackapi.Gone.Means(err):
		return outbox.Posted{}, slackapi.ErrThreadGone
	case err != nil:
		return outbox.Posted{}, err
	case at.TS != "" && answer.Posted.TS == "":
		if err := a.settleLoose(ctx, posted, at); err != nil {
			return outbox.Posted{}, err
		}
	case a.d.Kind() == outbox.KindCase:
		a.roots.saw(posted, a.now())
		a.turns.of(a.d.Lane).posted(posted, a.now())
	}
	return a.posted(posted, false), nil
}

// update edits a message. As in once, what Slack refuses goes out with less.
func (a *attempt) update(ctx context.Context, at slackapi.MessageRef) error {
	var refused error
	for _, form := range a.forms() {
		call, end, err := a.allowed(ctx, at, slackapi.MethodUpdate)
		if err != nil {
			return err
		}
		_, err = a.api.Do(call, slackapi.Update(at, form.content))
		end()
		err = a.calls.Done(a.d.Lane, slackapi.MethodUpdate, err)
		a.note(ctx, form, refused, err)
		if err == nil {
			a.roots.saw(at, a.now())
			return nil
		}
		if refused = err; !slackapi.BadContent.Means(err) {
			return err
		}
	}
	return refused
}

// settleLoose checks a reply of which Slack's answer names no thread: when
// the case message is gone it landed loose, and is taken back; when that
// stands, the answer only left the thread out.
func (a *attempt) settleLoose(ctx context.Context, reply, root slackapi.MessageRef) error {
	a.roots.forget(root)
	err := a.checkRoot(ctx, a.d.Lane, root, a.now())
	if errors.Is(err, slackapi.ErrThreadGone) {
		return a.takeBack(ctx, reply, root)
	}
	return err
}

func (a *attempt) takeBack(ctx context.Context, loose, root slackapi.MessageRef) error {
	a.roots.forget(root)
	if err := a.delete(ctx, a.d.Lane, loose); err != nil {
		return err
	}
	return slackapi.ErrThreadGone
}

func (m *messages) delete(ctx context.Context, lane outbox.Lane, at slackapi.MessageRef) error {
	return m.begun(ctx, lane, slackapi.MethodDelete, func(ctx context.Context) error {
		_, err := m.api.Do(ctx, slackapi.Delete(at))
		return err
	})
}

// begun makes a call that changes something in Slack: not begun when the time
// for preparing is over, and not given up when the bot stops.
func (m *messages) begun(ctx context.Context, lane outbox.Lane, method string, do func(context.Context) error) error {
	call, end, err := m.begin(ctx, lane, method)
	if err != nil {
		return err
	}
	defer end()
	return m.calls.Done(lane, method, do(call))
}

// begin is begun for who calls without a closure, and reports to calls.Done.
func (m *messages) begin(ctx context.Context, lane outbox.Lane, method string) (call context.Context, end context.CancelFunc, err error) {
	if err := m.calls.Ready(lane, method); err != nil {
		return nil, nil, err
	}
	if ctx.Err() != nil {
		return nil, nil, slackapi.ErrNotBegun
	}
	call, end = context.WithTimeout(context.WithoutCancel(ctx), m.patience)
	return call, end, nil
}

func (a *attempt) posted(at slackapi.MessageRef, edit bool) outbox.Posted {
	return outbox.Posted{Channel: at.Channel, TS: at.TS, Version: a.version, Edit: edit, Announced: a.message.Announces}
}

// with is the message with blocks and its key.
func (a *attempt) with(blocks []slack.Block) slackapi.Content {
	content := a.plain()
	content.Blocks = blocks
	return content
}

// plain is its text alone, escaped: nobody is pinged by what somebody typed.
func (a *attempt) plain() slackapi.Content {
	return slackapi.Content{Text: slackutilsx.EscapeMessage(a.message.Text), Key: a.d.Key}
}
