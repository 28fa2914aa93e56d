// Package delivery empties the outbox: messages and documents to Slack, letters
// to a mail server, attachments from Slack into the register.
//
// A Sender leases a lane and carries out its deliveries in their order, a few
// abreast and those of a case one after the other (sender.go, serve.go). What a message looks like is rendered at that moment; whether an
// attempt succeeded, must be repeated or can never succeed is decided in one
// place, which does no sending (outcome.go). After an attempt of which nobody
// knows the end the bot searches for its own message before it posts again.
//
// From where a delivery is carried out to the call over HTTP there are six hops,
// and a test counts them:
//
//	Sender.carryOut → Sender.attempt → messages.deliver → attempt.post →
//	attempt.once → slackapi.Client.Do → net/http
//
// Where in Slack a delivery belongs is settled in post, whether it stands there
// already in once, which makes the call; what its answer says, in landed.
//
// Logs and figures hold ids, states and durations; never a payload, a name, a
// text or a token.
package delivery
