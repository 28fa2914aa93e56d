// Package slacksim is a strict little Slack: the Web API, Socket Mode and a
// browser page of one workspace with one app in it, all in memory and, if wanted,
// saved to a file.
//
// It exists to judge a Slack app without Slack. It speaks the wire that real
// clients speak (forms, JSON, WebSockets on loopback), and refuses what Slack
// refuses, with Slack's names: a trigger works once and for three seconds, a
// private channel does not exist for anyone who is not in it, an edited message
// loses the blocks that the edit leaves out. Where Slack's documentation is silent,
// the comment beside the rule says what was assumed.
//
// # A tour
//
// New takes a Config: the app's manifest, which decides scopes, events, commands
// and shortcuts, and the people and channels at the start. Start listens; the app
// under test is pointed at APIURL with the two tokens.
//
// As gives a User, a person at a keyboard. What it does (Slash, Click, Submit,
// Post, …) sends the app what Slack would send, waits for the acknowledgement as
// long as a person would (three seconds, then ErrNoAck), and fails with
// ErrNotThere where Slack's own clients would not let that person do it. What
// stands on the screen afterwards is read with Messages, Thread, Modal, Home and
// Ephemerals, or awaited with AwaitMessage and its like.
//
// The administrator's side is on Sim: AddPerson, Deactivate, Join, Archive,
// ShareChannel, DeleteMessage, RevokeToken.
//
// A select keeps what was picked on its person's screen: picking that again sends
// nothing, and fails with ErrShowsAlready, until the app gives the block another id.
// People have one of Slack's locales, and Dutch is none of them; the page speaks
// Config.PageLanguage, whatever theirs is.
//
// Faults orders trouble: lost answers, cut connections, rate limits, delays,
// duplicate envelopes, refreshed sockets. Calls lists what the app asked, and
// Complaints what it did that Slack would swallow in silence.
//
// # How it is divided
//
//	blockkit   judges the JSON of blocks, messages and views
//	manifest   reads the app's manifest
//	workspace  is the state: people, channels, views, files, response URLs
//	webapi     answers what the app calls over HTTP
//	socket     sends envelopes and takes acknowledgements
//	user       does what a person does
//	page       is the browser page, with render and words below it
//	faults     makes things go wrong
//	wire       writes answers and timestamps as Slack does
//	expiring   forgets what is too old
//	simtest    is what the tests of all these share; browsertest drives the page
//
// This package puts them together and repeats the names that a test needs.
//
// # What is left out
//
// One workspace, one app, Socket Mode only; no user tokens, no group direct
// messages, no message events, no search. Without Config.PersistTo the state is
// lost with the process; with it, what is on one person's screen only is.
package slacksim
