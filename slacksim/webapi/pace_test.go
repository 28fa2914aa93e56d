package webapi

import (
	"testing"
	"time"
)

func TestRates_postsInAll(t *testing.T) {
	t.Parallel()
	r, now := newRates(), time.Unix(1_700_000_000, 0)
	for i := range postsPerMinute {
		if wait := r.take("chat.postMessage", tierPost, string(rune(i)), now); wait > 0 {
			t.Fatalf("post %d must wait %s", i, wait)
		}
	}
	if wait := r.take("chat.postMessage", tierPost, "another", now.Add(time.Second)); wait != 59*time.Second {
		t.Errorf("wait %s", wait)
	}
}
