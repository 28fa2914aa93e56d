//go:build !race

package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// view is what a year looks like from Slack's side, beside what was done.
type view struct {
	*yearTest
	all      []reminded
	reminded []reminded          // but for those that left while the machine's clock was wrong
	byNumber map[string]*history // by every number that a case ever had
}

// settle takes down how every case stands at the end.
func (y *yearTest) settle() {
	for id, c := range y.cases {
		now, err := y.db.Case(y.Context(), id)
		y.must(err)
		c.versions = append(c.versions, version{time.Now(), now})
	}
}

// judge holds what Slack got against the table. A violation names seed, case
// and moment, never a text.
func (y *yearTest) judge() {
	v := view{yearTest: y, byNumber: map[string]*history{}}
	for _, c := range y.cases {
		for _, m := range c.versions {
			v.byNumber[m.c.Number] = c
		}
	}
	r := newReader(bottest.Catalogue(y.T).In("nl"))
	for _, p := range y.slack.posts {
		v.all = append(v.all, r.reminders(p)...)
	}
	v.reminded = slices.DeleteFunc(slices.Clone(v.all), func(t reminded) bool { return y.machine.wrongAt(t.at) })
	y.Logf("seed %d: %d cases, %d messages, %d reminders, digests' lines included", y.seed, len(y.cases), len(y.slack.posts), len(v.reminded))
	v.discreet()
	v.once()
	v.inWindow()
	v.unsettled()
	v.notTwice()
	v.digests()
	v.weekly()
	v.inTime()
}

func (v view) fault(t reminded, what string) {
	v.Helper()
	v.Errorf("seed %d, %s at %s: %s to %s about %s: %s", v.seed, t.number,
		t.at.In(v.policy.Calendar.Location).Format("2006-01-02 15:04:05"), t.source, t.who, t.kind, what)
}

// at returns the case as it was when something was sent, and whether an act
// came in that very second.
func (c *history) at(when time.Time) (now workflow.Complaint, moved bool) {
	for _, m := range c.versions {
		if m.at.After(when) {
			break
		}
		now, moved = m.c, when.Sub(m.at) < 2*yearPatience
	}
	return now, moved
}

// discreet: nobody reads a name, nobody whom a case concerns reads of it, no
// guarded case shows in the channel, and who does not handle a case reads its
// number, promises and days.
func (v view) discreet() {
	for _, p := range v.slack.posts {
		if strings.Contains(p.blocks+p.text, secretOf) {
			v.Errorf("seed %d, %s: a message holds the complainant's name", v.seed, p.at)
		}
		for _, number := range caseNumber.FindAllString(p.text+p.blocks, -1) {
			c, ok := v.byNumber[number]
			if !ok {
				continue
			}
			now, moved := c.at(p.at)
			guarded := now.Guarded() && p.channel == cases && strings.HasPrefix(number, "V")
			if !moved && (guarded || p.to != "" && p.to == string(now.Particulars.Concerns)) {
				v.Errorf("seed %d, %s at %s: shown to whom it must not be", v.seed, number, p.at)
			}
		}
	}
	for _, t := range v.reminded {
		if !t.full && t.source == outbox.KindReminder && (strings.Contains(t.blocks, "actions") || mention.MatchString(strings.Join(sections(t.blocks), ""))) {
			v.fault(t, "more than number, promise and days")
		}
	}
}

// once: no message is posted twice. One whose case message was deleted, or
// landed loose and was taken back, may come again, and so does a digest that left
// before its time.
func (v view) once() {
	seen := map[string]post{}
	for _, t := range v.all {
		early := t.source != outbox.KindReminder && v.machine.wrongAt(seen[t.key].at)
		if before, ok := seen[t.key]; ok && before.ts != t.ts && !early {
			v.fault(t, "posted twice")
		}
		seen[t.key] = t.post
	}
}

func (v view) inWindow() {
	for _, t := range v.reminded {
		if !v.policy.Calendar.InWindow(t.at) {
			v.fault(t, "outside the window")
		}
	}
}

// unsettled: nobody is reminded about what was settled.
func (v view) unsettled() {
	for _, t := range v.reminded {
		now, moved := v.byNumber[t.number].at(t.at)
		_, ok := v.policy.Watched(&now, t.kind, v.policy.Calendar.Today(t.at))
		if !ok && !moved {
			v.fault(t, "about what was settled")
		}
	}
}

// notTwice: one reminder a day, person and promise, unless somebody acted on the
// case in between.
func (v view) notTwice() {
	type thing struct {
		who, number string
		kind        workflow.WatchKind
		day         calendar.Date
	}
	seen := map[thing]reminded{}
	for _, t := range v.reminded {
		if t.source == outbox.KindWeeklyDigest {
			continue
		}
		key := thing{t.who, t.number, t.kind, v.policy.Calendar.Today(t.at)}
		if before, ok := seen[key]; ok && !v.actedBetween(t.number, before.at, t.at) {
			v.fault(t, "the second of this day")
		}
		seen[key] = t
	}
}

func (v view) actedBetween(number string, from, until time.Time) bool {
	return slices.ContainsFunc(v.byNumber[number].versions, func(m version) bool {
		return !m.at.Before(from) && !m.at.After(until)
	})
}

// digests: whoever has more than three at a day's first send gets a digest.
func (v view) digests() {
	type morning struct {
		who string
		day calendar.Date
	}
	first := map[morning]time.Time{}
	singly := map[morning]int{}
	for _, t := range v.reminded {
		key := morning{t.who, v.policy.Calendar.Today(t.at)}
		if _, ok := first[key]; !ok {
			first[key] = t.at
		}
		if t.source == outbox.KindReminder && t.at.Sub(first[key]) < yearPulse/4 {
			singly[key]++
		}
		if singly[key] == 4 && !v.spoiled[key.day] {
			v.fault(t, "the fourth by itself")
		}
	}
}

// weekly: a director gets the weekly digest once a week at most.
func (v view) weekly() {
	seen := map[string]string{}
	for _, t := range v.reminded {
		if t.source != outbox.KindWeeklyDigest {
			continue
		}
		week := t.who + v.policy.Calendar.Today(t.at).Week().String()
		if key, ok := seen[week]; ok && key != t.key {
			v.fault(t, "the second of this week")
		}
		seen[week] = t.key
	}
}
