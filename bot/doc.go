// Package bot is the running bot: it puts its parts together, starts and stops
// them, hands every gesture to the handlers and acknowledges it.
//
// What comes in: socketmode keeps the connections and decodes envelopes; the
// dispatcher makes gestures of them, which wait in a user queue that serves a
// bounded number of people at once and each person's gestures in order, within
// the time that Slack allows.
//
// What goes out: delivery empties the outbox. The monitor checks that the
// workspace is still what it must be, and people knows who works there. All of
// them call Slack through slackapi.
//
// The scheduler is gocron; what is due stands in the register.
//
// Logs and metrics hold ids, states and durations; never a payload, a name, a
// text or a token.
package bot
