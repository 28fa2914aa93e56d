// Package simtest is for the tests of the simulator: a running one with a few
// people and channels, an app that speaks HTTP and WebSockets to it without any
// Slack library, and the comparisons that the tests share.
package simtest
