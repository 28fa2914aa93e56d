// Package socket is Slack's side of Socket Mode: WebSockets that the app opens with
// a ticket, envelopes that go out over them in turn, and the acknowledgements that
// come back.
package socket
