package cases_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// moments are instants that are easy to store wrongly: around both changes of
// the clock in Amsterdam, at midnight, with fractions, far from UTC.
func moments(t testing.TB) []time.Time {
	t.Helper()
	utc := func(month time.Month, day, hour, minute, second int) time.Time {
		return time.Date(2026, month, day, hour, minute, second, 0, time.UTC)
	}
	all := []time.Time{
		utc(time.March, 28, 22, 59, 59), utc(time.March, 28, 23, 0, 0),
		utc(time.March, 29, 0, 59, 59), utc(time.March, 29, 1, 0, 0),
		utc(time.October, 25, 0, 0, 0), utc(time.October, 25, 0, 30, 0), utc(time.October, 25, 1, 30, 0),
		utc(time.December, 31, 22, 59, 59), utc(time.December, 31, 23, 0, 0),
	}
	for _, zone := range []string{"Europe/Amsterdam", "Asia/Kathmandu", "America/New_York", "Pacific/Kiritimati"} {
		location, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, time.Date(2026, time.October, 25, 2, 30, 0, 999_999_999, location))
	}
	return append(all, time.Date(2026, time.March, 29, 2, 30, 0, 1, time.Local))
}

// TestTimes_comeBack: every instant comes back as it went in, to the second and in
// UTC, whatever the zones of the clock, the process and the server; and SQL
// orders instants as time does.
func TestTimes_comeBack(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i, at := range moments(t) {
			reg.Clock.Set(at)
			made := reg.File(fmt.Sprint("view:", i))
			reg.MustHold(made)
			got, err := reg.Case(t.Context(), made.ID)
			if err != nil {
				t.Fatal(err)
			}
			if want := at.UTC().Truncate(time.Second); got.LoggedAt != want || got.Last.At != want {
				t.Errorf("%v comes back as %v and %v", want, got.LoggedAt, got.Last.At)
			}
			dueAt(reg, made, at.UTC().Truncate(time.Second))
		}
		reg.MustVerify()
	})
}

// dueAt has a case come due at that second: not before, and not after.
func dueAt(reg *storagetest.Register, c workflow.Complaint, at time.Time) {
	reg.Helper()
	reg.Exec(`UPDATE complaints SET next_at = $1 WHERE id = $2`, at, c.ID)
	for shift, want := range map[time.Duration]int{-time.Second: 0, 0: 1, time.Second: 1} {
		const due = `SELECT count(*) FROM complaints WHERE id = $1 AND next_at <= $2`
		if n := reg.Count(due, c.ID, at.Add(shift).UTC()); n != want {
			reg.Errorf("%v after %v, %d cases are due", shift, at, n)
		}
	}
}

// TestNumber_yearInAmsterdam: a case belongs to the year on the wall in
// Amsterdam, not to that of UTC.
func TestNumber_yearInAmsterdam(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i, c := range []struct {
			at   time.Time
			want string
		}{
			{time.Date(2026, time.December, 31, 22, 59, 59, 0, time.UTC), "K-2026-0001"},
			{time.Date(2026, time.December, 31, 23, 0, 0, 0, time.UTC), "K-2027-0001"},
			{time.Date(2027, time.January, 1, 11, 0, 0, 0, time.UTC), "K-2027-0002"},
		} {
			reg.Clock.Set(c.at)
			if made := reg.File(fmt.Sprint("view:", i)); made.Number != c.want {
				t.Errorf("at %v: %s, want %s", c.at, made.Number, c.want)
			}
		}
	})
}

// TestTimes_otherTimeZones runs TestTimes_comeBack in processes that live elsewhere.
func TestTimes_otherTimeZones(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, zone := range []string{"Pacific/Kiritimati", "America/St_Johns", "Europe/Amsterdam"} {
		cmd := exec.Cmd{
			Path: self, Args: []string{self, "-test.v", "-test.run=^TestTimes_comeBack$/^sqlite$"},
			Env: append(os.Environ(), "TZ="+zone),
		}
		if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("--- PASS: TestTimes_comeBack/sqlite")) {
			t.Errorf("TZ=%s: %v\n%s", zone, err, out)
		}
	}
}
