package webapi

import (
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

func (c *call) authTest() wire.Reply {
	answer := wire.Reply{"url": c.w.URL() + "/", "team": c.w.Team.Name, "user": c.w.App.Display.Name,
		"team_id": c.w.Team.ID, "user_id": workspace.BotUserID, "bot_id": workspace.BotID, "is_enterprise_install": false}
	if id := c.w.Team.Enterprise; id != "" {
		answer["enterprise_id"] = id
	}
	return answer
}

func (c *call) teamInfo() wire.Reply {
	return wire.Reply{"team": map[string]any{"id": c.w.Team.ID, "name": c.w.Team.Name, "domain": c.w.Team.Domain,
		"email_domain": "", "icon": map[string]any{"image_default": true}}}
}

func (c *call) botsInfo() wire.Reply {
	if id := c.text("bot"); id != "" && id != workspace.BotID {
		return wire.Refuse("bot_not_found")
	}
	return wire.Reply{"bot": map[string]any{"id": workspace.BotID, "deleted": false, "name": c.w.App.Features.Bot.DisplayName,
		"updated": 0, "app_id": workspace.AppID, "user_id": workspace.BotUserID, "icons": map[string]any{}}}
}

func (c *call) usersInfo() wire.Reply {
	p := c.w.People.Slackbot()
	switch id := c.text("user"); {
	case id == "":
		return wire.MissingArg("user")
	case id == workspace.SlackbotID:
	case c.w.People.Get(id) == nil:
		return wire.Refuse("user_not_found")
	default:
		p = *c.w.People.Get(id)
	}
	return wire.Reply{"user": c.w.People.Wire(p, c.flag("include_locale"))}
}

// usersList lists members, Slackbot among them. Without a limit all come at once.
func (c *call) usersList() wire.Reply {
	limit, bad := c.limit(len(c.w.People.List())+1, 1000)
	if bad != nil {
		return bad
	}
	people := append([]workspace.Person{c.w.People.Slackbot()}, c.w.People.List()...)
	page, next, bad := pageOf(people, c.text("cursor"), limit)
	if bad != nil {
		return bad
	}
	members := make([]map[string]any, len(page))
	for i, p := range page {
		members[i] = c.w.People.Wire(p, c.flag("include_locale"))
	}
	return wire.Reply{"members": members, "cache_ts": c.w.Now().Unix(), "response_metadata": map[string]any{"next_cursor": next}}
}

func (c *call) connectionsOpen() wire.Reply {
	return wire.Reply{"url": c.api.hub.Ticket(c.w.URL())}
}
