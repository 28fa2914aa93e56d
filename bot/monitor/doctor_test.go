package monitor

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/manifest"
)

func codes(findings []Finding) (all []string) {
	for _, f := range findings {
		all = append(all, f.Code)
	}
	return all
}

func TestDoctor_findings(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil func(*monitorTest)
		want  []string // beside what is well
	}{
		"all is well":          {func(*monitorTest) {}, []string{"channel_ok", "people_ok"}},
		"public":               {func(l *monitorTest) { l.Must(l.Sim.MakePublic(cases)) }, []string{"channel_public", "people_ok"}},
		"shared":               {func(l *monitorTest) { l.Must(l.Sim.ShareChannel(cases, "T0ELSE")) }, []string{"channel_shared", "people_ok"}},
		"archived":             {func(l *monitorTest) { l.Must(l.Sim.Archive(cases)) }, []string{"channel_archived", "people_ok"}},
		"the bot is no member": {func(l *monitorTest) { l.Must(l.Sim.Leave(l.Sim.BotUserID(), cases)) }, []string{"channel_invisible", "people_ok"}},
		"somebody else is":     {func(l *monitorTest) { l.Must(l.Sim.Join(anna, cases)) }, []string{"channel_outsider", "people_ok"}},
		"a director too":       {func(l *monitorTest) { l.Must(l.Sim.Join(eva, cases)) }, []string{"channel_outsider", "people_ok"}},
		"an officer is not":    {func(l *monitorTest) { l.Must(l.Sim.Leave(dirk, cases)) }, []string{"officer_absent", "people_ok"}},
		"an officer left":      {func(l *monitorTest) { l.Must(l.Sim.Deactivate(dirk)) }, []string{"channel_ok", "person_deactivated"}},
		"a director is guest":  {func(l *monitorTest) { l.Must(l.Sim.MakeGuest(eva)) }, []string{"channel_ok", "person_guest"}},
		"no channel":           {func(l *monitorTest) { l.workspace.CaseChannel = "" }, []string{"channel_none", "people_ok"}},
		"unknown officer": {func(l *monitorTest) {
			l.workspace.Roster.Officers = append(slices.Clone(l.workspace.Roster.Officers), "U0NOBODY")
		}, []string{"officer_absent", "person_unknown"}},
		"Slack is away": {func(l *monitorTest) {
			l.Sim.Faults().Status("conversations.info", http.StatusBadGateway, 1)
		}, []string{"unreachable", "people_ok"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newMonitorTest(t)
			test.spoil(l)
			got := codes(Check(l.Ctx, l.Account, l.workspace))
			got = slices.DeleteFunc(got, func(c string) bool { return strings.HasSuffix(c, "token_ok") || c == "scopes_ok" || c == "clock_ok" })
			if !slices.Equal(got, test.want) {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}

func TestDoctor_onTokens(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	wrong := l.Account
	wrong.BotToken = "xoxb-wrong"
	if got := codes(Check(l.Ctx, wrong, l.workspace)); !slices.Equal(got, []string{"token_refused", "app_token_ok", "clock_ok"}) {
		t.Errorf("wrong bot token: %q", got)
	}
	wrong = l.Account
	wrong.AppToken = "xapp-wrong"
	if got := codes(Check(l.Ctx, wrong, l.workspace)); !slices.Contains(got, "token_refused") || !slices.Contains(got, "channel_ok") {
		t.Errorf("wrong app token: %q", got)
	}
}

func TestDoctor_onScopes(t *testing.T) {
	t.Parallel()
	h := http.Header{}
	if got := scopes(h); len(got) != 0 {
		t.Errorf("Slack did not say: %q", codes(got))
	}
	h.Set("X-OAuth-Scopes", "chat:write,commands, users:read")
	got := scopes(h)
	if len(got) != 1 || got[0].OK || !strings.Contains(got[0].Say(bottest.Catalogue(t).In("en")), "groups:history") {
		t.Errorf("%+v", got)
	}
	h.Set("X-OAuth-Scopes", strings.Join(Scopes(), ","))
	if got := scopes(h); len(got) != 1 || !got[0].OK {
		t.Errorf("%+v", got)
	}
}

// TestDoctor_scopesOfTheManifest: doctor asks for the scopes that the manifest asks
// for, and names every one that an installation lacks at once.
func TestDoctor_scopesOfTheManifest(t *testing.T) {
	t.Parallel()
	app, err := manifest.Parse(klachtbot.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	asked := slices.Sorted(slices.Values(app.OAuth.Scopes.Bot))
	if diff := cmp.Diff(asked, Scopes()); diff != "" {
		t.Error(diff)
	}
	l := newMonitorTest(t)
	for _, scope := range asked {
		l.Sim.Reinstall(slices.DeleteFunc(slices.Clone(asked), func(s string) bool { return s == scope })...)
		found := Check(l.Ctx, l.Account, l.workspace)
		i := slices.IndexFunc(found, func(f Finding) bool { return f.Code == "scopes_missing" })
		if i < 0 || found[i].OK || found[i].Args["Scopes"] != scope {
			t.Errorf("without %s: %q", scope, codes(found))
		}
	}
	l.Sim.Reinstall("commands")
	if s := Check(l.Ctx, l.Account, l.workspace)[1].Say(bottest.Catalogue(t).In("nl")); !strings.Contains(s, strings.Join(asked[:1], "")) || !strings.Contains(s, asked[len(asked)-1]) {
		t.Errorf("says %q", s)
	}
}

// TestDoctor_everyFindingIsASentence: in both languages, with everything filled
// in.
func TestDoctor_everyFindingIsASentence(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	l.Must(l.Sim.Join(anna, cases))
	l.Must(l.Sim.Deactivate(dirk))
	for _, f := range Check(l.Ctx, l.Account, l.workspace) {
		for _, lang := range []string{"nl", "en"} {
			s := f.Say(bottest.Catalogue(t).In(lang))
			if strings.HasPrefix(s, "doctor.") || strings.Contains(s, "<no value>") || strings.Contains(s, "xoxb") {
				t.Errorf("%s in %s: %q", f.Code, lang, s)
			}
		}
	}
}

func TestDoctor_alarmComesOnceADay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	l := newMonitorTest(t, func(l *monitorTest, _ *slacksim.Config) { l.now = func() time.Time { return now } })
	l.listed()
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.Alarms(olga); len(got) != 0 {
		t.Fatalf("alarmed without a reason: %q", got)
	}
	l.Must(l.Sim.Join(anna, cases))
	for range 3 {
		l.Must(l.monitor.Check(l.Ctx))
	}
	for who, word := range map[string]string{olga: "lid van klachtenkanaal", dirk: "member of case channel"} {
		if got := l.Alarms(who); len(got) != 1 || !strings.Contains(got[0], word) {
			t.Errorf("%s got %d alarms: %q", who, len(got), got)
		}
	}
	l.Must(l.Sim.ShareChannel(cases, "T0ELSE")) // something new
	l.Must(l.monitor.Check(l.Ctx))
	now = now.Add(24 * time.Hour) // and the next day again
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.Alarms(olga); len(got) != 3 {
		t.Errorf("%d alarms, want the third for the next day", len(got))
	}
	if got := l.Alarms(eva); len(got) != 0 {
		t.Errorf("the directors were alarmed: %q", got)
	}
}

// TestDoctor_alarmComesOnceOnALongDay: on the day on which the clock goes back,
// what was reported just after midnight is not reported again just before the
// next.
func TestDoctor_alarmComesOnceOnALongDay(t *testing.T) {
	t.Parallel()
	midnight := time.Date(2027, 10, 31, 0, 1, 0, 0, time.UTC)
	var ago atomic.Int64 // nanoseconds
	ago.Store(int64(24*time.Hour + 58*time.Minute))
	l := newMonitorTest(t, func(l *monitorTest, world *slacksim.Config) {
		l.now = func() time.Time { return midnight } // both checks are on one day
		world.Now = func() time.Time { return time.Now().Add(-time.Duration(ago.Load())) }
	})
	l.Must(l.Sim.Join(anna, cases))
	l.Must(l.monitor.Check(l.Ctx))
	ago.Store(0)
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.Alarms(olga); len(got) != 1 {
		t.Errorf("%d alarms on one day: %q", len(got), got)
	}
}

// TestDoctor_alarmGoesToTheDirectorsWhenNoOfficerIsLeft, and fails aloud when
// nobody is.
func TestDoctor_alarmGoesToTheDirectorsWhenNoOfficerIsLeft(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	l.Must(l.Sim.Deactivate(olga))
	l.Must(l.Sim.Deactivate(dirk))
	l.Must(l.monitor.Check(l.Ctx))
	if got := l.Alarms(eva); len(got) != 1 {
		t.Fatalf("%d alarms for the director", len(got))
	}
	l.Must(l.Sim.Deactivate(eva))
	if err := l.monitor.Check(l.Ctx); err == nil {
		t.Error("nobody could be alarmed, and nobody heard of it")
	}
}

// TestDoctor_unreachableIsNoAlarm: that Slack could not be asked says nothing
// about the channel.
func TestDoctor_unreachableIsNoAlarm(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	l.Sim.Faults().Status("conversations.members", http.StatusBadGateway, 1)
	if err := l.monitor.Check(l.Ctx); err == nil || strings.Contains(err.Error(), "http://") {
		t.Errorf("error %v", err)
	}
	if got := l.Alarms(olga); len(got) != 0 {
		t.Errorf("alarmed: %q", got)
	}
}
