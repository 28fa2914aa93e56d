package main

import (
	"strings"
	"time"
	"unicode"

	"github.com/artra/klachtbot/workflow/roster"
)

// weekdaySetting names the setting of who works when.
const weekdaySetting = "KLACHTBOT_WEEKDAYS"

// weekdays reads on which days of the week people on the roster work, such as
// "U0OMAR=ma-wo;U0LOTTE=thu, fri". Whoever is not in it works every working
// day.
func (m *mistakes) weekdays(s string, people roster.Roster) map[roster.PersonID][]time.Weekday {
	all := map[roster.PersonID][]time.Weekday{}
	for _, entry := range split(s, ";") {
		id, days, found := strings.Cut(entry, "=")
		who := roster.PersonID(strings.TrimSpace(id))
		_, twice := all[who]
		switch {
		case !found:
			m.add(weekdaySetting, "%q is not like U0OMAR=ma di wo", entry)
			continue
		case !people.Has(who):
			m.add(weekdaySetting, "%q is neither officer nor director", who)
		case twice:
			m.add(weekdaySetting, "%s stands in it twice", who)
		}
		all[who] = m.daysOf(who, days)
	}
	return all
}

// daysOf reads days and ranges of days, with blanks or commas between, and
// returns them from Monday on.
func (m *mistakes) daysOf(who roster.PersonID, s string) []time.Weekday {
	var works [7]bool
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	for _, word := range words {
		first, last, ok := dayRange(word)
		if !ok {
			m.add(weekdaySetting, "%q of %s is not a weekday like ma or mon, or a range like ma-wo", word, who)
			continue
		}
		for day := first; day <= last; day++ {
			works[day] = true
		}
	}
	if len(words) == 0 {
		m.add(weekdaySetting, "on which days does %s work?", who)
	}
	var days []time.Weekday
	for day, yes := range works {
		if yes {
			days = append(days, time.Weekday((day+1)%len(works)))
		}
	}
	return days
}

// dayRange reads a day, or two with a dash between, as days after Monday.
func dayRange(word string) (first, last int, ok bool) {
	from, until, isRange := strings.Cut(strings.ToLower(word), "-")
	first, ok = dayNames[from]
	if last = first; isRange && ok {
		last, ok = dayNames[until]
	}
	return first, last, ok && first <= last
}

// dayNames are the days of the week after Monday, as people write them.
var dayNames = map[string]int{
	"ma": 0, "di": 1, "wo": 2, "do": 3, "vr": 4, "za": 5, "zo": 6,
	"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}
