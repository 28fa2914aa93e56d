package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
)

// opening is one attempt to open a modal. The view has an external id, by which it
// is found when Slack's answer never came.
type opening struct {
	api     *slackapi.Client
	trigger string
	view    slack.ModalViewRequest
	answer  chan openAnswer // of the first call; buffered
}

// openAnswer is what Slack answered.
type openAnswer struct {
	id  string
	err error
}

// lateAnswer is how long an answer is waited for that the gesture itself had no
// time for, and settleTime what finding out may take altogether: the person's next
// gesture waits for it, and Slack for the answer to that.
const (
	lateAnswer = 800 * time.Millisecond
	settleTime = 2 * time.Second
)

// OpenView opens a modal. A trigger that was exchanged already is that of a
// gesture which came twice: its modal is open. When Slack gives no answer, or one
// that says nothing, the error is a *handlers.Unanswered: the modal may be open.
func (s *screen) OpenView(ctx context.Context, triggerID string, view slack.ModalViewRequest) (viewID string, err error) {
	view.ExternalID = rand.Text()
	o := &opening{s.api, triggerID, view, make(chan openAnswer, 1)}
	go o.call(context.WithoutCancel(ctx)) // ends with the HTTP client's patience
	select {
	case a := <-o.answer:
		return o.verdict(a)
	case <-ctx.Done():
		return "", o.unanswered(ctx.Err(), o.answer)
	}
}

func (o *opening) call(ctx context.Context) {
	a, err := o.api.Do(ctx, slackapi.OpenView(o.trigger, o.view))
	o.answer <- openAnswer{a.View.ID, err}
}

// verdict is what an answer means.
func (o *opening) verdict(a openAnswer) (viewID string, err error) {
	switch {
	case a.err == nil:
		return a.id, nil
	case isOpen(a.err):
		return "", nil
	case unsure(a.err):
		return "", o.unanswered(a.err, nil)
	}
	return "", failed("open view", a.err)
}

// isOpen reports whether Slack refuses to open a modal because it did so before.
func isOpen(err error) bool {
	code := slackapi.Code(err)
	return code == "exchanged_trigger_id" || code == "duplicate_external_id"
}

// unsure reports whether the call may have been carried out. After a 429 it was
// not.
func unsure(err error) bool {
	var limited *slack.RateLimitedError
	return slackapi.Unsure.Means(err) && !errors.As(err, &limited)
}

// unanswered says that the modal may be open; answer is where Slack's may still
// come, nil for nowhere.
func (o *opening) unanswered(err error, answer <-chan openAnswer) error {
	return &handlers.Unanswered{Err: failed("open view", err), Settle: func(ctx context.Context) (string, error) {
		ctx, cancel := context.WithTimeout(ctx, settleTime)
		defer cancel()
		if answer == nil {
			return o.settle(ctx, err)
		}
		select {
		case a := <-answer:
			if a.err == nil || !unsure(a.err) {
				return o.verdict(a)
			}
		case <-time.After(lateAnswer):
		}
		return o.settle(ctx, err)
	}}
}

// settle opens the modal once more, which Slack refuses when it is open, or too
// late; then the view's external id tells which.
func (o *opening) settle(ctx context.Context, why error) (viewID string, err error) {
	again, err := o.api.Do(ctx, slackapi.OpenView(o.trigger, o.view))
	if err == nil {
		return again.View.ID, nil
	}
	open := isOpen(err)
	found, err := o.api.Do(ctx, slackapi.UpdateViewNamed(o.view.ExternalID, o.view))
	switch {
	case err == nil:
		return found.View.ID, nil
	case open:
		return "", nil
	case unsure(err):
		return "", handlers.ErrMayBeOpen
	}
	return "", failed("open view", why)
}
