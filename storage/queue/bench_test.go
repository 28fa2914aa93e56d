package queue_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// benchSender is a sender without pace; its commits wait for the disk, as
// in production.
func benchSender(b *testing.B, engine string) *storagetest.Outbox {
	b.Helper()
	url := "sqlite:" + filepath.Join(b.TempDir(), "register.db")
	if engine == "postgres" {
		url = pgtest.Durable(b)
	}
	box := storagetest.NewOutbox(b, url)
	box.WithoutPace()
	return box
}

// BenchmarkDelivery is one message's way through the outbox: queued in a
// change, lane leased, taken, settled, lane released: five transactions.
func BenchmarkDelivery(b *testing.B) {
	for _, engine := range storagetest.Engines() {
		b.Run(engine, func(b *testing.B) {
			box := benchSender(b, engine)
			c := box.FilePosted("g1")
			b.ReportAllocs()
			for b.Loop() {
				box.Enqueue(&c, storagetest.Line("note"))
				l := box.Lease()
				box.Post(l)
				box.Release(l)
			}
		})
	}
}

// BenchmarkBacklog empties a lane where much is waiting; the lease is kept.
func BenchmarkBacklog(b *testing.B) {
	const waiting = 5000
	for _, engine := range storagetest.Engines() {
		b.Run(engine, func(b *testing.B) {
			box := benchSender(b, engine)
			c := box.FilePosted("g1")
			left := 0
			var l outbox.Lease
			b.ReportAllocs()
			for b.Loop() {
				if left == 0 {
					b.StopTimer()
					fill(box, &c, waiting)
					if l.Token == "" {
						l = box.Lease()
					}
					left = waiting
					b.StartTimer()
				}
				box.Post(l)
				left--
			}
		})
	}
}

// fill queues n lines of one case in one change.
func fill(box *storagetest.Outbox, c *workflow.Complaint, n int) {
	box.Helper()
	effects := make([]workflow.Effect, n)
	for i := range effects {
		effects[i] = storagetest.Line("note")
	}
	box.Enqueue(c, effects...)
}

// BenchmarkSettledCases is BenchmarkDelivery, plus a look at what waits, beside
// few and many cases whose messages were sent long ago: the cost must be the same.
func BenchmarkSettledCases(b *testing.B) {
	for _, engine := range storagetest.Engines() {
		for _, settled := range []int{1_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/%d", engine, settled), func(b *testing.B) {
				box := benchSender(b, engine)
				c := box.FilePosted("g1")
				settleMany(box, settled)
				for b.Loop() {
					box.Enqueue(&c, storagetest.Line("note"), storagetest.CaseMessage())
					l := box.Lease()
					box.Post(l)
					box.Post(l)
					box.Idle(l)
					box.Release(l)
					backlog(box)
					if _, ok, err := box.WaitUntil(b.Context()); err != nil || ok {
						b.Fatalf("WaitUntil: %v, %v", ok, err)
					}
				}
			})
		}
	}
}

// settleMany makes n more cases, each with a case message that is up to date.
func settleMany(box *storagetest.Outbox, n int) {
	box.Helper()
	const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) `
	box.Exec(`INSERT INTO complaints (id, number, series, year, ordinal, version, state, received, incident, received_via,
    complainant_kind, offering_kind, offering_name, category, preferred, language, sealed, logged_by, logged_at, owner,
    late_logged, out_of_time, verdict, cause, lesson, decided_on, waiting_since, waited_days, last_action, last_by,
    lines, tail, head)
`+numbers+`SELECT 'c-' || i, 'K-1900-' || i, 'K', 1900, i, 1, 'closed', '', '', '', '', '', '', '', '', '', sealed, '', logged_at, '',
    FALSE, FALSE, '', '', '', '', '', 0, '', '', lines, tail, head
FROM n, (SELECT sealed, logged_at, lines, tail, head FROM complaints LIMIT 1) AS one`, n)
	box.Exec(`INSERT INTO views (complaint, surface, channel, ts, shown)
`+numbers+`SELECT 'c-' || i, 'case', 'C0CASES', '0.' || i, 1 FROM n`, n)
	box.Exec(`INSERT INTO messages (complaint, channel, ts)
`+numbers+`SELECT 'c-' || i, 'C0CASES', '0.' || i FROM n`, n)
}
