package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// options are what is measured, and how much of it.
type options struct {
	peer     string        // folder of the Bolt app with its node_modules; "" leaves it out
	cases    int           // of the job itself
	people   int           // at work at once
	rounds   int           // the table has medians
	counted  int           // cases of the run that counts statements
	atOnce   int           // people who press Submit in the same moment
	arrivals int           // submissions spread over the window
	window   time.Duration // in which they arrive
	backlog  int           // posts that wait after a crash
	growth   string        // sizes of a register, with commas
	pace     time.Duration // of klachtbot's posts
	settle   time.Duration // how long an idle program is looked at
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, parse()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parse() options {
	var o options
	flag.StringVar(&o.peer, "peer", "", "folder of the Bolt app with its node_modules; without it Bolt is left out")
	flag.IntVar(&o.cases, "cases", 1500, "cases of the job")
	flag.IntVar(&o.people, "people", 16, "people at work at once")
	flag.IntVar(&o.rounds, "rounds", 2, "rounds; the table has medians")
	flag.IntVar(&o.counted, "counted", 400, "cases of the run that counts statements; 0 leaves it out")
	flag.IntVar(&o.atOnce, "at-once", 200, "people who press Submit in the same moment; 0 leaves them out")
	flag.IntVar(&o.arrivals, "arrivals", 2000, "submissions in the window; 0 leaves them out")
	flag.DurationVar(&o.window, "window", time.Minute, "window of the arrivals")
	flag.IntVar(&o.backlog, "backlog", 5000, "posts that wait after a crash; 0 leaves it out")
	flag.StringVar(&o.growth, "growth", "1000,100000", "sizes of the register whose looks are timed; empty leaves them out")
	large := flag.Bool("large", false, "time looks at a register of a million cases too")
	flag.DurationVar(&o.pace, "pace", 0, "KLACHTBOT_PACE; 0 is no limit, as the others have none")
	flag.DurationVar(&o.settle, "settle", 2*time.Second, "how long an idle program is looked at")
	flag.Parse()
	if *large {
		o.growth += ",1000000"
	}
	return o
}

// run measures everything and prints the table: as far as it came, when a part failed.
func run(ctx context.Context, o options) (err error) {
	t := &outsideTest{ctx: ctx}
	defer t.end()
	dir, err := os.MkdirTemp("", "klachtbot-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := &bench{options: o, tb: t, dir: dir, durable: true, table: newTable()}
	contestants, err := b.contestants(ctx)
	if err != nil {
		return err
	}
	for _, part := range []func(context.Context, []contestant) error{b.rounds, b.counts, b.crashes, b.growths} {
		if err = part(ctx, contestants); err != nil {
			break // what was measured before is worth its minutes
		}
	}
	fmt.Println(b.table)
	return err
}
