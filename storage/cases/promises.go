package cases

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// EncodePromises writes promises in short, as the column of that name holds them (see
// 00010_report.sql). Who sees to a promise is not in it.
func EncodePromises(all []workflow.Promise) string {
	var b strings.Builder
	for i, p := range all {
		if i > 0 {
			b.WriteByte(';')
		}
		k := p.Kept
		fmt.Fprintf(&b, "%s,%v,%v,%v,%v,%s,%v,%s,%s", p.Kind, p.Made, p.Due, k.On, k.Entered, k.Way, p.Lapsed,
			flag(k.Later), flag(!k.At.IsZero()))
		if p.Ended != "" || p.Subject != "" { // came later: what has neither reads as it always did
			fmt.Fprintf(&b, ",%s,%s", p.Ended, p.Subject)
		}
	}
	return b.String()
}

func flag(yes bool) string {
	if yes {
		return "1"
	}
	return "0"
}

// DecodePromises adds to all what promised wrote. When a promise was recorded as
// kept is not in it: Kept.At is the start of the day it was kept on, in UTC.
func DecodePromises(all []workflow.Promise, s string) ([]workflow.Promise, error) {
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
	in, k := Fields{Rest: s}, &p.Kept
	p.Kind = workflow.PromiseKind(in.Text())
	p.Made = in.Date()
	p.Due = in.Date()
	k.On = in.Date()
	k.Entered = in.Date()
	k.Way = workflow.Way(in.Text())
	p.Lapsed = in.Date()
	k.Later = in.Flag()
	kept, more, further := strings.Cut(in.Rest, ",")
	if kept == "1" {
		k.At = StartOfDay(k.On)
	}
	if further {
		in.Rest = more
		p.Ended, p.Subject = workflow.Ending(in.Text()), in.Last()
	}
	return in.Err()
}

// StartOfDay is 00:00 UTC of a date, for where the zone does not matter.
func StartOfDay(d calendar.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}
