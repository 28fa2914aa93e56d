package storagetest

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// The people of the tests. Dirk is a director, Sam is nobody in particular.
const (
	Officer  roster.PersonID = "U0FATIMA"
	Deputy   roster.PersonID = "U0BRAM"
	Director roster.PersonID = "U0DIRK"
	Staff    roster.PersonID = "U0SAM"
)

// Monday is a working day, ten in the morning in Amsterdam.
var Monday = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// AfterRetention is when a case that was closed on Monday is to be purged.
var AfterRetention = Monday.AddDate(2, 0, 1)

// Policy is a procedure with two officers and a director.
func Policy(t testing.TB) *workflow.Policy {
	t.Helper()
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return &workflow.Policy{
		Terms:    workflow.DefaultTerms(),
		Calendar: calendar.Calendar{Location: amsterdam, Opens: 9 * 60, Closes: 17 * 60},
		Roster: roster.Roster{
			Officers:  []roster.PersonID{Officer, Deputy},
			Directors: []roster.PersonID{Director},
		},
	}
}

// Keys is a ring with a key file of its own.
func Keys(t testing.TB) *vault.Ring {
	t.Helper()
	keys, err := vault.CreateKeyFile(filepath.Join(t.TempDir(), "klachtbot.key"))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// Sample is the sample complaint, with something in every field.
func Sample() workflow.File {
	return workflow.File{
		Facts: workflow.Facts{
			Received: calendar.NewDate(2026, time.March, 2), Incident: calendar.NewDate(2026, time.February, 27),
			ReceivedVia: workflow.WayPhone, ComplainantKind: "participant",
			OfferingKind: "training", OfferingName: "Timmeren voor beginners", Category: "trainer",
			Preferred: workflow.ContactEmail, Language: "nl",
		},
		Particulars: workflow.Particulars{
			Name: "Jozefien Vandersteen", OnBehalfOf: "Wubbo Hazelaar", Email: "Jozefien@Example.org", Phone: "026 - 333 75 72",
			Address: "Dorpsstraat 1\n6800 AA Arnhem", Story: "De zaagmachine was zoek.\n🪚 <!channel>",
			Wish: "Een nieuwe cursusdag",
		},
	}
}

// Reachable has a complaint prefer the first way that was filled in.
func Reachable(l workflow.File) workflow.File {
	p := l.Particulars
	switch {
	case !p.Email.Blank():
		l.Facts.Preferred = workflow.ContactEmail
	case !p.Phone.Blank():
		l.Facts.Preferred = workflow.ContactPhone
	default:
		l.Facts.Preferred = workflow.ContactLetter
	}
	return l
}

// SampleOn is the sample complaint, received on another day.
func SampleOn(d calendar.Date) workflow.File {
	l := Sample()
	l.Facts.Received, l.Facts.Incident = d, calendar.Date{}
	return l
}

// SampleWithFiles is the sample complaint with files.
func SampleWithFiles(names ...string) workflow.File {
	l := Sample()
	l.Attachments = Files(names...)
	return l
}

// Files are attachments as a form brings them.
func Files(names ...string) (files []workflow.Attachment) {
	for _, name := range names {
		files = append(files, workflow.Attachment{File: "F" + strings.ToUpper(name), Name: workflow.Confidential(name + " van de werkplaats.jpg")})
	}
	return files
}

// Secrets are the words of Sample that must not stand anywhere in the clear.
func Secrets() []string {
	return []string{"Jozefien", "Vandersteen", "Wubbo", "Hazelaar", "ozefien@", "333 75 72", "Dorpsstraat", "zaagmachine", "nieuwe cursusdag"}
}

// Sent is a letter of a day in March 2026.
func Sent(day int, body workflow.Confidential) workflow.Sent {
	return workflow.Sent{
		Date: calendar.NewDate(2026, time.March, day), Way: workflow.WayEmail,
		Body: body, Letter: "Beste Jozefien, " + body,
	}
}

// Resolved is an outcome with something in every field.
func Resolved() workflow.Resolve {
	return workflow.Resolve{
		Verdict: workflow.VerdictPartly, Outcome: "Je krijgt een nieuwe dag.", Remedy: "Gratis herkansing",
		Cause: "facilities", Lesson: "Machines tellen vóór de les", Contact: calendar.NewDate(2026, time.March, 2),
		Way: workflow.WayPhone, Reaction: "Tevreden",
	}
}

// CorrectConcerning corrects the sample complaint into one about somebody.
func CorrectConcerning(who roster.PersonID) workflow.Correct {
	l := Sample()
	l.Particulars.Concerns = who
	return workflow.Correct{File: l, Reason: "Het ging over een collega."}
}

// Reveal puts the sealed texts in a row, to compare and never to print.
func Reveal(c workflow.Complaint) (all string) {
	p := c.Particulars
	for _, text := range []workflow.Confidential{p.Name, p.OnBehalfOf, p.Email, p.Phone, p.Address, p.Story, p.Wish} {
		all += text.Reveal() + "\x00"
	}
	return all + string(p.Concerns)
}
