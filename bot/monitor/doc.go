// Package monitor checks that the workspace is still what it must be (design
// section 4): the tokens and scopes, who can read the channels that the bot
// posts in, and whether everybody on the roster can still be reached. What is
// wrong is a Finding, a sentence of the catalogue.
//
// Check is Slack's side of doctor, once. Monitor does the same every day and
// whenever something happens, alarms the officers, and keeps everything out of
// a channel that others can read.
package monitor
