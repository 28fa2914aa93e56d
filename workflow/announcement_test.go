package workflow

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// firm plays a firm whose bot is at work on every day that it is told of, with a
// clock that may be anywhere.
type firm struct {
	t      *testing.T
	policy *Policy
	c      Complaint
	days   map[calendar.Date]bool
	agrees bool // with Slack's clock
	agreed int
	deaf   bool // nobody can be reached
	said   []string
}

// work has the bot work through a day as the sweep does, at midnight and in the
// window, and delivers what it asks for.
func (f *firm) work(today calendar.Date) {
	f.t.Helper()
	if !f.days[today] {
		f.days[today] = true
		if f.agrees {
			f.agreed++
		}
	}
	for _, minute := range []int{0, 9*60 + 1} {
		now := f.policy.Calendar.At(today, minute)
		if f.c.State == StateErased || f.c.NextAt.After(now) {
			continue
		}
		p := f.policy.Since(Uptime{Days: len(f.days), Agreed: f.agreed})
		change := do(f.t, p, f.c, Tick{}, roster.Clock, now)
		f.c = change.Complaint
		for _, e := range change.Effects {
			f.deliver(e, today)
		}
	}
}

func (f *firm) deliver(e Effect, today calendar.Date) {
	switch e := e.(type) {
	case ReminderDue:
		f.said = append(f.said, fmt.Sprint(today, " to ", e.To))
		if last, _ := f.policy.RetainUntil(&f.c); !f.deaf && !f.c.Announced(last, today) {
			f.c.Announcement = Announcement{On: today, Days: len(f.days), Until: last}
		}
	case Erased:
		f.said = append(f.said, fmt.Sprint(today, " unannounced to ", e.To))
	case Purged:
		f.said = append(f.said, fmt.Sprint(today, " erased"))
	}
}

// closedFirm is one whose case was closed on start, a Monday, so that its last day
// is Thursday 2 November 2028.
func closedFirm(t *testing.T) *firm {
	p := policy(t)
	return &firm{t: t, policy: p, c: closedOn(t, p, start), days: map[calendar.Date]bool{}, agrees: true}
}

func (f *firm) works(from string, days int) {
	for i := range days {
		f.work(day(from).AddDays(i))
	}
}

func (f *firm) check(want ...string) {
	f.t.Helper()
	if diff := cmp.Diff(want, f.said); diff != "" {
		f.t.Errorf("what happened (-want +got):\n%s", diff)
	}
}

// TestAnnouncement_comesFirst (R10): whatever clock and bot did, a case is erased
// after its announcement and seven days of work, and not before.
func TestAnnouncement_comesFirst(t *testing.T) {
	for name, test := range map[string]struct {
		play func(*firm)
		want []string
	}{
		"at work all the while": {
			func(f *firm) { f.works("2028-10-01", 60) },
			[]string{"2028-10-03 to UOFFICER", "2028-10-26 to UOFFICER", "2028-11-03 erased"},
		},
		"stood still over the announcements": {
			func(f *firm) { f.works("2028-11-07", 30) },
			[]string{"2028-11-07 to UOFFICER", "2028-11-14 erased"},
		},
		"back in the weekend": {
			func(f *firm) { f.works("2028-11-11", 30) },
			[]string{"2028-11-13 to UOFFICER", "2028-11-20 erased"},
		},
		"stood still after the announcement": {
			func(f *firm) { f.works("2028-10-25", 2); f.works("2028-12-01", 30) },
			[]string{"2028-10-25 to UOFFICER", "2028-10-26 to UOFFICER", "2028-12-06 erased"},
		},
		"800 days ahead for one start": {
			func(f *firm) {
				f.work(start.AddDays(800))
				f.c.NextAt = noon(start) // what is due is computed anew when the clock is back
				f.works("2028-10-01", 60)
			},
			[]string{"2029-01-10 to UOFFICER", "2028-10-03 to UOFFICER", "2028-10-26 to UOFFICER", "2028-11-03 erased"},
		},
		"ahead again and again": {
			func(f *firm) {
				for range 50 {
					f.work(start.AddDays(800))
					f.c.NextAt = noon(start)
				}
			},
			slices.Repeat([]string{"2029-01-10 to UOFFICER"}, 1),
		},
		"3,000 days behind for one start": {
			func(f *firm) {
				f.works("2028-10-01", 10)
				f.work(start.AddDays(-3000))
				f.works("2028-10-11", 40)
			},
			[]string{"2028-10-03 to UOFFICER", "2028-10-26 to UOFFICER", "2028-11-03 erased"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := closedFirm(t)
			f.t = t
			test.play(f)
			f.check(test.want...)
		})
	}
}

// TestAnnouncement_ofAnotherTerm: one about a day that is not the last any more
// counts for nothing, nor does what was sent about it.
func TestAnnouncement_ofAnotherTerm(t *testing.T) {
	f := closedFirm(t)
	f.works("2028-10-01", 20)
	f.policy.Terms.RetentionMonths = 36
	f.c.NextAt = noon(day("2028-10-21"))
	f.works("2028-10-21", 400)
	f.check("2028-10-03 to UOFFICER", "2029-10-03 to UOFFICER", "2029-10-26 to UOFFICER", "2029-11-03 erased")
}

// TestAnnouncement_nobodyCanBeReached: it is asked for on every working day, and
// after thirty days on which Slack's clock agreed the case goes all the same,
// which the directors read.
func TestAnnouncement_nobodyCanBeReached(t *testing.T) {
	f := closedFirm(t)
	f.deaf, f.agrees = true, false
	f.works("2028-11-03", 60)
	if f.c.State != StateClosed || len(f.said) < 35 {
		t.Fatalf("%s without a clock to compare with, after %d reminders", f.c.State, len(f.said))
	}
	f.agrees, f.said = true, nil
	f.works("2029-01-02", 29)
	if f.c.State != StateClosed {
		t.Fatalf("%s before the thirtieth day", f.c.State)
	}
	f.said = nil
	f.works("2029-01-31", 1)
	f.check("2029-01-31 unannounced to UDIRECTOR", "2029-01-31 unannounced to UDIRECTOR2", "2029-01-31 erased")
}

// TestAnnouncement_whoIsReachedWaitsTheirTurn: as long as the person is told of
// other cases, this one waits to be told of too.
func TestAnnouncement_whoIsReachedWaitsTheirTurn(t *testing.T) {
	p := policy(t)
	c := closedOn(t, p, start)
	c.Announcement.Sought = 1
	now := noon(start.AddMonths(25))
	for reached, want := range map[int]State{0: StateErased, 10: StateErased, 11: StateErased, 12: StateClosed} {
		p := p.Since(Uptime{Days: 99, Agreed: 40, Reached: reached})
		if got := do(t, p, c, Tick{}, roster.Clock, now).Complaint.State; got != want {
			t.Errorf("reached on agreed day %d: %s, want %s", reached, got, want)
		}
	}
}

// TestAnnouncement_isVoidOnceSomethingChanged: another handler, a hold or another
// closing has it announced anew.
func TestAnnouncement_isVoidOnceSomethingChanged(t *testing.T) {
	p := policy(t)
	_, c := told(p, closedOn(t, p, start))
	on := c.Announcement.On
	for name, after := range map[string]Complaint{
		"handed on": play(t, p, c, played{on, Assign{Owner: deputy}}),
		"held":      play(t, p, c, played{on, Hold{Reason: "Rechtszaak.", Review: on.AddMonths(1)}}, played{on, Hold{Reason: "Klaar."}}),
		"reopened":  play(t, p, c, played{on, Reopen{Reason: "Nieuw."}}, played{on, decision(on)}, played{on, Confirm{letter(on)}}),
	} {
		if after.Announcement != (Announcement{}) {
			t.Errorf("%s: still announced: %+v", name, after.Announcement)
		}
	}
	if c = play(t, p, c, played{on, Note{Text: "Gebeld."}}); c.Announcement.On != on {
		t.Error("a note made it void")
	}
}

// TestRetention_contentsAreClosedFromTheTerm (R10): to everybody but the officer who
// was told that the case is going to be erased, as long as that stands; nothing is
// handed out or corrected, and what keeps the case opens it.
func TestRetention_contentsAreClosedFromTheTerm(t *testing.T) {
	f := closedFirm(t)
	f.works("2028-10-01", 33) // up to the last day, with both announcements
	p, c := f.policy, f.c
	last, _ := p.RetainUntil(&c)
	late := last.AddDays(1)
	refused := func(c Complaint, a Action, by roster.PersonID, on calendar.Date) string {
		_, err := p.Step(c, a, by, noon(on))
		return errText(err)
	}
	for _, look := range []Action{LookIdentity{}, LookDossier{}} {
		unannounced, elsewhere := c, c
		unannounced.Announcement = Announcement{}
		elsewhere.Announcement.Until = last.AddDays(-1)
		for name, test := range map[string]struct {
			c    Complaint
			by   roster.PersonID
			on   calendar.Date
			want string
		}{
			"the deputy on the last day":      {c, deputy, last, ""},
			"who was told":                    {c, officer, late, ""},
			"the deputy":                      {c, deputy, late, ":term_read"},
			"a director":                      {c, director, late, ":forbidden"},
			"nobody was told yet":             {unannounced, officer, late, ":term_read"},
			"told of another term":            {elsewhere, officer, late, ":term_read"},
			"told before the clock went back": {c, officer, last.AddDays(-60), ""},
		} {
			if got := refused(test.c, look, test.by, test.on); got != test.want {
				t.Errorf("%s by %s: %q, want %q", look.Name(), name, got, test.want)
			}
		}
	}
	for _, a := range []Action{Export{}, Disclose{}, Link{Other: "C2"}, Correct{File: complaint(), Reason: "Typefout."}} {
		if got := refused(c, a, officer, late); got != ":term_over" {
			t.Errorf("%s after the term: %q", a.Name(), got)
		}
	}
	handed := do(t, p, c, Assign{Owner: deputy}, officer, noon(late)).Complaint
	for _, who := range []roster.PersonID{officer, deputy} {
		if p.MayRead(&handed, who, late) {
			t.Errorf("%s reads what was handed on and not announced since", who)
		}
	}
	held := do(t, p, c, Hold{Reason: "Rechtszaak.", Review: late.AddMonths(1)}, deputy, noon(late)).Complaint
	for _, a := range []Action{LookDossier{}, Export{}} {
		if got := refused(held, a, deputy, late); got != "" {
			t.Errorf("%s of what is held: %s", a.Name(), got)
		}
	}
}

// TestRetention_shutLeavesNoContents: who complained, about what and which training;
// whom it concerns stays, so that this person goes on not seeing it.
func TestRetention_shutLeavesNoContents(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(f *File) { f.Particulars.Concerns = deputy }, noon(start))
	s := c.Shut()
	if s.Particulars != (Particulars{Concerns: deputy}) || s.Facts.OfferingName != "" || c.Facts.OfferingName == "" {
		t.Errorf("%+v", s.Facts)
	}
	if s.Access(p.Roster, deputy) != AccessNone || s.Number != c.Number || len(s.Promises) != len(c.Promises) {
		t.Error("more than the contents is gone")
	}
}
