package monitor

import (
	"context"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	anna, olga, dirk, eva = bottest.Anna, bottest.Olga, bottest.Dirk, bottest.Eva
	cases, directors      = bottest.Cases, bottest.Directors
)

// monitorTest is a monitor before the little Slack.
type monitorTest struct {
	*bottest.Workspace
	workspace Workspace
	now       func() time.Time
	people    *people.Directory
	monitor   *Monitor
}

// withDirectors adds a directors' channel.
func withDirectors(l *monitorTest, world *slacksim.Config) {
	l.workspace.DirectorsChannel = directors
	bottest.WithDirectors(world)
}

// dirkReadsEnglish is a Dutch firm in which one officer chose English.
type dirkReadsEnglish struct{}

func (dirkReadsEnglish) Language(who roster.PersonID) string {
	if who == dirk {
		return "en"
	}
	return ""
}

func newMonitorTest(t *testing.T, options ...func(*monitorTest, *slacksim.Config)) *monitorTest {
	t.Helper()
	l := &monitorTest{now: testclock.Now, workspace: Workspace{CaseChannel: cases, Roster: bottest.Policy().Roster}}
	l.Workspace = bottest.Open(t, func(world *slacksim.Config) {
		for _, change := range options {
			change(l, world)
		}
	})
	l.people = people.NewDirectory(l.API, l.Log.Logger())
	l.assemble(nobody{})
	return l
}

func (l *monitorTest) assemble(register Attendance) {
	l.monitor = New(Config{
		Workspace: l.workspace, Attendance: register, Calendar: bottest.Policy().Calendar,
		Readers: texts.NewReaders(bottest.Catalogue(l.T), "nl", dirkReadsEnglish{}), Now: l.now, Log: l.Log.Logger(),
	}, l.API, l.people, slackapi.NewDirects(l.API))
}

// register gives the monitor a real register.
func (l *monitorTest) register() *storage.DB {
	l.Helper()
	db := bottest.Register(l.T, storage.Options{})
	l.assemble(db.Rooms())
	return db
}

// listed has everybody known.
func (l *monitorTest) listed() {
	l.Helper()
	for _, who := range []roster.PersonID{anna, olga, dirk, eva} {
		_, err := l.people.Person(l.Ctx, who)
		l.Must(err)
	}
}

// nobody is gone, as far as this register knows.
type nobody struct{}

func (nobody) SetDeactivated(context.Context, roster.PersonID, bool) (bool, error) { return false, nil }
func (nobody) Owners(context.Context) ([]roster.PersonID, error)                   { return nil, nil }
