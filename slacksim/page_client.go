package slacksim

import "fmt"

// clientSentences gives, for each sentence with which a person's own client
// refuses a value, the Dutch one; %d stands for the number in it.
func clientSentences() [][2]string {
	return [][2]string{
		{sayRequired, "Vul dit veld in."},
		{sayNotOption, "Kies een van de mogelijkheden."},
		{sayNoEmail, "Dit is geen e-mailadres."},
		{sayNoURL, "Dit is geen webadres."},
		{sayNoNumber, "Dit is geen getal."},
		{sayNoWhole, "Dit is geen heel getal."},
		{sayNoDate, "Dit is geen datum."},
		{sayNoTime, "Dit is geen tijd."},
		{sayFileSize, "Een bestand mag hoogstens 10 MB zijn."},
		{sayFileType, "Dit soort bestand kan hier niet."},
		{sayMost, "Kies er hoogstens %d."},
		{sayFiles, "Voeg hoogstens %d bestanden toe."},
		{sayLonger, "Vul minstens %d tekens in."},
		{sayShorter, "Vul hoogstens %d tekens in."},
	}
}

// fromClient says a client's sentence in the page's language.
func (w *words) fromClient(sentence string) string {
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
