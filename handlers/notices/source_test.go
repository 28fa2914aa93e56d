package notices_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

func sourceReminder() outbox.Delivery {
	to := handlerstest.Staff
	return outbox.Delivery{Payload: outbox.SourceReminder{To: to, Channel: "C0OPEN", TS: "1.2"}, Lane: outbox.DirectLane(to), Version: 1}
}

// TestSource_comesOnTheNextWorkingDay: not on the day itself, however late, nor in a
// weekend; then with the number and the link, and nothing of what was said.
func TestSource_comesOnTheNextWorkingDay(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
	o.From(handlerstest.OneCase{Complaint: c})
	o.Screen.Link = "https://artra.slack.example/archives/C0OPEN/p12"
	friday := time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC)
	c.LoggedAt = friday
	o.From(handlerstest.OneCase{Complaint: c})
	monday := time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)
	for _, now := range []time.Time{friday, friday.Add(time.Hour), friday.AddDate(0, 0, 1), monday.Add(-time.Minute)} {
		o.Clock = now
		var later *core.Later
		if _, _, err := o.Render(t.Context(), sourceReminder()); !errors.As(err, &later) || !later.At.Equal(monday) {
			t.Errorf("at %s: %v", now, err)
		}
	}
	o.Clock = monday
	m := o.Rendered(t, sourceReminder())
	raw := handlerstest.JSONOf(t, m)
	if !strings.HasPrefix(m.Text, c.Number+": ") || !strings.Contains(raw, o.Screen.Link) || !strings.Contains(raw, "C0OPEN") {
		t.Errorf("%s", raw)
	}
	if strings.Contains(raw, string(c.Particulars.Name.Reveal())) {
		t.Error("it names the complainant")
	}
}

// TestSource_losesItsReason: nobody is reminded of a message that is gone, nor who
// left or may not know of the case by now. Without an answer of Slack's it waits.
func TestSource_losesItsReason(t *testing.T) {
	c := handlerstest.Life(t, handlerstest.Policy(t), handlerstest.Stages()["received"]...)
	about, theirs := c, c
	about.Particulars.Concerns = handlerstest.Staff
	theirs.LoggedBy = handlerstest.Gone
	left := sourceReminder()
	left.Payload = outbox.SourceReminder{To: handlerstest.Gone, Channel: "C0OPEN", TS: "1.2"}
	unknown := errors.New("internal_error")
	for name, tt := range map[string]struct {
		c    workflow.Complaint
		d    outbox.Delivery
		link error
		want error
	}{
		"gone":        {c, sourceReminder(), core.ErrNoMessage, core.ErrMoot},
		"concerns":    {about, sourceReminder(), nil, core.ErrMoot},
		"they left":   {theirs, left, nil, core.ErrMoot},
		"no answer":   {c, sourceReminder(), unknown, unknown},
		"it is there": {c, sourceReminder(), nil, nil},
	} {
		o := handlerstest.NewLost(t)
		o.Clock = handlerstest.Monday.AddDate(0, 0, 14)
		o.Screen.LinkErr = tt.link
		o.From(handlerstest.OneCase{Complaint: tt.c})
		if _, _, err := o.Render(t.Context(), tt.d); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}
