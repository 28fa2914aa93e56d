// Package klachtbot embeds what belongs to the program as a whole: the
// manifest of its Slack app. The program itself is cmd/klachtbot.
package klachtbot

import _ "embed"

// Manifest is manifest.yml: the app as a workspace installs it, with the
// scopes, events, commands and shortcuts that the bot uses.
//
//go:embed manifest.yml
var Manifest []byte
