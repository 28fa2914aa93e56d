// Package handlers is where Slack's gestures come in and where everything
// that people see in Slack is made: views, messages, answers. Block Kit is built
// here and in the packages below, and nowhere else.
//
// A Handler is put together of one handler a subject (intake, casework, review
// and so on). Each registers the screens behind its action and callback ids, and
// the messages of its kinds, with the router of package core. What they share is
// in kit (Block Kit) and cases (a case's forms, rows and buttons).
//
// A gesture comes in as a Slack payload and leaves as an Ack: what was
// submitted is committed to the register first and acknowledged afterwards.
// What a message looks like is rendered from the register at the moment that
// the bot sends it (Render), so it is never stale.
package handlers
