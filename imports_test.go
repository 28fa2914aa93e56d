package klachtbot_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/artra/klachtbot/"

// mayImport says which of our packages each package may import (design
// section 1); "cmd/klachtbot" may import all.
var mayImport = map[string][]string{
	"workflow": {},
	"texts":    {"workflow"},
	"letters":  {"workflow", "texts"},
	"dossier":  {"workflow", "texts"},
	"report":   {"workflow", "texts"},
	"storage":  {"workflow"},
	"handlers": {"workflow", "texts", "letters", "dossier", "report"},
	"bot":      {"workflow", "texts", "letters", "mail", "handlers"},
	"mail":     {"workflow"},

	"slacksim": {"slacksim/faults", "slacksim/manifest", "slacksim/page", "slacksim/socket", "slacksim/user", "slacksim/webapi",
		"slacksim/workspace"},
	"slacksim/blockkit": {},
	"slacksim/expiring": {},
	"slacksim/faults":   {},
	"slacksim/manifest": {},
	"slacksim/page": {"slacksim/blockkit", "slacksim/manifest", "slacksim/page/render", "slacksim/page/words", "slacksim/socket",
		"slacksim/user", "slacksim/workspace"},
	"slacksim/page/render": {"slacksim/page/words"},
	"slacksim/page/words":  {"slacksim/blockkit"},
	"slacksim/socket":      {"slacksim/workspace"},
	"slacksim/user":        {"slacksim/blockkit", "slacksim/socket", "slacksim/wire", "slacksim/workspace"},
	"slacksim/webapi": {"slacksim/blockkit", "slacksim/expiring", "slacksim/faults", "slacksim/socket", "slacksim/wire",
		"slacksim/workspace"},
	"slacksim/wire":      {"slacksim/blockkit"},
	"slacksim/workspace": {"slacksim/blockkit", "slacksim/expiring", "slacksim/manifest", "slacksim/wire"},

	"mail/mailtest":        {},
	"storage/pgtest":       {},
	"slacksim/browsertest": {},
	"slacksim/simtest":     {"slacksim", "slacksim/user", "slacksim/wire", "slacksim/workspace"},
}

// keptTo says which packages alone may import a library.
var keptTo = map[string][]string{
	"github.com/jmoiron/sqlx":          {"storage"},
	"github.com/lib/pq":                {"storage", "storage/pgtest"},
	"modernc.org/sqlite":               {"storage"},
	"github.com/pressly/goose/v3":      {"storage"},
	"github.com/go-co-op/gocron/v2":    {"bot"},
	"github.com/slack-go/slack":        {"bot", "handlers"},
	"github.com/nicksnyder/go-i18n/v2": {"texts"},
	"github.com/gorilla/websocket":     {"slacksim/socket", "slacksim/simtest", "bot"},
	"github.com/alecthomas/kong":       {"cmd/klachtbot"},
	"codeberg.org/go-pdf/fpdf":         {"dossier", "report"},
	"github.com/xuri/excelize/v2":      {"report"},
	"github.com/go-analyze/charts":     {"report"},
	"github.com/pdfcpu/pdfcpu":         {"dossier"},
	"github.com/wneessen/go-mail":      {"mail"},
	"github.com/emersion/go-smtp":      {"mail/mailtest"},
	"github.com/emersion/go-sasl":      {"mail/mailtest"},
	"github.com/chromedp/chromedp":     {"slacksim/browsertest"},
	"github.com/stretchr/testify":      {},
	"github.com/google/go-cmp":         {},
	"github.com/rogpeppe/go-internal":  {},
}

// TestImports holds the arrows of the layout, in what is built into the
// program: tests may import more.
func TestImports(t *testing.T) {
	for pkg, imports := range list(t) {
		for _, imported := range imports {
			if ours, ok := strings.CutPrefix(imported, module); ok && pkg != "cmd/klachtbot" {
				if !slices.Contains(mayImport[pkg], ours) {
					t.Errorf("%s imports %s", pkg, ours)
				}
			}
			for library, packages := range keptTo {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.Contains(packages, pkg) {
					t.Errorf("%s imports %s", pkg, imported)
				}
			}
			if pkg == "workflow" && strings.Contains(imported, ".") {
				t.Errorf("workflow imports %s; it keeps to the standard library", imported)
			}
		}
	}
}

func list(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		packages[strings.TrimPrefix(fields[0], module)] = fields[1:]
	}
	if len(packages) < len(mayImport) {
		t.Fatalf("go list found %d packages only", len(packages))
	}
	return packages
}
