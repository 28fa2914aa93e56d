package notices_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// TestLetterLine_whatCanBeDone: the line about a letter that waits offers to say
// that one sent it, with the letter's version; the one about a letter whose time
// is over blames nobody's address. A line of a bot of before names no letter, and
// offers nothing.
func TestLetterLine_whatCanBeDone(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, handlerstest.Stages()["received"]...)
	for _, test := range []struct {
		payload  outbox.Payload
		has, not []string
	}{
		{outbox.LetterWaitsLine{Version: 7}, []string{`"mail_self"`, ".7", "vijf dagen", "Ik heb de brief zelf verstuurd"}, []string{"Verstuur opnieuw"}},
		{outbox.Line{Action: workflow.ActionMailWaits}, []string{"nog niet verstuurd"}, []string{`"mail_self"`}},
		{outbox.LetterExpiredLine{Letter: workflow.RecordAcknowledgement}, []string{"vijf dagen lang niet aan", `"acknowledge"`}, []string{"weigert", "Controleer het e-mailadres"}},
		{outbox.LetterFailedLine{Letter: workflow.RecordAcknowledgement}, []string{"weigert", `"acknowledge"`}, []string{"vijf dagen"}},
	} {
		m, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Lane: outbox.LaneCases, Version: c.Version, Payload: test.payload})
		if err != nil {
			t.Fatal(err)
		}
		read := handlerstest.JSONOf(t, m)
		for _, want := range test.has {
			if !strings.Contains(read, want) {
				t.Errorf("%T does not say %s", test.payload, want)
			}
		}
		for _, not := range append(test.not, c.Particulars.Email.Reveal()) {
			if strings.Contains(read, not) {
				t.Errorf("%T says %s", test.payload, not)
			}
		}
	}
}
