package slacksim

// watchLag is how many changes a reader may be behind before it loses some.
const watchLag = 256

// watchers are those who want to know that something on a screen changed.
type watchers struct {
	changed chan struct{} // closed and replaced at every change
	readers map[*reader]struct{}
}

type reader struct {
	changes chan Change
	missed  bool
}

func newWatchers() watchers {
	return watchers{changed: make(chan struct{}), readers: map[*reader]struct{}{}}
}

// wake lets those look again who wait for something.
func (w *watchers) wake() {
	close(w.changed)
	w.changed = make(chan struct{})
}

// tell never waits: a reader that lags gets ChangeMissed once it reads again.
func (w *watchers) tell(c Change) {
	w.wake()
	for r := range w.readers {
		r.tell(c)
	}
}

// leave ends a reader's changes; a second time does nothing.
func (w *watchers) leave(r *reader) {
	if _, reading := w.readers[r]; reading {
		delete(w.readers, r)
		close(r.changes)
	}
}

func (w *watchers) close() {
	for r := range w.readers {
		w.leave(r)
	}
}

func (r *reader) tell(c Change) {
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

// touch says that something changed on one person's screen, or on everyone's.
func (w *workspace) touch(kind ChangeKind, person, channel string) {
	switch kind {
	case ChangeMessage, ChangePeople, ChangeChannel:
		w.revision++
	}
	w.watchers.tell(Change{Person: person, Channel: channel, Kind: kind})
}

// keep says that something changed which is on no screen but worth keeping.
func (w *workspace) keep() {
	w.revision++
	w.watchers.wake()
}
