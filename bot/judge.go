package bot

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
)

// Slack's methods that a delivery uses; a rate limit holds for one of them.
const (
	methodPost    = "chat.postMessage"
	methodUpdate  = "chat.update"
	methodDelete  = "chat.delete"
	methodHistory = "conversations.history"
	methodReplies = "conversations.replies"
	methodOpen    = "conversations.open"
)

// Pauses before the next attempt, the first and the longest.
const (
	unsureBase  = time.Second      // nobody knows what became of it
	unsureMost  = 5 * time.Minute  //
	lastingBase = time.Minute      // a person must mend it first
	lastingMost = 30 * time.Minute //
	rootPause   = time.Second      // the case message goes first
	unseenPause = 2 * time.Second  // before the next look at the case channel
	lookAgain   = time.Minute      // at what must wait until people may be nudged
)

// apartAfter is how long the directors' channel may be out of order, with an
// alarm, before each of them gets directly what waits for it.
const apartAfter = 24 * time.Hour

// callError is a call to Slack that failed, with the method that was called.
type callError struct {
	method string
	err    error
}

func (e *callError) Error() string { return e.method + ": " + fault(e.err) }
func (e *callError) Unwrap() error { return e.err }

// notYet is a delivery that must not be tried before an instant.
type notYet struct {
	at    time.Time
	pause bool   // nothing new may be posted in the lane before then
	shut  bool   // people may not be nudged now
	why   string // a fault word
}

func (e *notYet) Error() string { return "not yet: " + e.why }

// errPanic stands for a panic in rendering.
var errPanic = errors.New("panic")

// errUnreadable is a delivery of which nobody knows what it is about.
var errUnreadable = errors.New("the register holds a payload that can't be read")

// errRootGone says that the case message above a reply is no longer there.
var errRootGone = errors.New(faultRoot)

// kind is what a failed call means for what comes next.
type kind int

const (
	unsure  kind = iota // nobody knows whether it was carried out
	lasting             // will fail again until somebody mends it
	content             // Slack refuses what is in the message
	place               // Slack refuses the channel or the person
	thread              // Slack refuses the reply, not the channel
	gone                // the message to edit, or the thread, is not there
)

// kinds sorts Slack's error names; what is not in it is lasting.
var kinds = map[string]kind{
	"internal_error": unsure, "fatal_error": unsure, "request_timeout": unsure,
	"service_unavailable": unsure, "team_added_to_org": unsure, "accesslimited": unsure,
	"file_not_found": unsure, // of a document: its bytes did not arrive

	"msg_too_long": content, "msg_blocks_too_long": content, "invalid_blocks": content,
	"invalid_blocks_format": content, "too_many_attachments": content, "no_text": content,

	"channel_not_found": place, "not_in_channel": place, "is_archived": place,
	"restricted_action": place, "restricted_action_read_only_channel": place,
	"user_disabled": place, "user_not_found": place, "users_not_found": place, "user_not_visible": place,
	faultPublic: place, faultShared: place, faultUnseen: place, // see exposure
	"cannot_dm_bot": place, "channel_is_limited_access": place, "messages_tab_disabled": place,

	"cannot_reply_to_message": thread, "restricted_action_thread_locked": thread,
	"restricted_action_non_threadable_channel": thread,

	"message_not_found": gone, "thread_not_found": gone, "cant_update_message": gone, "edit_window_closed": gone,
}

// kindOf sorts an error of a call. Without a word from Slack nobody knows
// what became of it.
func kindOf(err error) kind {
	code := slackCode(err)
	if code == "" {
		return unsure
	}
	if k, ok := kinds[code]; ok {
		return k
	}
	return lasting
}

// judge says what becomes of a delivery after an attempt that began then and
// is judged now with err (nil: posted). Slack may carry out a call until quiet,
// whatever became of the connection. judge touches nothing, so that the rule
// can be read, and tested, in one place.
func judge(d outbox.Delivery, posted outbox.Posted, err error, quiet, now time.Time) outbox.Settlement {
	var (
		wait    *notYet
		call    *callError
		limited *slack.RateLimitedError
	)
	switch {
	case err == nil && (d.Kind().Silent() || d.Kind() == outbox.KindPicture):
		return outbox.Settlement{Done: true}
	case err == nil:
		return outbox.Settlement{Posted: &posted}
	case errors.Is(err, handlers.ErrMoot):
		return outbox.Settlement{Drop: true, Fault: faultMoot}
	case d.Kind() == outbox.KindPicture && slices.Contains(noFiles, slackCode(err)):
		return outbox.Settlement{Drop: true, Fault: slackCode(err)} // its figures stand in the text too
	case errors.Is(err, errRootGone):
		return outbox.Settlement{Retry: now.Add(rootPause), Fault: faultRoot, RootGone: true}
	case errors.As(err, &wait):
		return outbox.Settlement{Retry: wait.at, Fault: wait.why, Pause: wait.pause, OutOfHours: wait.shut}
	case mailFault(err) != "":
		return outbox.Settlement{Retry: now.Add(backoff(d.Attempts, unsureBase, unsureMost)), Fault: mailFault(err)}
	case errors.Is(err, errNoRoom):
		return outbox.Settlement{Retry: now.Add(backoff(d.Attempts, lastingBase, lastingMost)), Fault: faultNoRoom, FanOut: true}
	case errors.Is(err, errNotBegun):
		return outbox.Settlement{Retry: now}
	case errors.As(err, &call) && errors.As(err, &limited):
		return outbox.Settlement{Retry: now.Add(limited.RetryAfter), Fault: faultLimited, Pause: call.method == methodPost}
	case errors.As(err, &call) && kindOf(err) == unsure:
		return outbox.Settlement{Retry: unsureUntil(d, quiet, now), Fault: fault(err)}
	case slackCode(err) == faultUnseen: // a look at the channel is all that it waits for
		return outbox.Settlement{Retry: now.Add(backoff(d.Attempts, unsureBase, unsureMost)), Fault: faultUnseen}
	case errors.As(err, &call):
		return outbox.Settlement{
			Retry: now.Add(backoff(d.Attempts, lastingBase, lastingMost)), Fault: fault(err), FanOut: apart(d, err, now),
		}
	}
	return outbox.Settlement{Retry: now.Add(backoff(d.Attempts, unsureBase, unsureMost)), Fault: faultRender}
}

// apart reports whether the directors' channel was out of order for long enough.
func apart(d outbox.Delivery, err error, now time.Time) bool {
	return d.Lane == outbox.LaneDirectors && d.Kind() != outbox.KindPicture && kindOf(err) == place && now.Sub(d.FirstTry) >= apartAfter
}

// unsureUntil is when an attempt whose outcome nobody knows may be looked
// into.
func unsureUntil(d outbox.Delivery, quiet, now time.Time) time.Time {
	at := now.Add(backoff(d.Attempts, unsureBase, unsureMost))
	if at.Before(quiet) {
		return quiet
	}
	return at
}

// describe is how a settlement is called in logs and metrics.
func describe(s outbox.Settlement) string {
	switch {
	case s.Posted != nil && s.Posted.Edit:
		return "edited"
	case s.Posted != nil:
		return "posted"
	case s.Done:
		return "done"
	case s.Drop:
		return "dropped"
	}
	return "retried"
}

// renderError wraps what rendering said.
func renderError(err error) error { return fmt.Errorf("render: %w", err) }
