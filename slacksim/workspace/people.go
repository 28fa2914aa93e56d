package workspace

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // users.info gives offsets, also where the machine has no zones
)

// People are the members of the workspace, the bot included.
type People struct {
	*Core
	byID  map[string]*Person
	order []string // ids, in the order they came
}

func newPeople(c *Core) *People { return &People{Core: c, byID: map[string]*Person{}} }

// Get finds a person; nil when there is none.
func (p *People) Get(id string) *Person { return p.byID[id] }

// List is a copy of everybody, in the order they came.
func (p *People) List() []Person {
	var out []Person
	for _, id := range p.order {
		out = append(out, *p.byID[id])
	}
	return out
}

const defaultLocale = "en-US"

// Locales are those of Slack's interface. Dutch is not among them.
func Locales() []string {
	return []string{
		"de-DE", "en-GB", "en-US", "es-ES", "es-LA", "fr-FR", "it-IT", "ja-JP", "ko-KR", "pt-BR", "zh-CN", "zh-TW",
	}
}

// KnowsLocale fails on a locale that Slack does not have.
func KnowsLocale(locale string) error {
	if !slices.Contains(Locales(), locale) {
		return fmt.Errorf("locale %q: Slack has %s", locale, strings.Join(Locales(), ", "))
	}
	return nil
}

// Add fails on an id that is missing or taken, and on a locale that Slack does not
// have.
func (p *People) Add(one Person) error {
	if one.ID == "" || p.byID[one.ID] != nil || one.ID == SlackbotID {
		return fmt.Errorf("person %q: the id is missing or taken", one.ID)
	}
	if one.TeamID == "" {
		one.TeamID = p.Team.ID
	}
	if len(one.Teams) == 0 && !one.Stranger {
		one.Teams = []string{p.Team.ID}
	}
	if one.RealName == "" {
		one.RealName = one.Name
	}
	one.Locale = cmp.Or(one.Locale, defaultLocale)
	if err := KnowsLocale(one.Locale); err != nil {
		return fmt.Errorf("person %q: %w", one.ID, err)
	}
	if one.TZ == "" {
		one.TZ = "Europe/Amsterdam"
	}
	one.Guest = one.Guest || one.SingleChannelGuest
	p.byID[one.ID] = &one
	p.order = append(p.order, one.ID)
	return nil
}

// Active is a person who can log in.
func (p *People) Active(id string) (*Person, error) {
	one := p.byID[id]
	switch {
	case one == nil:
		return nil, NotThere("no person %q", id)
	case one.Deleted:
		return nil, NotThere("%s is deactivated", id)
	case one.Bot:
		return nil, NotThere("%s is a bot", id)
	}
	return one, nil
}

// Wire is a person as users.info shows it.
func (p *People) Wire(one Person, locale bool) map[string]any {
	first, last, _ := strings.Cut(one.RealName, " ")
	out := map[string]any{
		"id": one.ID, "team_id": one.TeamID, "name": one.Name, "deleted": one.Deleted, "real_name": one.RealName,
		"is_bot": one.Bot, "is_app_user": false, "updated": 0,
		"profile": map[string]any{
			"title": one.Title, "phone": one.Phone, "real_name": one.RealName, "real_name_normalized": one.RealName,
			"display_name": one.Name, "display_name_normalized": one.Name,
			"first_name": first, "last_name": last, "team": one.TeamID,
		},
	}
	if one.Deleted {
		return out // Slack leaves the rest out
	}
	if p.Team.Enterprise != "" && !one.Stranger {
		out["enterprise_user"] = map[string]any{"id": one.ID, "enterprise_id": p.Team.Enterprise, "enterprise_name": p.Team.Name,
			"is_admin": false, "is_owner": false, "teams": one.Teams}
	}
	offset := 0
	if zone, err := time.LoadLocation(one.TZ); err == nil {
		_, offset = p.Now().In(zone).Zone()
	}
	out["tz"], out["tz_label"], out["tz_offset"] = one.TZ, one.TZ, offset
	out["is_restricted"], out["is_ultra_restricted"] = one.Guest, one.SingleChannelGuest
	out["is_admin"], out["is_owner"], out["is_primary_owner"] = false, false, false
	if one.Stranger {
		out["is_stranger"] = true
	}
	if one.Bot {
		out["profile"].(map[string]any)["bot_id"] = BotID
		out["profile"].(map[string]any)["api_app_id"] = AppID
	}
	if locale {
		out["locale"] = one.Locale
	}
	return out
}

// Slackbot is in every users.list, and is no bot there.
func (p *People) Slackbot() Person {
	return Person{ID: SlackbotID, Name: "slackbot", RealName: "Slackbot", TeamID: p.Team.ID,
		Locale: defaultLocale, TZ: "America/Los_Angeles"}
}

// WireShort is the short form of a person in an interaction's payload.
func (p *People) WireShort(id string) map[string]any {
	one := p.byID[id]
	return map[string]any{"id": id, "username": one.Name, "name": one.Name, "team_id": one.TeamID}
}
