package monitor

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// Workspace is what must be in order at Slack.
type Workspace struct {
	CaseChannel      string // id of the private case channel
	DirectorsChannel string // of the directors' one; "" for none
	Roster           roster.Roster
}

// Scopes are the bot token's scopes that the manifest asks for; each has its
// reason in docs/security.md.
func Scopes() []string {
	return []string{
		"chat:write", "commands", "files:read", "files:write", "groups:history",
		"groups:read", "im:history", "im:write", "users:read",
	}
}

// Check checks Slack's side of the installation, in the order of docs/install.md:
// the bot token with its scopes, the app token, the channels, and everybody on the
// roster. It changes nothing and posts nothing.
func Check(ctx context.Context, account slackapi.Account, w Workspace) []Finding {
	web := slackapi.NewHTTP(outbox.CallTime)
	defer web.CloseIdleConnections()
	api := slackapi.New(account, web)
	i := &inspector{api: api, directory: people.NewDirectory(api, slog.New(slog.DiscardHandler)), roster: w.Roster}
	findings, ok := i.botToken(ctx)
	findings = append(findings, i.appToken(ctx))
	if !ok {
		return findings
	}
	for _, c := range newChannels(w) {
		findings = append(findings, passed(i.channel(ctx, c), c.about+"channel_ok", texts.Args{"Channel": c.id})...)
	}
	return append(findings, passed(i.unfit(ctx, i.rosterCheck(ctx)), "people_ok", nil)...)
}

// botToken checks the bot token and its scopes; ok says whether the token
// works.
func (i *inspector) botToken(ctx context.Context) (findings []Finding, ok bool) {
	self, err := i.api.AuthTestContext(ctx)
	if err != nil {
		return []Finding{tokenFinding(slackapi.BotSetting, err)}, false
	}
	findings = []Finding{{OK: true, Code: "bot_token_ok", Args: texts.Args{"Bot": self.User, "Team": self.Team}}}
	return append(findings, scopes(self.Header)...), true
}

// scopes compares what Slack says it granted with what the bot needs; no
// finding when it does not say.
func scopes(h http.Header) []Finding {
	granted := h.Get("X-OAuth-Scopes")
	if granted == "" {
		return nil
	}
	has := strings.FieldsFunc(granted, func(r rune) bool { return r == ',' || r == ' ' })
	missing := slices.DeleteFunc(Scopes(), func(s string) bool { return slices.Contains(has, s) })
	if len(missing) > 0 {
		return []Finding{{Code: "scopes_missing", Args: texts.Args{"Scopes": strings.Join(missing, ", ")}}}
	}
	return []Finding{{OK: true, Code: "scopes_ok"}}
}

// appToken asks for a connection, and does not use it.
func (i *inspector) appToken(ctx context.Context) Finding {
	if _, _, err := i.api.StartSocketModeContext(ctx); err != nil {
		return tokenFinding(slackapi.AppSetting, err)
	}
	return Finding{OK: true, Code: "app_token_ok"}
}

func tokenFinding(setting string, err error) Finding {
	if refused := slackapi.RefusedToken(setting, err); refused != nil {
		return Finding{Code: "token_refused", Args: texts.Args{"Setting": setting, "Code": refused.Code}}
	}
	return unreachable(err)
}
