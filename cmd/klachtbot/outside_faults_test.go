package main

import (
	"strings"
	"testing"
)

// TestOutside_faults: however the answer to a post is spoiled, and however
// often an envelope comes, there is one case and one message of it. A rate
// limit comes last: it holds for all that follows.
func TestOutside_faults(t *testing.T) {
	t.Parallel()
	o := newOutside(t)
	o.spoil("chat.postMessage", lost(true), lost(false), status(503), fault{apply: true, answer: status(500).answer},
		refused("internal_error"), refused("invalid_blocks"), status(429, "Retry-After", "1"))
	left := func() int { return len(o.faults["chat.postMessage"]) }
	var numbers []string
	for want := 6; want >= 0; want-- {
		numbers = append(numbers, o.logTwice())
		o.await("a spoiled answer", func() bool { return left() <= want })
	}
	for _, number := range numbers {
		root := o.root(number)
		o.await("the story of "+number, func() bool { return len(o.thread(root)) == 1 })
	}
	o.stop()
	if len(o.posts) != 2*len(numbers) {
		t.Errorf("%d messages of %d cases, want each case and its story", len(o.posts), len(numbers))
	}
	edited := 0
	for _, p := range o.posts {
		edited += p.edits
	}
	if edited > 2 {
		t.Errorf("%d edits, want those of the two messages that were found again", edited)
	}
}

// logTwice sends a submission whose envelope comes twice.
func (o *outside) logTwice() string {
	o.t.Helper()
	trigger, _ := o.slash(ownStaff, "")
	view := o.opened(trigger)
	envelope := fields{
		"type": "interactive", "envelope_id": o.id("E"), "accepts_response_payload": true, "payload": fields{
			"type": "view_submission", "user": fields{"id": ownStaff}, "view": o.filled(view, choosing(view, ownForm)),
		},
	}
	first, again := o.raw(envelope), o.raw(envelope)
	number := caseNumber.FindString(string(first.payload))
	if number == "" || caseNumber.FindString(string(again.payload)) != number {
		o.t.Fatal("the second answer differs from the first")
	}
	return number
}

// TestOutside_guarded: a complaint about the officer goes to the deputy alone,
// and does not exist for the officer.
func TestOutside_guarded(t *testing.T) {
	t.Parallel()
	o := newOutside(t)
	trigger, _ := o.slash(ownStaff, "")
	view := o.opened(trigger)
	form := choosing(view, ownForm)
	form["concerns_user"] = ownOfficer
	number := caseNumber.FindString(encode(o.submit(ownStaff, view, form)))
	if !strings.HasPrefix(number, "V-") {
		t.Fatalf("number %q", number)
	}
	var message *ownPost
	o.await("the message to the deputy", func() bool {
		for _, p := range o.posts {
			if p.channel == "D"+ownDeputy && p.thread == "" && strings.Contains(p.text, number) {
				message = p
			}
		}
		return message != nil && len(o.thread(message)) == 1
	})
	trigger, said := o.slash(ownOfficer, number)
	o.checkNoView(trigger, "the officer")
	if !strings.Contains(said, "bestaat niet") {
		t.Errorf("the officer reads %q", said)
	}
	if view := o.press(ownDeputy, message, "acknowledge"); view["callback_id"] != "acknowledge" {
		t.Error("the deputy can't acknowledge")
	}
	o.stop()
	if len(o.posts) != 2 {
		t.Errorf("%d messages, want two to the deputy", len(o.posts))
	}
}

// TestOutside_sparse: what Slack won't tell keeps no complaint back.
func TestOutside_sparse(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*ownSlack){
		"users.list":                 many("users.list", refused("missing_scope")),
		"users.list is away":         many("users.list", status(503)),
		"conversations.info":         many("conversations.info", refused("missing_scope")),
		"no such method":             many("conversations.info", status(404)),
		"members":                    many("conversations.members", refused("fetch_members_failed")),
		"a check that failed":        func(s *ownSlack) { s.spoil("conversations.info", status(502), lost(false)) },
		"first view in vain":         func(s *ownSlack) { s.spoil("views.publish", refused("internal_error")) },
		"nobody could be written to": many("conversations.open", refused("user_not_found")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOutside(t, spoil)
			number := o.log(ownStaff)
			root := o.root(number)
			o.await("the story", func() bool { return len(o.thread(root)) == 1 })
			if view := o.press(ownOfficer, root, "resolve"); view["callback_id"] != "resolve" {
				t.Error("no modal")
			}
			o.stop()
		})
	}
}

func many(method string, f fault) func(*ownSlack) {
	return func(s *ownSlack) {
		for range 100 {
			s.spoil(method, f)
		}
	}
}

// TestOutside_restart: what was logged and what can't be delivered outlives
// the program, and the officers see what does not arrive.
func TestOutside_restart(t *testing.T) {
	t.Parallel()
	o := newOutside(t)
	first := o.log(ownStaff)
	root := o.root(first)
	o.await("the story", func() bool { return len(o.thread(root)) == 1 })
	o.stop()
	o.start()
	trigger, _ := o.slash(ownOfficer, first)
	if view := o.opened(trigger); view["callback_id"] != "dossier" {
		t.Errorf("after a restart: %v", view["callback_id"])
	}
	o.press(ownOfficer, root, "acknowledge")
	many("chat.postMessage", refused("channel_not_found"))(o.ownSlack)
	second := o.log(ownStaff)
	o.await("the refused posts", func() bool { return len(o.faults["chat.postMessage"]) < 100 })
	trigger, _ = o.slash(ownOfficer, second)
	o.opened(trigger)
	if second <= first {
		t.Errorf("%s after %s", second, first)
	}
	o.stop()
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.posts) != 2 {
		t.Errorf("%d messages, want the first case and its story", len(o.posts))
	}
}
