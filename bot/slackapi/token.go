package slackapi

// TokenError says that Slack refuses one of the tokens. Nothing but a person
// can mend that, so it ends the bot; what was in the outbox stays there.
type TokenError struct {
	Setting string // SLACK_BOT_TOKEN or SLACK_APP_TOKEN
	Code    string // Slack's word: token_revoked, invalid_auth, …
}

// Error names the setting and what to do, never the token.
func (e *TokenError) Error() string {
	return "Slack refuses " + e.Setting + " (" + e.Code + "): install the app again or copy the token from its page, set " +
		e.Setting + ", and start klachtbot again; nothing is lost meanwhile"
}

// The settings that hold the tokens.
const (
	BotSetting = "SLACK_BOT_TOKEN"
	AppSetting = "SLACK_APP_TOKEN"
)

// RefusedToken returns a TokenError when err means that Slack refuses the
// token itself, whatever is asked; nil for every other error.
func RefusedToken(setting string, err error) *TokenError {
	switch code := Code(err); code {
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type":
		return &TokenError{Setting: setting, Code: code}
	case "missing_scope", "no_permission":
		if setting == AppSetting { // connections:write is all that it is for
			return &TokenError{Setting: setting, Code: code}
		}
	}
	return nil
}
