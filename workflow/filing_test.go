package workflow

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

func TestCheckAbsence_refusesImpossiblePeriods(t *testing.T) {
	for _, test := range []struct {
		from, until string
		want        Refusals
	}{
		{"2026-11-02", "2026-11-02", nil},
		{"2026-10-26", "2026-11-02", nil}, // ill since last week
		{"2026-11-02", "2027-11-02", nil},
		{"2027-11-02", "2027-11-12", nil},
		{"", "", Refusals{{Field: "from", Code: CodeDateRequired}, {Field: "until", Code: CodeDateRequired}}},
		{"2026-11-05", "2026-11-04", Refusals{{Field: "until", Code: CodeDateEarly, Args: Args{Date: day("2026-11-05")}}}},
		{"2026-10-05", "2026-11-01", Refusals{{Field: "until", Code: CodeDateEarly, Args: Args{Date: start}}}},
		{"2026-11-02", "2027-11-03", Refusals{{Field: "until", Code: CodeDateLate, Args: Args{Date: day("2027-11-02")}}}},
		{"2027-11-03", "2027-11-12", Refusals{{Field: "from", Code: CodeDateLate, Args: Args{Date: day("2027-11-02")}}}},
	} {
		var p roster.Period
		if test.from != "" {
			p = roster.Period{From: day(test.from), Until: day(test.until)}
		}
		if got := Refused(CheckAbsence(p, start)); !cmp.Equal(test.want, got) {
			t.Errorf("%s to %s: %s", test.from, test.until, cmp.Diff(test.want, got))
		}
	}
}

func correction(edits ...func(*File)) Correct {
	return Correct{File: complaint(edits...), Reason: "Verkeerd verstaan."}
}

// TestCorrect_receiptMovesThePromises (R1).
func TestCorrect_receiptMovesThePromises(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c, _ = run(t, p, c, start.AddDays(3)) // reminded once
	earlier := start.AddDays(-3)
	change := do(t, p, c, correction(func(l *File) { l.Facts.Received = earlier }), officer, noon(start.AddDays(3)))
	c = change.Complaint
	if c.Promises[0].Due != earlier.AddDays(5) || c.Promises[1].Due != earlier.AddMonths(1) || c.Promises[0].Reminders != "" || c.LateLogged {
		t.Errorf("due %s and %s, reminders %q, late %v", c.Promises[0].Due, c.Promises[1].Due, c.Promises[0].Reminders, c.LateLogged)
	}
	want := map[string]string{"reason": "Verkeerd verstaan.", "old.received_date": start.String()}
	got := map[string]string{}
	for name, text := range change.Records[0].Texts {
		got[name] = text.Reveal()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was kept (-want +got):\n%s", diff)
	}
}

func TestCorrect_keepsWhatWasDone(t *testing.T) {
	p := policy(t)
	c := play(t, p, logged(t, p, func(*File) {}, noon(start)), played{start.AddDays(5), Acknowledge{letter(start.AddDays(5))}})
	on := start.AddDays(6)
	c = do(t, p, c, correction(func(l *File) { l.Facts.Received = start.AddDays(-1) }), officer, noon(on)).Complaint
	if ack, _ := c.Promise(PromiseAcknowledgement); ack.Open() || ack.InTime() {
		t.Errorf("kept on the sixth day: open %v, in time %v", ack.Open(), ack.InTime())
	}
	_, err := p.Step(c, correction(func(l *File) { l.Facts.Received = on }), officer, noon(on))
	if got := errText(err); got != "received_date:received_late" {
		t.Errorf("received after it was acknowledged: %q", got)
	}
}

func TestCorrect_isCheckedLikeAFiling(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	for want, a := range map[string]Correct{
		"reason:required":           {File: complaint()},
		"email:not_email":           correction(func(l *File) { l.Particulars.Email = "noor" }),
		"received_date:date_future": correction(func(l *File) { l.Facts.Received = start.AddDays(1) }),
		"category:unknown_choice":   correction(func(l *File) { l.Facts.Category = "x" }),
		"description:required":      correction(func(l *File) { l.Particulars.Story = "" }),
		"incident_date:date_future": correction(func(l *File) { l.Facts.Incident = start.AddDays(1) }),
		"complainant_name:required": correction(func(l *File) { l.Particulars.Name = " " }),
	} {
		if _, err := p.Step(c, a, officer, noon(start)); errText(err) != want {
			t.Errorf("%q, want %q", errText(err), want)
		}
	}
}

// TestCorrect_conflictMovesTheCase (design section 4, conflict guard).
func TestCorrect_conflictMovesTheCase(t *testing.T) {
	p := policy(t)
	plain := logged(t, p, func(*File) {}, noon(start))
	guarded := logged(t, p, concerning(director), noon(start))
	about := logged(t, p, concerning(deputy), noon(start))
	for _, test := range []struct {
		name     string
		c        Complaint
		concerns roster.PersonID
		series   Series
		owner    roster.PersonID
		shown    []string
	}{
		{"the owner", plain, officer, SeriesGuarded, deputy, []string{"clear", "case", "story"}},
		{"the deputy", plain, deputy, SeriesGuarded, officer, []string{"clear", "case", "story"}},
		{"a director", plain, director, SeriesGuarded, officer, []string{"clear", "case", "story"}},
		{"somebody without a role", plain, staff, SeriesOrdinary, officer, []string{"case", "line"}},
		{"another one after all", guarded, officer, SeriesGuarded, deputy, []string{"clear", "case", "story"}},
		{"another one, with the handler who has it", about, director, SeriesGuarded, officer, []string{"clear", "case", "line"}},
		{"the same person", guarded, director, SeriesGuarded, officer, []string{"case", "line"}},
		{"nobody after all", guarded, "", SeriesGuarded, officer, []string{"case", "line"}},
	} {
		change := do(t, p, test.c, correction(concerning(test.concerns)), officer, noon(start))
		c := change.Complaint
		var shown []string
		for _, e := range change.Effects {
			shown = append(shown, shownBy(e).kind)
		}
		if c.Series != test.series || c.Owner != test.owner || !slices.Equal(shown, test.shown) {
			t.Errorf("%s: %s, owner %s, shown %q", test.name, c.Series, c.Owner, shown)
		}
	}
}

func TestFile_lateIsFlaggedNeverBlocked(t *testing.T) {
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

func TestFile_refusesBadInputAtItsField(t *testing.T) {
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
		{"an address that turns around", "email", CodeMisleading, func(l *File) { l.Particulars.Email = "noor@example.\u202egro" }},
		{"an address over two lines", "email", CodeMisleading, func(l *File) { l.Particulars.Email = "noor\n@example.org" }},
		{"a number that turns around", "phone", CodeMisleading, func(l *File) { l.Particulars.Phone = "\u202e06 12345678" }},
		{"a number with a bell", "phone", CodeMisleading, func(l *File) { l.Particulars.Phone = "06\a12345678" }},
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
		{"a name too long", "on_behalf_of", CodeTooLong, func(l *File) { l.Particulars.OnBehalfOf = long }},
		{"a letter without an address", "preferred_contact", CodeContactEmpty, func(l *File) { l.Facts.Preferred = ContactLetter }},
		{"a call without a number", "preferred_contact", CodeContactEmpty, func(l *File) { l.Facts.Preferred, l.Particulars.Phone = ContactPhone, " " }},
		{"two ways, and none preferred", "preferred_contact", CodeContactChoose, func(l *File) { l.Facts.Preferred, l.Particulars.Phone = "", "026 333 75 72" }},
		{"no way at all", "email", CodeNoContact, func(l *File) { l.Facts.Preferred, l.Particulars.Email = "", "" }},
		{"a forged contact", "preferred_contact", CodeUnknownChoice, func(l *File) { l.Facts.Preferred = "fax" }},
		{"a forged urgency", "urgent", CodeUnknownChoice, func(l *File) { l.Facts.Urgent = urgency.NewSet("safety", "x") }},
		{"a forged category", "category", CodeUnknownChoice, func(l *File) { l.Facts.Category = "x" }},
		{"a forged way", "received_via", CodeUnknownChoice, func(l *File) { l.Facts.ReceivedVia = WayNotPossible }},
	} {
		_, err := p.Step(Complaint{}, complaint(test.edit), staff, noon(start))
		if r := Refused(err); len(r) != 1 || r[0].Field != test.field || r[0].Code != test.code {
			t.Errorf("%s: %v, want %s:%s", test.name, err, test.field, test.code)
		}
	}
}

func TestFile_accepts(t *testing.T) {
	p := policy(t)
	for name, edit := range map[string]func(*File){
		"an anonymous caller": func(l *File) {
			l.Facts.Preferred, l.Particulars.Email, l.Particulars.Name = ContactNone, "", "anoniem"
		},
		"country code in brackets": func(l *File) { l.Particulars.Phone = "(+31) 26 333 75 72" },
		"only a telephone": func(l *File) {
			l.Facts.Preferred, l.Particulars.Email, l.Particulars.Phone = ContactPhone, "", "+31 (0)26-333 75 72"
		},
		"only an address": func(l *File) {
			l.Facts.Preferred, l.Particulars.Email, l.Particulars.Address = ContactLetter, "", "Dorpsstraat 1, Voorbeeldstad"
		},
		"24 months back":  func(l *File) { l.Facts.Received = start.AddMonths(-24) },
		"emoji":           func(l *File) { l.Particulars.Story = Confidential(strings.Repeat("😀", 3000)) },
		"two full fields": func(l *File) { l.Particulars.Story = Confidential(strings.Repeat("é", 6001)) },
	} {
		if _, err := p.Step(Complaint{}, complaint(edit), staff, noon(start)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFile_theOnlyContactCounts where none was chosen.
func TestFile_theOnlyContactCounts(t *testing.T) {
	for want, p := range map[Contact]Particulars{
		ContactEmail: {Email: "noor@example.org"}, ContactPhone: {Phone: "026 333 75 72"}, ContactLetter: {Address: "Dorpsstraat 1"},
	} {
		c := logged(t, policy(t), func(l *File) {
			p.Name, p.Story = l.Particulars.Name, l.Particulars.Story
			l.Particulars, l.Facts.Preferred = p, ""
		}, noon(start))
		if c.Facts.Preferred != want {
			t.Errorf("%q counts, want %q", c.Facts.Preferred, want)
		}
	}
}

// TestCorrect_leavesAnOldContact: a case of before, which prefers what nobody filled
// in, can be corrected all the same; what empties the preferred contact can't.
func TestCorrect_leavesAnOldContact(t *testing.T) {
	p := policy(t)
	old := logged(t, p, func(*File) {}, noon(start))
	old.Facts.Preferred = ContactLetter
	letter := func(l *File) { l.Facts.Preferred, l.Facts.Category = ContactLetter, "invoice" }
	c := do(t, p, old, correction(letter), officer, noon(start)).Complaint
	if c.Facts.Category != "invoice" || c.Facts.Preferred != ContactLetter {
		t.Errorf("%+v", c.Facts)
	}
	whole := logged(t, p, func(l *File) { l.Facts.Preferred, l.Particulars.Address = ContactLetter, "Dorpsstraat 1" }, noon(start))
	if _, err := p.Step(whole, correction(letter), officer, noon(start)); errText(err) != "preferred_contact:contact_empty" {
		t.Errorf("the address was emptied: %v", err)
	}
}

// TestResolve_asksWhatIntakeLeftOpen, at its field, and then it is known.
func TestResolve_asksWhatIntakeLeftOpen(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(l *File) { l.Facts.OfferingKind, l.Facts.Category, l.Facts.ComplainantKind = "", "", "" }, noon(start))
	_, err := p.Step(c, decision(start), officer, noon(start))
	if got := errText(err); got != "offering_kind:decide_missing, category:decide_missing" {
		t.Errorf("decided without them: %q", got)
	}
	d := decision(start)
	d.Offering, d.Category = "course", "invoice"
	done := do(t, p, c, d, officer, noon(start)).Complaint
	if done.Facts.OfferingKind != "course" || done.Facts.Category != "invoice" {
		t.Errorf("%+v", done.Facts)
	}
	known := logged(t, p, func(*File) {}, noon(start))
	if kept := do(t, p, known, d, officer, noon(start)).Complaint.Facts; kept != known.Facts {
		t.Errorf("what was known changed: %+v", kept)
	}
	if _, err := p.Step(done, correction(func(l *File) { l.Facts.Category = "" }), officer, noon(start)); errText(err) != "category:unknown_choice" {
		t.Errorf("what was known is emptied: %v", err)
	}
	withdrawn := do(t, p, c, Withdraw{Reason: "Laat maar."}, officer, noon(start)).Complaint
	do(t, p, withdrawn, Confirm{letter(start)}, officer, noon(start))
}

// TestAttachment_namesReadAsTheyAre: a character that turns the direction of
// writing makes a program pass for a picture.
func TestAttachment_namesReadAsTheyAre(t *testing.T) {
	typed := []Attachment{{File: "F1", Name: "rekening\u202egpj.exe"}}
	change := do(t, policy(t), Complaint{}, complaint(func(l *File) { l.Attachments = typed }), staff, noon(start))
	if got := change.Attachments[0].Name.Reveal(); got != "rekeninggpj.exe" {
		t.Errorf("%q", got)
	}
	if typed[0].Name.Reveal() == "rekeninggpj.exe" {
		t.Error("Step wrote into the action that it was given")
	}
}

// TestAttachment_comesWithAForm: whoever sends in a form sends its files, ten at most.
func TestAttachment_comesWithAForm(t *testing.T) {
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
