package intake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/workflow"
)

// TestFile_hugeValues: a submission that Slack would never send, with hundreds of kilobytes in each
// field and in what it carries along, is refused at the fields in good time; nothing of it
// is filed, shown or logged.
func TestFile_hugeValues(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	huge := map[string]string{}
	for _, id := range []string{
		"description", "description_more", "complainant_name", "on_behalf_of", "email", "phone", "address", "offering_name", "desired_outcome",
	} {
		huge[id] = strings.Repeat("Enorm ", 1<<16)
	}
	in := handlerstest.Submit(t, o.FilingForm(t), handlerstest.Staff, handlerstest.FilledIn(huge))
	in.View.PrivateMetadata = strings.Repeat(`{"case":"`, 1<<16)
	began := time.Now()
	errs := handlerstest.FieldErrors(o.Interaction(t.Context(), in))
	if took := time.Since(began); took > 20*time.Second || len(errs) == 0 {
		t.Fatalf("%d errors after %v", len(errs), took)
	}
	for field, sentence := range errs {
		if len(sentence) > 500 || strings.Contains(sentence, "Enorm") {
			t.Errorf("%s is answered with %d characters", field, len(sentence))
		}
	}
	if c, _, err := o.DB.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer); err == nil {
		t.Errorf("%s was filed", c.Number)
	}
	if strings.Contains(o.Written.String(), "Enorm") || o.Written.Len() > 1<<16 {
		t.Errorf("the log grew by %d bytes", o.Written.Len())
	}
	for _, text := range []string{strings.Repeat("zoek ", 1<<16), "zoek " + strings.Repeat("x", 1<<19), "K-2026-" + strings.Repeat("9", 1<<18)} {
		o.Types(t, handlerstest.Officer, text)
	}
	o.Clicks(t, handlerstest.Officer, "list_more", strings.Repeat(`{"filter":"`, 1<<16), incoming.View{})
	o.FilesComplaint(t, handlerstest.Staff, nil)
	if c, _, err := o.DB.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer); err != nil || c.Number == "" {
		t.Errorf("after that nobody can file: %v", err)
	}
}
