// Package manifest reads an app's manifest: the scopes, events, commands and
// shortcuts that Slack would have granted to the app.
package manifest
