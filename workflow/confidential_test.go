package workflow

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestConfidential_cannotBePrinted(t *testing.T) {
	secret := Confidential("Noor Voorbeeld")
	holder := Particulars{Name: secret}
	record := Record{Texts: map[string]Confidential{"note": secret}}
	var out bytes.Buffer
	for _, verb := range []string{"%s", "%v", "%+v", "%#v", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+verb+verb, secret, holder, record)
		fmt.Fprintf(&out, verb, &holder)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "name", secret, "all", holder)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "name", secret, "all", holder, "record", record)
	if err := json.NewEncoder(&out).Encode([]any{secret, holder, record}); err != nil {
		t.Fatal(err)
	}
	for _, leak := range []string{"Noor", "4e6f6f72", "78 111"} {
		if strings.Contains(out.String(), leak) {
			t.Errorf("the name shows as %q", leak)
		}
	}
	if secret.Reveal() != "Noor Voorbeeld" {
		t.Error("Reveal gives another text")
	}
}
