package bot

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

func codes(findings []Finding) (all []string) {
	for _, f := range findings {
		all = append(all, f.Code)
	}
	return all
}

func TestDoctor(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil func(*lab)
		want  []string // beside what is well
	}{
		"all is well":          {func(*lab) {}, []string{"channel_ok", "people_ok"}},
		"public":               {func(l *lab) { l.must(l.sim.MakePublic(cases)) }, []string{"channel_public", "people_ok"}},
		"shared":               {func(l *lab) { l.must(l.sim.ShareChannel(cases, "T0ELSE")) }, []string{"channel_shared", "people_ok"}},
		"archived":             {func(l *lab) { l.must(l.sim.Archive(cases)) }, []string{"channel_archived", "people_ok"}},
		"the bot is no member": {func(l *lab) { l.must(l.sim.Leave(l.sim.BotUserID(), cases)) }, []string{"channel_invisible", "people_ok"}},
		"somebody else is":     {func(l *lab) { l.must(l.sim.Join(anna, cases)) }, []string{"channel_outsider", "people_ok"}},
		"a director too":       {func(l *lab) { l.must(l.sim.Join(eva, cases)) }, []string{"channel_outsider", "people_ok"}},
		"an officer is not":    {func(l *lab) { l.must(l.sim.Leave(dirk, cases)) }, []string{"officer_absent", "people_ok"}},
		"an officer left":      {func(l *lab) { l.must(l.sim.Deactivate(dirk)) }, []string{"channel_ok", "person_deactivated"}},
		"a director is guest":  {func(l *lab) { l.must(l.sim.MakeGuest(eva)) }, []string{"channel_ok", "person_guest"}},
		"no channel":           {func(l *lab) { l.config.CaseChannel = "" }, []string{"channel_none", "people_ok"}},
		"unknown officer": {func(l *lab) {
			p := *l.config.Policy
			p.Roster.Officers = append(slices.Clone(p.Roster.Officers), "U0NOBODY")
			l.config.Policy = &p
		}, []string{"officer_absent", "person_unknown"}},
		"Slack is away": {func(l *lab) {
			l.sim.Faults().Status("conversations.info", http.StatusBadGateway, 1)
		}, []string{"unreachable", "people_ok"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			test.spoil(l)
			got := codes(Check(l.ctx, l.config))
			got = slices.DeleteFunc(got, func(c string) bool { return strings.HasSuffix(c, "token_ok") || c == "scopes_ok" })
			if !slices.Equal(got, test.want) {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}

func TestDoctorOnTokens(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.config
	c.BotToken = "xoxb-wrong"
	if got := codes(Check(l.ctx, c)); !slices.Equal(got, []string{"token_refused", "app_token_ok"}) {
		t.Errorf("wrong bot token: %q", got)
	}
	c = l.config
	c.AppToken = "xapp-wrong"
	if got := codes(Check(l.ctx, c)); !slices.Contains(got, "token_refused") || !slices.Contains(got, "channel_ok") {
		t.Errorf("wrong app token: %q", got)
	}
}

func TestDoctorOnScopes(t *testing.T) {
	t.Parallel()
	h := http.Header{}
	if got := scopes(h); len(got) != 0 {
		t.Errorf("Slack did not say: %q", codes(got))
	}
	h.Set("X-OAuth-Scopes", "chat:write,commands, users:read")
	got := scopes(h)
	if len(got) != 1 || got[0].OK || !strings.Contains(got[0].Say(catalogue(t).In("en")), "groups:history") {
		t.Errorf("%+v", got)
	}
	h.Set("X-OAuth-Scopes", strings.Join(Scopes(), ","))
	if got := scopes(h); len(got) != 1 || !got[0].OK {
		t.Errorf("%+v", got)
	}
}

// TestEveryFindingIsASentence: in both languages, with everything filled in.
func TestEveryFindingIsASentence(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.must(l.sim.Join(anna, cases))
	l.must(l.sim.Deactivate(dirk))
	for _, f := range Check(l.ctx, l.config) {
		for _, lang := range []string{"nl", "en"} {
			s := f.Say(catalogue(t).In(lang))
			if strings.HasPrefix(s, "doctor.") || strings.Contains(s, "<no value>") || strings.Contains(s, "xoxb") {
				t.Errorf("%s in %s: %q", f.Code, lang, s)
			}
		}
	}
}

// alarms are the direct messages that somebody got.
func alarms(l *lab, who string) (texts []string) {
	for _, m := range l.sim.As(who).DMs() {
		texts = append(texts, m.Text)
	}
	return texts
}

func TestAlarmComesOnceADay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	l := newLab(t, func(l *lab, _ *slacksim.Config) { l.config.Now = func() time.Time { return now } })
	l.must(l.bot.people.load(l.ctx))
	l.must(l.bot.watch.check(l.ctx))
	if got := alarms(l, olga); len(got) != 0 {
		t.Fatalf("alarmed without a reason: %q", got)
	}
	l.must(l.sim.Join(anna, cases))
	for range 3 {
		l.must(l.bot.watch.check(l.ctx))
	}
	for who, word := range map[string]string{olga: "lid van zaakkanaal", dirk: "member of case channel"} {
		if got := alarms(l, who); len(got) != 1 || !strings.Contains(got[0], word) {
			t.Errorf("%s got %d alarms: %q", who, len(got), got)
		}
	}
	l.must(l.sim.ShareChannel(cases, "T0ELSE")) // something new
	l.must(l.bot.watch.check(l.ctx))
	now = now.Add(24 * time.Hour) // and the next day again
	l.must(l.bot.watch.check(l.ctx))
	if got := alarms(l, olga); len(got) != 3 {
		t.Errorf("%d alarms, want the third for the next day", len(got))
	}
	if got := alarms(l, eva); len(got) != 0 {
		t.Errorf("the directors were alarmed: %q", got)
	}
}

// TestAlarmComesOnceOnALongDay: on the day on which the clock goes back, what
// was told just after midnight is not told again just before the next.
func TestAlarmComesOnceOnALongDay(t *testing.T) {
	t.Parallel()
	midnight := time.Date(2027, 10, 31, 0, 1, 0, 0, time.UTC)
	var ago atomic.Int64 // nanoseconds
	ago.Store(int64(24*time.Hour + 58*time.Minute))
	l := newLab(t, func(l *lab, world *slacksim.Config) {
		l.config.Now = func() time.Time { return midnight } // both checks are on one day
		world.Now = func() time.Time { return time.Now().Add(-time.Duration(ago.Load())) }
	})
	l.must(l.sim.Join(anna, cases))
	l.must(l.bot.watch.check(l.ctx))
	ago.Store(0)
	l.must(l.bot.watch.check(l.ctx))
	if got := alarms(l, olga); len(got) != 1 {
		t.Errorf("%d alarms on one day: %q", len(got), got)
	}
}

// TestAlarmGoesToTheDirectorsWhenNoOfficerIsLeft, and fails aloud when nobody
// is.
func TestAlarmGoesToTheDirectorsWhenNoOfficerIsLeft(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.must(l.sim.Deactivate(olga))
	l.must(l.sim.Deactivate(dirk))
	l.must(l.bot.watch.check(l.ctx))
	if got := alarms(l, eva); len(got) != 1 {
		t.Fatalf("%d alarms for the director", len(got))
	}
	l.must(l.sim.Deactivate(eva))
	if err := l.bot.watch.check(l.ctx); err == nil {
		t.Error("nobody could be alarmed, and nobody heard of it")
	}
}

// TestUnreachableIsNoAlarm: that Slack could not be asked says nothing about
// the channel.
func TestUnreachableIsNoAlarm(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.sim.Faults().Status("conversations.members", http.StatusBadGateway, 1)
	if err := l.bot.watch.check(l.ctx); err == nil || strings.Contains(err.Error(), "http://") {
		t.Errorf("error %v", err)
	}
	if got := alarms(l, olga); len(got) != 0 {
		t.Errorf("alarmed: %q", got)
	}
}

// TestChannelEventsAreLookedAtAtOnce: who joins the case channel is noticed
// before the day is over.
func TestChannelEventsAreLookedAtAtOnce(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.run()
	l.must(l.sim.Join(anna, cases))
	_, err := l.sim.AwaitMessage(l.ctx, l.sim.As(olga).DM(), func(m slacksim.Message) bool {
		return strings.Contains(m.Text, anna)
	})
	l.must(err)
}
