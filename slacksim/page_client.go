package slacksim

import "fmt"

// clientSentences gives, for each sentence with which a person's own client
// refuses a value, the Dutch one; %d stands for the number in it.
func clientSentences() [][2]string {
	return [][2]string{
		{msgRequired, "Vul dit veld in."},
		{msgNotOption, "Kies een van de mogelijkheden."},
		{msgNoEmail, "Dit is geen e-mailadres."},
		{msgNoURL, "Dit is geen webadres."},
		{msgNoNumber, "Dit is geen getal."},
		{msgNoWhole, "Dit is geen heel getal."},
		{msgNoDate, "Dit is geen datum."},
		{msgNoTime, "Dit is geen tijd."},
		{msgFileSize, "Een bestand mag hoogstens 10 MB zijn."},
		{msgFileType, "Dit soort bestand kan hier niet."},
		{msgMost, "Kies er hoogstens %d."},
		{msgFiles, "Voeg hoogstens %d bestanden toe."},
		{msgLonger, "Vul minstens %d tekens in."},
		{msgShorter, "Vul hoogstens %d tekens in."},
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
