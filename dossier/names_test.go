package dossier

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/artra/klachtbot/workflow"
)

// saved is what a file may be called in a document: a number, so that it can be no path
// and no device, and nothing that leads elsewhere or hides how it ends.
var saved = regexp.MustCompile(`^[0-9]{2} [^/\\:*?"<>|]*$`)

// TestFileName_leadsNowhere: whatever somebody called a file, who saves it out of a
// document saves it where they said. (Of other systems: knadh/listmonk #3065,
// Ne-Lexa/php-zip #39, quininer/unzrip #2.)
func TestFileName_leadsNowhere(t *testing.T) {
	names := hostile()
	for name, text := range map[string]string{
		"absolute": "/etc/cron.d/x", "drive": `C:\Windows\x.dll`, "share": `\\server\share\x`, "parent": "a/../../../x",
		"nothing": "", "space": " ", "tab": "a\tb", "overlong": strings.Repeat("../", 2000), "full width": "．．／．．／x",
	} {
		names[name] = text
	}
	in := withoutFiles(t, "nl")
	for _, text := range names {
		in.Attachments = append(in.Attachments, File{Name: workflow.Confidential(text), Bytes: []byte("inhoud")})
	}
	w := writer{Input: in, sp: in.Speaker, sheet: newSheet(in.Complaint.Number, in.Faces, in.Speaker, in.Made)}
	for i, f := range in.Attachments {
		name := embeddedName(i, w.enclose(f).name)
		if !saved.MatchString(name) || len([]rune(name)) > 110 || strings.ContainsFunc(name, unsafeRune) {
			t.Errorf("%q is saved as %q", f.Name.Reveal(), name)
		}
	}
}

// unsafeRune reports whether a rune can't be seen, or turns what follows.
func unsafeRune(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar
}
