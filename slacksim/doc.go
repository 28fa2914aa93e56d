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
// Post, Upload, Share, …) sends the app what Slack would send, waits for the acknowledgement as
// long as a person would (three seconds, then ErrNoAck), and fails with
// ErrNotThere where Slack's own clients would not let that person do it. What
// stands on the screen afterwards is read with Messages, Thread, Modal, Home and
// Ephemerals, or awaited with AwaitMessage and its like.
//
// The administrator's side is on Sim: AddPerson, Deactivate, Join, Archive,
// ShareChannel, DeleteMessage, DeleteAsAdmin, Restrict, Reinstall, JoinGrid, RevokeToken. So is what
// others bring into a channel (PostAsApp is another app's message, ReceiveMail an
// e-mail), and what Slack does of itself: Charts, KeepBlocks, HideBefore,
// HoldFiles.
//
// A select keeps what was picked on its person's screen: picking that again sends
// nothing, and fails with ErrShowsAlready, until the app gives the block another id.
// People have one of Slack's locales, and Dutch is none of them; the page speaks
// Config.PageLanguage, whatever theirs is.
//
// Faults orders trouble: lost answers, calls that are applied and answered with an
// error, cut connections, rate limits, delays, duplicate envelopes, refreshed sockets,
// a Date that is wrong. Calls lists what the app asked, and Complaints what it did
// that Slack would swallow in silence.
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
// Everything that is not named above or below is left out too: a method that is not in
// the table of webapi answers unknown_method, an event that is not in that of manifest
// makes New fail. What an app may miss most:
//
//   - Installing: OAuth, its redirects and app.uninstalled, tokens that rotate, user,
//     configuration and legacy tokens, incoming webhooks, requests to an HTTP address
//     with their signatures (Socket Mode is all there is), more than one app or
//     workspace, an app that is installed for a whole organisation. On Enterprise Grid
//     the workspace is one of an organisation, and the others are ids.
//   - Methods: those for bookmarks, pins, reactions, reminders, calls, stars, emoji,
//     search, lists, canvases, workflows and functions, assistants, dnd, user groups,
//     admin, audit and SCIM; of chat, scheduled, unfurled, streamed and me messages;
//     of conversations, create, join, invite, kick, leave, rename, archive, mark, list,
//     topic and purpose, and groups of people; of users, profile, presence, identity
//     and lookupByEmail; of files, list, remote files, public links and files.upload,
//     which Slack has closed; of views, nothing.
//   - Events: messages, mentions, reactions, files, app_uninstalled, tokens_revoked,
//     links, and whatever else the manifest does not know. Retries carry their number;
//     event delivery is never paused for an app that fails too often.
//   - Messages: interactive attachments (buttons from before Block Kit),
//     unfurling, parse modes, link_names, names and icons of an app's own, ephemeral
//     updates but by response URL, permissions of single members, threads that are
//     locked, retention but by DeleteMessage.
//   - Screens: remote options (block_suggestion), the workflow and assistant containers,
//     notifications, unread marks, mobile clients.
//   - Files: no preview, scan, quota or retention of their own; what kind a file is is
//     told by its name. Bytes are kept in memory.
//   - Answers: X-OAuth-Scopes and Date are sent, X-Accepted-OAuth-Scopes and request
//     ids are not; warnings are missing_charset only; rate limits are those of the
//     tiers, without the special ones of unlisted apps; team_id as an argument is
//     ignored; GET and POST are taken alike.
//
// Assumed where Slack's documentation is silent, each beside its rule: a burst of three
// posts a channel; limits of blocks together; what stays of a thread whose root is
// gone; what of a message the free plan hides; that a file which was never shared is gone for good.
//
// Without Config.PersistTo the state is lost with the process; with it, what is on one
// person's screen only is, and so is what an administrator set for a while: files that
// are held come back whole, restrictions and scopes as the manifest and Slack have them.
package slacksim
