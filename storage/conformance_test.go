package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// The people of these tests. Dirk is a director, Sam is nobody in particular.
const (
	officer  roster.PersonID = "U0FATIMA"
	deputy   roster.PersonID = "U0BRAM"
	director roster.PersonID = "U0DIRK"
	staff    roster.PersonID = "U0SAM"
)

// engineNames are the databases on which the one suite runs.
func engineNames() []string { return []string{"sqlite", "postgres"} }

// onBoth runs a test on either engine, each with a register of its own.
func onBoth(t *testing.T, test func(*testing.T, *house)) {
	t.Helper()
	for _, name := range engineNames() {
		t.Run(name, func(t *testing.T) { test(t, newHouse(t, address(t, name))) })
	}
}

// address is that of a register to be opened: see readySchema.
func address(t testing.TB, engine string) string {
	t.Helper()
	if engine == "postgres" {
		return pgtest.Filled(t, "schema", makeSchema)
	}
	return emptyAddress(t, engine)
}

// emptyAddress is that of a database without anything in it.
func emptyAddress(t testing.TB, engine string) string {
	t.Helper()
	if engine == "postgres" {
		return pgtest.Database(t)
	}
	return "sqlite:" + filepath.Join(t.TempDir(), "register.db")
}

// house is a firm with a register: what a test opens, does and looks at.
type house struct {
	testing.TB
	*DB
	options Options
	clock   *hands
}

// hands are a clock that stands where it is put.
type hands struct {
	mu  sync.Mutex
	now time.Time
}

func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hands) set(t time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = t
}

// monday is a working day, ten in the morning in Amsterdam.
var monday = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

func testPolicy(t testing.TB) *workflow.Policy {
	t.Helper()
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return &workflow.Policy{
		Terms:    workflow.DefaultTerms(),
		Calendar: calendar.Calendar{Location: amsterdam, Opens: 9 * 60, Closes: 17 * 60},
		Roster: roster.Roster{
			Officers:  []roster.PersonID{officer, deputy},
			Directors: []roster.PersonID{director},
		},
	}
}

// testKeys is a ring with a key file of its own.
func testKeys(t testing.TB) *vault.Ring {
	t.Helper()
	keys, err := vault.CreateKeyFile(filepath.Join(t.TempDir(), "klachtbot.key"))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func mustBe(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}

func equal(t testing.TB, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func newHouse(t testing.TB, url string) *house {
	t.Helper()
	clock := &hands{now: monday}
	h := &house{TB: t, clock: clock, options: Options{
		URL: url, Keys: testKeys(t), Policy: testPolicy(t), Now: clock.Now,
	}}
	h.open()
	return h
}

// makeSchema puts the schema into an empty database. It is made once for all
// tests, and copied: it takes longer than most of them.
func makeSchema(url string) error {
	e, err := engine.Open(context.Background(), url, engine.Unlocked)
	if err != nil {
		return err
	}
	m, err := newMigrator(e)
	if err == nil {
		err = m.migrate(context.Background())
	}
	return errors.Join(err, e.Close())
}

// schema is a file with the schema in it.
var schema = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "klachtbot-schema-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "schema.db")
	if err := makeSchema("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// readySchema puts the schema where a file register is not there yet.
func (h *house) readySchema() {
	h.Helper()
	path, ok := strings.CutPrefix(h.options.URL, "sqlite:")
	if _, err := os.Stat(path); !ok || err == nil {
		return
	}
	file, err := schema()
	if err == nil {
		err = os.WriteFile(path, file, 0o600)
	}
	if err != nil {
		h.Fatal(err)
	}
}

// open opens the register until the test ends.
func (h *house) open() {
	h.Helper()
	h.readySchema()
	db, err := Open(h.Context(), h.options)
	if err != nil {
		h.Fatal(err)
	}
	h.DB = db
	h.Cleanup(func() {
		if err := db.Close(); err != nil {
			h.Error(err)
		}
	})
}

// do applies an action and expects it to succeed.
func (h *house) do(id workflow.CaseID, by roster.PersonID, gesture string, a workflow.Action) workflow.Complaint {
	h.Helper()
	r, err := h.Apply(h.Context(), workflow.Command{Case: id, Action: a, By: by, Gesture: gesture})
	if err != nil {
		h.Fatalf("%s: %v", a.Name(), err)
	}
	return r.Complaint
}

// log registers the sample complaint.
func (h *house) log(gesture string) workflow.Complaint {
	h.Helper()
	return h.do("", staff, gesture, sample())
}

// logAbout registers a complaint that concerns somebody.
func (h *house) logAbout(gesture string, by, who roster.PersonID) workflow.Complaint {
	h.Helper()
	l := sample()
	l.Particulars.Concerns = who
	return h.do("", by, gesture, l)
}

func (h *house) find(number string, viewer roster.PersonID) (workflow.Complaint, workflow.Access, error) {
	return h.Find(h.Context(), workflow.Lookup{Number: number}, viewer)
}

// sample is a complaint with something in every field.
func sample() workflow.File {
	return workflow.File{
		Facts: workflow.Facts{
			Received: calendar.NewDate(2026, time.March, 2), Incident: calendar.NewDate(2026, time.February, 27),
			ReceivedVia: workflow.WayPhone, ComplainantKind: "participant",
			OfferingKind: "training", OfferingName: "Timmeren voor beginners", Category: "trainer",
			Preferred: workflow.ContactEmail, Language: "nl",
		},
		Particulars: workflow.Particulars{
			Name: "Jozefien Vandersteen", Email: "Jozefien@Example.org", Phone: "026 - 333 75 72",
			Address: "Dorpsstraat 1\n6800 AA Arnhem", Story: "De zaagmachine was zoek.\n🪚 <!channel>",
			Wish: "Een nieuwe cursusdag",
		},
	}
}

func sent(day int, body workflow.Confidential) workflow.Sent {
	return workflow.Sent{
		Date: calendar.NewDate(2026, time.March, day), Way: workflow.WayEmail,
		Body: body, Letter: "Beste Jozefien, " + body,
	}
}

func resolved() workflow.Resolve {
	return workflow.Resolve{
		Verdict: workflow.VerdictPartly, Outcome: "Je krijgt een nieuwe dag.", Remedy: "Gratis herkansing",
		Cause: "facilities", Lesson: "Machines tellen vóór de les", Contact: calendar.NewDate(2026, time.March, 2),
		Way: workflow.WayPhone, Reaction: "Tevreden",
	}
}

func mustRefuse(t testing.TB, err error, code workflow.Code) {
	t.Helper()
	if !workflow.Refused(err).Has(code) {
		t.Fatalf("got %v, want a refusal with %s", err, code)
	}
}

// raw runs SQL as somebody with access to the database but not to the key.
func (h *house) raw(query string, args ...any) {
	h.Helper()
	if _, err := h.core.Write.Exec(h.Context(), query, args...); err != nil {
		h.Fatalf("raw SQL: %v", err)
	}
}

// count returns what a "SELECT count(*)" finds.
func (h *house) count(query string, args ...any) (n int) {
	h.Helper()
	if err := h.core.Read.Get(h.Context(), &n, query, args...); err != nil {
		h.Fatalf("count: %v", err)
	}
	return n
}

// together runs n functions at once and returns their errors.
func together(ctx context.Context, n int, f func(context.Context, int) error) []error {
	errs := make([]error, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-start
			errs[i] = f(ctx, i)
		})
	}
	close(start)
	all.Wait()
	return errs
}
