package slacksim

import "strings"

// wirePerson is a person as users.info shows it.
func (w *workspace) wirePerson(p Person, locale bool) map[string]any {
	first, last, _ := strings.Cut(p.RealName, " ")
	out := map[string]any{
		"id": p.ID, "team_id": p.TeamID, "name": p.Name, "deleted": p.Deleted, "real_name": p.RealName,
		"is_bot": p.Bot, "is_app_user": false, "updated": 0,
		"profile": map[string]any{
			"title": p.Title, "real_name": p.RealName, "real_name_normalized": p.RealName,
			"display_name": p.Name, "display_name_normalized": p.Name,
			"first_name": first, "last_name": last, "team": p.TeamID,
		},
	}
	if p.Deleted {
		return out // Slack leaves the rest out
	}
	offset := 0
	if zone, err := loadZone(p.TZ); err == nil {
		_, offset = w.now().In(zone).Zone()
	}
	out["tz"], out["tz_label"], out["tz_offset"] = p.TZ, p.TZ, offset
	out["is_restricted"], out["is_ultra_restricted"] = p.Guest, p.SingleChannelGuest
	out["is_admin"], out["is_owner"], out["is_primary_owner"] = false, false, false
	if p.Stranger {
		out["is_stranger"] = true
	}
	if p.Bot {
		out["profile"].(map[string]any)["bot_id"] = botID
		out["profile"].(map[string]any)["api_app_id"] = appID
	}
	if locale {
		out["locale"] = p.Locale
	}
	return out
}

// slackbot is in every users.list, and is no bot there.
func (w *workspace) slackbot() Person {
	return Person{ID: slackbotID, Name: "slackbot", RealName: "Slackbot", TeamID: w.team.ID,
		Locale: "en-US", TZ: "America/Los_Angeles"}
}

// wireUser is the short form of a person in an interaction's payload.
func (w *workspace) wireUser(id string) map[string]any {
	p := w.people[id]
	return map[string]any{"id": id, "username": p.Name, "name": p.Name, "team_id": p.TeamID}
}

func (w *workspace) wireTeam() map[string]any {
	return map[string]any{"id": w.team.ID, "domain": w.team.Domain}
}

// wireChannel is a conversation as conversations.info shows it.
func (w *workspace) wireChannel(c *channel, members bool) map[string]any {
	if c.other != "" {
		p := w.people[c.other]
		return map[string]any{"id": c.ID, "created": 0, "is_im": true, "is_org_shared": false, "is_archived": false,
			"user": c.other, "is_user_deleted": p.Deleted, "is_open": true, "context_team_id": w.team.ID}
	}
	out := map[string]any{
		"id": c.ID, "name": c.Name, "name_normalized": c.Name, "created": 0, "creator": "",
		"is_channel": true, "is_group": c.Private, "is_im": false, "is_mpim": false, "is_private": c.Private,
		"is_archived": c.Archived, "is_general": false, "is_member": c.has(botUserID), "is_org_shared": false,
		"is_shared": c.ExtShared, "is_ext_shared": c.ExtShared, "is_pending_ext_shared": false,
		"context_team_id": w.team.ID, "shared_team_ids": []string{w.team.ID},
		"topic":   map[string]any{"value": "", "creator": "", "last_set": 0},
		"purpose": map[string]any{"value": "", "creator": "", "last_set": 0},
	}
	out["is_channel"] = !c.Private
	if members {
		out["num_members"] = len(c.Members)
	}
	return out
}

// payloadName is what Slack calls a channel in payloads: the name of a private
// one is never told.
func (c *channel) payloadName() string {
	switch {
	case c.other != "":
		return "directmessage"
	case c.Private:
		return "privategroup"
	default:
		return c.Name
	}
}
