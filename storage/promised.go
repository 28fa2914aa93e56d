package storage

import (
	"fmt"
	"slices"
	"strings"

	"github.com/artra/klachtbot/workflow"
)

// promised writes promises in short, as the column of that name holds them (see
// 00010_report.sql).
func promised(all []workflow.Promise) string {
	var b strings.Builder
	for i, p := range all {
		if i > 0 {
			b.WriteByte(';')
		}
		k := p.Kept
		fmt.Fprintf(&b, "%s,%v,%v,%v,%v,%s,%v,%s,%s", p.Kind, p.Made, p.Due, k.On, k.Entered, k.Way, p.Lapsed,
			flag(k.Later), flag(!k.At.IsZero()))
	}
	return b.String()
}

func flag(yes bool) string {
	if yes {
		return "1"
	}
	return "0"
}

// appendPromised adds to all what promised wrote. When a promise was recorded as
// kept is not in it: Kept.At is the start of the day it was kept on, in UTC.
func appendPromised(all []workflow.Promise, s string) ([]workflow.Promise, error) {
	if s == "" {
		return all, nil
	}
	all = slices.Grow(all, strings.Count(s, ";")+1)
	for more := true; more; {
		one := s
		if i := strings.IndexByte(s, ';'); i >= 0 {
			one, s = s[:i], s[i+1:]
		} else {
			more = false
		}
		all = append(all, workflow.Promise{})
		if err := parsePromise(one, &all[len(all)-1]); err != nil {
			return nil, fmt.Errorf("promise %d in short: %w", len(all), err)
		}
	}
	return all, nil
}

func parsePromise(s string, p *workflow.Promise) error {
	in, k := fields{rest: s}, &p.Kept
	p.Kind = workflow.PromiseKind(in.text())
	p.Made = in.date()
	p.Due = in.date()
	k.On = in.date()
	k.Entered = in.date()
	k.Way = workflow.Way(in.text())
	p.Lapsed = in.date()
	k.Later = in.flag()
	if in.last() == "1" {
		k.At = startOfDay(k.On)
	}
	return in.err()
}
