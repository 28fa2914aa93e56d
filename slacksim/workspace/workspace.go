package workspace

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/artra/klachtbot/slacksim/manifest"
)

// What a workspace says to those who can't go on.
var (
	// ErrNotThere means that the person can't do this: the channel, message,
	// modal or element is not on that person's screen.
	ErrNotThere = errors.New("not on this person's screen")
	// ErrClosed means that the simulator was closed meanwhile.
	ErrClosed = errors.New("slacksim is closed")
)

// NotThere is an ErrNotThere that says why.
func NotThere(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrNotThere, fmt.Sprintf(format, args...))
}

// Workspace is everything that Slack remembers. Whoever reads or changes a part
// of it holds its lock; no method of a part waits for anything.
type Workspace struct {
	sync.Mutex
	*Core

	People       *People
	Channels     *Channels
	Views        *Views
	Files        *Files
	ResponseURLs *ResponseURLs

	done chan struct{} // closed with the workspace
}

// New fails on people and channels that contradict each other.
func New(app *manifest.Manifest, team Team, now func() time.Time, members []Person, list []Channel) (*Workspace, error) {
	c := &Core{Now: now, App: app, Team: team, revision: 1, subscribers: newSubscribers()}
	w := &Workspace{Core: c, People: newPeople(c), Views: newViews(c), Files: newFiles(c), done: make(chan struct{})}
	w.Channels = newChannels(c, w.People, w.Files)
	w.ResponseURLs = newResponseURLs(c, w.Channels)
	bot := Person{ID: BotUserID, Name: app.Display.Name, RealName: app.Features.Bot.DisplayName, Bot: true}
	errs := []error{w.People.Add(bot)}
	for _, p := range members {
		errs = append(errs, w.People.Add(p))
	}
	for _, one := range list {
		errs = append(errs, w.Channels.Add(one))
	}
	return w, errors.Join(errs...)
}

// Close ends all subscriptions and every wait. It takes the lock itself, and
// may be called more than once.
func (w *Workspace) Close() {
	w.Lock()
	defer w.Unlock()
	if !w.closed {
		close(w.done)
	}
	w.closeAll()
}

// Saved says that a revision was written to a file, to those who wait for it.
func (w *Workspace) Saved() { w.wake() }

// Ended is closed once the workspace is.
func (w *Workspace) Ended() <-chan struct{} { return w.done }

// ReportComplaint is complain for a caller that does not hold the lock.
func (w *Workspace) ReportComplaint(format string, args ...any) {
	w.Lock()
	defer w.Unlock()
	w.Complain(format, args...)
}

// NotifySockets says that a socket came or went; it takes the lock itself.
func (w *Workspace) NotifySockets() {
	w.Lock()
	defer w.Unlock()
	w.Notify(ChangeSocket, "", "")
}

// OnScreen is a view that a person can work with: the Home tab, or the modal on top.
func (w *Workspace) OnScreen(person, viewID string) (*OpenView, error) {
	if _, err := w.People.Active(person); err != nil {
		return nil, err
	}
	v := w.Views.Get(viewID)
	if v == nil || (w.Views.Home(person) != v && w.Views.Top(person) != v) {
		return nil, NotThere("view %q is not in front of %s", viewID, person)
	}
	return v, nil
}

// Locked runs read while the workspace holds still.
func Locked[T any](w *Workspace, read func() T) T {
	w.Lock()
	defer w.Unlock()
	return read()
}

// wait waits for the next change; what is for the error.
func (w *Workspace) wait(ctx context.Context, what string, changed <-chan struct{}) error {
	select {
	case <-changed:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for %s: %w", what, ctx.Err())
	case <-w.done:
		return ErrClosed
	}
}
