package letters

import (
	"strings"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/workflow"
)

// Addressee is to whom a letter goes, as lines to stand above it: the name, unless
// it is none (Anonymous), and the postal address. An address that was typed on one
// line is parted at its commas.
func Addressee(name, address workflow.Confidential) []string {
	var lines []string
	if n := addressee(name); n != "" {
		lines = append(lines, n)
	}
	text := contact.Clean(address.Reveal())
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, ",", "\n")
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line = oneLine(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
