package cases_test

import (
	"testing"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// TestContacts_sameInAnySpelling: the same address or number in another spelling
// is found by the same value; without either there is nothing to find by.
func TestContacts_sameInAnySpelling(t *testing.T) {
	for spelling, want := range map[workflow.Confidential]string{
		"026 - 333 75 72": "31263337572", "+31 (0)26 3337572": "31263337572", "0031263337572": "31263337572",
		"+49 30 1234567": "49301234567", "3337572": "3337572",
	} {
		got := cases.Contacts(workflow.Particulars{Email: " Jozefien@Example.ORG ", Phone: spelling})
		storagetest.Equal(t, spelling.Reveal(), got, []cases.Contact{
			{Kind: cases.HashEmail, Value: "jozefien@example.org"}, {Kind: cases.HashPhone, Value: want},
		})
	}
	for _, none := range []workflow.Confidential{"", " "} {
		storagetest.Equal(t, "nothing", cases.Contacts(workflow.Particulars{Phone: none}), []cases.Contact(nil))
	}
}
