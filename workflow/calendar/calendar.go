package calendar

import "time"

// Calendar knows the firm's time zone, its non-working days and the hours in
// which people may be reminded. The regulation's own deadlines never roll
// (R2, R7): the calendar decides only when the bot sends reminders.
type Calendar struct {
	Location *time.Location
	// Extra are non-working days beside the Dutch ones.
	Extra []Date
	// EveryDay makes every day a working day for reminders
	// (KLACHTBOT_REMINDER_DAYS=all, then target(d) = d).
	EveryDay bool
	// Opens and Closes bound the window for reminders, in minutes after
	// midnight on the wall clock: 540 and 1020 are 09:00-17:00, 0 and 1440
	// the whole day.
	Opens, Closes int
}

// Today returns the local date of an instant.
func (c Calendar) Today(now time.Time) Date { return dateOf(now.In(c.Location)) }

// IsWorkingDay reports whether people work on that day: Monday to Friday,
// not a Dutch holiday, not one of the extra days (deadlines.md, "Dutch
// non-working days").
func (c Calendar) IsWorkingDay(d Date) bool {
	if c.EveryDay {
		return true
	}
	switch d.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	if isHoliday(d) {
		return false
	}
	for _, e := range c.Extra {
		if e == d {
			return false
		}
	}
	return true
}

// Target returns the latest working day on or before d (R7).
func (c Calendar) Target(d Date) Date {
	for !c.IsWorkingDay(d) {
		d = d.AddDays(-1)
	}
	return d
}

// NextWorkingDay returns the first working day after d.
func (c Calendar) NextWorkingDay(d Date) Date {
	for d = d.AddDays(1); !c.IsWorkingDay(d); {
		d = d.AddDays(1)
	}
	return d
}

// InWindow reports whether people may be reminded at that instant (R7).
func (c Calendar) InWindow(now time.Time) bool {
	d := c.Today(now)
	return c.IsWorkingDay(d) && !now.Before(c.At(d, c.Opens)) && now.Before(c.At(d, c.Closes))
}

// NextWindow returns the first instant at or after now that lies in a window
// on day d or later; now itself when it does already.
func (c Calendar) NextWindow(now time.Time, d Date) time.Time {
	today := c.Today(now)
	if !d.After(today) {
		if c.InWindow(now) {
			return now
		}
		d = today
		if !now.Before(c.At(today, c.Opens)) {
			d = today.AddDays(1)
		}
	}
	for !c.IsWorkingDay(d) {
		d = d.AddDays(1)
	}
	return c.At(d, c.Opens)
}

// Month returns the instants at which the local month of d begins and ends.
func (c Calendar) Month(d Date) (from, until time.Time) {
	first := NewDate(d.Year, d.Month, 1)
	return c.At(first, 0), c.At(first.AddMonths(1), 0)
}

// At returns the instant of a wall-clock minute on d, in UTC. Going through
// the wall clock keeps 09:00 at 09:00 when the clock changes (R12).
func (c Calendar) At(d Date, minute int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, minute, 0, 0, c.Location).UTC()
}

// decreeDays are the days that a royal decree equates with a holiday.
var decreeDays = [...]Date{
	{2026, time.January, 2}, {2026, time.May, 15}, {2027, time.May, 7},
	{2028, time.April, 28}, {2028, time.May, 26},
}

// isHoliday reports whether d is a Dutch holiday or a decree day.
func isHoliday(d Date) bool {
	type md struct {
		m time.Month
		d int
	}
	switch (md{d.Month, d.Day}) {
	case md{time.January, 1}, md{time.May, 5}, md{time.December, 25}, md{time.December, 26}:
		return true
	}
	if d == kingsDay(d.Year) {
		return true
	}
	for _, e := range decreeDays {
		if e == d {
			return true
		}
	}
	switch d.DaysSince(easter(d.Year)) {
	case -2, 0, 1, 39, 49, 50: // Good Friday, Easter, Ascension, Whitsun
		return true
	}
	return false
}

// kingsDay is 27 April, or the 26th when the 27th is a Sunday.
func kingsDay(year int) Date {
	d := NewDate(year, time.April, 27)
	if d.Weekday() == time.Sunday {
		return d.AddDays(-1)
	}
	return d
}

// easter returns Easter Sunday by the Gregorian computus: the golden number
// gives the moon's age (epact), the moon's age the Paschal full moon, and
// Easter is the Sunday after it.
func easter(year int) Date {
	golden := year % 19
	century := year / 100
	leapless := century - century/4
	moonShift := (8*century + 13) / 25
	epact := (19*golden + leapless - moonShift + 15) % 30
	fullMoon := epact - epact/28*(1-epact/28*(29/(epact+1))*((21-golden)/11))
	weekday := (year + year/4 + fullMoon + 2 - leapless) % 7
	return NewDate(year, time.March, 28+fullMoon-weekday)
}

// DueSoon returns the days of a list of what is due soon: from today until before
// the next working day, so that Friday's list holds what is due on Sunday.
func (c Calendar) DueSoon(today Date) (from, until Date) {
	return today, c.NextWorkingDay(today)
}
