package bot

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

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestStanding(t *testing.T) {
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
		"slackbot":                     {slack.User{TeamID: team, ID: "USLACKBOT"}, roster.StandingBot},
	} {
		if got := standing(&test.user, team); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestLanguageOfALocale(t *testing.T) {
	t.Parallel()
	for locale, want := range map[string]string{"nl-NL": "nl", "nl-BE": "nl", "NL": "nl", "": "nl", "en-US": "en", "de-DE": "en"} {
		if got := languageOf(locale); got != want {
			t.Errorf("%q: %s, want %s", locale, got, want)
		}
	}
}

func TestNameOfAPerson(t *testing.T) {
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

func TestEverybodyIsKnownFromTheStart(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.must(l.bot.people.load(l.ctx))
	p, err := l.bot.people.Person(l.ctx, dirk)
	l.must(err)
	if p.Language != "en" || p.Standing != roster.StandingMember || p.Name == "" {
		t.Errorf("%+v", p)
	}
	if n := calls(l, "users.info"); n != 0 {
		t.Errorf("users.info was called %d times", n)
	}
}

// TestPeopleOneByOne: where users.list is refused, each person costs one
// users.info, once.
func TestPeopleOneByOne(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.sim.Faults().Error("users.list", "missing_scope", 1)
	if err := l.bot.people.load(l.ctx); slackCode(err) != "missing_scope" {
		t.Fatalf("load: %v", err)
	}
	for range 3 {
		p, err := l.bot.people.Person(l.ctx, dirk)
		if err != nil || p.Language != "en" {
			t.Fatalf("%+v, %v", p, err)
		}
	}
	if n := calls(l, "users.info"); n != 1 {
		t.Errorf("users.info was called %d times, want once", n)
	}
	if _, err := l.bot.people.Person(l.ctx, "U0NOBODY"); slackCode(err) != "user_not_found" {
		t.Errorf("somebody who does not exist: %v", err)
	}
}

func TestWorkspaceThatListsNobodyIsServed(t *testing.T) {
	t.Parallel()
	l := newLab(t, func(l *lab, _ *slacksim.Config) {})
	l.sim.Faults().Error("users.list", "missing_scope", 1)
	l.run()
	_, err := l.sim.As(anna).Slash(l.ctx, lobby, "/klacht", "")
	l.must(err)
}

// TestPeopleAreMetAgain: who became a guest while no socket was open is known
// as one when the bot hears again.
func TestPeopleAreMetAgain(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	ctx, stop := context.WithCancel(l.ctx)
	met := make(chan struct{})
	go func() {
		defer close(met)
		l.bot.meet(ctx)
	}()
	await := func(want roster.Standing) {
		t.Helper()
		for p, _ := l.bot.people.known(anna); p.Standing != want; p, _ = l.bot.people.known(anna) {
			if l.ctx.Err() != nil {
				t.Fatalf("anna is %q, want %q", p.Standing, want)
			}
			runtime.Gosched()
		}
	}
	await(roster.StandingMember)
	l.must(l.sim.MakeGuest(anna)) // nobody hears of it
	l.bot.sockets[0].live.Store(true)
	l.bot.connected() // the first time
	if len(l.bot.missed) > 0 {
		t.Error("people are listed twice at the start")
	}
	l.bot.connected()
	await(roster.StandingGuest)
	stop()
	<-met
}

// TestLocaleThatAnEventLeavesOut keeps the language that was known.
func TestLocaleThatAnEventLeavesOut(t *testing.T) {
	t.Parallel()
	d := newDirectory(nil)
	d.learn(&slack.User{ID: dirk, Name: "dirk", Locale: "en-GB"})
	d.learn(&slack.User{ID: dirk, Name: "dirk", Deleted: true})
	p, _ := d.known(dirk)
	if p.Language != "en" || p.Standing != roster.StandingDeactivated || !d.left(dirk) {
		t.Errorf("%+v", p)
	}
	if d.language(dirk, "nl") != "en" || d.language(eva, "nl") != "nl" {
		t.Error("language of the known, and of the others")
	}
}

func TestDirectoryIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	var wg sync.WaitGroup
	for range 8 {
		for _, id := range []roster.PersonID{anna, olga, dirk, eva} {
			wg.Go(func() {
				if _, err := l.bot.people.Person(l.ctx, id); err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() { l.bot.people.learn(&slack.User{ID: string(id), Name: "x"}) })
		}
	}
	wg.Wait()
	if n := calls(l, "auth.test"); n > 1 {
		t.Errorf("auth.test was called %d times", n)
	}
}

// TestNobodyWaitsLongForAnothersQuestion: Slack does not answer who the bot
// is; who asks beside that gives up in its own time, with its lease intact.
func TestNobodyWaitsLongForAnothersQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDirectory(newAPI(Config{APIURL: "http://slack.example/api/"}, &http.Client{Transport: unanswered{}, Timeout: time.Hour}))
		patient, cancel := context.WithCancel(t.Context())
		first := make(chan error, 1)
		go func() {
			_, err := d.Person(patient, olga)
			first <- err
		}()
		synctest.Wait()
		began := time.Now()
		hasty, done := context.WithTimeout(t.Context(), time.Second)
		defer done()
		if _, err := d.Person(hasty, dirk); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Second {
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
