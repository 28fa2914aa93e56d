package workspace

import (
	"fmt"
	"testing"
)

func TestSubscribers_slowOneLosesChangesAndIsTold(t *testing.T) {
	t.Parallel()
	s := newSubscribers()
	r := &subscriber{changes: make(chan Change, 2)}
	s.list[r] = struct{}{}
	for i := range 4 {
		s.send(Change{Channel: fmt.Sprint(i), Kind: ChangeMessage})
	}
	<-r.changes
	s.send(Change{Channel: "4", Kind: ChangeMessage})
	<-r.changes
	if c := <-r.changes; c.Kind != ChangeMissed {
		t.Errorf("got %+v", c)
	}
	s.send(Change{Channel: "5", Kind: ChangeMessage})
	if c := <-r.changes; c.Channel != "5" {
		t.Errorf("got %+v", c)
	}
}
