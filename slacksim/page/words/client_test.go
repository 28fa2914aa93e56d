package words

import (
	"fmt"
	"testing"
)

// TestWords_clientSentences: every sentence of a person's own client has its Dutch,
// number and all; English stays as it is.
func TestWords_clientSentences(t *testing.T) {
	for _, s := range clientSentences() {
		said, want := s[0], s[1]
		if fmt.Sprintf(said, 7) != said+"%!(EXTRA int=7)" {
			said, want = fmt.Sprintf(said, 7), fmt.Sprintf(want, 7)
		}
		if got := Dutch().FromClient(said); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
		if got := English().FromClient(said); got != said {
			t.Errorf("%q became %q", said, got)
		}
	}
	if got := Dutch().FromClient("Something else."); got != "Something else." {
		t.Errorf("an unknown sentence became %q", got)
	}
}
