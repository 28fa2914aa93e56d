// Package workspace is what Slack remembers: people, channels with their messages,
// views, files and response URLs, each in a type of its own around a core of
// clock, ids and subscribers.
//
// A Workspace has one lock. Whoever reads or changes a part of it holds that lock
// for as long as it takes, and nothing that runs under it waits for anything; what
// takes the lock itself says so. A Reader locks by itself and returns copies.
//
// A workspace can be written to a file and read back (see Encoder and Decode). What
// is on one person's screen only is not in it.
package workspace
