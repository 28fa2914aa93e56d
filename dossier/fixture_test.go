package dossier

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
	"time"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// The people of the tests' firm.
const (
	staff   roster.PersonID = "U0STAFF"
	officer roster.PersonID = "U0OFFICER"
	trainer roster.PersonID = "U0TRAINER"
)

func names(who roster.PersonID) string {
	return map[roster.PersonID]string{
		staff: "Sanne de Boer", officer: "Omar Khalil", trainer: "Bram Terpstra",
	}[who]
}

func speaker(t testing.TB, lang string) texts.Speaker {
	t.Helper()
	catalogue, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.In(lang)
}

func amsterdam(t testing.TB) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func november(day, hour int) time.Time {
	return time.Date(2026, time.November, day, hour, 30, 0, 0, time.UTC)
}
func date(day int) calendar.Date { return calendar.NewDate(2026, time.November, day) }

// invented is a case with everything there is.
func invented(t testing.TB, lang string) Input {
	t.Helper()
	in := withoutFiles(t, lang)
	in.Attachments = []File{
		{Name: "factuur 2026-118.pdf", Bytes: []byte("%PDF-1.4 an invoice, embedded as it is")},
		{Name: "foto van de zaal.jpg", Bytes: photo(t)},
		{Name: "scherm.png", Bytes: screen(t)},
		{Name: "kapot.jpg", Bytes: photo(t)[:200]},
		{Name: "verdwenen.docx"},
	}
	return in
}

func withoutFiles(t testing.TB, lang string) Input {
	t.Helper()
	return Input{
		Complaint: inventedComplaint(),
		Records:   inventedRecords(),
		Policy: &workflow.Policy{
			Terms:    workflow.DefaultTerms(),
			Calendar: calendar.Calendar{Location: amsterdam(t)},
		},
		Names: names, Firm: "Voorbeeld Opleidingen B.V.",
		Speaker: speaker(t, lang), Made: november(27, 9),
	}
}

func inventedComplaint() workflow.Complaint {
	return workflow.Complaint{
		ID: "c1", Number: "K-2026-0042", Series: workflow.SeriesOrdinary, Year: 2026, State: workflow.StateDisputed,
		Facts: workflow.Facts{
			Received: date(2), Incident: calendar.NewDate(2026, time.October, 29), ReceivedVia: workflow.WayEmail,
			ComplainantKind: "participant", OfferingKind: "course", OfferingName: "Basiscursus planning, groep 4",
			Category: "location", Preferred: workflow.ContactEmail, Language: "nl",
		},
		Particulars: workflow.Particulars{
			Name: "Noor van ’t Hof-Çelik", Email: "noor@voorbeeld.example", Phone: "06 12345678",
			Address: "Dorpsstraat 1\n1234 AB Voorbeeldstad",
			Story: "De zaal was te koud: om 10.00 uur was het 14 °C. Ik heb het “meteen” gezegd – er gebeurde niets.\n\n" +
				"De tweede dag was het niet beter. Ik betaalde € 495,00 en kreeg er een verkoudheid bij. " +
				"Zie ook https://voorbeeld.example/een/heel/lang/adres/zonder/spaties/" +
				"dat/niet/op/een/regel/past/en/dus/ergens/moet/breken.html voor de foto’s.",
			Wish:     "De helft van het cursusgeld terug, en excuses.",
			Concerns: trainer,
		},
		LoggedBy: staff, LoggedAt: november(2, 10), Owner: officer,
		Promises: []workflow.Promise{
			{Kind: workflow.PromiseAcknowledgement, Due: date(7), Kept: workflow.Kept{
				On: date(3), Entered: date(3), By: officer, At: november(3, 8), Way: workflow.WayEmail,
			}},
			{Kind: workflow.PromiseOutcome, Due: calendar.NewDate(2026, time.December, 2), Kept: workflow.Kept{
				On: date(16), Entered: date(16), By: officer, At: november(16, 13), Way: workflow.WayPhone,
			}},
			{Kind: workflow.PromiseConfirmation, Due: date(21), Kept: workflow.Kept{
				On: date(24), Entered: date(23), By: officer, At: november(24, 9), Way: workflow.WayLetter, Later: true,
			}},
		},
		Decision: workflow.Decision{Verdict: workflow.VerdictPartly, Cause: "facilities", Lesson: "Meet de temperatuur vooraf.", On: date(16)},
		ClosedAt: november(24, 9),
	}
}

func inventedRecords() []workflow.Record {
	return []workflow.Record{
		{Kind: workflow.RecordAcknowledgement, At: november(3, 8), By: officer, Date: date(3), Way: workflow.WayEmail,
			Texts: map[string]workflow.Confidential{"body": "We nemen je klacht in behandeling.", "letter": letter("We nemen je klacht in behandeling.")}},
		{Kind: workflow.RecordNote, At: november(4, 8), By: officer, Date: date(4),
			Texts: map[string]workflow.Confidential{"note": "Intern: eerst met de locatie bellen."}},
		{Kind: workflow.RecordQuestion, At: november(5, 8), By: officer, Date: date(5), Way: workflow.WayEmail,
			Texts: map[string]workflow.Confidential{"body": "Heb je nog foto’s?"}},
		{Kind: workflow.RecordAnswer, At: november(9, 8), By: staff, Date: date(9), Way: workflow.WayPhone,
			Texts: map[string]workflow.Confidential{"answer": "Ja, twee. Ze komen per mail."}},
		{Kind: workflow.RecordProgress, At: november(10, 8), By: officer, Date: date(10), Way: workflow.WayEmail,
			Texts: map[string]workflow.Confidential{
				"body": "Het duurt langer.", "letter": letter("Het duurt langer: de locatie antwoordt pas in december."),
				"reason": "De locatie antwoordt pas in december.", "expected_date": "2026-12-11",
			}},
		{Kind: workflow.RecordMailFailed, At: november(10, 9), By: roster.Clock, Date: date(10),
			Texts: map[string]workflow.Confidential{"fault": "refused"}},
		{Kind: workflow.RecordDecision, At: november(16, 13), By: officer, Date: date(16), Way: workflow.WayPhone,
			Texts: map[string]workflow.Confidential{
				"verdict": "partly_upheld", "outcome": "De verwarming was kapot. Dat hadden we moeten melden.",
				"remedy": "We betalen € 100 terug.", "contact_reaction": "Noor vindt het te weinig.",
			}},
		{Kind: workflow.RecordConfirmation, At: november(24, 9), By: officer, Date: date(23), Way: workflow.WayLetter,
			Texts: map[string]workflow.Confidential{"body": "Zoals besproken.", "letter": letter("Zoals besproken betalen we € 100 terug.")}},
		{Kind: workflow.RecordHold, At: november(25, 8), By: officer, Date: date(25),
			Texts: map[string]workflow.Confidential{"reason": "Intern: de advocaat vraagt erom."}},
		{Kind: workflow.RecordDispute, At: november(25, 9), By: officer, Date: date(25),
			Texts: map[string]workflow.Confidential{"reference": "GC-2026-77"}},
	}
}

func letter(body string) workflow.Confidential {
	return workflow.Confidential(fmt.Sprintf("Je klacht K-2026-0042\n\nBeste Noor van ’t Hof-Çelik,\n\n%s\n\n"+
		"Ben je het niet eens met de uitkomst, dan kun je naar de geschillencommissie. "+
		"Hoe dat gaat, lees je in onze klachtenregeling.\n\nVriendelijke groet,\n\nOmar Khalil\nVoorbeeld Opleidingen B.V.", body))
}

func gradient(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), 120, 255})
		}
	}
	return m
}

func photo(t testing.TB) []byte { return photoOf(t, 300, 200) }

func photoOf(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, gradient(w, h), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func screen(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, gradient(160, 100)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// scribbled is a case in which a text stands wherever people can write one.
func scribbled(t testing.TB, text, name string, file []byte) Input {
	t.Helper()
	in, typed := withoutFiles(t, "nl"), workflow.Confidential(text)
	in.Firm, in.Complaint.Facts.OfferingName = text, text
	in.Names = func(roster.PersonID) string { return text }
	in.Complaint.Particulars = workflow.Particulars{Name: typed, Email: typed, Phone: typed, Address: typed, Story: typed, Wish: typed}
	in.Records[0].Texts["letter"] = typed
	in.Records[3].Texts[text] = typed
	in.Attachments = []File{{Name: workflow.Confidential(name), Bytes: file}}
	return in
}
