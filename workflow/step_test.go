package workflow

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestTheMainRoad(t *testing.T) {
	p, at := policy(t), noon(start)
	c := logged(t, p, func(*File) {}, at)
	if c.Owner != officer || c.Series != SeriesOrdinary || c.Year != 2026 || c.Version != 1 {
		t.Fatalf("logged: owner %s, series %s, year %d, version %d", c.Owner, c.Series, c.Year, c.Version)
	}
	for i, name := range []ActionName{ActionAcknowledge, ActionQuestion, ActionAnswer, ActionNote, ActionResolve, ActionConfirm} {
		change := do(t, p, c, acts(start)[name], officer, at)
		if len(change.Records) != 1 || change.Records[0].By != officer || !change.Journal {
			t.Errorf("%s: records %v, journal %v", name, len(change.Records), change.Journal)
		}
		if c = change.Complaint; c.Version != i+2 {
			t.Errorf("after %s: version %d, want %d", name, c.Version, i+2)
		}
	}
	for _, kind := range []PromiseKind{PromiseAcknowledgement, PromiseOutcome, PromiseConfirmation} {
		if kept, ok := c.Promise(kind); !ok || !kept.InTime() || kept.Kept.By != officer {
			t.Errorf("%s was not kept in time: %+v", kind, kept)
		}
	}
	if c.State != StateClosed || c.ClosedAt.IsZero() || p.Calendar.Today(c.NextAt).Before(start.AddMonths(22)) {
		t.Errorf("at the end: %s, closed %v, next %v", c.State, c.ClosedAt, c.NextAt)
	}
}

func TestEvidenceOfALetter(t *testing.T) {
	p := policy(t)
	later := noon(start.AddDays(5)) // Saturday
	for _, test := range []struct {
		name   string
		sent   Sent
		on     string
		later  bool
		inTime bool
	}{
		{"by e-mail, the same day", Sent{Date: start.AddDays(5), Way: WayEmail, Body: "x"}, "2026-11-07", false, true},
		{"by e-mail, recorded afterwards", Sent{Date: start, Way: WayEmail, Body: "x"}, "2026-11-02", true, true},
		{"by post it counts a working day later", Sent{Date: start.AddDays(4), Way: WayLetter, Body: "x"}, "2026-11-09", true, false},
	} {
		c := logged(t, p, func(*File) {}, noon(start))
		c = do(t, p, c, Acknowledge{test.sent}, officer, later).Complaint
		got, _ := c.Promise(PromiseAcknowledgement)
		if got.Kept.On.String() != test.on || got.Kept.Later != test.later || got.InTime() != test.inTime || got.Kept.Entered != test.sent.Date {
			t.Errorf("%s: %+v, in time %v", test.name, got.Kept, got.InTime())
		}
	}
}

func TestAnEarlyConfirmationKeepsTheAcknowledgementToo(t *testing.T) {
	p, at := policy(t), noon(start)
	c := in(t, p, StateDecided)
	c = do(t, p, c, Confirm{letter(start)}, officer, at).Complaint
	if ack, _ := c.Promise(PromiseAcknowledgement); ack.Open() {
		t.Error("the acknowledgement is still open after the case was closed")
	}
}

func TestWaitingDaysAreCounted(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c = do(t, p, c, Question{letter(start)}, officer, noon(start)).Complaint
	if due, _ := c.Promise(PromiseOutcome); due.Due != start.AddMonths(1) {
		t.Errorf("the clock stopped: outcome due %s", due.Due)
	}
	answered := start.AddDays(6)
	c = do(t, p, c, Answer{Date: answered, Way: WayPhone, Text: "Ja."}, officer, noon(answered)).Complaint
	if c.WaitedDays != 6 || !c.WaitingSince.IsZero() {
		t.Errorf("waited %d days, since %s", c.WaitedDays, c.WaitingSince)
	}
}

func TestLateIsFlaggedNeverBlocked(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(l *File) { l.Facts.Incident = start.AddDays(-15) }, noon(start.AddDays(6)))
	if !c.LateLogged || !c.OutOfTime {
		t.Errorf("late logged %v, out of time %v; want both", c.LateLogged, c.OutOfTime)
	}
	c = logged(t, p, func(l *File) { l.Facts.Incident = start.AddDays(-14) }, noon(start.AddDays(5)))
	if c.LateLogged || c.OutOfTime {
		t.Errorf("late logged %v, out of time %v; want neither", c.LateLogged, c.OutOfTime)
	}
}

func TestLogRefusesBadInputAtItsField(t *testing.T) {
	p := policy(t)
	long := Confidential(strings.Repeat("😀", 3001))
	for _, test := range []struct {
		name, field string
		code        Code
		edit        func(*File)
	}{
		{"no contact", "email", CodeNoContact, func(l *File) { l.Particulars.Email = "" }},
		{"blank contact", "email", CodeNoContact, func(l *File) { l.Particulars.Email, l.Particulars.Phone = " ", "\t" }},
		{"no address", "email", CodeNotEmail, func(l *File) { l.Particulars.Email = "noor.example.org" }},
		{"an address with a label", "email", CodeNotEmail, func(l *File) { l.Particulars.Email = "Noor <noor@example.org>" }},
		{"an address without a domain", "email", CodeNotEmail, func(l *File) { l.Particulars.Email = "noor@localhost" }},
		{"an address with a hyphen before its domain", "email", CodeNotEmail, func(l *File) { l.Particulars.Email = "noor@-bad.example" }},
		{"an address with an underscore in its domain", "email", CodeNotEmail, func(l *File) { l.Particulars.Email = "noor@my_host.example" }},
		{"a mailbox too long", "email", CodeNotEmail, func(l *File) {
			l.Particulars.Email = Confidential(strings.Repeat("n", 65) + "@example.org")
		}},
		{"an address that can't be seen", "email", CodeNoContact, func(l *File) { l.Particulars.Email = "\u200b\u00ad" }},
		{"a number that is none", "phone", CodeNotPhone, func(l *File) { l.Particulars.Phone = "bel maar" }},
		{"a plus inside a number", "phone", CodeNotPhone, func(l *File) { l.Particulars.Phone = "06+12345678" }},
		{"a number too short", "phone", CodeNotPhone, func(l *File) { l.Particulars.Phone = "0612" }},
		{"no name", "complainant_name", CodeRequired, func(l *File) { l.Particulars.Name = "" }},
		{"a blank name", "complainant_name", CodeRequired, func(l *File) { l.Particulars.Name = " \u200e\x00\n " }},
		{"a name of fillers", "complainant_name", CodeRequired, func(l *File) { l.Particulars.Name = "\u3164\u2800\u200d" }},
		{"a blank story", "description", CodeRequired, func(l *File) { l.Particulars.Story = "\n \t" }},
		{"a wish too long", "desired_outcome", CodeTooLong, func(l *File) { l.Particulars.Wish = long }},
		{"a story too long", "description_more", CodeTooLong, func(l *File) { l.Particulars.Story = long + long }},
		{"no offering", "offering_name", CodeRequired, func(l *File) { l.Facts.OfferingName = " " }},
		{"a future date", "received_date", CodeDateFuture, func(l *File) { l.Facts.Received = start.AddDays(1) }},
		{"no date", "received_date", CodeDateRequired, func(l *File) { l.Facts.Received = calendar.Date{} }},
		{"over 24 months back", "received_date", CodeReceivedOld, func(l *File) { l.Facts.Received = start.AddMonths(-24).AddDays(-1) }},
		{"incident after receipt", "incident_date", CodeIncidentLate, func(l *File) {
			l.Facts.Received, l.Facts.Incident = start.AddDays(-2), start.AddDays(-1)
		}},
		{"incident in the future", "incident_date", CodeDateFuture, func(l *File) { l.Facts.Incident = start.AddDays(1) }},
		{"a forged category", "category", CodeUnknownChoice, func(l *File) { l.Facts.Category = "x" }},
		{"a forged way", "received_via", CodeUnknownChoice, func(l *File) { l.Facts.ReceivedVia = WayNotPossible }},
	} {
		_, err := p.Step(Complaint{}, complaint(test.edit), staff, noon(start))
		if r := Refused(err); len(r) != 1 || r[0].Field != test.field || r[0].Code != test.code {
			t.Errorf("%s: %v, want %s:%s", test.name, err, test.field, test.code)
		}
	}
}

func TestLogAccepts(t *testing.T) {
	p := policy(t)
	for name, edit := range map[string]func(*File){
		"an anonymous caller": func(l *File) {
			l.Facts.Preferred, l.Particulars.Email, l.Particulars.Name = ContactNone, "", "anoniem"
		},
		"country code in brackets": func(l *File) { l.Particulars.Phone = "(+31) 26 333 75 72" },
		"only a telephone":         func(l *File) { l.Particulars.Email, l.Particulars.Phone = "", "+31 (0)26-333 75 72" },
		"only an address":          func(l *File) { l.Particulars.Email, l.Particulars.Address = "", "Dorpsstraat 1, Voorbeeldstad" },
		"24 months back":           func(l *File) { l.Facts.Received = start.AddMonths(-24) },
		"emoji":                    func(l *File) { l.Particulars.Story = Confidential(strings.Repeat("😀", 3000)) },
		"two full fields":          func(l *File) { l.Particulars.Story = Confidential(strings.Repeat("é", 6001)) },
	} {
		if _, err := p.Step(Complaint{}, complaint(edit), staff, noon(start)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestActionsRefuseBadInputAtItsField(t *testing.T) {
	p, now := policy(t), noon(start.AddDays(3))
	c := logged(t, p, func(*File) {}, noon(start))
	resolve := func(edit func(*Resolve)) Action { r := decision(start); edit(&r); return r }
	sent := func(edit func(*Sent)) Action { l := letter(start); edit(&l); return Acknowledge{l} }
	for _, test := range []struct {
		name, want string
		action     Action
	}{
		{"before receipt", "date:date_early", sent(func(l *Sent) { l.Date = start.AddDays(-1) })},
		{"tomorrow", "date:date_future", sent(func(l *Sent) { l.Date = start.AddDays(4) })},
		{"no date", "date:date_required", sent(func(l *Sent) { l.Date = calendar.Date{} })},
		{"no way", "way:unknown_choice", sent(func(l *Sent) { l.Way = "" })},
		{"not possible", "way:way_impossible", sent(func(l *Sent) { l.Way = WayNotPossible })},
		{"blank letter", "body:required", sent(func(l *Sent) { l.Body = " " })},
		{"long letter", "body:too_long", sent(func(l *Sent) { l.Body = Confidential(strings.Repeat("x", 3001)) })},
		{"no verdict", "verdict:unknown_choice", resolve(func(r *Resolve) { r.Verdict = "" })},
		{"withdrawn is not chosen", "verdict:unknown_choice", resolve(func(r *Resolve) { r.Verdict = VerdictWithdrawn })},
		{"no outcome", "outcome:required", resolve(func(r *Resolve) { r.Outcome = "" })},
		{"no cause", "cause:unknown_choice", resolve(func(r *Resolve) { r.Cause = "x" })},
		{"no reaction", "contact_reaction:required", resolve(func(r *Resolve) { r.Reaction = "" })},
		{"contact tomorrow", "contact_date:date_future", resolve(func(r *Resolve) { r.Contact = start.AddDays(9) })},
		{"blank note", "note:required", Note{Text: "\n"}},
	} {
		change, err := p.Step(c, test.action, officer, now)
		if err == nil || err.Error() != "refused: "+test.want {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
		if diff := cmp.Diff(Change{}, change); diff != "" {
			t.Errorf("%s: a refusal changed something:\n%s", test.name, diff)
		}
	}
}

func TestAnAnonymousComplainantNeedsNoLetter(t *testing.T) {
	p, at := policy(t), noon(start)
	c := logged(t, p, func(l *File) { l.Facts.Preferred, l.Particulars.Name = ContactNone, "anoniem" }, at)
	none := Sent{Date: start, Way: WayNotPossible, Body: "Niet bereikbaar."}
	c = do(t, p, c, Acknowledge{none}, officer, at).Complaint
	if _, err := p.Step(c, Question{none}, officer, at); !Refused(err).Has(CodeWayImpossible) {
		t.Errorf("a question that can't be asked: %v", err)
	}
	c = do(t, p, c, decision(start), officer, at).Complaint
	if c = do(t, p, c, Confirm{none}, officer, at).Complaint; c.State != StateClosed {
		t.Errorf("state %s", c.State)
	}
}

func TestALateButtonTellsWhoWasFirst(t *testing.T) {
	p, at := policy(t), noon(start)
	c := in(t, p, StateInProgress)
	_, err := p.Step(c, Acknowledge{letter(start)}, deputy, at)
	r := Refused(err)
	want := Performed{Action: ActionAcknowledge, By: officer, At: at.UTC()}
	if !r.Has(CodeNotNow) || r[0].Args.Performed != want {
		t.Errorf("%v, deed %+v, want %+v", err, r[0].Args.Performed, want)
	}
}

func TestLooksLeaveALineAndNothingElse(t *testing.T) {
	p, at := policy(t), noon(start)
	c := logged(t, p, func(*File) {}, at)
	for _, look := range []Action{LookIdentity{}, LookDossier{}} {
		change := do(t, p, c, look, deputy, at)
		if !change.Journal || change.Effects != nil || change.Records != nil {
			t.Errorf("%s: journal %v, effects %v", look.Name(), change.Journal, change.Effects)
		}
		if diff := cmp.Diff(c, change.Complaint, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); diff != "" {
			t.Errorf("%s changed the complaint:\n%s", look.Name(), diff)
		}
	}
}

func TestFourWeeksAfterOurWrittenAcknowledgement(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start)) // by phone
	if d, ok := p.FourWeeks(&c); ok {
		t.Errorf("before anything was written: %s", d)
	}
	on := start.AddDays(2)
	c = do(t, p, c, Acknowledge{letter(on)}, officer, noon(on)).Complaint
	if d, ok := p.FourWeeks(&c); !ok || d != on.AddDays(28) {
		t.Errorf("four weeks: %s, %v", d, ok)
	}
}

// TestFileNamesReadAsTheyAre: a mark that turns the direction of writing makes
// a program look like a picture.
func TestFileNamesReadAsTheyAre(t *testing.T) {
	typed := []Attachment{{File: "F1", Name: "rekening\u202egpj.exe"}}
	change := do(t, policy(t), Complaint{}, complaint(func(l *File) { l.Attachments = typed }), staff, noon(start))
	if got := change.Attachments[0].Name.Reveal(); got != "rekeninggpj.exe" {
		t.Errorf("%q", got)
	}
	if typed[0].Name.Reveal() == "rekeninggpj.exe" {
		t.Error("Step wrote into the action that it was given")
	}
}

func TestCleanRemovesWhatIsInvisible(t *testing.T) {
	if got := Clean(" a\x00b\u202ec\r\nd\te\u0007 "); got != "abc\nd\te" {
		t.Errorf("%q", got)
	}
}

// TestANoteClosesNoWay: who presses an outdated button reads who made it so,
// not who wrote a note since.
func TestANoteClosesNoWay(t *testing.T) {
	p, at := policy(t), noon(start)
	c := do(t, p, logged(t, p, func(*File) {}, at), acts(start)[ActionAcknowledge], officer, at).Complaint
	c = do(t, p, c, acts(start)[ActionNote], deputy, at).Complaint
	_, err := p.Step(c, acts(start)[ActionAcknowledge], officer, at)
	if r := Refused(err); len(r) != 1 || r[0].Args.Performed.Action != ActionAcknowledge || r[0].Args.Performed.By != officer {
		t.Errorf("refused with %+v", r)
	}
}

// TestFilesComeWithAForm: whoever sends in a form sends its files, ten at most.
func TestFilesComeWithAForm(t *testing.T) {
	p, files := policy(t), []Attachment{{File: "F1", Name: "a.pdf"}, {File: "F2", Name: "b.png"}}
	c := logged(t, p, func(*File) {}, noon(start))
	for name, a := range map[string]struct {
		action Action
		by     roster.PersonID
		on     Complaint
	}{
		"log":     {complaint(func(l *File) { l.Attachments = files }), staff, Complaint{}},
		"note":    {Note{Text: "Gebeld.", Attachments: files}, officer, c},
		"correct": {Correct{File: complaint(func(l *File) { l.Attachments = files }), Reason: "Vergeten."}, officer, c},
	} {
		got := do(t, p, a.on, a.action, a.by, noon(start)).Attachments
		if len(got) != 2 || got[1].File != "F2" || got[1].By != a.by || got[1].State != AttachmentWaiting || !got[1].At.Equal(noon(start)) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	_, err := p.Step(c, Note{Text: "Veel.", Attachments: make([]Attachment, MaxAttachments+1)}, officer, noon(start))
	if !Refused(err).Has(CodeTooMany) {
		t.Errorf("eleven files: %v", err)
	}
}
