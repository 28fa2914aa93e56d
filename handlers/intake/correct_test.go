package intake_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestCorrect_hidesTheCaseFromWhomItConcerns: an officer who corrects a case
// into one about themselves reads no more of it, nor does a redelivery.
func TestCorrect_hidesTheCaseFromWhomItConcerns(t *testing.T) {
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.Deputy} {
		d := handlerstest.New(t)
		c := d.Filed(t, handlerstest.Filing())
		d.Click(t, who, &c, workflow.ActionCorrect)
		form := d.Screen.LastModal(t)
		for delivery := range 2 {
			ack := d.Submit(t, who, form, map[string]string{"reason": "x", "concerns_user": string(handlerstest.Officer)})
			shown := handlerstest.JSONOf(t, ack.Payload)
			if moved := strings.Contains(shown, "V-2026-0001"); moved != (who != handlerstest.Officer && delivery == 0) {
				t.Errorf("%s reads the new number: %v", who, moved)
			}
			for _, secret := range []string{"Jan van der Berg", "Petra", "te koud"} {
				if who == handlerstest.Officer && strings.Contains(shown, secret) {
					t.Errorf("whom it concerns reads %q", secret)
				}
			}
		}
	}
}

// TestCorrect_keepsALongStoryWhole: a story that the form can't show is not
// shortened by a correction of something else.
func TestCorrect_keepsALongStoryWhole(t *testing.T) {
	d := handlerstest.New(t)
	filing := handlerstest.Filing()
	filing.Particulars.Story = workflow.Confidential(strings.Repeat("😀", 3000) + "\n" + strings.Repeat("😀", 3000))
	c := d.Filed(t, filing)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionCorrect)
	view := d.Screen.LastModal(t)
	if !strings.Contains(handlerstest.JSONOf(t, view), "langer dan de twee velden") {
		t.Error("does not say that the story is longer")
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, view, map[string]string{"reason": "x", "category": "trainer"}))
	if is := d.Current(t, c.ID); is.Particulars.Story != c.Particulars.Story || is.Facts.Category != "trainer" {
		t.Error("the story did not stay whole")
	}
}
