package slacksim

import (
	"fmt"
	"testing"
	"time"
)

// bareWorkspace has people and channels, and no simulator around it.
func bareWorkspace(t testing.TB) *workspace {
	t.Helper()
	w, err := newWorkspace(&manifest{}, Team{ID: "T0SIMTEAM1"}, time.Now,
		[]Person{{ID: "U0ANNA", Name: "anna"}, {ID: "U0BRAM", Name: "bram"}, {ID: "U0CLEO", Name: "cleo", Guest: true}},
		[]Channel{{ID: "C0ROOM", Name: "room", Private: true, Members: []string{"U0ANNA", "U0BRAM", botUserID}},
			{ID: "C0HALL", Name: "hall", Members: []string{"U0ANNA"}},
			{ID: "C0VAULT", Name: "vault", Private: true, Members: []string{"U0BRAM"}},
			{ID: "C0LOBBY", Name: "lobby", Members: []string{"U0ANNA", botUserID}}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// BenchmarkAwaitAmongThousands waits for the next message in a channel with many.
func BenchmarkAwaitAmongThousands(b *testing.B) {
	w := bareWorkspace(b)
	c := w.channels.get("C0ROOM")
	for i := range 10_000 {
		w.channels.post(c, Message{User: "U0ANNA", Text: fmt.Sprint(i)})
	}
	q := w.channels.newQueue("C0ROOM")
	q.pending = nil // all judged
	for b.Loop() {
		w.channels.post(c, Message{User: "U0ANNA"})
		if _, more := w.channels.next(q); !more {
			b.Fatal("the new message is not to be judged")
		}
	}
}
