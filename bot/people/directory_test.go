package people

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
	"go.uber.org/goleak"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open opens a workspace, and a directory that knows nobody yet.
func open(t *testing.T) (*bottest.Workspace, *Directory) {
	t.Helper()
	w := bottest.Open(t)
	return w, NewDirectory(w.API, w.Log.Logger())
}

func TestPeople_standing(t *testing.T) {
	t.Parallel()
	const team = "T0HOME"
	for name, test := range map[string]struct {
		user slack.User
		want roster.Standing
	}{
		"member":                       {slack.User{TeamID: team}, roster.StandingMember},
		"no team given":                {slack.User{}, roster.StandingMember},
		"guest":                        {slack.User{TeamID: team, IsRestricted: true}, roster.StandingGuest},
		"single-channel guest":         {slack.User{TeamID: team, IsUltraRestricted: true}, roster.StandingGuest},
		"deactivated":                  {slack.User{TeamID: team, Deleted: true}, roster.StandingDeactivated},
		"deactivated guest":            {slack.User{TeamID: team, Deleted: true, IsRestricted: true}, roster.StandingDeactivated},
		"stranger":                     {slack.User{TeamID: team, IsStranger: true}, roster.StandingStranger},
		"of another workspace":         {slack.User{TeamID: "T0ELSE"}, roster.StandingStranger},
		"guest from another workspace": {slack.User{TeamID: "T0ELSE", IsRestricted: true}, roster.StandingStranger},
		"bot":                          {slack.User{TeamID: team, IsBot: true}, roster.StandingBot},
		"of several, another first":    {slack.User{TeamID: "T0ELSE", Enterprise: grid("T0ELSE", team)}, roster.StandingMember},
		"of several, without a team":   {slack.User{Enterprise: grid("T0ELSE", team)}, roster.StandingMember},
		"of the organisation":          {slack.User{TeamID: "E0ORG", Enterprise: grid(team)}, roster.StandingMember},
		"guest, another team first":    {slack.User{TeamID: "T0ELSE", IsRestricted: true, Enterprise: grid("T0ELSE", team)}, roster.StandingGuest},
		"of a sister workspace":        {slack.User{TeamID: "T0ELSE", Enterprise: grid("T0ELSE")}, roster.StandingStranger},
		"sister, without a team":       {slack.User{Enterprise: grid("T0ELSE")}, roster.StandingStranger},
		"sister that names ours":       {slack.User{TeamID: team, Enterprise: grid("T0ELSE")}, roster.StandingStranger},
		"of no workspace at all":       {slack.User{TeamID: "E0ORG", Enterprise: grid()}, roster.StandingStranger},
		"slackbot":                     {slack.User{TeamID: team, ID: "USLACKBOT"}, roster.StandingBot},
	} {
		if got := standing(&test.user, team); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// grid is somebody of these workspaces of an organisation.
func grid(teams ...string) slack.EnterpriseUser {
	return slack.EnterpriseUser{EnterpriseID: "E0ORG", Teams: teams}
}

// TestPeople_onEnterpriseGrid: whoever is of this workspace of the organisation is a
// member, whichever team Slack names first, from every source that tells of people.
func TestPeople_onEnterpriseGrid(t *testing.T) {
	t.Parallel()
	var home string
	l := bottest.Open(t, func(world *slacksim.Config) {
		world.Team.ID, world.Team.Enterprise = "T0HOME", "E0ORG"
		home = world.Team.ID
		for i, team := range []string{"E0ORG", "T0ELSE", "T0HOME"} {
			world.People[i].TeamID, world.People[i].Teams = team, []string{"T0ELSE", home}
		}
		world.People[3].TeamID, world.People[3].Teams = "T0ELSE", []string{"T0ELSE"}
	})
	want := map[roster.PersonID]roster.Standing{
		bottest.Anna: roster.StandingMember, bottest.Olga: roster.StandingMember, bottest.Dirk: roster.StandingMember,
		bottest.Eva: roster.StandingStranger,
	}
	listed, asked := NewDirectory(l.API, l.Log.Logger()), NewDirectory(l.API, l.Log.Logger())
	l.Must(listed.load(l.Ctx))
	for who, standing := range want {
		one, _ := listed.Known(who)
		other, err := asked.Person(l.Ctx, who)
		l.Must(err)
		if one.Standing != standing || other.Standing != standing {
			t.Errorf("%s is %s in the list and %s when asked for, want %s", who, one.Standing, other.Standing, standing)
		}
		team := "T0ELSE"
		if listed.Changed(incoming.User{ID: string(who), TeamID: team}) {
			t.Errorf("%s has another standing after an event that says nothing of the organisation", who)
		}
	}
	for teams, standing := range map[string]roster.Standing{home: roster.StandingMember, "T0ELSE": roster.StandingStranger} {
		p := listed.Joined(incoming.User{ID: "U0NEW", TeamID: "E0ORG", Enterprise: incoming.Grid{EnterpriseID: "E0ORG", Teams: []string{teams}}})
		if p.Standing != standing {
			t.Errorf("who joined %s is %s", teams, p.Standing)
		}
	}
}

func TestPeople_nameOfAPerson(t *testing.T) {
	t.Parallel()
	u := slack.User{ID: "U1", Name: "u.one", RealName: "One Real", Profile: slack.UserProfile{DisplayName: "One"}}
	for _, want := range []string{"One Real", "One", "u.one", "U1"} {
		if got := person(&u, "").Name; got != want {
			t.Errorf("name %q, want %q", got, want)
		}
		switch want {
		case "One":
			u.Profile.DisplayName = ""
		case "One Real":
			u.RealName = ""
		case "u.one":
			u.Name = ""
		}
	}
}

func TestPeople_everybodyIsKnownFromTheStart(t *testing.T) {
	t.Parallel()
	l, d := open(t)
	l.Must(d.load(l.Ctx))
	p, err := d.Person(l.Ctx, bottest.Dirk)
	l.Must(err)
	if p.Standing != roster.StandingMember || p.Name == "" {
		t.Errorf("%+v", p)
	}
	if n := l.Calls("users.info"); n != 0 {
		t.Errorf("users.info was called %d times", n)
	}
}

// TestPeople_oneByOne: where users.list is refused, each person costs one
// users.info, once.
func TestPeople_oneByOne(t *testing.T) {
	t.Parallel()
	l, d := open(t)
	l.Sim.Faults().Error("users.list", "missing_scope", 1)
	if err := d.load(l.Ctx); slackapi.Code(err) != "missing_scope" {
		t.Fatalf("load: %v", err)
	}
	for range 3 {
		p, err := d.Person(l.Ctx, bottest.Dirk)
		if err != nil || p.Name != "Dirk Das" {
			t.Fatalf("%+v, %v", p, err)
		}
	}
	if n := l.Calls("users.info"); n != 1 {
		t.Errorf("users.info was called %d times, want once", n)
	}
	if _, err := d.Person(l.Ctx, "U0NOBODY"); slackapi.Code(err) != "user_not_found" {
		t.Errorf("somebody who does not exist: %v", err)
	}
}

func TestPeople_whoLeft(t *testing.T) {
	t.Parallel()
	d := NewDirectory(nil, nil)
	d.Learn(&slack.User{ID: bottest.Dirk, Name: "dirk"})
	before := d.Left(bottest.Dirk)
	d.Learn(&slack.User{ID: bottest.Dirk, Name: "dirk", Deleted: true})
	if p, _ := d.Known(bottest.Dirk); before || p.Standing != roster.StandingDeactivated || !d.Left(bottest.Dirk) || d.Left(bottest.Eva) {
		t.Errorf("left before: %t, then %+v", before, p)
	}
}

func TestPeople_directoryIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	l, d := open(t)
	var wg sync.WaitGroup
	for range 8 {
		for _, id := range []roster.PersonID{bottest.Anna, bottest.Olga, bottest.Dirk, bottest.Eva} {
			wg.Go(func() {
				if _, err := d.Person(l.Ctx, id); err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() { d.Learn(&slack.User{ID: string(id), Name: "x"}) })
		}
	}
	wg.Wait()
	if n := l.Calls("auth.test"); n > 1 {
		t.Errorf("auth.test was called %d times", n)
	}
}

// TestPeople_nobodyWaitsLongForAnothersQuestion: Slack does not answer who the bot
// is; who asks beside that gives up in its own time, with its lease intact.
func TestPeople_nobodyWaitsLongForAnothersQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDirectory(slackapi.New(slackapi.Account{URL: "http://slack.example/api/"}, &http.Client{Transport: unanswered{}, Timeout: time.Hour}), nil)
		patient, cancel := context.WithCancel(t.Context())
		first := make(chan error, 1)
		go func() {
			_, err := d.Person(patient, bottest.Olga)
			first <- err
		}()
		synctest.Wait()
		began := time.Now()
		hasty, done := context.WithTimeout(t.Context(), time.Second)
		defer done()
		if _, err := d.Person(hasty, bottest.Dirk); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Second {
			t.Errorf("waited %v, then %v", time.Since(began), err)
		}
		cancel()
		if err := <-first; err == nil {
			t.Error("an answer from nobody")
		}
	})
}

// unanswered is a Slack that says nothing.
type unanswered struct{}

func (unanswered) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, context.Cause(r.Context())
}

// TestPeople_areListedAgain: who became a guest while no event came is known as
// one after word that something was missed.
func TestPeople_areListedAgain(t *testing.T) {
	t.Parallel()
	l, d := open(t)
	ctx, stop := context.WithCancel(l.Ctx)
	ended := make(chan error, 1)
	go func() { ended <- d.Follow(ctx) }()
	await := func(want roster.Standing) {
		t.Helper()
		for p, _ := d.Known(bottest.Anna); p.Standing != want; p, _ = d.Known(bottest.Anna) {
			if l.Ctx.Err() != nil {
				t.Fatalf("anna is %q, want %q", p.Standing, want)
			}
			runtime.Gosched()
		}
	}
	await(roster.StandingMember)
	l.Must(l.Sim.MakeGuest(bottest.Anna)) // nobody hears of it
	d.Missed()
	d.Missed() // never blocks
	await(roster.StandingGuest)
	stop()
	l.Must(<-ended)
}

// TestPeople_refusedToken ends the listing: nothing but a person can mend that.
func TestPeople_refusedToken(t *testing.T) {
	t.Parallel()
	l, d := open(t)
	l.Sim.Faults().Error("auth.test", "token_revoked", 1)
	var refused *slackapi.TokenError
	if err := d.Follow(l.Ctx); !errors.As(err, &refused) || refused.Setting != slackapi.BotSetting {
		t.Errorf("Follow returned %v", err)
	}
}
