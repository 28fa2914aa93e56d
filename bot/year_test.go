//go:build !race

package bot

import (
	"container/heap"
	"context"
	cryptorand "crypto/rand"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/artra/klachtbot/bot/delivery"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// piet is a deputy who works from Monday to Wednesday, frits a second director.
const piet, frits = "U0PIET", "U0FRITS"

const (
	complaints   = 200
	yearPulse    = 14 * time.Minute // between sweeps; over 15 would count as an outage
	yearPatience = 5 * time.Second
)

// FuzzAYear lives through 2026 and January 2027, both clock changes included:
// invented complaints, acts at random versions, absences, people who leave and
// come back, days and weeks without the bot, in years of odd seeds starts with a machine's
// clock that is wrong or stands still, and a Slack that fails. What
// Slack got is compared with the table of deadlines.md. Another seed is
// another year.
func FuzzAYear(f *testing.F) {
	f.Add(uint64(0))
	f.Fuzz(func(t *testing.T, seed uint64) {
		synctest.Test(t, func(t *testing.T) { newYear(t, seed).live() })
	})
}

// yearTest is the year of one firm. Everything in it is drawn from its seed.
type yearTest struct {
	*testing.T
	seed     uint64
	luck     *rand.Rand
	policy   *workflow.Policy
	slack    *wireless
	file     string
	keys     *vault.Ring
	db       *storage.DB
	stop     func()
	agenda   agenda
	until    time.Time
	gestures int
	cases    map[workflow.CaseID]*history
	spoiled  map[calendar.Date]bool // days on which somebody or something was out of order
	away     map[roster.PersonID][]roster.Period
	machine  machine
}

// event is something that happens at a moment.
type event struct {
	at time.Time
	do func()
}

type agenda []event

func (a agenda) Len() int           { return len(a) }
func (a agenda) Less(i, j int) bool { return a[i].at.Before(a[j].at) }
func (a agenda) Swap(i, j int)      { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x any)        { *a = append(*a, x.(event)) }
func (a *agenda) Pop() any {
	last := (*a)[len(*a)-1]
	*a = (*a)[:len(*a)-1]
	return last
}

func (y *yearTest) must(err error) {
	y.Helper()
	if err != nil {
		y.Fatalf("seed %d, %s: %v", y.seed, y.today(), err)
	}
}

func (y *yearTest) today() calendar.Date { return y.policy.Calendar.Today(time.Now()) }

func newYear(t *testing.T, seed uint64) *yearTest {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Until(time.Date(2026, time.January, 1, 12, 0, 0, 0, zone)))
	rules := bottest.Policy()
	rules.Calendar.Location = zone
	rules.Roster.Officers = []roster.PersonID{olga, dirk, piet}
	rules.Roster.Directors = []roster.PersonID{eva, frits}
	rules.Roster.Weekdays = map[roster.PersonID][]time.Weekday{piet: {time.Monday, time.Tuesday, time.Wednesday}}
	y := &yearTest{
		T: t, seed: seed, luck: rand.New(rand.NewPCG(seed, 2026)), policy: rules,
		file: filepath.Join(t.TempDir(), "register.db"), cases: map[workflow.CaseID]*history{},
		spoiled: map[calendar.Date]bool{}, away: map[roster.PersonID][]roster.Period{}, until: time.Date(2027, time.January, 31, 20, 0, 0, 0, zone),
	}
	y.keys, err = vault.CreateKeyFile(y.file + ".keys")
	y.must(err)
	y.slack = y.openSlack()
	return y
}

func (y *yearTest) openSlack() *wireless {
	y.Helper()
	manifest, err := os.ReadFile("../manifest.yml")
	y.must(err)
	world := slacksim.Config{Manifest: manifest, Channels: []slacksim.Channel{{ID: cases, Name: "zaken", Private: true}}}
	for _, id := range []string{anna, olga, dirk, piet, eva, frits} {
		world.People = append(world.People, slacksim.Person{ID: id, Name: id, RealName: "Mens " + id, Locale: "en-US"})
	}
	sim, err := slacksim.New(world)
	y.must(err)
	for _, id := range []string{sim.BotUserID(), olga, dirk, piet} {
		y.must(sim.Join(id, cases))
	}
	return &wireless{
		sim: sim, luck: rand.New(rand.NewPCG(y.seed, 2027)), direct: map[string]string{}, refusals: map[string]int{},
	}
}

// start opens the register and sets the bot to work, without its sockets.
func (y *yearTest) start() {
	y.Helper()
	var err error
	second := y.secondClock()
	y.db, err = storage.Open(y.Context(), storage.Options{
		URL: "sqlite:" + y.file, Keys: y.keys, Policy: y.policy, Pace: time.Second,
		Now: y.machine.now, Wall: y.machine.now, Check: checked(second),
	})
	y.must(err)
	words := bottest.Catalogue(y.T)
	b, err := New(Config{
		BotToken: slacksim.DefaultBotToken, AppToken: slacksim.DefaultAppToken, APIURL: yearAPI,
		CaseChannel: cases, Language: "nl", Policy: y.policy, Texts: words, Languages: y.db.Languages(),
		Register: delivery.Register{Outbox: y.db.Queue(), PendingDeletions: y.db.Queue(), Undeletables: y.db.Undeletables(), Views: y.db.Queue().Views(), Mailbox: y.db.Rooms(), Files: y.db.Rooms()},
		Sweeper:  y.db, Views: y.db.Queue().Views(), Attendance: y.db.Rooms(), Log: slog.New(slog.DiscardHandler),
		Now: y.machine.now, Wall: y.machine.now, Clock: second,
		Timing: Timing{Call: yearPatience, Sweeps: yearPulse, Outbox: time.Hour}, Transport: y.slack,
		Handler: func(s handlers.Slack, l handlers.Links, p handlers.People) Handler {
			return handlers.New(handlers.Config{
				Env: &handlers.Env{
					Policy: y.policy, Presence: y.db, Slack: s, Links: l, People: p, Texts: words, Language: "nl", Chosen: y.db.Languages(), Now: y.machine.now,
					Log: slog.New(slog.DiscardHandler), Nonce: cryptorand.Text,
				},
				Cases: y.db, Source: y.db.Rooms(), Rounds: y.db.Rooms(), Messages: y.db.Queue(), Figures: y.db.Rooms(), Reviews: y.db.Rooms(), Documents: y.db.Documents(), Contents: y.db.Rooms(),
				Registers: y.db.Rooms(), Searcher: y.db.Rooms(), Absences: y.db, Languages: y.db.Languages(), Undeletables: y.db.Undeletables(),
			})
		},
	})
	y.must(err)
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(y.Context()))
	var running sync.WaitGroup
	b.work(ctx, cancel, &running)
	y.stop = func() {
		cancel(nil)
		running.Wait()
		y.must(y.db.Close())
	}
}

// live goes through the agenda and then looks back.
func (y *yearTest) live() {
	y.start()
	for range complaints {
		y.plan(y.moment(), y.log)
	}
	y.planTrouble()
	for y.agenda.Len() > 0 {
		e := heap.Pop(&y.agenda).(event)
		if e.at.After(y.until) {
			break
		}
		time.Sleep(time.Until(e.at))
		synctest.Wait()
		e.do()
	}
	time.Sleep(time.Until(y.until))
	y.settle()
	y.stop()
	y.must(y.slack.sim.Close())
	y.judge()
}

func (y *yearTest) plan(at time.Time, do func()) { heap.Push(&y.agenda, event{at, do}) }

// moment draws one of 2026, mostly by day.
func (y *yearTest) moment() time.Time {
	day := y.luck.IntN(360)
	return time.Date(2026, time.January, 2+day, 7+y.luck.IntN(14), y.luck.IntN(60), y.luck.IntN(60), 0, y.policy.Calendar.Location)
}

// spoil takes days out of what can be promised: somebody or something was out
// of order.
func (y *yearTest) spoil(from, until time.Time) {
	for d := y.policy.Calendar.Today(from); !d.After(y.policy.Calendar.Today(until)); d = d.AddDays(1) {
		y.spoiled[d] = true
	}
}

// planTrouble draws the downtimes, the outages of Slack, the absences and the
// people who leave for a while.
func (y *yearTest) planTrouble() {
	for range 12 {
		y.plan(y.moment(), y.downtime)
	}
	for range 12 {
		y.plan(y.moment(), y.slackFails)
	}
	for range 14 {
		y.plan(y.moment(), y.absence)
	}
	for range 2 {
		y.plan(y.moment(), y.leave)
	}
	for range 40 {
		y.plan(y.moment(), y.deleteMessage)
	}
	if y.seed%2 == 1 {
		for range jumps {
			y.plan(y.moment(), y.jump)
		}
	}
}

func (y *yearTest) downtime() {
	long := time.Duration(1+y.luck.IntN(20)) * time.Hour
	if y.luck.IntN(3) == 0 {
		long = time.Duration(1+y.luck.IntN(14*24)) * time.Hour
	}
	from := time.Now()
	y.stop()
	time.Sleep(long)
	y.spoil(from, time.Now())
	y.start()
}

func (y *yearTest) slackFails() {
	until := time.Now().Add(time.Duration(20+y.luck.IntN(220)) * time.Minute)
	y.spoil(time.Now(), until.Add(time.Hour))
	y.slack.breakdown(true)
	y.plan(until, func() { y.slack.breakdown(false) })
}

func (y *yearTest) absence() {
	who := []roster.PersonID{olga, dirk, piet, eva}[y.luck.IntN(4)]
	from := y.today().AddDays(y.luck.IntN(20))
	until := from.AddDays(y.luck.IntN(21))
	y.must(y.db.SetAbsence(y.Context(), who, roster.Period{From: from, Until: until}))
	y.spoil(time.Now(), time.Now())
	y.isAway(who, from, until)
}

// isAway takes down an absence. On the days on which somebody leaves or is
// back nobody knows for sure who stands in.
func (y *yearTest) isAway(who roster.PersonID, from, until calendar.Date) {
	y.away[who] = append(y.away[who], roster.Period{From: from, Until: until})
	y.spoiled[from], y.spoiled[until.AddDays(1)] = true, true
}

// leave takes somebody out of Slack for some weeks.
func (y *yearTest) leave() {
	who := []string{olga, dirk}[y.luck.IntN(2)]
	back := time.Now().Add(time.Duration(5+y.luck.IntN(30)) * 24 * time.Hour)
	y.must(y.slack.sim.Deactivate(who))
	y.spoil(time.Now(), time.Now().AddDate(0, 0, 1))
	y.isAway(roster.PersonID(who), y.today(), y.policy.Calendar.Today(back))
	y.plan(back, func() {
		y.must(y.slack.sim.Reactivate(who))
		y.spoil(time.Now(), time.Now().AddDate(0, 0, 1))
	})
}

// deleteMessage takes away one of the last messages in the case channel.
func (y *yearTest) deleteMessage() {
	all := y.slack.sim.Messages(cases)
	if len(all) == 0 {
		return
	}
	m := all[len(all)-1-y.luck.IntN(min(len(all), 30))]
	y.must(y.slack.sim.DeleteMessage(cases, m.TS))
}

func (y *yearTest) gesture() string {
	y.gestures++
	return fmt.Sprint("gesture ", y.gestures)
}
