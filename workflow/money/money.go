// Package money is an amount in euros, as people type it and as it is stored. It
// knows of no complaint.
package money

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Amount is an amount in euro cents.
type Amount int64

// ErrAmount is that a text is no amount in euros. It never repeats the text.
var ErrAmount = errors.New("not an amount in euros")

// shape is an amount with its thousands apart or not, and cents or none. What
// stands between the thousands, if anything does, never stands before the cents.
var shape = regexp.MustCompile(`^(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d{1,2}|-+))?$|^(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.(\d{1,2}|-+))?$`)

// maxWhole is how many digits of euros there are at most: what is longer is a
// mistake.
const maxWhole = 7

// Parse reads an amount above zero in the Dutch or the English form: "450",
// "450,00", "1.250,50", "1,250.50", "€ 450", "450 euro", "450,-". Three digits
// behind a single mark are thousands in either form.
func Parse(s string) (Amount, error) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	for _, sign := range []string{"€", "euros", "euro", "eur"} {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, sign), sign))
	}
	m := shape.FindStringSubmatch(s)
	if m == nil {
		return 0, ErrAmount
	}
	whole := strings.NewReplacer(".", "", ",", "", " ", "").Replace(m[1] + m[3])
	cents := strings.Trim(m[2]+m[4], "-")
	for len(cents) < 2 {
		cents += "0"
	}
	whole = strings.TrimLeft(whole, "0")
	n, err := strconv.ParseInt(whole+cents, 10, 64)
	if err != nil || len(whole) > maxWhole || n == 0 {
		return 0, ErrAmount
	}
	return Amount(n), nil
}

// Plain is the amount as it is stored, "1250.50"; Parse reads it.
func (a Amount) Plain() string { return fmt.Sprintf("%d.%02d", a/100, a%100) }
