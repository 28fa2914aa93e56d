package letters

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

func TestAddressee_lines(t *testing.T) {
	for _, test := range []struct{ name, address, want string }{
		{"Jan van der Berg", "Dorpsstraat 1\n6811 AB  Arnhem", "Jan van der Berg|Dorpsstraat 1|6811 AB Arnhem"},
		{"Jan van der Berg", "Dorpsstraat 1, 6811 AB Arnhem", "Jan van der Berg|Dorpsstraat 1|6811 AB Arnhem"},
		{"J. Berg", "Bureau X, t.a.v. J. Berg\r\nPostbus 1\n\n6800 AA Arnhem\n", "J. Berg|Bureau X, t.a.v. J. Berg|Postbus 1|6800 AA Arnhem"},
		{"Jan\nBerg", " , ", "Jan Berg"},
		{"anoniem", "Dorpsstraat 1, Arnhem", "Dorpsstraat 1|Arnhem"},
		{"Anonymous", "", ""},
	} {
		got := strings.Join(Addressee(workflow.Confidential(test.name), workflow.Confidential(test.address)), "|")
		if got != test.want {
			t.Errorf("%q, %q: %q, want %q", test.name, test.address, got, test.want)
		}
	}
}
