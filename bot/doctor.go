package bot

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// Finding is one thing that doctor looked at, and the daily check.
type Finding struct {
	OK   bool
	Code string // a key of the catalogue after "doctor."
	Args texts.Args
}

// Say returns the finding as a sentence.
func (f Finding) Say(sp texts.Speaker) string { return sp.Say("doctor."+f.Code, f.Args) }

// Scopes are the bot token's scopes that the manifest asks for; each has its
// reason in docs/security.md.
func Scopes() []string {
	return []string{
		"chat:write", "commands", "files:read", "files:write", "groups:history",
		"groups:read", "im:history", "im:write", "users:read",
	}
}

// codeUnreachable is the finding that Slack could not be asked: it says
// nothing about the workspace.
const codeUnreachable = "unreachable"

// Check looks at Slack's side of the installation: both tokens, the scopes,
// the channels and everybody on the roster. Of c it uses the tokens, APIURL,
// CaseChannel, DirectorsChannel and Policy. It changes nothing and posts
// nothing.
func Check(ctx context.Context, c Config) []Finding {
	if c.APIURL == "" {
		c.APIURL = slack.APIURL
	}
	web := newWeb(httpTimeout)
	defer web.CloseIdleConnections()
	i := newInspector(c, newAPI(c, web))
	findings, ok := i.botToken(ctx)
	findings = append(findings, i.appToken(ctx))
	if !ok {
		return findings
	}
	for _, r := range newRooms(c) {
		findings = append(findings, passed(i.channel(ctx, r), r.about+"channel_ok", texts.Args{"Channel": r.id})...)
	}
	return append(findings, passed(i.unfit(ctx, i.roll(ctx)), "people_ok", nil)...)
}

// passed says that all is well when nothing was found.
func passed(problems []Finding, code string, args texts.Args) []Finding {
	if len(problems) == 0 {
		return []Finding{{OK: true, Code: code, Args: args}}
	}
	return problems
}

// inspector asks Slack how things stand.
type inspector struct {
	api       *slack.Client
	directory *directory
	roster    roster.Roster
}

func newInspector(c Config, api *slack.Client) *inspector {
	return &inspector{api: api, directory: newDirectory(api), roster: c.Policy.Roster}
}

// botToken looks at the bot token and its scopes; ok tells whether the token
// works.
func (i *inspector) botToken(ctx context.Context) (findings []Finding, ok bool) {
	self, err := i.api.AuthTestContext(ctx)
	if err != nil {
		return []Finding{tokenFinding(botSetting, err)}, false
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
		return tokenFinding(appSetting, err)
	}
	return Finding{OK: true, Code: "app_token_ok"}
}

func tokenFinding(setting string, err error) Finding {
	if refused := refusedToken(setting, err); refused != nil {
		return Finding{Code: "token_refused", Args: texts.Args{"Setting": setting, "Code": refused.Code}}
	}
	return unreachable(err)
}

func unreachable(err error) Finding {
	return Finding{Code: codeUnreachable, Args: texts.Args{"Code": fault(err)}}
}

// channel returns what is wrong with a channel: it must be private, not
// shared, and have the bot and the people who belong there as its only members.
func (i *inspector) channel(ctx context.Context, r *room) []Finding {
	problems, seen := i.itself(ctx, r)
	if seen {
		problems = append(problems, i.members(ctx, r)...)
	}
	return r.named(problems)
}

// itself returns what is wrong with the channel, whoever its members are; seen
// is false when there is nothing to ask the members of.
func (i *inspector) itself(ctx context.Context, r *room) (problems []Finding, seen bool) {
	if r.id == "" {
		return []Finding{{Code: "channel_none"}}, false
	}
	info, err := i.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: r.id})
	switch {
	case slackCode(err) == "channel_not_found" || slackCode(err) == "not_in_channel":
		return []Finding{r.finding("channel_invisible")}, false
	case lacksPublicScope(err):
		return []Finding{r.finding(faultPublic)}, false
	case err != nil && (kindOf(err) != unsure || declined(err)):
		return []Finding{{Code: "channel_untold", Args: texts.Args{"Channel": r.id, "Code": fault(err)}}}, false
	case err != nil:
		return []Finding{unreachable(err)}, false
	}
	for _, p := range []struct {
		wrong bool
		code  string
	}{
		{info.IsArchived, "channel_archived"},
		{info.IsChannel && !info.IsPrivate, faultPublic},
		{info.IsExtShared || info.IsPendingExtShared || info.IsOrgShared || info.IsShared, faultShared},
	} {
		if p.wrong {
			problems = append(problems, r.finding(p.code))
		}
	}
	return problems, true
}

// lacksPublicScope reports whether Slack refused to tell of a channel for want
// of the scope for public ones: the app has only the one for private ones, so
// the channel is public.
func lacksPublicScope(err error) bool {
	var refused slack.SlackErrorResponse
	return errors.As(err, &refused) && refused.Err == "missing_scope" && strings.Contains(refused.Needed, "channels:read")
}

// declined reports whether an answer without a word of Slack's says that
// asking again is no use: a status 4xx, as of a proxy that lets the method not
// through.
func declined(err error) bool {
	var status slack.StatusCodeError
	if !errors.As(err, &status) {
		return false
	}
	again := status.Code == http.StatusRequestTimeout || status.Code == http.StatusTooManyRequests
	return status.Code/100 == 4 && !again
}

// members compares the channel's members with who belongs there.
func (i *inspector) members(ctx context.Context, r *room) []Finding {
	self, err := i.api.AuthTestContext(ctx)
	if err != nil {
		return []Finding{unreachable(err)}
	}
	members, err := i.allMembers(ctx, r.id)
	if err != nil {
		return []Finding{unreachable(err)}
	}
	about := func(code string, who roster.PersonID) Finding {
		return Finding{Code: code, Args: texts.Args{"Channel": r.id, "Who": i.name(ctx, who)}}
	}
	var problems []Finding
	if !slices.Contains(members, self.UserID) {
		problems = append(problems, r.finding("channel_without_bot"))
	}
	for _, m := range members {
		if who := roster.PersonID(m); m != self.UserID && !r.belongs(who) {
			problems = append(problems, about("channel_outsider", who))
		}
	}
	for _, who := range r.people {
		if !slices.Contains(members, string(who)) {
			problems = append(problems, about(r.absent, who))
		}
	}
	return problems
}

func (i *inspector) allMembers(ctx context.Context, channel string) (all []string, err error) {
	for cursor := ""; ; {
		page, next, err := i.api.GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{
			ChannelID: channel, Cursor: cursor, Limit: usersPage,
		})
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if next == "" {
			return all, nil
		}
		cursor = next
	}
}

// name is how a person is called in a finding: the name and the id.
func (i *inspector) name(ctx context.Context, who roster.PersonID) string {
	p, err := i.directory.Person(ctx, who)
	if err != nil {
		return string(who)
	}
	return p.Name + " (" + string(who) + ")"
}
