package handlerstest

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// writeGolden writes the golden files anew: go test ./handlers -update. Read
// the difference before you keep it.
var writeGolden = flag.Bool("update", false, "write the golden files of views and messages anew")

// showing is what tells a block id from that of the time before.
var showing = regexp.MustCompile(`("block_id": "[^"]*)nonce-\d+"`)

// Golden compares a view or message, as JSON, with testdata/<name>.json.
func Golden(t *testing.T, name string, v any) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	got := showing.ReplaceAllString(b.String(), "${1}nonce\"")
	file := filepath.Join("testdata", name+".json")
	if *writeGolden {
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: was (-), is (+):\n%s", file, diff)
	}
}

// GoldenForm is Golden of a modal that Slack takes, in which its case has no id of its
// own.
func GoldenForm(t *testing.T, name string, view slack.ModalViewRequest) {
	t.Helper()
	CheckFits(t, view)
	if id := kit.MetadataOf(view.PrivateMetadata).Case; id != "" {
		view.PrivateMetadata = strings.ReplaceAll(view.PrivateMetadata, string(id), "case")
		for _, b := range view.Blocks.BlockSet {
			HideCase(b, id)
		}
	}
	Golden(t, name, view)
}

// GoldenMessage renders what goes out about a case, compares it as Golden does, and
// returns it. With ts it is an edit.
func (d *Fixture) GoldenMessage(t *testing.T, name string, c *workflow.Complaint, p outbox.Payload, ts string) core.Message {
	t.Helper()
	lane := outbox.LaneCases
	if to := p.Recipient(); to != "" {
		lane = outbox.DirectLane(to)
	}
	m, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Version: c.Version, Payload: p, Lane: lane, TS: ts})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, b := range m.Blocks {
		HideCase(b, c.ID)
	}
	Golden(t, name, m)
	return m
}

// HideCase takes the random id of a case out of a view.
func HideCase(b slack.Block, id workflow.CaseID) {
	row, ok := b.(*slack.ActionBlock)
	if !ok {
		return
	}
	row.BlockID = strings.ReplaceAll(row.BlockID, string(id), "case")
	for _, e := range row.Elements.ElementSet {
		if button, ok := e.(*slack.ButtonBlockElement); ok {
			button.Value = strings.ReplaceAll(button.Value, string(id), "case")
		}
	}
}
