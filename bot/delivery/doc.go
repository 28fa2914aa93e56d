// Package delivery empties the outbox: messages and documents to Slack, letters
// to a mail server, attachments from Slack into the register.
//
// A Sender leases a lane and carries out its deliveries one after the other
// (sender.go). What a message looks like is rendered at that moment; whether an
// attempt succeeded, must be repeated or can never succeed is decided in one
// place, which does no sending (outcome.go). After an attempt of which nobody
// knows the end the bot searches for its own message before it posts again.
//
// From the loop that takes a delivery to the call over HTTP there are six hops,
// and a test counts them:
//
//	Sender.each → Sender.attempt → messages.deliver → attempt.post →
//	attempt.once → attempt.put → slack-go's PostMessage
//
// Where in Slack a delivery belongs is settled in post, whether it stands there
// already in once, and the call is made in put.
//
// Logs and figures hold ids, states and durations; never a payload, a name, a
// text or a token.
package delivery
