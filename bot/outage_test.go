package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// broken is an error of a database.
type broken struct {
	word    string
	lasting bool
}

func (b broken) Error() string { return b.word }

func (b broken) DatabaseFault() (string, bool) { return b.word, b.lasting }

// noChoices: nobody chose another language than the firm's.
type noChoices struct{}

func (noChoices) Language(roster.PersonID) string { return "" }

// TestOutage_toldOnceAndCalledOff: a fault that lasts is told at once, one that
// passes after a minute, each once, and its end is told to whom it was.
func TestOutage_toldOnceAndCalledOff(t *testing.T) {
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	now := time.Unix(0, 0)
	o := &outage{
		roster: roster.Roster{Officers: []roster.PersonID{"U0OMAR"}}, now: func() time.Time { return now },
		readers: texts.NewReaders(words, "nl", noChoices{}), log: slog.New(slog.DiscardHandler),
		send: func(_ context.Context, who roster.PersonID, text string) error {
			told = append(told, fmt.Sprint(who, ": ", text))
			return nil
		},
	}
	var result error
	job := o.watched(func(context.Context) error { return result })
	run := func(after time.Duration, err error) (new []string) {
		now, result = now.Add(after), err
		before := len(told)
		if got := job(t.Context()); !errors.Is(got, err) {
			t.Errorf("%v became %v", err, got)
		}
		return told[before:]
	}
	say := func(key, word string) []string {
		return []string{"U0OMAR: " + words.In("nl").Say(key, texts.Args{"Fault": words.In("nl").Say("database." + word)})}
	}
	for _, step := range []struct {
		after time.Duration
		err   error
		want  []string
	}{
		{0, nil, nil},
		{time.Second, broken{"away", false}, nil},
		{50 * time.Second, broken{"away", false}, nil},
		{time.Second, nil, nil}, // it was restarted: nobody need know
		{time.Second, broken{"silent", false}, nil},
		{time.Minute, broken{"silent", false}, say("database.alarm", "silent")},
		{time.Hour, broken{"silent", false}, nil},
		{time.Second, errors.New("something else"), nil},
		{time.Second, nil, say("database.over", "silent")},
		{time.Second, nil, nil},
		{time.Second, fmt.Errorf("sweep: %w", broken{"full", true}), say("database.alarm", "full")},
		{time.Second, broken{"full", true}, nil},
		{time.Second, nil, say("database.over", "full")},
	} {
		if got := run(step.after, step.err); !slices.Equal(got, step.want) {
			t.Errorf("after %v: told %q, want %q", step.after, got, step.want)
		}
	}
}
