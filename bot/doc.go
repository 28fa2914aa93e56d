// Package bot is the running bot: it keeps Slack's sockets open, hands every
// gesture to the handlers and acknowledges it, delivers the outbox, and beats
// the time.
//
// What comes in: a socket (socket.go) only drains. Gestures wait at a desk
// (desk.go), which serves a bounded number of people at once and each
// person's gestures in order, within the time that Slack allows
// (gesture.go).
//
// What goes out: the sender (sender.go) leases a lane of the outbox and
// carries out its deliveries one after the other (deliver.go). Whether an
// attempt succeeded, must be repeated, or can never succeed is judged in one
// place, apart from the sending (judge.go). After an outcome that nobody
// knows, the bot looks for its own message before it posts again (find.go).
//
// Letters leave by the same sender, over SMTP (mailer.go), and files come in by
// it (files.go).
//
// What beats: gocron is a metronome only (jobs.go); what is due stands in the
// register.
//
// Logs and metrics hold ids, states and durations; never a payload, a name, a
// text or a token.
package bot
