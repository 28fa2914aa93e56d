package bot

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/artra/klachtbot/workflow/roster"
)

// usersPage is how many people users.list gives at a time; Slack advises 200.
const usersPage = 200

// directory knows the people of the workspace. It asks for all of them once,
// follows user_change and team_join, and costs one users.info for a person
// whom it does not know.
type directory struct {
	api   *slack.Client
	asked chan struct{} // one call at a time finds out which team is ours

	mu     sync.RWMutex
	team   string
	people map[roster.PersonID]roster.Person
}

func newDirectory(api *slack.Client) *directory {
	return &directory{api: api, asked: make(chan struct{}, 1), people: map[roster.PersonID]roster.Person{}}
}

// load reads everybody. A workspace where that fails is served all the same,
// one person at a time.
func (d *directory) load(ctx context.Context) error {
	if _, err := d.home(ctx); err != nil {
		return err
	}
	users, err := d.api.GetUsersContext(ctx, slack.GetUsersOptionLimit(usersPage), slack.GetUsersOptionIncludeLocale(true))
	if err != nil {
		return fmt.Errorf("list people: %w", bare(err))
	}
	for i := range users {
		d.learn(&users[i])
	}
	return nil
}

// home returns the id of the bot's own workspace: whoever is of another one
// is a stranger.
func (d *directory) home(ctx context.Context) (string, error) {
	select {
	case d.asked <- struct{}{}:
		defer func() { <-d.asked }()
	case <-ctx.Done(): // a lane's lease does not wait for another's call
		return "", fmt.Errorf("ask who the bot is: %w", ctx.Err())
	}
	d.mu.RLock()
	team := d.team
	d.mu.RUnlock()
	if team != "" {
		return team, nil
	}
	self, err := d.api.AuthTestContext(ctx)
	if err != nil {
		return "", fmt.Errorf("ask who the bot is: %w", bare(err))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.team = self.TeamID
	return d.team, nil
}

// Person implements handlers.People.
func (d *directory) Person(ctx context.Context, id roster.PersonID) (roster.Person, error) {
	if p, ok := d.known(id); ok {
		return p, nil
	}
	return d.ask(ctx, id)
}

// ask asks Slack about somebody, known or not.
func (d *directory) ask(ctx context.Context, id roster.PersonID) (roster.Person, error) {
	if _, err := d.home(ctx); err != nil {
		return roster.Person{}, err
	}
	user, err := d.api.GetUserInfoContext(ctx, string(id), slack.GetUserInfoOptionIncludeLocale(true))
	if err != nil {
		return roster.Person{}, fmt.Errorf("look up person: %w", bare(err))
	}
	return d.learn(user), nil
}

func (d *directory) known(id roster.PersonID) (roster.Person, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	p, ok := d.people[id]
	return p, ok
}

// learn keeps what Slack says of somebody. An event may come without a
// locale; then the language stays as it was known.
func (d *directory) learn(u *slack.User) roster.Person {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := person(u, d.team)
	if before, ok := d.people[p.ID]; ok && u.Locale == "" {
		p.Language = before.Language
	}
	d.people[p.ID] = p
	return p
}

// changed follows a user_change, and reports whether the person has another
// standing now. Somebody not known yet is left alone: the event lacks what
// users.info tells.
func (d *directory) changed(e *slackevents.User) bool {
	before, ok := d.known(roster.PersonID(e.ID))
	if !ok {
		return false
	}
	now := d.learn(&slack.User{
		ID: e.ID, TeamID: e.TeamID, Name: e.Name, RealName: e.RealName, Locale: e.Locale,
		Deleted: e.Deleted, IsBot: e.IsBot, IsRestricted: e.IsRestricted, IsUltraRestricted: e.IsUltraRestricted,
		IsStranger: before.Standing == roster.StandingStranger, // the event does not say
		Profile:    slack.UserProfile{DisplayName: e.Profile.DisplayName, RealName: e.Profile.RealName},
	})
	return now.Standing != before.Standing
}

// left reports whether somebody is known to have left.
func (d *directory) left(id roster.PersonID) bool {
	p, ok := d.known(id)
	return ok && p.Standing == roster.StandingDeactivated
}

// language returns the language of somebody who is known, else the other.
func (d *directory) language(id roster.PersonID, otherwise string) string {
	if p, ok := d.known(id); ok {
		return p.Language
	}
	return otherwise
}

func person(u *slack.User, team string) roster.Person {
	return roster.Person{
		ID:       roster.PersonID(u.ID),
		Name:     cmp.Or(u.RealName, u.Profile.RealName, u.Profile.DisplayName, u.Name, u.ID),
		Language: languageOf(u.Locale),
		Standing: standing(u, team),
	}
}

// languageOf chooses between the two languages of the catalogue: Dutch for
// nl-…, and for who has no locale (the firm's own language), else English.
func languageOf(locale string) string {
	if locale == "" || strings.HasPrefix(strings.ToLower(locale), "nl") {
		return "nl"
	}
	return "en"
}

// standing tells what somebody is to the workspace; the severest word counts.
func standing(u *slack.User, team string) roster.Standing {
	switch {
	case u.Deleted:
		return roster.StandingDeactivated
	case u.IsStranger, team != "" && u.TeamID != "" && u.TeamID != team:
		return roster.StandingStranger
	case u.IsBot, u.ID == "USLACKBOT":
		return roster.StandingBot
	case u.IsRestricted, u.IsUltraRestricted:
		return roster.StandingGuest
	}
	return roster.StandingMember
}
