package workflow

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// night is a Saturday night: nobody is reminded for more than a day.
var night = start.AddDays(5).Midnight().Add(22 * time.Hour)

func urgent(kinds ...string) func(*File) {
	return func(l *File) { l.Facts.Urgent = urgency.NewSet(kinds...) }
}

// called are whom a change tells, each with the number of the call.
func called(change Change) (all []string) {
	for _, e := range change.Effects {
		if call, ok := e.(UrgentCalled); ok {
			all = append(all, fmt.Sprint(call.To, " ", call.Call))
		}
	}
	return all
}

func wantCalled(t *testing.T, what string, change Change, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, called(change)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// TestUrgent_safetyWhateverTheHour: owner and deputy at once, and after an hour in
// which nobody saw it the deputy and the directors, once.
func TestUrgent_safetyWhateverTheHour(t *testing.T) {
	p := policy(t)
	filed := do(t, p, Complaint{}, complaint(urgent("safety", "conduct")), staff, night)
	wantCalled(t, "filed at night", filed, "UOFFICER 1", "UDEPUTY 1")
	c := filed.Complaint
	if !c.NextAt.Equal(night.Add(time.Hour)) {
		t.Fatalf("looked at again at %s", c.NextAt)
	}
	early := do(t, p, c, Tick{}, roster.Clock, night.Add(59*time.Minute))
	wantCalled(t, "before the hour is over", early)
	later := do(t, p, c, Tick{}, roster.Clock, night.Add(time.Hour))
	wantCalled(t, "after an hour", later, "UDEPUTY 2", "UDIRECTOR 2", "UDIRECTOR2 2")
	if !later.Journal || later.Complaint.Version != c.Version+1 {
		t.Error("whom the clock told is in no journal")
	}
	c = later.Complaint
	for range 5 {
		change := do(t, p, c, Tick{}, roster.Clock, c.NextAt)
		wantCalled(t, "and never again", change)
		c = change.Complaint
	}
	seen := do(t, p, later.Complaint, SeeUrgent{}, director, night.Add(2*time.Hour))
	wantCalled(t, "the messages change", seen, "UOFFICER 1", "UDEPUTY 1", "UDEPUTY 2", "UDIRECTOR 2", "UDIRECTOR2 2")
	if !slices.Contains(seen.Effects, Effect(ActionTaken{ActionUrgentSeen})) {
		t.Error("the thread does not say so")
	}
}

func TestUrgent_whatWasSeenGoesNoFurther(t *testing.T) {
	p := policy(t)
	c := do(t, p, Complaint{}, complaint(urgent("safety")), staff, night).Complaint
	if _, err := p.Step(c, SeeUrgent{}, director, night.Add(time.Minute)); errText(err) != ":forbidden" {
		t.Errorf("a director who was not told: %v", err)
	}
	c = do(t, p, c, SeeUrgent{}, deputy, night.Add(10*time.Minute)).Complaint
	if c.NextAt.Before(night.Add(24 * time.Hour)) {
		t.Errorf("looked at again at %s, though somebody saw it", c.NextAt)
	}
	wantCalled(t, "after an hour", do(t, p, c, Tick{}, roster.Clock, night.Add(time.Hour)))
	_, err := p.Step(c, SeeUrgent{}, officer, night.Add(time.Hour))
	want := Performed{Action: ActionUrgentSeen, By: deputy, At: night.Add(10 * time.Minute).UTC()}
	if r := Refused(err); len(r) != 1 || r[0].Code != CodeNotNow || r[0].Args.Performed != want {
		t.Errorf("pressed a second time: %+v", r)
	}
}

// TestUrgent_theOthersInTheNextWindow, and nobody else after it.
func TestUrgent_theOthersInTheNextWindow(t *testing.T) {
	p := policy(t)
	wantCalled(t, "within the window", do(t, p, Complaint{}, complaint(urgent("conduct")), staff, noon(start)), "UOFFICER 1", "UDEPUTY 1")
	filed := do(t, p, Complaint{}, complaint(urgent("running_course")), staff, night)
	wantCalled(t, "at night", filed)
	monday := p.Calendar.At(start.AddDays(7), p.Calendar.Opens)
	c := filed.Complaint
	if !c.NextAt.Equal(monday) {
		t.Fatalf("looked at again at %s, want %s", c.NextAt, monday)
	}
	change := do(t, p, c, Tick{}, roster.Clock, monday)
	wantCalled(t, "on Monday", change, "UOFFICER 1", "UDEPUTY 1")
	wantCalled(t, "an hour later", do(t, p, change.Complaint, Tick{}, roster.Clock, monday.Add(time.Hour)))
	wantCalled(t, "nothing urgent", do(t, p, Complaint{}, complaint(), staff, night))
}

// TestUrgent_whoIsThere: whoever is away is not the owner, and the next who is there
// is the deputy; without one a director is; alone somebody hears it twice.
func TestUrgent_whoIsThere(t *testing.T) {
	today := start.AddDays(5)
	for _, test := range []struct {
		name          string
		edit          func(*roster.Roster)
		first, second []string
	}{
		{"the officer is away", func(r *roster.Roster) {
			r.Presence = roster.Presence{Day: today, Away: map[roster.PersonID][]roster.Period{officer: {{From: today, Until: today.AddDays(9)}}}}
		}, []string{"UDEPUTY 1", "UDIRECTOR 1"}, []string{"UDIRECTOR 2", "UDIRECTOR2 2"}},
		{"the deputy is away", func(r *roster.Roster) {
			r.Presence = roster.Presence{Day: today, Away: map[roster.PersonID][]roster.Period{deputy: {{From: today, Until: today.AddDays(9)}}}}
		}, []string{"UOFFICER 1", "UDIRECTOR 1"}, []string{"UDIRECTOR 2", "UDIRECTOR2 2"}},
		{"a director has left", func(r *roster.Roster) {
			r.Presence = roster.Presence{Day: today, Gone: map[roster.PersonID]bool{director: true}}
		}, []string{"UOFFICER 1", "UDEPUTY 1"}, []string{"UDEPUTY 2", "UDIRECTOR2 2"}},
		{"one officer", func(r *roster.Roster) { r.Officers = r.Officers[:1] }, []string{"UOFFICER 1", "UDIRECTOR 1"}, []string{"UDIRECTOR 2", "UDIRECTOR2 2"}},
		{"one person", func(r *roster.Roster) {
			*r = roster.Roster{Officers: []roster.PersonID{alone}, Directors: []roster.PersonID{alone}}
		}, []string{"UALONE 1"}, []string{"UALONE 2"}},
	} {
		p := policy(t)
		test.edit(&p.Roster)
		filed := do(t, p, Complaint{}, complaint(urgent("safety")), staff, night)
		wantCalled(t, test.name, filed, test.first...)
		wantCalled(t, test.name+", an hour later", do(t, p, filed.Complaint, Tick{}, roster.Clock, night.Add(time.Hour)), test.second...)
	}
}

// TestUrgent_neverWhomItConcerns: of a guarded case its handler alone is told, and
// then who may know of it; when nobody is left, nobody.
func TestUrgent_neverWhomItConcerns(t *testing.T) {
	p := policy(t)
	for _, whom := range []roster.PersonID{officer, deputy, director} {
		filed := do(t, p, Complaint{}, complaint(urgent("safety"), concerning(whom)), staff, night)
		c := filed.Complaint
		wantCalled(t, "about "+string(whom), filed, string(c.Owner)+" 1")
		later := do(t, p, c, Tick{}, roster.Clock, night.Add(time.Hour))
		if all := called(later); len(all) == 0 || slices.Contains(all, string(whom)+" 2") {
			t.Errorf("about %s: an hour later %v", whom, all)
		}
		if _, err := p.Step(later.Complaint, SeeUrgent{}, whom, night.Add(2*time.Hour)); errText(err) != ":forbidden" {
			t.Errorf("%s may say that they saw it: %v", whom, err)
		}
	}
	p.Roster = roster.Roster{Officers: []roster.PersonID{alone}, Directors: []roster.PersonID{alone}}
	nobody := do(t, p, Complaint{}, complaint(urgent("safety"), concerning(alone)), staff, night)
	wantCalled(t, "nobody is left", nobody)
	if !nobody.Complaint.NextAt.IsZero() {
		t.Errorf("looked at again at %s", nobody.Complaint.NextAt)
	}
}

// TestUrgent_corrected: what comes in addition is told anew, what is taken away is
// told no further, and a conflict moves it to who handles the case then.
func TestUrgent_corrected(t *testing.T) {
	p := policy(t)
	correct := func(c Complaint, edits ...func(*File)) Change {
		return do(t, p, c, correction(edits...), officer, night.Add(30*time.Minute))
	}
	plain := do(t, p, Complaint{}, complaint(), staff, night).Complaint
	wantCalled(t, "it turns out to be urgent", correct(plain, urgent("safety")), "UOFFICER 1", "UDEPUTY 1")
	c := do(t, p, Complaint{}, complaint(urgent("safety")), staff, night).Complaint
	wantCalled(t, "nothing of it changes", correct(c, urgent("safety")))
	over := correct(c)
	wantCalled(t, "not urgent after all", over, "UOFFICER 1", "UDEPUTY 1")
	wantCalled(t, "and never again", do(t, p, over.Complaint, Tick{}, roster.Clock, night.Add(time.Hour)))
	if _, err := p.Step(over.Complaint, SeeUrgent{}, officer, night.Add(time.Hour)); errText(err) != ":urgent_over" {
		t.Errorf("an old button: %v", err)
	}
	if old := over.Records[0].Texts["old.urgent"]; old != "safety" {
		t.Errorf("the dossier keeps %q", old.Reveal())
	}
	seen := do(t, p, c, SeeUrgent{}, officer, night.Add(time.Minute)).Complaint
	wantCalled(t, "more of it, though seen", correct(seen, urgent("safety", "running_course")),
		"UOFFICER 1", "UDEPUTY 1", "UOFFICER 2", "UDEPUTY 2")
	wantCalled(t, "less of it", correct(seen, urgent()), "UOFFICER 1", "UDEPUTY 1")
	moved := correct(seen, urgent("safety"), concerning(officer))
	wantCalled(t, "it concerns who saw it", moved, "UDEPUTY 2")
	if moved.Complaint.Owner != deputy || !moved.Complaint.Guarded() {
		t.Errorf("handled by %s", moved.Complaint.Owner)
	}
}

// TestUrgent_decided: nobody is told any more, the messages say who saw it, and a case
// that is reopened months later wakes nobody.
func TestUrgent_decided(t *testing.T) {
	p := policy(t)
	for _, at := range []time.Time{noon(start), night} {
		for _, kind := range []string{"safety", "conduct"} {
			on := p.Calendar.Today(at)
			c := do(t, p, Complaint{}, complaint(urgent(kind)), staff, at).Complaint
			var told []string
			for _, call := range c.Calls.Round() {
				for _, who := range call.To {
					told = append(told, fmt.Sprint(who, " ", call.Number))
				}
			}
			decided := do(t, p, c, decision(on), officer, at.Add(time.Minute))
			wantCalled(t, "decided", decided, told...)
			c = decided.Complaint
			wantCalled(t, "an hour later", do(t, p, c, Tick{}, roster.Clock, at.Add(time.Hour)))
			c = do(t, p, c, Confirm{letter(on)}, officer, at.Add(2*time.Hour)).Complaint
			later := on.AddDays(60)
			c = do(t, p, c, Reopen{Reason: "Nieuw bewijs."}, officer, noon(later)).Complaint
			for range 3 {
				change := do(t, p, c, Tick{}, roster.Clock, c.NextAt)
				wantCalled(t, "reopened", change)
				c = change.Complaint
			}
		}
	}
}

// TestUrgent_theClockStoodAhead: an hour that only a wrong clock saw begin keeps
// nobody waiting.
func TestUrgent_theClockStoodAhead(t *testing.T) {
	p := policy(t)
	c := do(t, p, Complaint{}, complaint(urgent("safety")), staff, night.AddDate(0, 0, 30)).Complaint
	if at := (alarm{p, &c, night}).at(); !at.Equal(night) {
		t.Errorf("looked at again at %s", at)
	}
	wantCalled(t, "by the right clock", do(t, p, c, Tick{}, roster.Clock, night), "UDEPUTY 2", "UDIRECTOR 2", "UDIRECTOR2 2")
}

// TestUrgent_goesWithTheCase: figures may count it after the purge, and nobody is
// named by it then.
func TestUrgent_goesWithTheCase(t *testing.T) {
	p := policy(t)
	c := do(t, p, Complaint{}, complaint(urgent("conduct")), staff, noon(start)).Complaint
	c = play(t, p, c, played{start, decision(start)}, played{start, Confirm{letter(start)}})
	late, c := told(p, c)
	c = do(t, late, c, Purge{}, roster.Clock, noon(start.AddMonths(25))).Complaint
	if c.Calls != "" || c.Facts.Urgent != "conduct" {
		t.Errorf("%q, %q", c.Calls, c.Facts.Urgent)
	}
}
