package workflow

import (
	"slices"
	"testing"
)

// TestFile_fromAnOpenChannel: who filed it from a message where everybody reads is
// to be reminded of that, and nobody else is of anything.
func TestFile_fromAnOpenChannel(t *testing.T) {
	for _, source := range []Source{{}, {Channel: "C0HALL", TS: "1.2"}} {
		a := complaint()
		a.Source = source
		change, err := policy(t).Step(Complaint{}, a, staff, noon(start))
		if err != nil {
			t.Fatal(err)
		}
		want := SourceStands{To: staff, Source: source}
		if got := slices.Contains(change.Effects, Effect(want)); got != (source != Source{}) {
			t.Errorf("%+v: effects %v", source, change.Effects)
		}
	}
}

func TestMailPart_andBack(t *testing.T) {
	for place := range 12 {
		mail, got, ok := PartOfMail(MailPart("F0MAIL", place))
		if mail != "F0MAIL" || got != place || !ok {
			t.Errorf("%d: %s %d %v", place, mail, got, ok)
		}
	}
	for _, file := range []string{"F0FILE", "F0FILE#", "F0FILE#x", "F0FILE#-1", ""} {
		if _, _, ok := PartOfMail(file); ok {
			t.Errorf("%q is a part of an e-mail", file)
		}
	}
}
