// Package people is what the bot knows of the people of the workspace: what they
// are called, which language they read, and whether they are still members.
package people

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/workflow/roster"
)

// Directory knows the people of the workspace. It asks for all of them once,
// follows user_change and team_join, and costs one users.info for a person
// whom it does not know.
type Directory struct {
	api    *slackapi.Client
	log    *slog.Logger
	asked  chan struct{} // one call at a time finds out which team is ours
	missed chan struct{} // events may have been missed

	mu     sync.RWMutex
	team   string
	people map[roster.PersonID]roster.Person
}

// NewDirectory knows nobody yet.
func NewDirectory(api *slackapi.Client, log *slog.Logger) *Directory {
	return &Directory{
		api: api, log: log, asked: make(chan struct{}, 1), missed: make(chan struct{}, 1),
		people: map[roster.PersonID]roster.Person{},
	}
}

// Pauses between attempts to list everybody, the first and the longest.
const (
	retryBase = time.Second
	retryMost = 5 * time.Minute
)

// Follow learns who works here, at the start and whenever word of a change may
// have been missed, until ctx ends (nil) or Slack refuses the token
// (*slackapi.TokenError).
func (d *Directory) Follow(ctx context.Context) error {
	for {
		if err := d.list(ctx); err != nil || ctx.Err() != nil {
			return err
		}
		select {
		case <-d.missed:
		case <-ctx.Done():
			return nil
		}
	}
}

// Missed says that word of a change may have been missed: everybody is listed
// anew.
func (d *Directory) Missed() {
	select {
	case d.missed <- struct{}{}:
	default: // it is asked for already
	}
}

// list tries until it succeeded or ctx ends: without it people are looked up
// one at a time. Its error is a *slackapi.TokenError.
func (d *Directory) list(ctx context.Context) error {
	for failures := 1; ; failures++ {
		err := d.load(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		if refused := slackapi.RefusedToken(slackapi.BotSetting, err); refused != nil {
			return refused
		}
		d.log.WarnContext(ctx, "people not listed", "why", slackapi.Fault(err))
		if !slackapi.Pause(ctx, slackapi.Backoff(failures, retryBase, retryMost)) {
			return nil
		}
	}
}

// load reads everybody. A workspace where that fails is served all the same,
// one person at a time.
func (d *Directory) load(ctx context.Context) error {
	if _, err := d.home(ctx); err != nil {
		return err
	}
	users, err := d.api.GetUsersContext(ctx, slack.GetUsersOptionLimit(slackapi.PageSize))
	if err != nil {
		return fmt.Errorf("list people: %w", slackapi.Bare(err))
	}
	for i := range users {
		d.Learn(&users[i])
	}
	return nil
}

// home returns the id of the bot's own workspace: whoever is of another one
// is a stranger.
func (d *Directory) home(ctx context.Context) (string, error) {
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
		return "", fmt.Errorf("ask who the bot is: %w", slackapi.Bare(err))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.team = self.TeamID
	return d.team, nil
}

// Person returns somebody, asking Slack about a person not known yet.
func (d *Directory) Person(ctx context.Context, id roster.PersonID) (roster.Person, error) {
	if p, ok := d.Known(id); ok {
		return p, nil
	}
	return d.Ask(ctx, id)
}

// Ask asks Slack about somebody, known or not.
func (d *Directory) Ask(ctx context.Context, id roster.PersonID) (roster.Person, error) {
	if _, err := d.home(ctx); err != nil {
		return roster.Person{}, err
	}
	user, err := d.api.GetUserInfoContext(ctx, string(id))
	if err != nil {
		return roster.Person{}, fmt.Errorf("look up person: %w", slackapi.Bare(err))
	}
	return d.Learn(user), nil
}

// Known returns somebody whom the directory knows already.
func (d *Directory) Known(id roster.PersonID) (roster.Person, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	p, ok := d.people[id]
	return p, ok
}

// Learn keeps what Slack says of somebody.
func (d *Directory) Learn(u *slack.User) roster.Person {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := person(u, d.team)
	d.people[p.ID] = p
	return p
}

// Changed follows a user_change, and reports whether the person has another
// standing now. Somebody not known yet is left alone: the event lacks what
// users.info says.
func (d *Directory) Changed(u incoming.User) bool {
	before, ok := d.Known(roster.PersonID(u.ID))
	if !ok {
		return false
	}
	u.IsStranger = before.Standing == roster.StandingStranger // the event does not say
	if u.Enterprise.EnterpriseID == "" {
		u.TeamID = "" // nobody's workspace changes without a word of the organisation
	}
	return d.Joined(u).Standing != before.Standing
}

// Joined follows a team_join.
func (d *Directory) Joined(u incoming.User) roster.Person {
	return d.Learn(&slack.User{
		ID: u.ID, TeamID: u.TeamID, Name: u.Name, RealName: u.RealName, Deleted: u.Deleted,
		IsBot: u.IsBot, IsRestricted: u.IsRestricted, IsUltraRestricted: u.IsUltraRestricted, IsStranger: u.IsStranger,
		Profile:    slack.UserProfile{DisplayName: u.Profile.DisplayName, RealName: u.Profile.RealName, Phone: u.Profile.Phone},
		Enterprise: slack.EnterpriseUser{EnterpriseID: u.Enterprise.EnterpriseID, Teams: u.Enterprise.Teams},
	})
}

// Left reports whether somebody is known to have left.
func (d *Directory) Left(id roster.PersonID) bool {
	p, ok := d.Known(id)
	return ok && p.Standing == roster.StandingDeactivated
}

func person(u *slack.User, team string) roster.Person {
	return roster.Person{
		ID:       roster.PersonID(u.ID),
		Name:     cmp.Or(u.RealName, u.Profile.RealName, u.Profile.DisplayName, u.Name, u.ID),
		Standing: standing(u, team),
		Phone:    strings.TrimSpace(u.Profile.Phone),
	}
}

// standing says what somebody is to the workspace; the severest word counts.
func standing(u *slack.User, team string) roster.Standing {
	switch {
	case u.Deleted:
		return roster.StandingDeactivated
	case u.IsStranger, !belongs(u, team):
		return roster.StandingStranger
	case u.IsBot, u.ID == "USLACKBOT":
		return roster.StandingBot
	case u.IsRestricted, u.IsUltraRestricted:
		return roster.StandingGuest
	}
	return roster.StandingMember
}

// belongs reports whether somebody is of that workspace. On Enterprise Grid a person
// can be of several, and the team that Slack names first is any of them, or the
// organisation.
func belongs(u *slack.User, team string) bool {
	switch {
	case team == "":
		return true // not known yet
	case len(u.Enterprise.Teams) > 0:
		return slices.Contains(u.Enterprise.Teams, team)
	}
	return u.TeamID == team || u.TeamID == "" && u.Enterprise.EnterpriseID == ""
}
