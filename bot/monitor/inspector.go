package monitor

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// inspector asks Slack how things stand.
type inspector struct {
	api       *slack.Client
	directory *people.Directory
	roster    roster.Roster
}

// channel returns what is wrong with a channel: it must be private, not
// shared, and have the bot and the people who belong there as its only members.
func (i *inspector) channel(ctx context.Context, c *channel) []Finding {
	problems, seen := i.itself(ctx, c)
	if seen {
		problems = append(problems, i.members(ctx, c)...)
	}
	return c.named(problems)
}

// itself returns what is wrong with the channel, whoever its members are; seen
// is false when there is nothing to ask the members of.
func (i *inspector) itself(ctx context.Context, c *channel) (problems []Finding, seen bool) {
	if c.id == "" {
		return []Finding{{Code: "channel_none"}}, false
	}
	info, err := i.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: c.id})
	switch {
	case slackapi.Code(err) == "channel_not_found" || slackapi.Code(err) == "not_in_channel":
		return []Finding{c.finding("channel_invisible")}, false
	case lacksPublicScope(err):
		return []Finding{c.finding(slackapi.FaultPublic)}, false
	case err != nil && (slackapi.FailureOf(err) != slackapi.Unsure || declined(err)):
		return []Finding{{Code: "channel_untold", Args: texts.Args{"Channel": c.id, "Code": slackapi.Fault(err)}}}, false
	case err != nil:
		return []Finding{unreachable(err)}, false
	}
	for _, p := range []struct {
		wrong bool
		code  string
	}{
		{info.IsArchived, "channel_archived"},
		{info.IsChannel && !info.IsPrivate, slackapi.FaultPublic},
		{info.IsExtShared || info.IsPendingExtShared || info.IsOrgShared || info.IsShared, slackapi.FaultShared},
	} {
		if p.wrong {
			problems = append(problems, c.finding(p.code))
		}
	}
	return problems, true
}

// lacksPublicScope reports whether Slack refused to show a channel for want
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
func (i *inspector) members(ctx context.Context, c *channel) []Finding {
	self, err := i.api.AuthTestContext(ctx)
	if err != nil {
		return []Finding{unreachable(err)}
	}
	members, err := i.allMembers(ctx, c.id)
	if err != nil {
		return []Finding{unreachable(err)}
	}
	about := func(code string, who roster.PersonID) Finding {
		return Finding{Code: code, Args: texts.Args{"Channel": c.id, "Who": i.name(ctx, who)}}
	}
	var problems []Finding
	if !slices.Contains(members, self.UserID) {
		problems = append(problems, c.finding("channel_without_bot"))
	}
	for _, m := range members {
		if who := roster.PersonID(m); m != self.UserID && !c.belongs(who) {
			problems = append(problems, about("channel_outsider", who))
		}
	}
	for _, who := range c.people {
		if !slices.Contains(members, string(who)) {
			problems = append(problems, about(c.absent, who))
		}
	}
	return problems
}

func (i *inspector) allMembers(ctx context.Context, channel string) (all []string, err error) {
	for cursor := ""; ; {
		page, next, err := i.api.GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{
			ChannelID: channel, Cursor: cursor, Limit: slackapi.PageSize,
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
