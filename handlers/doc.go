// Package handlers is where Slack's gestures come in and where everything
// that people see in Slack is made: views, messages, answers. It is the only
// place that builds Block Kit. One file is one screen.
//
// A gesture comes in as a Slack payload and leaves as an Ack: what was
// submitted is committed to the register first and acknowledged afterwards.
// What a message looks like is rendered from the register at the moment that
// the bot sends it (Render), so it is never stale.
package handlers
