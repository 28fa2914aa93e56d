package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Words is what the page itself says; everything else on it comes from the app
// and from people.
type Words struct {
	Lang, Clock, Decimal                                    string
	Workspace, WhoAreYou, Channels, Apps                    string
	Home, HomeEmpty, Messages, Menu, Close                  string
	Thread, OpenThread, ReplyCount1, ReplyCountN, AlsoReply string
	Composer, Older, ReadOnly, Send, Shortcuts, NoShortcuts string
	MessageMenu, OnlyYou, App, Edited, Deleted, Delete      string
	NoMessages, NoChannel, External, Guest, PrivateChannel  string
	Optional, Choose, HasFiles, More                        string
	Cancel, Figures, Value, Unknown                         string
	Today, Yesterday, Tomorrow                              string
	NoAnswer, Trouble, NotHere, BadCommand, ThreadCommand   string
	TooLarge, Offline, Failed                               string
	AgoNow, AgoMinutes, AgoHours, AgoDays, InDays           string
	Months, Days, ShortMonths                               []string
	DayForm, ShortDayForm, LongDayForm                      string // %[1]s weekday, %[2]d day, %[3]s month, %[4]d year
	CharactersLeft, TooShort                                string
}

// In is the page in that language: Dutch for "nl", else English.
func In(language string) *Words {
	if language == "nl" {
		return Dutch()
	}
	return English()
}

// Dutch is the page in Dutch.
func Dutch() *Words {
	return &Words{
		Lang: "nl", Clock: "15:04", Decimal: ",",
		Workspace: "Werkruimte", WhoAreYou: "Wie ben je?", Channels: "Kanalen", Apps: "Apps",
		Home: "Start", HomeEmpty: "De app heeft hier nog niets neergezet.", Messages: "Berichten", Menu: "Menu", Close: "Sluiten",
		Thread: "Thread", OpenThread: "Beantwoorden in thread", ReplyCount1: "1 antwoord", ReplyCountN: "%d antwoorden", AlsoReply: "Antwoord…",
		Composer: "Bericht aan %s", Older: "Oudere berichten toont deze pagina niet.", ReadOnly: "Berichten sturen naar deze app is uitgeschakeld.", Send: "Verzenden", Shortcuts: "Snelkoppelingen", NoShortcuts: "Geen snelkoppelingen",
		MessageMenu: "Meer acties", OnlyYou: "Alleen zichtbaar voor jou", App: "APP", Edited: "(bewerkt)", Deleted: "Dit bericht is verwijderd.", Delete: "Bericht verwijderen",
		NoMessages: "Hier staat nog niets.", NoChannel: "Je bent van geen enkel kanaal lid.", External: "extern", Guest: "gast", PrivateChannel: "besloten kanaal",
		Optional: "(optioneel)", Choose: "Maak een keuze", HasFiles: "Al gekozen:", More: "Meer",
		Cancel: "Annuleren", Figures: "Cijfers bij de grafiek", Value: "Waarde", Unknown: "Dit onderdeel tekent de pagina niet:",
		Today: "vandaag", Yesterday: "gisteren", Tomorrow: "morgen",
		NoAnswer: "%s reageerde niet. Probeer het opnieuw.", Trouble: "Er ging iets mis in de verbinding met %s. Probeer het opnieuw.",
		NotHere: "Dit kan hier niet (meer).", BadCommand: "%s is geen geldige opdracht.", ThreadCommand: "Opdrachten werken niet in een thread.",
		TooLarge: "Dit is te groot om te versturen.", Offline: "Geen verbinding; we proberen het opnieuw…",
		Failed: "Dat is niet gelukt. Probeer het opnieuw.",
		AgoNow: "zojuist", AgoMinutes: "%d min. geleden", AgoHours: "%d uur geleden", AgoDays: "%d d. geleden", InDays: "over %d d.",
		Months:      []string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
		ShortMonths: []string{"jan.", "feb.", "mrt.", "apr.", "mei", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."},
		Days:        []string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
		DayForm:     "%[2]d %[3]s %[4]d", ShortDayForm: "%[2]d %[3]s %[4]d", LongDayForm: "%[1]s %[2]d %[3]s %[4]d",
		CharactersLeft: "nog %d tekens", TooShort: "nog minstens %d tekens",
	}
}

// English is the page in English.
func English() *Words {
	return &Words{
		Lang: "en", Clock: "15:04", Decimal: ".",
		Workspace: "Workspace", WhoAreYou: "Who are you?", Channels: "Channels", Apps: "Apps",
		Home: "Home", HomeEmpty: "The app has put nothing here yet.", Messages: "Messages", Menu: "Menu", Close: "Close",
		Thread: "Thread", OpenThread: "Reply in thread", ReplyCount1: "1 reply", ReplyCountN: "%d replies", AlsoReply: "Reply…",
		Composer: "Message %s", Older: "This page does not show older messages.", ReadOnly: "Sending messages to this app has been turned off.", Send: "Send", Shortcuts: "Shortcuts", NoShortcuts: "No shortcuts",
		MessageMenu: "More actions", OnlyYou: "Only visible to you", App: "APP", Edited: "(edited)", Deleted: "This message was deleted.", Delete: "Delete message",
		NoMessages: "Nothing here yet.", NoChannel: "You are not a member of any channel.", External: "external", Guest: "guest", PrivateChannel: "private channel",
		Optional: "(optional)", Choose: "Choose an option", HasFiles: "Already chosen:", More: "More",
		Cancel: "Cancel", Figures: "Figures of the chart", Value: "Value", Unknown: "The page doesn't draw this part:",
		Today: "today", Yesterday: "yesterday", Tomorrow: "tomorrow",
		NoAnswer: "%s did not respond. Try again.", Trouble: "We had some trouble connecting to %s. Try again?",
		NotHere: "This can't be done here (any more).", BadCommand: "%s is not a valid command.", ThreadCommand: "Commands don't work in threads.",
		TooLarge: "This is too large to send.", Offline: "No connection; trying again…",
		Failed: "That did not work. Try again.",
		AgoNow: "just now", AgoMinutes: "%d min ago", AgoHours: "%d h ago", AgoDays: "%d d ago", InDays: "in %d d",
		Months:      []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		ShortMonths: []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		Days:        []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		DayForm:     "%[3]s %[2]d, %[4]d", ShortDayForm: "%[3]s %[2]d, %[4]d", LongDayForm: "%[1]s, %[3]s %[2]d, %[4]d",
		CharactersLeft: "%d characters left", TooShort: "at least %d more characters",
	}
}

// Day is a date as it stands in a sentence.
func (w *Words) Day(at time.Time) string { return w.form(w.DayForm, w.Months, at) }

// ShortDay is a date with the month in short.
func (w *Words) ShortDay(at time.Time) string { return w.form(w.ShortDayForm, w.ShortMonths, at) }

// LongDay is a date with its day of the week.
func (w *Words) LongDay(at time.Time) string { return w.form(w.LongDayForm, w.Months, at) }

func (w *Words) form(form string, months []string, at time.Time) string {
	return fmt.Sprintf(form, w.Days[at.Weekday()], at.Day(), months[at.Month()-1], at.Year())
}

// NearDay is "today" and its neighbours, "" for other days.
func (w *Words) NearDay(at, now time.Time) string {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC) }
	switch day(at).Sub(day(now)) / (24 * time.Hour) {
	case 0:
		return w.Today
	case -1:
		return w.Yesterday
	case 1:
		return w.Tomorrow
	}
	return ""
}

// Ago is how long ago something was, or how far ahead it is when d is negative.
func (w *Words) Ago(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d <= -day:
		return fmt.Sprintf(w.InDays, int(-d/day))
	case d < time.Minute:
		return w.AgoNow
	case d < time.Hour:
		return fmt.Sprintf(w.AgoMinutes, int(d.Minutes()))
	case d < day:
		return fmt.Sprintf(w.AgoHours, int(d.Hours()))
	}
	return fmt.Sprintf(w.AgoDays, int(d/day))
}

// Replies counts the replies of a thread.
func (w *Words) Replies(n int) string {
	if n == 1 {
		return w.ReplyCount1
	}
	return fmt.Sprintf(w.ReplyCountN, n)
}

// Number writes a figure with at most two decimals.
func (w *Words) Number(x float64) string {
	text := strconv.FormatFloat(x, 'f', 2, 64)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		text = "0"
	}
	return strings.Replace(text, ".", w.Decimal, 1)
}
