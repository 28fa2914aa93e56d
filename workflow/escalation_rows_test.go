package workflow

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// letterOf is who is reminded, in a line of a walk.
var letterOf = map[roster.PersonID]string{officer: "O", deputy: "D", staff: "H", director: "B", second: "B"}

// walk is one row of the table in deadlines.md on one case, a day after the other.
type walk struct {
	name string
	from string // when the complaint came in
	acts []played
	edit func(*Policy) // who is there, and which days count; nil for everybody and working days
	to   string
	// want are the days of reminders and to whom: the owner, the deputy, who sees to a
	// remedy (H), both directors (B).
	want string
}

// walked plays a case on which somebody was reminded, from the day after it came in.
func (w walk) walked(t *testing.T, kind WatchKind) string {
	t.Helper()
	p, r := policy(t), day(w.from)
	c := logged(t, p, func(l *File) { l.Facts.Received = r }, noon(r))
	c = play(t, p, c, w.acts...)
	last := r
	for _, a := range w.acts {
		last = calendar.Latest(last, a.on)
	}
	if w.edit != nil {
		w.edit(p)
	}
	c.NextAt = p.Calendar.At(last.AddDays(1), p.Calendar.Opens)
	_, all := run(t, p, c, day(w.to))
	who := map[string][]string{}
	var days []string
	for _, one := range all {
		on, rest, _ := strings.Cut(one, " ")
		what, to, _ := strings.Cut(rest, " ")
		if WatchKind(what).Base() != kind {
			continue
		}
		if !slices.Contains(days, on) {
			days = append(days, on)
		}
		who[on] = append(who[on], letterOf[roster.PersonID(to)])
	}
	lines := make([]string, len(days))
	for i, on := range days {
		slices.SortFunc(who[on], func(a, b string) int { return strings.Index("OHDB", a) - strings.Index("OHDB", b) })
		lines[i] = on + " " + strings.Join(slices.Compact(who[on]), "")
	}
	return strings.Join(lines, ", ")
}

// The changes to a firm that the walks are played with.
func everyDay(p *Policy) { p.Calendar.EveryDay = true }

func works(who roster.PersonID, days ...time.Weekday) func(*Policy) {
	return func(p *Policy) { p.Roster.Weekdays = map[roster.PersonID][]time.Weekday{who: days} }
}

func isAway(who roster.PersonID, from, until string) func(*Policy) {
	return func(p *Policy) {
		*p = *p.With(roster.Presence{Away: map[roster.PersonID][]roster.Period{who: away(from, until)}})
	}
}

func onlyOwner(p *Policy) { p.Roster.Officers, p.Roster.Directors = p.Roster.Officers[:1], nil }

var half = weekdays(time.Monday, time.Tuesday, time.Wednesday)

// doneOn is an action of each of these kinds on that day.
func doneOn(at string, names ...ActionName) (all []played) {
	for _, name := range names {
		all = append(all, played{day(at), examples(day(at))[name]})
	}
	return all
}

// walks are the rows of the table. 2 November 2026 is a Monday; Christmas is on
// Friday, and Easter Monday 2027 is 29 March.
func walks() map[WatchKind][]walk {
	acknowledged := func(at string) []played { return doneOn(at, ActionAcknowledge) }
	noticed := func(at, until string) []played {
		return append(acknowledged(at), played{day(at), notice(day(at), day(until))})
	}
	decided := func(at string) []played { return doneOn(at, ActionAcknowledge, ActionResolve) }
	held := func(at, review string) []played {
		return append(doneOn(at, ActionResolve, ActionConfirm), played{day(at), Hold{Reason: "Rechter.", Review: day(review)}})
	}
	promised := func(at string, due string) []played {
		d := refund(day(at), staff)
		d.Promised.Due = day(due)
		return append(acknowledged(at), played{day(at), d})
	}
	defence := func(at, due string) []played {
		return append(decided(at), played{day(at), Dispute{Date: day(at), Dates: DisputeDates{Defence: day(due)}}})
	}
	asked := func(at, by string) []played {
		q := asking(day(at))
		q.AnswerBy = day(by)
		return []played{{day(at), q}}
	}
	return map[WatchKind][]walk{
		WatchKind(PromiseAcknowledgement): {
			{"due on a Friday", "2026-11-01", nil, nil, "2026-11-29",
				"11-03 O, 11-05 O, 11-06 OD, 11-09 ODB, 11-10 O, 11-11 O, 11-12 O, 11-13 O, 11-16 OD, 11-23 OD"},
			{"due on a Saturday", "2026-11-02", nil, nil, "2026-11-29",
				"11-04 O, 11-06 OD, 11-09 ODB, 11-10 O, 11-11 O, 11-12 O, 11-13 O, 11-16 OD, 11-23 OD"},
			{"due on Christmas Day", "2026-12-20", nil, nil, "2027-01-17",
				"12-22 O, 12-24 OD, 12-28 ODB, 12-29 O, 12-30 O, 12-31 O, 01-04 OD, 01-11 OD"},
			{"late over Easter", "2027-03-13", nil, nil, "2027-04-11",
				"03-15 O, 03-17 O, 03-18 OD, 03-19 ODB, 03-22 OD, 03-23 O, 03-24 O, 03-25 O, 03-30 OD, 04-05 OD"},
			{"an owner of Monday to Wednesday", "2026-11-02", nil, works(officer, half...), "2026-11-29",
				"11-04 O, 11-06 D, 11-09 ODB, 11-10 O, 11-11 O, 11-16 OD, 11-17 O, 11-23 OD"},
			{"an owner of Wednesday to Friday", "2026-11-02", nil, works(officer, time.Wednesday, time.Thursday, time.Friday), "2026-11-29",
				"11-04 O, 11-06 OD, 11-09 DB, 11-11 O, 11-12 O, 11-13 O, 11-16 D, 11-18 O, 11-19 O, 11-23 D, 11-25 O"},
			{"a deputy of Thursdays", "2026-11-02", nil, works(deputy, time.Thursday), "2026-11-29",
				"11-04 O, 11-05 D, 11-06 O, 11-09 OB, 11-10 O, 11-11 O, 11-12 OD, 11-13 O, 11-16 O, 11-19 D, 11-23 O, 11-26 D"},
			{"away until it is late", "2026-11-02", nil, isAway(officer, "2026-11-03", "2026-11-10"), "2026-11-29",
				"11-04 D, 11-06 D, 11-09 DB, 11-10 D, 11-11 O, 11-12 O, 11-13 O, 11-16 OD, 11-23 OD"},
			{"away once it is late", "2026-11-02", nil, isAway(officer, "2026-11-12", "2026-11-20"), "2026-11-29",
				"11-04 O, 11-06 OD, 11-09 ODB, 11-10 O, 11-11 O, 11-12 D, 11-13 D, 11-16 D, 11-23 OD"},
			{"back after a Monday", "2026-11-02", nil, isAway(officer, "2026-11-16", "2026-11-17"), "2026-11-29",
				"11-04 O, 11-06 OD, 11-09 ODB, 11-10 O, 11-11 O, 11-12 O, 11-13 O, 11-16 D, 11-18 O, 11-23 OD"},
			{"nobody else", "2026-11-02", nil, onlyOwner, "2026-11-29",
				"11-04 O, 11-06 O, 11-09 O, 11-10 O, 11-11 O, 11-12 O, 11-13 O, 11-16 O, 11-23 O"},
			{"all days", "2026-11-02", nil, everyDay, "2026-11-29",
				"11-04 O, 11-06 O, 11-07 OD, 11-08 ODB, 11-09 OD, 11-10 O, 11-11 O, 11-12 O, 11-16 OD, 11-23 OD"},
		},
		WatchKind(PromiseOutcome): {
			{"due on a Wednesday", "2026-11-02", acknowledged("2026-11-02"), nil, "2026-12-27",
				"11-16 O, 11-25 O, 11-30 OD, 12-02 OD, 12-03 ODB, 12-04 O, 12-07 OD, 12-08 O, 12-09 O, 12-14 OD, 12-21 OD"},
			{"due on a Saturday", "2026-11-05", acknowledged("2026-11-05"), nil, "2026-12-27",
				"11-19 O, 11-27 O, 12-03 OD, 12-04 OD, 12-07 ODB, 12-08 O, 12-09 O, 12-10 O, 12-11 O, 12-14 OD, 12-21 OD"},
			{"due on Christmas Day", "2026-11-25", acknowledged("2026-11-25"), nil, "2027-01-12",
				"12-09 O, 12-18 O, 12-23 OD, 12-24 OD, 12-28 ODB, 12-29 O, 12-30 O, 12-31 O, 01-04 OD, 01-11 OD"},
			{"an owner of Monday to Wednesday", "2026-11-02", acknowledged("2026-11-02"), works(officer, half...), "2026-12-22",
				"11-16 O, 11-25 O, 11-30 OD, 12-02 OD, 12-03 DB, 12-07 OD, 12-08 O, 12-09 O, 12-14 OD, 12-15 O, 12-21 OD"},
			{"away around its day", "2026-11-02", acknowledged("2026-11-02"), isAway(officer, "2026-11-20", "2026-12-04"), "2026-12-20",
				"11-16 O, 11-25 D, 11-30 D, 12-02 D, 12-03 DB, 12-04 D, 12-07 OD, 12-08 O, 12-09 O, 12-14 OD"},
			{"all days", "2026-11-05", acknowledged("2026-11-05"), everyDay, "2026-12-22",
				"11-19 O, 11-28 O, 12-03 OD, 12-05 OD, 12-06 ODB, 12-07 OD, 12-08 O, 12-09 O, 12-10 O, 12-14 OD, 12-21 OD"},
		},
		WatchKind(PromiseProgress): {
			{"due on a Wednesday", "2026-11-02", noticed("2026-11-02", "2026-12-09"), nil, "2026-12-27",
				"12-02 O, 12-07 OD, 12-09 OD, 12-10 ODB, 12-11 O, 12-14 OD, 12-15 O, 12-16 O, 12-21 OD"},
			{"due on a Saturday", "2026-11-02", noticed("2026-11-02", "2026-12-12"), nil, "2026-12-27",
				"12-04 O, 12-10 OD, 12-11 OD, 12-14 ODB, 12-15 O, 12-16 O, 12-17 O, 12-18 O, 12-21 OD"},
			{"all days", "2026-11-02", noticed("2026-11-02", "2026-12-12"), everyDay, "2026-12-22",
				"12-05 O, 12-10 OD, 12-12 OD, 12-13 ODB, 12-14 OD, 12-15 O, 12-16 O, 12-17 O, 12-21 OD"},
		},
		WatchKind(PromiseConfirmation): {
			{"decided on a Monday", "2026-11-02", decided("2026-11-02"), nil, "2026-11-17",
				"11-03 O, 11-05 O, 11-09 O, 11-11 O, 11-13 O, 11-17 O"},
			{"decided on a Friday", "2026-11-06", decided("2026-11-06"), nil, "2026-11-17", "11-09 O, 11-11 O, 11-13 O, 11-17 O"},
			{"decided before Christmas", "2026-12-23", decided("2026-12-23"), nil, "2027-01-06", "12-24 O, 12-29 O, 12-31 O, 01-05 O"},
			{"an owner of Monday to Wednesday", "2026-11-02", decided("2026-11-02"), works(officer, half...), "2026-11-18",
				"11-03 O, 11-05 D, 11-09 O, 11-11 O, 11-16 O, 11-18 O"},
			{"away", "2026-11-02", decided("2026-11-02"), isAway(officer, "2026-11-04", "2026-11-06"), "2026-11-12", "11-03 O, 11-05 D, 11-09 O, 11-11 O"},
			{"all days", "2026-11-06", decided("2026-11-06"), everyDay, "2026-11-13", "11-07 O, 11-09 O, 11-11 O, 11-13 O"},
		},
		WatchWaiting: {
			{"asked on a Monday", "2026-11-02", doneOn("2026-11-02", ActionQuestion), nil, "2026-11-30", "11-09 O"},
			{"asked on a Saturday", "2026-11-07", doneOn("2026-11-07", ActionQuestion), nil, "2026-11-30", "11-16 O"},
			{"a week before Christmas", "2026-12-18", doneOn("2026-12-18", ActionQuestion), nil, "2027-01-10", "12-28 O"},
			{"an owner of Monday to Wednesday", "2026-11-05", doneOn("2026-11-05", ActionQuestion), works(officer, half...), "2026-11-30", "11-11 O"},
			{"away", "2026-11-02", doneOn("2026-11-02", ActionQuestion), isAway(officer, "2026-11-09", "2026-11-13"), "2026-11-30", "11-09 D"},
			{"all days", "2026-11-07", doneOn("2026-11-07", ActionQuestion), everyDay, "2026-11-30", "11-14 O"},
		},
		WatchHold: {
			{"on a Tuesday", "2026-11-02", held("2026-11-02", "2027-02-02"), nil, "2027-03-01", "02-02 O"},
			{"on a Saturday", "2026-11-02", held("2026-11-02", "2027-02-06"), nil, "2027-03-01", "02-05 O"},
			{"on Christmas Day", "2026-11-02", held("2026-11-02", "2026-12-25"), nil, "2027-01-10", "12-24 O"},
			{"away", "2026-11-02", held("2026-11-02", "2027-02-02"), isAway(officer, "2027-02-01", "2027-02-05"), "2027-03-01", "02-02 D"},
			{"all days", "2026-11-02", held("2026-11-02", "2027-02-06"), everyDay, "2027-03-01", "02-06 O"},
		},
		WatchKind(PromiseRemedy): {
			{"due on a Wednesday", "2026-11-02", promised("2026-11-02", "2026-12-02"), nil, "2026-12-22",
				"11-18 H, 11-25 H, 12-02 H, 12-03 OHDB, 12-04 OH, 12-07 OHD, 12-08 OH, 12-09 OH, 12-14 OHD, 12-21 OHD"},
			{"due on a Saturday", "2026-11-02", promised("2026-11-02", "2026-12-05"), nil, "2026-12-22",
				"11-20 H, 11-27 H, 12-04 H, 12-07 OHDB, 12-08 OH, 12-09 OH, 12-10 OH, 12-11 OH, 12-14 OHD, 12-21 OHD"},
			{"who sees to it is away", "2026-11-02", promised("2026-11-02", "2026-12-02"), isAway(staff, "2026-11-23", "2026-11-27"), "2026-12-03",
				"11-18 H, 11-25 O, 12-02 H, 12-03 OHDB"},
			{"all days", "2026-11-02", promised("2026-11-02", "2026-12-05"), everyDay, "2026-12-15",
				"11-21 H, 11-28 H, 12-05 H, 12-06 OHDB, 12-07 OHD, 12-08 OH, 12-09 OH, 12-10 OH, 12-14 OHD"},
		},
		WatchKind(PromiseDefence): {
			{"due on a Wednesday", "2026-11-02", defence("2026-11-02", "2026-12-02"), nil, "2026-12-22",
				"11-18 O, 11-25 O, 11-30 OD, 12-02 OD, 12-03 ODB, 12-04 O, 12-07 OD, 12-08 O, 12-09 O, 12-14 OD, 12-21 OD"},
			{"due on Christmas Day", "2026-11-02", defence("2026-11-02", "2026-12-25"), nil, "2027-01-12",
				"12-11 O, 12-18 O, 12-23 OD, 12-24 OD, 12-28 ODB, 12-29 O, 12-30 O, 12-31 O, 01-04 OD, 01-11 OD"},
			{"all days", "2026-11-02", defence("2026-11-02", "2026-12-05"), everyDay, "2026-12-15",
				"11-21 O, 11-28 O, 12-03 OD, 12-05 OD, 12-06 ODB, 12-07 OD, 12-08 O, 12-09 O, 12-10 O, 12-14 OD"},
		},
		WatchKind(PromiseConsultation): {
			{"by a Tuesday", "2026-11-02", asked("2026-11-02", "2026-11-10"), nil, "2026-12-22", "11-10 H, 11-12 H, 11-16 O"},
			{"by a Saturday", "2026-11-02", asked("2026-11-02", "2026-11-14"), nil, "2026-12-22", "11-13 H, 11-17 H, 11-19 O"},
			{"by Christmas Day", "2026-12-14", asked("2026-12-14", "2026-12-25"), nil, "2027-01-20", "12-24 H, 12-29 H, 12-31 O"},
			{"all days", "2026-11-02", asked("2026-11-02", "2026-11-14"), everyDay, "2026-12-22", "11-14 H, 11-16 H, 11-18 O"},
		},
	}
}

// TestEscalation_rows walks every row of the table of deadlines.md day by day.
func TestEscalation_rows(t *testing.T) {
	all := walks()
	for kind := range escalations {
		if _, ok := all[kind]; !ok && kind != WatchRetention && kind != WatchErasure {
			t.Errorf("%s is walked by no test", kind)
		}
		for _, w := range all[kind] {
			if diff := cmp.Diff(strings.Split(w.want, ", "), strings.Split(w.walked(t, kind), ", ")); diff != "" {
				t.Errorf("%s, %s: -want +got:\n%s", kind, w.name, diff)
			}
		}
	}
}
