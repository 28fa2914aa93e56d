// Package user is what a person does in a simulated workspace: writing, commands,
// shortcuts, clicks, and filling in modals. It refuses what Slack's own clients do
// not let that person do, sends the app the payload that Slack would send, and
// waits for the acknowledgement as long as a person would.
package user
