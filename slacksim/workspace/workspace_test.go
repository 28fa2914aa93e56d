package workspace

import (
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim/manifest"
)

// bareWorkspace has people and channels, and no simulator around it.
func bareWorkspace(t testing.TB) *Workspace {
	t.Helper()
	w, err := New(&manifest.Manifest{}, Team{ID: "T0SIMTEAM1"}, time.Now,
		[]Person{{ID: "U0ANNA", Name: "anna"}, {ID: "U0BRAM", Name: "bram"}, {ID: "U0CLEO", Name: "cleo", Guest: true}},
		[]Channel{{ID: "C0ROOM", Name: "room", Private: true, Members: []string{"U0ANNA", "U0BRAM", BotUserID}},
			{ID: "C0HALL", Name: "hall", Members: []string{"U0ANNA"}},
			{ID: "C0VAULT", Name: "vault", Private: true, Members: []string{"U0BRAM"}},
			{ID: "C0LOBBY", Name: "lobby", Members: []string{"U0ANNA", BotUserID}}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// BenchmarkAwaitAmongThousands waits for the next message in a channel with many.
func BenchmarkAwaitAmongThousands(b *testing.B) {
	w := bareWorkspace(b)
	c := w.Channels.Get("C0ROOM")
	for i := range 10_000 {
		w.Channels.Post(c, Message{User: "U0ANNA", Text: fmt.Sprint(i)})
	}
	q := w.Channels.newQueue("C0ROOM")
	q.pending = nil // all judged
	for b.Loop() {
		w.Channels.Post(c, Message{User: "U0ANNA"})
		if _, more := w.Channels.next(q); !more {
			b.Fatal("the new message is not to be judged")
		}
	}
}
