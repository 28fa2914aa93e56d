package cases

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
)

// Fields are read in order from a text with ',' between them. The figures of a
// million cases read thirty million: each is a slice of the text.
type Fields struct {
	Rest  string
	Wrong bool
}

// ErrFields never repeats the text, which may be anything.
var ErrFields = errors.New("not the fields it should have")

// Text is a field after which another comes.
func (f *Fields) Text() (field string) {
	i := strings.IndexByte(f.Rest, ',')
	if i < 0 {
		f.Wrong = true
		return ""
	}
	field, f.Rest = f.Rest[:i], f.Rest[i+1:]
	return field
}

// Last is the last field.
func (f *Fields) Last() string {
	f.Wrong = f.Wrong || strings.Contains(f.Rest, ",")
	return f.Rest
}

// Number is a whole number.
func (f *Fields) Number() int {
	n, err := strconv.Atoi(f.Text())
	f.Wrong = f.Wrong || err != nil
	return n
}

// Flag is a field that says 1 or 0.
func (f *Fields) Flag() bool { return f.Text() == "1" }

// Date is a date, or nothing.
func (f *Fields) Date() calendar.Date {
	text := f.Text()
	if text == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(text)
	f.Wrong = f.Wrong || err != nil
	return d
}

// Instant is a time in UTC, which one engine says, or nothing.
func (f *Fields) Instant() time.Time {
	text := f.Text()
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateTime, strings.TrimSuffix(text, "+00:00"))
	f.Wrong = f.Wrong || err != nil
	return t
}

// Err reports whether a field was not what it should be.
func (f *Fields) Err() error {
	if f.Wrong {
		return ErrFields
	}
	return nil
}
