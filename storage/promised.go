package storage

import (
	"fmt"
	"strings"

	"github.com/artra/klachtbot/workflow"
)

// promisedFields is how many fields a promise has in the column promised (see
// 00010_report.sql).
const promisedFields = 9

// promised writes promises in short, as the column of that name holds them.
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

// parsePromised reads what promised wrote. When a promise was recorded as kept
// is not in it: Kept.At is the start of the day it was kept on, in UTC.
func parsePromised(s string) ([]workflow.Promise, error) {
	if s == "" {
		return nil, nil
	}
	all := make([]workflow.Promise, 0, strings.Count(s, ";")+1)
	for one := range strings.SplitSeq(s, ";") {
		p, err := parsePromise(one)
		if err != nil {
			return nil, fmt.Errorf("promise %d in short: %w", len(all)+1, err)
		}
		all = append(all, p)
	}
	return all, nil
}

func parsePromise(s string) (p workflow.Promise, err error) {
	var fields [promisedFields]string
	for i := range fields {
		var more bool
		if fields[i], s, more = strings.Cut(s, ","); more != (i < promisedFields-1) {
			return p, fmt.Errorf("it has not %d fields", promisedFields)
		}
	}
	p.Kind, p.Kept.Way = workflow.PromiseKind(fields[0]), workflow.Way(fields[5])
	for i, d := range []*workflow.Date{1: &p.Made, 2: &p.Due, 3: &p.Kept.On, 4: &p.Kept.Entered, 6: &p.Lapsed} {
		if d == nil {
			continue
		}
		if err := d.Scan(fields[i]); err != nil {
			return p, err
		}
	}
	p.Kept.Later = fields[7] == "1"
	if fields[8] == "1" {
		p.Kept.At = startOfDay(p.Kept.On)
	}
	return p, nil
}
