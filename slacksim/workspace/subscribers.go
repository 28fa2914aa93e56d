package workspace

// maxLag is how many changes a subscriber may be behind before it loses some.
const maxLag = 256

// subscribers are those who want to know that something on a screen changed.
type subscribers struct {
	changed chan struct{} // closed and replaced at every change
	list    map[*subscriber]struct{}
	closed  bool
}

type subscriber struct {
	changes chan Change
	missed  bool
}

func newSubscribers() subscribers {
	return subscribers{changed: make(chan struct{}), list: map[*subscriber]struct{}{}}
}

// wake lets those read again who wait for something.
func (s *subscribers) wake() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// send never waits: a subscriber that lags gets ChangeMissed once it reads again.
func (s *subscribers) send(c Change) {
	s.wake()
	for one := range s.list {
		one.send(c)
	}
}

// subscribe adds a subscriber; after closeAll its channel is closed at once.
func (s *subscribers) subscribe() *subscriber {
	one := &subscriber{changes: make(chan Change, maxLag)}
	s.list[one] = struct{}{}
	if s.closed {
		s.closeAll()
	}
	return one
}

// leave ends a subscriber's changes; a second time does nothing.
func (s *subscribers) leave(one *subscriber) {
	if _, listed := s.list[one]; listed {
		delete(s.list, one)
		close(one.changes)
	}
}

func (s *subscribers) closeAll() {
	s.closed = true
	for one := range s.list {
		s.leave(one)
	}
}

func (s *subscriber) send(c Change) {
	if s.missed {
		c = Change{Kind: ChangeMissed}
	}
	select {
	case s.changes <- c:
		s.missed = false
	default:
		s.missed = true
	}
}
