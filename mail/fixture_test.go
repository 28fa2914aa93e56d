package mail

import (
	"context"
	"errors"
	"testing"

	"github.com/artra/klachtbot/mail/mailtest"
)

const (
	user   = "klachtbot"
	secret = "hunter2/é@:?"
)

// letter is to an invented person.
func letter() Message {
	return Message{
		Key: "case:7:1", To: "jan@example.com", ToName: "Jan van der Berg", Subject: "De uitkomst van je klacht K-2026-0001",
		Text: "Beste Jan,\n\nDe zaal was “te klein”.\n.\nDag.\n", HTML: "<p>Beste Jan,</p>\n<p>De zaal was “te klein”.</p>\n",
	}
}

// client returns a client of the server at that URL.
func client(t *testing.T, url string) *Client {
	t.Helper()
	conf, err := Parse(url)
	if err != nil {
		t.Fatal(err)
	}
	from, err := ParseSender("artra <klachten@artra.example>")
	if err != nil {
		t.Fatal(err)
	}
	return New(conf, from)
}

// ready is a before function that lets the letter go.
func ready(context.Context) error { return nil }

// fails checks the outcome and the word of an error, and that it is a Failure.
func fails(t *testing.T, err error, outcome Outcome, word string) {
	t.Helper()
	var f *Failure
	if !errors.As(err, &f) {
		t.Fatalf("%v is no failure", err)
	}
	if OutcomeOf(err) != outcome || WordOf(err) != word {
		t.Errorf("%s (%s), want %s (%s)", f.Outcome, f.Word, outcome, word)
	}
}

// holds checks how many letters a server has.
func holds(t *testing.T, s *mailtest.Server, n int) {
	t.Helper()
	if got := len(s.Letters()); got != n {
		t.Errorf("the server has %d letters, want %d", got, n)
	}
}
