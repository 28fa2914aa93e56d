package words

import (
	"fmt"

	"github.com/artra/klachtbot/slacksim/blockkit"
)

// clientSentences gives, for each sentence with which a person's own client
// refuses a value, the Dutch one; %d stands for the number in it.
func clientSentences() [][2]string {
	return [][2]string{
		{blockkit.MsgRequired, "Vul dit veld in."},
		{blockkit.MsgNotOption, "Kies een van de mogelijkheden."},
		{blockkit.MsgNoEmail, "Dit is geen e-mailadres."},
		{blockkit.MsgNoURL, "Dit is geen webadres."},
		{blockkit.MsgNoNumber, "Dit is geen getal."},
		{blockkit.MsgNoWhole, "Dit is geen heel getal."},
		{blockkit.MsgNoDate, "Dit is geen datum."},
		{blockkit.MsgNoTime, "Dit is geen tijd."},
		{blockkit.MsgFileSize, "Een bestand mag hoogstens 10 MB zijn."},
		{blockkit.MsgFileType, "Dit soort bestand kan hier niet."},
		{blockkit.MsgMost, "Kies er hoogstens %d."},
		{blockkit.MsgFiles, "Voeg hoogstens %d bestanden toe."},
		{blockkit.MsgLonger, "Vul minstens %d tekens in."},
		{blockkit.MsgShorter, "Vul hoogstens %d tekens in."},
	}
}

// FromClient says a client's sentence in the page's language.
func (w *Words) FromClient(sentence string) string {
	if w.Lang != "nl" {
		return sentence
	}
	for _, s := range clientSentences() {
		var n int
		if sentence == s[0] {
			return s[1]
		}
		if _, err := fmt.Sscanf(sentence, s[0], &n); err == nil && fmt.Sprintf(s[0], n) == sentence {
			return fmt.Sprintf(s[1], n)
		}
	}
	return sentence
}
