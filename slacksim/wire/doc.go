// Package wire is how Slack writes things: answers of the Web API, timestamps, and
// JSON that may be absent.
package wire
