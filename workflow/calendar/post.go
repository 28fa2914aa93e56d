package calendar

import "time"

// deliveries are how long letters by post are under way (R18), by the day from
// which they are posted: until which delivery day after that one. A letter from
// before the first of these counts on the next working day.
var deliveries = [...]struct {
	from Date
	days int
}{
	{Date{2026, time.July, 1}, 2},
	{Date{2027, time.July, 1}, 3},
}

// Delivered returns the day on which a letter that was posted on d counts as
// delivered (R18). The firm's own days make no difference to the post.
func (c Calendar) Delivered(d Date) Date {
	days := 0
	for _, one := range deliveries {
		if !d.Before(one.from) {
			days = one.days
		}
	}
	if days == 0 {
		c.EveryDay = false
		return c.NextWorkingDay(d)
	}
	for days > 0 {
		if d = d.AddDays(1); isDeliveryDay(d) {
			days--
		}
	}
	return d
}

// isDeliveryDay reports whether letters are delivered on that day: Tuesday to
// Saturday, holidays aside.
func isDeliveryDay(d Date) bool {
	w := d.Weekday()
	return w != time.Sunday && w != time.Monday && !isHoliday(d)
}
