package slacksim

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// What a workspace says to those who can't go on.
var (
	// ErrNotThere means that the person can't do this: the channel, message,
	// modal or element is not on that person's screen.
	ErrNotThere = errors.New("not on this person's screen")
	// ErrClosed means that the simulator was closed meanwhile.
	ErrClosed = errors.New("slacksim is closed")
)

// notThere is an ErrNotThere that says why.
func notThere(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrNotThere, fmt.Sprintf(format, args...))
}

// workspace is everything that Slack remembers. Whoever reads or changes a part
// of it holds its lock; no method of a part waits for anything.
type workspace struct {
	sync.Mutex
	*core

	people       *people
	channels     *channels
	views        *views
	files        *files
	responseURLs *responseURLs

	done chan struct{} // closed with the workspace
}

// newWorkspace fails on people and channels that contradict each other.
func newWorkspace(app *manifest, team Team, now func() time.Time, members []Person, list []Channel) (*workspace, error) {
	c := &core{now: now, app: app, team: team, revision: 1, subscribers: newSubscribers()}
	w := &workspace{core: c, people: newPeople(c), views: newViews(c), files: newFiles(c), done: make(chan struct{})}
	w.channels = newChannels(c, w.people, w.files)
	w.responseURLs = newResponseURLs(c, w.channels)
	bot := Person{ID: botUserID, Name: app.Display.Name, RealName: app.Features.Bot.DisplayName, Bot: true}
	errs := []error{w.people.add(bot)}
	for _, p := range members {
		errs = append(errs, w.people.add(p))
	}
	for _, one := range list {
		errs = append(errs, w.channels.add(one))
	}
	return w, errors.Join(errs...)
}

// closeNow ends all subscriptions and every wait. It takes the lock itself, and
// may be called more than once.
func (w *workspace) closeNow() {
	w.Lock()
	defer w.Unlock()
	if !w.closed {
		close(w.done)
	}
	w.closeAll()
}

// ended is closed once the workspace is.
func (w *workspace) ended() <-chan struct{} { return w.done }

// complainSafely is complain for a caller that does not hold the lock.
func (w *workspace) complainSafely(format string, args ...any) {
	w.Lock()
	defer w.Unlock()
	w.complain(format, args...)
}

// notifySockets says that a socket came or went; it takes the lock itself.
func (w *workspace) notifySockets() {
	w.Lock()
	defer w.Unlock()
	w.notify(ChangeSocket, "", "")
}

// onScreen is a view that a person can work with: the Home tab, or the modal on top.
func (w *workspace) onScreen(person, viewID string) (*openView, error) {
	if _, err := w.people.active(person); err != nil {
		return nil, err
	}
	v := w.views.get(viewID)
	if v == nil || (w.views.home(person) != v && w.views.top(person) != v) {
		return nil, notThere("view %q is not in front of %s", viewID, person)
	}
	return v, nil
}

// locked runs read while the workspace holds still.
func locked[T any](w *workspace, read func() T) T {
	w.Lock()
	defer w.Unlock()
	return read()
}

// wait waits for the next change; what is for the error.
func (w *workspace) wait(ctx context.Context, what string, changed <-chan struct{}) error {
	select {
	case <-changed:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for %s: %w", what, ctx.Err())
	case <-w.done:
		return ErrClosed
	}
}
