package slacksim

func (c *call) authTest() reply {
	return reply{"url": c.w.url() + "/", "team": c.w.team.Name, "user": c.w.app.Display.Name,
		"team_id": c.w.team.ID, "user_id": botUserID, "bot_id": botID, "is_enterprise_install": false}
}

func (c *call) teamInfo() reply {
	return reply{"team": map[string]any{"id": c.w.team.ID, "name": c.w.team.Name, "domain": c.w.team.Domain,
		"email_domain": "", "icon": map[string]any{"image_default": true}}}
}

func (c *call) botsInfo() reply {
	if id := c.text("bot"); id != "" && id != botID {
		return refuse("bot_not_found")
	}
	return reply{"bot": map[string]any{"id": botID, "deleted": false, "name": c.w.app.Features.Bot.DisplayName,
		"updated": 0, "app_id": appID, "user_id": botUserID, "icons": map[string]any{}}}
}

func (c *call) usersInfo() reply {
	p := c.w.people.slackbot()
	switch id := c.text("user"); {
	case id == "":
		return missingArg("user")
	case id == slackbotID:
	case c.w.people.get(id) == nil:
		return refuse("user_not_found")
	default:
		p = *c.w.people.get(id)
	}
	return reply{"user": c.w.people.wire(p, c.flag("include_locale"))}
}

// usersList lists members, Slackbot among them. Without a limit all come at once.
func (c *call) usersList() reply {
	limit, bad := c.limit(len(c.w.people.list())+1, 1000)
	if bad != nil {
		return bad
	}
	people := append([]Person{c.w.people.slackbot()}, c.w.people.list()...)
	page, next, bad := pageOf(people, c.text("cursor"), limit)
	if bad != nil {
		return bad
	}
	members := make([]map[string]any, len(page))
	for i, p := range page {
		members[i] = c.w.people.wire(p, c.flag("include_locale"))
	}
	return reply{"members": members, "cache_ts": c.w.now().Unix(), "response_metadata": map[string]any{"next_cursor": next}}
}

func (c *call) connectionsOpen() reply {
	return reply{"url": c.api.hub.ticket(c.w.url())}
}
