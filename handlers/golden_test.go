package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

// writeGolden writes the golden files anew: go test ./handlers -update. Look at
// the difference before you keep it.
var writeGolden = flag.Bool("update", false, "write the golden files of views and messages anew")

// golden compares a view or message, as JSON, with testdata/<name>.json.
func golden(t *testing.T, name string, v any) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name+".json")
	if *writeGolden {
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s: was (-), is (+):\n%s", file, diff)
	}
}

// goldenViews reads every view among the golden files, by name.
func goldenViews(t *testing.T) (modals map[string]slack.ModalViewRequest, homes map[string]slack.HomeTabViewRequest) {
	t.Helper()
	modals, homes = map[string]slack.ModalViewRequest{}, map[string]slack.HomeTabViewRequest{}
	names, err := filepath.Glob("testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var modal slack.ModalViewRequest
		var home slack.HomeTabViewRequest
		switch {
		case bytes.Contains(b, []byte(`"type": "modal",`)):
			if err := json.Unmarshal(b, &modal); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			modals[name] = modal
		case bytes.Contains(b, []byte(`"type": "home",`)):
			if err := json.Unmarshal(b, &home); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			homes[name] = home
		}
	}
	return modals, homes
}

// detail adds what Slack said about a refusal.
func detail(err error) string {
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return refused.Err + ": " + strings.Join(refused.ResponseMetadata.Messages, "; ")
	}
	return err.Error()
}
