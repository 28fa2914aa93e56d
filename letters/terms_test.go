package letters

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow/calendar"
)

// TestLetters_remedyTerms: a letter that says what we will do says by when, and for
// how much where there is an amount; one about another day says which it was, and is
// sorry for a later one only.
func TestLetters_remedyTerms(t *testing.T) {
	l := load(t)
	for name, test := range map[string]struct {
		kind   Kind
		edit   func(*Data)
		nl, en []string
	}{
		"outcome": {
			Outcome, func(*Data) {},
			[]string{"Dit doen we:\nje krijgt de helft van het cursusgeld terug.\nHet gaat om € 450,00.\nDat doen we uiterlijk op 31 maart 2026."},
			[]string{"terug.\nThe amount is €450.00.\nWe will do so by 31 March 2026."},
		},
		"without an amount": {
			Outcome, func(d *Data) { d.RemedyAmount = 0 },
			[]string{"terug.\nDat doen we uiterlijk op 31 maart 2026."}, []string{"terug.\nWe will do so by 31 March 2026."},
		},
		"without terms": {
			Outcome, func(d *Data) { d.RemedyAmount, d.RemedyBy = 0, calendar.Date{} },
			[]string{"cursusgeld terug.\n\n"}, []string{"cursusgeld terug.\n\n"},
		},
		"dropped": {
			Remedy, func(*Data) {},
			[]string{"We zouden dat uiterlijk op 31 maart 2026 doen. Dat gaat helaas niet door.", "Dit hadden we toegezegd:", "terug.\nHet gaat om € 450,00."},
			[]string{"We were to do it by 31 March 2026. Unfortunately, we will not be able to do it.", "terug.\nThe amount is €450.00."},
		},
		"later": {
			Remedy, func(d *Data) { d.RemedyBy = calendar.NewDate(2026, 4, 28) },
			[]string{"uiterlijk op 31 maart 2026 doen. Dat lukt helaas niet op tijd. Onze excuses", "Dit doen we:", "uiterlijk op 28 april 2026 op rekenen", "terug.\nHet gaat om € 450,00."},
			[]string{"by 31 March 2026. Unfortunately", "We apologise", "count on it by 28 April 2026", "terug.\nThe amount is €450.00."},
		},
		"sooner": {
			Remedy, func(d *Data) { d.RemedyBy = calendar.NewDate(2026, 3, 1) },
			[]string{"uiterlijk op 31 maart 2026 doen. Dat lukt eerder: je kunt er nu uiterlijk op 1 maart 2026 op rekenen."},
			[]string{"by 31 March 2026. We can do it sooner: you can now count on it by 1 March 2026."},
		},
	} {
		d := sample().of(test.kind)
		test.edit(&d)
		for lang, says := range map[string][]string{"nl": test.nl, "en": test.en} {
			text := written(t, l, test.kind, lang, d)
			for _, s := range says {
				if !strings.Contains(text, s) {
					t.Errorf("%s.%s does not say %q:\n%s", name, lang, s, text)
				}
			}
			if sorry := strings.Contains(text, "excuses") || strings.Contains(text, "apologise"); sorry != (name == "dropped" || name == "later") {
				t.Errorf("%s.%s is sorry: %t", name, lang, sorry)
			}
		}
	}
}

// TestLetters_committeeAfterTheOutcome: it may be asked from now on, also where an
// earlier letter named a day that is still to come (R8): that one is spoken of then.
func TestLetters_committeeAfterTheOutcome(t *testing.T) {
	l, d := load(t), sample().of(Outcome)
	for _, test := range []struct {
		from   calendar.Date
		nl, en string
	}{
		{calendar.Date{}, "Dat kan vanaf nu. Wacht", "You can do so from now on. Do"},
		{d.Today, "Dat kan vanaf nu. Wacht", "You can do so from now on. Do"},
		{d.Today.AddDays(1), "Dat kan vanaf nu: de behandeling bij ons is afgerond, dus je hoeft niet te wachten tot 4 februari 2026. Wacht", "so you need not wait until 4 February 2026. Do"},
	} {
		d.AskFrom = test.from
		for lang, says := range map[string]string{"nl": test.nl, "en": test.en} {
			if text := written(t, l, Outcome, lang, d); !strings.Contains(text, says) {
				t.Errorf("from %s, %s does not say %q:\n%s", test.from, lang, says, text)
			}
		}
	}
}
