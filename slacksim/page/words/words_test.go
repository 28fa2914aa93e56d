package words

import (
	"reflect"
	"testing"
	"time"
)

// Both languages say everything the page says.
func TestWords_areComplete(t *testing.T) {
	for _, w := range []*Words{In("nl"), In("en")} {
		v := reflect.ValueOf(*w)
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("%s: no %s", w.Lang, v.Type().Field(i).Name)
			}
		}
	}
	for language, want := range map[string]string{"nl": "nl", "en": "en", "": "en"} {
		if got := In(language).Lang; got != want {
			t.Errorf("In(%q) is %s, want %s", language, got, want)
		}
	}
}

// TestWords_ofTime: near days, spans and figures, in both languages.
func TestWords_ofTime(t *testing.T) {
	t.Parallel()
	nl, en := Dutch(), English()
	now := time.Date(2026, 3, 1, 0, 30, 0, 0, time.UTC)
	for hours, wanted := range map[int][2]string{0: {"vandaag", "today"}, -1: {"gisteren", "yesterday"}, 23: {"vandaag", "today"}, 24: {"morgen", "tomorrow"}, 48: {"", ""}, -25: {"", ""}, -24: {"gisteren", "yesterday"}} {
		at := now.Add(time.Duration(hours) * time.Hour)
		if got := [2]string{nl.NearDay(at, now), en.NearDay(at, now)}; got != wanted {
			t.Errorf("%d hours away: %q, want %q", hours, got, wanted)
		}
	}
	for span, wanted := range map[time.Duration][2]string{0: {"zojuist", "just now"}, 59 * time.Second: {"zojuist", "just now"}, time.Minute: {"1 min. geleden", "1 min ago"},
		59 * time.Minute: {"59 min. geleden", "59 min ago"}, time.Hour: {"1 uur geleden", "1 h ago"}, 47 * time.Hour: {"1 d. geleden", "1 d ago"}, -72 * time.Hour: {"over 3 d.", "in 3 d"}} {
		if got := [2]string{nl.Ago(span), en.Ago(span)}; got != wanted {
			t.Errorf("%s ago: %q, want %q", span, got, wanted)
		}
	}
	for x, wanted := range map[float64][2]string{0: {"0", "0"}, 1.5: {"1,5", "1.5"}, 100: {"100", "100"}, -0.001: {"0", "0"}, 2.345: {"2,35", "2.35"}, -10.1: {"-10,1", "-10.1"}} {
		if got := [2]string{nl.Number(x), en.Number(x)}; got != wanted {
			t.Errorf("number %v: %q, want %q", x, got, wanted)
		}
	}
	if got := nl.Replies(1) + nl.Replies(2) + en.Replies(1) + en.Replies(2); got != "1 antwoord2 antwoorden1 reply2 replies" {
		t.Errorf("replies %q", got)
	}
}
