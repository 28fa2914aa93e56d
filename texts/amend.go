package texts

import "strings"

// AmendedStep names the step that an amendment in the dossier is about, and which
// of its dates where it has several.
func (s Speaker) AmendedStep(value string) string {
	kind, part, _ := strings.Cut(value, ".")
	step := s.Say("dossier.record." + kind)
	switch part {
	case "":
		return step
	case "contact":
		return s.Say("action.amend.contact")
	}
	return step + " · " + s.Say("dossier.text."+part)
}
