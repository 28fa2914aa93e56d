package outbox

import (
	"testing"
	"time"
)

// TestTimes_order ties what must fit into what: an attempt ends before its lane
// goes to somebody else.
func TestTimes_order(t *testing.T) {
	for _, test := range []struct {
		name        string
		short, long time.Duration
	}{
		{"a call within a lease", CallTime, LeaseTime},
		{"an attempt within a lease", BatchTime + PrepareTime + CallTime + SettleTime, LeaseTime + 1},
		{"an upload within its lease", UploadTime + CallTime + SettleTime, SlowLeaseTime + 1},
		{"a letter within its lease", MailTime + SettleTime, LettersLeaseTime},
		{"a message before an upload", LeaseTime, SlowLeaseTime},
		{"time to look, open and check before the call", 0, PrepareTime},
		{"more time for bytes than for a call", CallTime, UploadTime},
	} {
		if test.short >= test.long {
			t.Errorf("%s: %v does not fit into %v", test.name, test.short, test.long)
		}
	}
	if LaneCases.LeaseTime() != LeaseTime || LaneLetters.LeaseTime() != LettersLeaseTime {
		t.Error("the lane of letters alone has a lease of its own")
	}
}
