// Package slackapi is how the bot calls Slack's Web API: the client, the pauses
// that Slack asks for, what a failed call means, and the search for a message
// of the bot's own by the key in its metadata.
//
// Its errors are safe to log: they name the method and one word, never a URL or
// a payload.
package slackapi
