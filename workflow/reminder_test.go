package workflow

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

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
		return acts(today)[names[at]], c.Owner
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

func plannedOnly(t *testing.T, p *Policy, c *Complaint, today calendar.Date) {
	t.Helper()
	for _, w := range p.Watches(c, today) {
		for _, one := range p.reminders(c, w, today) {
			day := calendar.Latest(one.day, today)
			if c.Access(p.Roster, one.to) < AccessOverview || one.to == c.Particulars.Concerns ||
				w.Snoozed.After(day) && !w.Overdue(day) || !p.mayBeReminded(c, w.with(one), one.to, day) {
				t.Errorf("%s is planned on %s for %s, who may not be reminded", w.Kind, day, one.to)
			}
		}
	}
}
