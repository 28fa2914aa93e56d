package slacksim

// maxLag is how many changes a reader may be behind before it loses some.
const maxLag = 256

// subscribers are those who want to know that something on a screen changed.
type subscribers struct {
	changed chan struct{} // closed and replaced at every change
	list    map[*subscriber]struct{}
}

type subscriber struct {
	changes chan Change
	missed  bool
}

func newSubscribers() subscribers {
	return subscribers{changed: make(chan struct{}), list: map[*subscriber]struct{}{}}
}

// wake lets those look again who wait for something.
func (w *subscribers) wake() {
	close(w.changed)
	w.changed = make(chan struct{})
}

// notify never waits: a reader that lags gets ChangeMissed once it reads again.
func (w *subscribers) notify(c Change) {
	w.wake()
	for r := range w.list {
		r.notify(c)
	}
}

// leave ends a reader's changes; a second time does nothing.
func (w *subscribers) leave(r *subscriber) {
	if _, reading := w.list[r]; reading {
		delete(w.list, r)
		close(r.changes)
	}
}

func (w *subscribers) close() {
	for r := range w.list {
		w.leave(r)
	}
}

func (r *subscriber) notify(c Change) {
	if r.missed {
		c = Change{Kind: ChangeMissed}
	}
	select {
	case r.changes <- c:
		r.missed = false
	default:
		r.missed = true
	}
}

// notify says that something changed on one person's screen, or on everyone's.
func (w *workspace) notify(kind ChangeKind, person, channel string) {
	switch kind {
	case ChangeMessage, ChangePeople, ChangeChannel:
		w.revision++
	}
	w.subscribers.notify(Change{Person: person, Channel: channel, Kind: kind})
}

// revise says that something changed which is on no screen but worth keeping.
func (w *workspace) revise() {
	w.revision++
	w.subscribers.wake()
}
