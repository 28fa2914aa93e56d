// Command bench measures klachtbot beside two programs that do the same job, in one
// run and on one machine: somebody types /klacht, fills in the form, reads the
// number, and the case message with its story stands in the channel.
//
//	scripts/bench                  everything, with Bolt: some twenty minutes
//	scripts/bench -cases 300 -rounds 1 -arrivals 0 -backlog 0 -growth ""
//	go run ./bench -peer DIR       DIR is bench/peer-bolt with its node_modules
//
// # Who takes part
//
//   - Bolt: an ordinary Bolt for JavaScript app on node-postgres (bench/peer-bolt),
//     which inserts two rows in a transaction and posts twice.
//   - floor: the same in the shortest Go on the libraries that klachtbot uses
//     (bench/floor), with nothing kept safe.
//   - klachtbot, as it is built and with its own settings, on PostgreSQL and on SQLite.
//
// All open the form that klachtbot opens, are driven by the same people, talk to
// the same simulated Slack, and share one PostgreSQL whose commits wait for the
// disk. The temporary folder must be on that disk (TMPDIR).
//
// # What is measured
//
// Figures are of one process, PostgreSQL's CPU apart: from /proc, so it runs on
// Linux. An answer is timed from pressing Submit until it is on the screen; who
// reads that nothing was filed presses again, which the table counts. What is to
// be installed leaves Node itself out.
//
// Statements (BEGIN and COMMIT among them) and commits that wrote something are
// counted in a run of their own, from the server's log and its transaction
// numbers, less what the program does when it has nothing to do. What is
// allocated comes from the traces of the garbage collectors in that same run: it
// is an estimate.
//
// The backlog is emptied at a pace of 10 ms after the program was killed while
// posts were cut off on their way. On PostgreSQL its time includes the rest of
// the dead sender's lease.
//
// The contestants change their order every round; the table has medians. Compare
// figures of one run only.
package main
