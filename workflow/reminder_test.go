package workflow

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestReminder_goesToTheDeputyTooWhenTheOwnerLeaves: it was asked for in the morning, and the
// deputy gets it too when the owner goes home ill; later ones only the deputy.
func TestReminder_goesToTheDeputyTooWhenTheOwnerLeaves(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	wednesday := noon(start.AddDays(2))
	c = do(t, p, c, Tick{}, roster.Clock, wednesday).Complaint
	ill := p.With(roster.Presence{Away: map[roster.PersonID][]roster.Period{officer: away("2026-11-04", "2026-11-05")}})
	change := do(t, ill, c, Tick{}, roster.Clock, wednesday.Add(time.Hour))
	want := []Effect{ReminderDue{deputy, WatchKind(PromiseAcknowledgement)}, CaseChanged{}}
	if !cmp.Equal(want, change.Effects) {
		t.Errorf("asked for: %s", cmp.Diff(want, change.Effects))
	}
	if ok, _ := ill.MayRemindNow(&c, WatchKind(PromiseAcknowledgement), officer, wednesday); ok {
		t.Error("who is away may be reminded")
	}
	if ok, _ := p.MayRemindNow(&change.Complaint, WatchKind(PromiseAcknowledgement), deputy, wednesday); !ok {
		t.Error("the deputy's reminder gets lost when the owner is back")
	}
	if again := do(t, ill, change.Complaint, Tick{}, roster.Clock, wednesday.Add(2*time.Hour)); again.Journal {
		t.Error("handed on twice")
	}
}

func TestReminder_isJudgedAgainWhenItLeaves(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	friday := start.AddDays(4)
	former := c // logged by its handler, who lost the role since
	former.Owner = staff
	for _, test := range []struct {
		name string
		now  time.Time
		to   roster.PersonID
		c    Complaint
		ok   bool
		wait bool
	}{
		{"in the window", noon(friday), officer, c, true, false},
		{"at night", noon(friday).Add(10 * time.Hour), officer, c, false, true},
		{"settled meanwhile", noon(friday), officer, in(t, p, StateInProgress), false, false},
		{"a director before it is overdue", noon(friday), director, c, false, false},
		{"somebody else", noon(friday), staff, c, false, false},
		{"a former officer who logged it", noon(friday), staff, former, false, false},
	} {
		ok, later := p.MayRemindNow(&test.c, WatchKind(PromiseAcknowledgement), test.to, test.now)
		if ok != test.ok || !later.IsZero() != test.wait {
			t.Errorf("%s: %v, later %v", test.name, ok, later)
		}
	}
}

// at is an instant on the wall clock of the firm: "11-06 09:30" of 2026.
func at(t *testing.T, p *Policy, when string) time.Time {
	t.Helper()
	i, err := time.ParseInLocation("2006-01-02 15:04", "2026-"+when, p.Calendar.Location)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// TestMissed_onTheDayThatCatchesUp: a reminder mentions an outage that it
// should have gone out in, and only on the day on which it catches up. The complaint came in on Monday 2
// November: owner on the 4th and 6th, deputy on the 6th, overdue from the 9th
// (the 7th is a Saturday).
func TestMissed_onTheDayThatCatchesUp(t *testing.T) {
	p := policy(t)
	ack := WatchKind(PromiseAcknowledgement)
	fresh := logged(t, p, func(*File) {}, noon(start))
	settled := do(t, p, fresh, examples(start)[ActionAcknowledge], officer, noon(start)).Complaint
	decided := do(t, p, fresh, examples(start)[ActionResolve], officer, noon(start)).Complaint
	for _, test := range []struct {
		name             string
		c                Complaint
		kind             WatchKind
		to               roster.PersonID
		from, until, now string
		want             bool
	}{
		{"over the opening hour of its day", fresh, ack, officer, "11-04 08:00", "11-04 11:00", "11-04 11:00", true},
		{"later that day", fresh, ack, officer, "11-04 08:00", "11-04 11:00", "11-04 16:00", true},
		{"the next day", fresh, ack, officer, "11-04 08:00", "11-04 11:00", "11-05 09:00", false},
		{"over the opening hour of another day", fresh, ack, officer, "11-05 08:00", "11-05 11:00", "11-05 11:00", false},
		{"after the opening hour", fresh, ack, officer, "11-04 09:01", "11-04 11:00", "11-04 11:00", false},
		{"from the very opening", fresh, ack, officer, "11-04 09:00", "11-04 11:00", "11-04 11:00", true},
		{"over in time", fresh, ack, officer, "11-03 08:00", "11-04 09:00", "11-04 09:00", false},
		{"for days", fresh, ack, officer, "11-03 12:00", "11-06 12:00", "11-06 12:00", true},
		{"for days, the deputy", fresh, ack, deputy, "11-03 12:00", "11-06 12:00", "11-06 12:00", true},
		{"before the deputy's day", fresh, ack, deputy, "11-03 12:00", "11-05 12:00", "11-05 12:00", false},
		{"back in the weekend", fresh, ack, officer, "11-06 08:00", "11-07 12:00", "11-09 09:00", true},
		{"back before hours", fresh, ack, officer, "11-04 08:00", "11-05 06:00", "11-05 09:00", true},
		{"overdue, back before hours", fresh, ack, officer, "11-09 08:00", "11-11 06:00", "11-11 09:00", true},
		{"overdue, a night", fresh, ack, officer, "11-10 18:00", "11-11 06:00", "11-11 09:00", false},
		{"a director's first notice", fresh, ack, director, "11-09 08:00", "11-09 12:00", "11-09 12:00", true},
		{"a director before", fresh, ack, director, "11-06 08:00", "11-06 12:00", "11-06 12:00", false},
		{"a confirmation's second reminder", decided, WatchKind(PromiseConfirmation), officer, "11-05 08:00", "11-05 12:00", "11-05 12:00", true},
		{"the day between", decided, WatchKind(PromiseConfirmation), officer, "11-04 08:00", "11-04 12:00", "11-04 12:00", false},
		{"settled", settled, ack, officer, "11-04 08:00", "11-04 11:00", "11-04 11:00", false},
	} {
		outage := Outage{at(t, p, test.from), at(t, p, test.until)}
		if got := p.Missed(&test.c, test.kind, test.to, outage, at(t, p, test.now)); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	if p.Missed(&fresh, ack, officer, Outage{}, at(t, p, "11-04 09:00")) {
		t.Error("missed in no outage at all")
	}
}

// TestMissed_overAClockChange: nine o'clock is nine o'clock on either side.
func TestMissed_overAClockChange(t *testing.T) {
	p := policy(t)
	received := day("2026-10-21")
	c := logged(t, p, func(l *File) { l.Facts.Received = received }, noon(received))
	for until, want := range map[string]bool{"10-26 08:59": false, "10-26 09:00": false, "10-26 09:01": true} {
		outage := Outage{at(t, p, "10-24 12:00"), at(t, p, until)}
		ack := WatchKind(PromiseAcknowledgement)
		if got := p.Missed(&c, ack, officer, outage, at(t, p, "10-26 09:30")); got != want {
			t.Errorf("back at %s: %v", until, got)
		}
	}
}

// bytesOf hands out the bytes of a fuzz input, one a choice, and zeros when
// they are used up.
type bytesOf struct{ left []byte }

func (b *bytesOf) below(n int) int {
	if len(b.left) == 0 {
		return 0
	}
	one := int(b.left[0])
	b.left = b.left[1:]
	return one % n
}

// firm is a policy with any roster: people of one or two roles, own weekdays,
// absences and accounts that are deactivated.
func (b *bytesOf) firm(t testing.TB) *Policy {
	people := []roster.PersonID{officer, deputy, director, second, staff}
	p := policy(t)
	p.Calendar.EveryDay = b.below(8) == 7
	p.Roster.Officers = people[b.below(2):][:1+b.below(3)]
	p.Roster.Directors = people[1+b.below(3):][:b.below(3)]
	p.Roster.Weekdays = map[roster.PersonID][]time.Weekday{}
	presence := roster.Presence{Away: map[roster.PersonID][]roster.Period{}, Gone: map[roster.PersonID]bool{}}
	for _, who := range people {
		if days := b.below(64); days < 31 {
			for d := time.Monday; d <= time.Friday; d++ {
				if days>>(d-1)&1 == 0 {
					p.Roster.Weekdays[who] = append(p.Roster.Weekdays[who], d)
				}
			}
		}
		if length := b.below(24); length < 16 {
			from := start.AddDays(b.below(40))
			presence.Away[who] = []roster.Period{{From: from, Until: from.AddDays(length)}}
		}
		presence.Gone[who] = b.below(8) == 7
	}
	return p.With(presence)
}

// FuzzReminders plays histories of any firm: whoever a tick asks to have
// reminded may be reminded at that moment, and whoever may not be is not
// planned.
func FuzzReminders(f *testing.F) {
	f.Add([]byte("\x00\x00\x01\x00\x02\x3f\x17\x00\x00\x3f\x17\x00\x00\x3f\x17\x00\x00\x3f\x17\x00\x00\x3f\x17\x00\x00\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09"))
	f.Add([]byte("\x00\x01\x01\x00\x02\x05\x03\x04\x00\x11\x02\x06\x00\x3f\x17\x00\x00\x3f\x17\x00\x00\x3f\x17\x00\x00\x07\x10\x01\x21\x00\x41\x00\x51\x00\x61\x00\x81"))
	f.Fuzz(whatIsPlannedMayBeSent)
}

// TestReminders_whatIsPlannedMayBeSent plays enough of them on every run.
func TestReminders_whatIsPlannedMayBeSent(t *testing.T) {
	r := rand.New(rand.NewPCG(2026, 11))
	for range 200 {
		input := make([]byte, 180)
		for i := range input {
			input[i] = byte(r.IntN(256))
		}
		whatIsPlannedMayBeSent(t, input)
	}
}

func whatIsPlannedMayBeSent(t *testing.T, input []byte) {
	b := &bytesOf{input}
	p := b.firm(t)
	concerns := []roster.PersonID{"", officer, director, staff}[b.below(4)]
	now := noon(start)
	change, err := p.Step(Complaint{}, complaint(concerning(concerns)), staff, now)
	if err != nil {
		return // whom it concerns is who files it
	}
	c := change.Complaint
	for range 40 {
		today := p.Calendar.Today(now)
		p.Roster.Presence.Day = today
		a, by := b.next(c, today)
		if b.below(10) == 9 { // the settings or the people change, and the register has every case looked at
			p = b.firm(t)
			p.Roster.Presence.Day = today
			a, by = Tick{}, roster.Clock
		}
		if change, err = p.Step(c, a, by, now); err == nil {
			c = change.Complaint
			mayBeSent(t, p, &change, now)
			adopted(t, p, &change, today)
		}
		plannedOnly(t, p, &c, today)
		if now = now.Add(time.Duration(b.below(60)) * time.Hour); c.NextAt.After(now) && b.below(2) == 0 {
			now = c.NextAt
		}
	}
}

// next is a tick two times in three, and else what an officer does.
func (b *bytesOf) next(c Complaint, today calendar.Date) (Action, roster.PersonID) {
	names := slices.Concat(Actions(), []ActionName{ActionSnooze, ActionErase, ActionEraseDecline})
	if at := b.below(3 * len(names)); at < len(names) {
		return examples(today)[names[at]], c.Owner
	}
	return Tick{}, roster.Clock
}

func mayBeSent(t *testing.T, p *Policy, change *Change, now time.Time) {
	t.Helper()
	for _, e := range change.Effects {
		due, ok := e.(ReminderDue)
		if !ok {
			continue
		}
		ok, later := p.MayRemindNow(&change.Complaint, due.Watch, due.To, now)
		if !ok && (change.Action == ActionTick || later.IsZero()) {
			t.Errorf("%s at %s: %s is to be reminded of %s, which may not be sent", change.Action, now, due.To, due.Watch)
		}
	}
}

// adopted: whoever has left handles a case only as long as nobody else can.
func adopted(t *testing.T, p *Policy, change *Change, today calendar.Date) {
	t.Helper()
	c := &change.Complaint
	if change.Action == ActionTick && p.orphaned(c, today) && p.Roster.Handler(c.Particulars.Concerns, today) != "" {
		t.Errorf("the case stays with %s, who has left", c.Owner)
	}
}

// plannedOnly: only who may see the case or sees to it is planned, and on no day of a snooze;
// whoever is asked for on the first day of the plan may be reminded on it.
func plannedOnly(t *testing.T, p *Policy, c *Complaint, today calendar.Date) {
	t.Helper()
	planner := p.planner(c)
	for _, w := range p.Watches(c, today) {
		var first calendar.Date
		for _, one := range planner.Plan(w.Watch, today) {
			day := calendar.Latest(one.Day, today)
			if one.To == w.Handler { // needs no right on the case
				continue
			}
			if c.Access(p.Roster, one.To) < AccessOverview || one.To == c.Particulars.Concerns || w.Snoozed.After(day) && !w.Overdue(day) {
				t.Errorf("%s is planned on %s for %s, who may not be reminded", w.Kind, day, one.To)
			}
			if first.IsZero() || day.Before(first) {
				first = day
			}
		}
		if first.IsZero() {
			continue
		}
		asked := w.Watch
		var to []roster.PersonID
		to, asked.History = planner.Due(w.Watch, first)
		for _, who := range to {
			if !planner.MayRemind(asked, who, first) {
				t.Errorf("%s is asked for on %s to %s, who may not be reminded", w.Kind, first, who)
			}
		}
	}
}

// TestReminder_onceADayWhoeverHandlesTheCase: the handler leaves in the afternoon, and who
// takes over is reminded; the deputy, who was in the morning, is not again that day.
func TestReminder_onceADayWhoeverHandlesTheCase(t *testing.T) {
	p := policy(t)
	p.Roster.Officers = []roster.PersonID{officer, alone, deputy}
	c := logged(t, p, func(*File) {}, noon(start))
	monday := start.AddDays(7) // overdue
	ill := p.With(roster.Presence{Away: map[roster.PersonID][]roster.Period{alone: away("2026-11-02", "2026-11-10")}})
	c = do(t, ill, c, Tick{}, roster.Clock, noon(monday)).Complaint
	left := p.With(roster.Presence{Gone: map[roster.PersonID]bool{officer: true}})
	c = do(t, left, c, Tick{}, roster.Clock, noon(monday).Add(time.Hour)).Complaint
	change := do(t, left, c, Tick{}, roster.Clock, noon(monday).Add(2*time.Hour))
	want := []Effect{ReminderDue{alone, WatchKind(PromiseAcknowledgement)}, CaseChanged{}}
	if c.Owner != alone || !cmp.Equal(want, change.Effects) {
		t.Errorf("handled by %s; asked for: %s", c.Owner, cmp.Diff(want, change.Effects))
	}
	if again := do(t, left, change.Complaint, Tick{}, roster.Clock, noon(monday).Add(3*time.Hour)); again.Journal {
		t.Error("asked for once more")
	}
}

// TestReminder_ofADayToCome: what a clock that stood ahead asked for does not leave after
// what was asked for today, but on a day when nothing later is on record: its own, or an
// earlier one on which it is asked for again.
func TestReminder_ofADayToCome(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	ack, monday := WatchKind(PromiseAcknowledgement), start.AddDays(7)
	c = do(t, p, c, Tick{}, roster.Clock, noon(monday)).Complaint
	today := c
	c = do(t, p, c, Tick{}, roster.Clock, noon(monday.AddDays(2))).Complaint // Wednesday, says the clock
	for _, test := range []struct {
		name  string
		c     Complaint
		on    int
		ok    bool
		later int
	}{
		{"today's", today, 0, true, 0},
		{"Wednesday's, on Monday", c, 0, false, 1},
		{"Wednesday's, on Tuesday", c, 1, false, 2},
		{"Wednesday's, on Wednesday", c, 2, true, 0},
		{"asked for again on Tuesday", do(t, p, c, Tick{}, roster.Clock, noon(monday.AddDays(1))).Complaint, 1, true, 0},
	} {
		ok, later := p.MayRemindNow(&test.c, ack, officer, noon(monday.AddDays(test.on)))
		if ok != test.ok || !ok && p.Calendar.Today(later) != monday.AddDays(test.later) {
			t.Errorf("%s: %v, later %v", test.name, ok, later)
		}
	}
}

// TestMissed_onlyWhatAnOutageHeldUp.
func TestMissed_onlyWhatAnOutageHeldUp(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	ack := WatchKind(PromiseAcknowledgement)
	wednesday := start.AddDays(2) // the first step
	morning, ten := p.Calendar.At(wednesday, 8*60), p.Calendar.At(wednesday, 10*60)
	for _, test := range []struct {
		name   string
		outage Outage
		now    time.Time
		want   bool
	}{
		{"over the opening of the window", Outage{morning, ten}, ten, true},
		{"before it", Outage{morning, morning.Add(time.Minute)}, ten, false},
		{"days", Outage{noon(start), ten}, ten, true},
		{"another day's", Outage{morning, ten}, ten.Add(48 * time.Hour), false},
	} {
		if got := p.Missed(&c, ack, officer, test.outage, test.now); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	if p.Missed(&c, ack, staff, Outage{morning, ten}, ten) {
		t.Error("somebody hears of it who is not reminded")
	}
}
