package handlers_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/slack-go/slack"
)

// goldenViews reads every view among the golden files, by name.
func goldenViews(t *testing.T) (modals map[string]slack.ModalViewRequest, homes map[string]slack.HomeTabViewRequest) {
	t.Helper()
	modals, homes = map[string]slack.ModalViewRequest{}, map[string]slack.HomeTabViewRequest{}
	names, err := filepath.Glob("*/testdata/*.json")
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
