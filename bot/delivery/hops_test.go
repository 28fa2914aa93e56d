package delivery

import (
	"net/http"
	"path"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/artra/klachtbot/bot/slackapi"
)

// maxHops is how many calls lead from the loop that takes a delivery to the HTTP
// client, that one included.
const maxHops = 6

// TestDelivery_hops counts, at the moment of the call over HTTP, the functions
// of ours that are on the stack since the loop, for a case message, its edit,
// a reply and one in direct messages.
func TestDelivery_hops(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	stacks := &stacks{next: l.HTTP.Transport, hops: map[string][]string{}}
	l.HTTP.Transport = stacks
	l.run()
	l.outbox.put(root("c1"), line("c1"))
	l.outbox.awaitDone(t, 2)
	l.outbox.edit(1, 2)
	l.outbox.await(t, 1, "edited", func(r row) bool { return r.version == 2 })
	l.Must(l.Sim.Archive(cases))
	l.outbox.put(reminder("c1", olga))
	l.outbox.awaitDone(t, 3)
	for _, method := range []string{slackapi.MethodPost, slackapi.MethodUpdate} {
		hops := stacks.of(method)
		if len(hops) == 0 || len(hops) > maxHops || hops[0] != "delivery.(*Sender).carryOut" {
			t.Errorf("%s: %d hops: %s", method, len(hops), strings.Join(hops, " → "))
		}
	}
	want := "delivery.(*Sender).carryOut → delivery.(*Sender).attempt → delivery.(*messages).deliver → " +
		"delivery.(*attempt).post → delivery.(*attempt).once → slackapi.(*Client).Do"
	if got := strings.Join(stacks.of(slackapi.MethodPost), " → "); got != want {
		t.Errorf("a post comes by %s, and doc.go says otherwise", got)
	}
}

// stacks takes down the longest way to each method.
type stacks struct {
	next http.RoundTripper
	mu   sync.Mutex
	hops map[string][]string
}

func (s *stacks) RoundTrip(r *http.Request) (*http.Response, error) {
	hops := sinceLoop()
	s.mu.Lock()
	if method := path.Base(r.URL.Path); len(hops) > len(s.hops[method]) {
		s.hops[method] = hops
	}
	s.mu.Unlock()
	return s.next.RoundTrip(r)
}

func (s *stacks) of(method string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hops[method]
}

// sinceLoop lists the functions of ours on the stack, the loop first, without the
// transport that asks; nothing for a call that no loop made.
func sinceLoop() (hops []string) {
	pc := make([]uintptr, 64)
	frames := runtime.CallersFrames(pc[:runtime.Callers(3, pc)])
	for {
		f, more := frames.Next()
		if name, ours := strings.CutPrefix(f.Function, "github.com/artra/klachtbot/bot/"); ours {
			hops = append([]string{name}, hops...)
			if strings.HasSuffix(name, ".carryOut") {
				return hops
			}
		}
		if !more {
			return nil
		}
	}
}
