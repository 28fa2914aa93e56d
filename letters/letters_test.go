package letters

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

var update = flag.Bool("update", false, "write the golden letters anew")

// Catalogue and built-in letters don't change; one of each does for all tests.
var (
	loadTexts   = sync.OnceValues(texts.Load)
	loadBuiltIn = sync.OnceValues(loadAll)
)

func load(t testing.TB) *Letters {
	t.Helper()
	l, err := loadBuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func sample() Data {
	return Data{
		Firm: Firm{
			Name:      "artra",
			Contact:   []string{"telefoon 026 – 333 75 72", "e-mail artra@artra.nl"},
			Committee: []string{"Geschillencommissie Algemeen", "Postbus 90600, 2509 LP Den Haag", "www.degeschillencommissie.nl"},
		},
		Number: "K-2026-0001", Name: "Jan van der Berg", Handler: "Olga Officier",
		Offering: "Timemanagement voor beginners", Category: "location", Wished: true,
		Received: calendar.NewDate(2026, 1, 31), OutcomeBy: calendar.NewDate(2026, 2, 28),
		Today:  calendar.NewDate(2026, 2, 3),
		Reason: "De docent die erover gaat, is tot 9 maart afwezig.", Expected: calendar.NewDate(2026, 3, 20),
		Outcome: "De zaal was inderdaad te klein.\n\nDe inhoud van de training was zoals aangekondigd.",
		Remedy:  "je krijgt de helft van het cursusgeld terug.",
	}
}

// of is the data as the register has them when that letter is written: only an outcome
// has a verdict, and only it and a letter about a remedy have its terms.
func (d Data) of(k Kind) Data {
	switch k {
	case Outcome:
		d.Verdict, d.RemedyBy, d.RemedyAmount = workflow.VerdictPartly, calendar.NewDate(2026, 3, 31), 45000
	case Remedy:
		d.RemedyWas, d.RemedyAmount = calendar.NewDate(2026, 3, 31), 45000
	case Acknowledgement, Question, Progress:
	}
	return d
}

func TestLetters_golden(t *testing.T) {
	l := load(t)
	anonymous := sample()
	anonymous.Name = "Anoniem"
	late := sample()
	late.Today = late.OutcomeBy.AddDays(1)
	bare := Data{
		Number: "K-2026-0002", Received: calendar.NewDate(2026, 1, 31), Firm: Firm{Name: "artra"}, Outcome: "Zo is het.",
		Reason: "Het is druk.", Expected: calendar.NewDate(2026, 3, 20),
	}
	for name, d := range map[string]Data{"": sample(), "-anonymous": anonymous, "-late": late, "-bare": bare} {
		for _, k := range Kinds() {
			for _, lang := range workflow.Languages() {
				t.Run(string(k)+name+"."+lang, func(t *testing.T) {
					d := d
					if name != "-bare" {
						d = d.of(k)
					}
					draft, err := l.Draft(k, lang, d)
					if err != nil {
						t.Fatal(err)
					}
					got, err := l.Compose(k, lang, d, draft.Body)
					if err != nil {
						t.Fatal(err)
					}
					golden(t, string(k)+name+"."+lang+".txt", got)
				})
			}
		}
	}
}

// TestLetters_goldenRemedyMoved is the letter on a remedy that comes on another day:
// the committee is named where it does not come.
func TestLetters_goldenRemedyMoved(t *testing.T) {
	l, d := load(t), sample().of(Remedy)
	d.RemedyBy = calendar.NewDate(2026, 4, 28)
	for _, lang := range workflow.Languages() {
		draft, err := l.Draft(Remedy, lang, d)
		if err != nil {
			t.Fatal(err)
		}
		got, err := l.Compose(Remedy, lang, d, draft.Body)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "remedy-moved."+lang+".txt", got)
		if strings.Contains(got, "Geschillencommissie") {
			t.Errorf("%s names the committee", lang)
		}
	}
}

// TestLetters_goldenWithdrawn is the confirmation of a withdrawal, of a case that was
// decided before and reopened.
func TestLetters_goldenWithdrawn(t *testing.T) {
	l, d := load(t), sample()
	d.Verdict = workflow.VerdictWithdrawn
	for _, lang := range workflow.Languages() {
		draft, err := l.Draft(Outcome, lang, d)
		if err != nil {
			t.Fatal(err)
		}
		got, err := l.Compose(Outcome, lang, d, draft.Body)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "outcome-withdrawn."+lang+".txt", got)
		if strings.Contains(got, "De zaal was") || strings.Contains(got, "cursusgeld") {
			t.Errorf("%s: tells an outcome that no longer holds", lang)
		}
	}
}

// TestLetters_progressDraft: what the officer has not typed yet has its place held,
// and no letter leaves like that.
func TestLetters_progressDraft(t *testing.T) {
	l := load(t)
	for lang, holds := range map[string][]string{
		"nl": {"[hier komt je reden]", "[hier komt de datum]"}, "en": {"[your reason will be here]", "[the date will be here]"},
	} {
		d := sample()
		d.Reason, d.Expected = " \n", calendar.Date{}
		draft, err := l.Draft(Progress, lang, d)
		if err != nil {
			t.Fatal(err)
		}
		for _, hold := range holds {
			if !strings.Contains(draft.Before, hold) {
				t.Errorf("%s: no %q", lang, hold)
			}
		}
		for name, edit := range map[string]func(*Data){
			"reason": func(d *Data) { d.Reason = "" }, "date": func(d *Data) { d.Expected = calendar.Date{} },
		} {
			d := sample()
			edit(&d)
			if _, err := l.Compose(Progress, lang, d, draft.Body); err == nil {
				t.Errorf("%s: a notice leaves without its %s", lang, name)
			}
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestLetters_promises holds every letter to what the regulation and the brief ask of
// it, whatever its words are.
func TestLetters_promises(t *testing.T) {
	l := load(t)
	for _, test := range []struct {
		kind Kind
		lang string
		says []string
	}{
		{Acknowledgement, "nl", []string{"K-2026-0001", "31 januari 2026", "Olga Officier", "28 februari 2026", "altijd vertrouwelijk", "24 maanden", "026 – 333 75 72"}},
		{Acknowledgement, "en", []string{"K-2026-0001", "31 January 2026", "Olga Officier", "28 February 2026", "confidential", "24 months"}},
		{Question, "nl", []string{"K-2026-0001", "28 februari 2026", "vertrouwelijk"}},
		{Question, "en", []string{"K-2026-0001", "28 February 2026", "confidential"}},
		{Progress, "nl", []string{"K-2026-0001", "28 februari 2026", "De docent", "20 maart 2026", "vertrouwelijk", "026 – 333 75 72"}},
		{Progress, "en", []string{"K-2026-0001", "28 February 2026", "De docent", "20 March 2026", "confidential"}},
		{Outcome, "nl", []string{"deels gegrond", "De zaal was", "cursusgeld", "Ben je ontevreden over de manier waarop we je klacht hebben opgepakt?", "Postbus 90600", "24 maanden"}},
		{Outcome, "en", []string{"partly justified", "De zaal was", "cursusgeld", "Geschillencommissie", "Postbus 90600", "24 months"}},
	} {
		d := sample().of(test.kind)
		d.First = test.kind == Acknowledgement
		draft, err := l.Draft(test.kind, test.lang, d)
		if err != nil {
			t.Fatal(err)
		}
		text, err := l.Compose(test.kind, test.lang, d, draft.Body)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range test.says {
			if !strings.Contains(text, s) {
				t.Errorf("%s.%s does not say %q", test.kind, test.lang, s)
			}
		}
	}
}

func TestLetters_everyVerdictHasWords(t *testing.T) {
	l, seen := load(t), map[string]bool{}
	for _, v := range append(workflow.Verdicts(), workflow.VerdictWithdrawn) {
		for _, lang := range workflow.Languages() {
			d := sample()
			d.Verdict, d.Outcome, d.Remedy = v, "", ""
			draft, err := l.Draft(Outcome, lang, d)
			if err != nil {
				t.Fatal(err)
			}
			if draft.Body == "" || seen[draft.Body] {
				t.Errorf("%s.%s: body %q is empty or another verdict's", v, lang, draft.Body)
			}
			seen[draft.Body] = true
		}
	}
}

func TestLetters_salutation(t *testing.T) {
	l := load(t)
	for _, test := range []struct{ name, lang, want string }{
		{"Jan Jansen", "nl", "Beste Jan Jansen,"},
		{"Jan Jansen", "en", "Dear Jan Jansen,"},
		{" anoniem ", "nl", "Goedendag,"},
		{"ANONYMOUS", "en", "Hello,"},
		{"(anoniem)", "nl", "Goedendag,"},
		{"", "nl", "Goedendag,"},
		{"Jan\n\nWe vinden je klacht gegrond.", "nl", "Beste Jan We vinden je klacht gegrond.,"},
		{"{{.Outcome}}", "nl", "Beste {{.Outcome}},"},
		{"Jan", "fr", "Beste Jan,"},
	} {
		d := sample()
		d.Name = workflow.Confidential(test.name)
		draft, err := l.Draft(Question, test.lang, d)
		if err != nil {
			t.Fatal(err)
		}
		if got, _, _ := strings.Cut(draft.Before, "\n"); got != test.want {
			t.Errorf("salutation is not %q", test.want)
		}
		if Anonymous(d.Name) != (test.want == "Goedendag," || test.want == "Hello,") {
			t.Errorf("anonymous is wrong where it says %q", test.want)
		}
	}
}

func TestLetters_longOutcomeIsCutAtAWord(t *testing.T) {
	d := sample()
	d.Outcome = workflow.Confidential(strings.Repeat("woord ", 500))
	d.Remedy = workflow.Confidential(strings.Repeat("😀", 3000))
	draft, err := load(t).Draft(Outcome, "nl", d)
	if err != nil {
		t.Fatal(err)
	}
	if n := utf8.RuneCountInString(draft.Body); n > MaxBody || n < MaxBody-60 || !draft.Cut {
		t.Errorf("body of %d characters, cut %t", n, draft.Cut)
	}
	if !strings.HasSuffix(draft.Body, "woord …") {
		t.Error("not cut at a word, or the cut is not marked")
	}
}

func TestLetters_unknownKind(t *testing.T) {
	if _, err := load(t).Draft("postcard", "nl", sample()); err == nil {
		t.Error("no error")
	}
	if _, err := load(t).Compose("postcard", "nl", sample(), "x"); err == nil {
		t.Error("no error")
	}
}

// loadAll reads the catalogue and the built-in letters.
func loadAll() (*Letters, error) {
	catalogue, err := loadTexts()
	if err != nil {
		return nil, err
	}
	return Load(catalogue, "")
}

// TestLetters_onWhoseBehalf: the acknowledgement says for whom somebody complains, on
// one line, and stays addressed to the complainant.
func TestLetters_onWhoseBehalf(t *testing.T) {
	l := load(t)
	for lang, want := range map[string]string{"nl": " namens Sam de Vries ontvangen.", "en": " on behalf of Sam de Vries."} {
		d := sample()
		d.OnBehalf = "Sam\nde Vries"
		draft, err := l.Draft(Acknowledgement, lang, d)
		if err != nil || !strings.Contains(draft.Before, want) || strings.HasPrefix(draft.Before, "Beste Sam") {
			t.Errorf("%s: %q, %v", lang, draft.Before, err)
		}
		d.OnBehalf = ""
		if draft, err = l.Draft(Acknowledgement, lang, d); err != nil || strings.Contains(draft.Before, "namens") || strings.Contains(draft.Before, "behalf") {
			t.Errorf("%s, of nobody else: %q, %v", lang, draft.Before, err)
		}
	}
}
