package message

import (
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"pgregory.net/rapid"
)

// Whenever something becomes due, it goes out at the first hour that is not quiet, and never waits longer than a holiday.
func TestNothingGoesOutInQuietHoursAndNothingWaitsForEver(t *testing.T) {
	start := time.Date(2025, time.January, 1, 0, 0, 0, 0, clock.Zone)
	rapid.Check(t, func(t *rapid.T) {
		channel := rapid.SampledFrom(channels).Draw(t, "channel")
		at := start.Add(time.Duration(rapid.IntRange(0, 2*365*24*60).Draw(t, "minutes")) * time.Minute)
		when := sending(channel, at)
		switch {
		case when.Before(at):
			t.Fatalf("%s at %s: sent before, at %s", channel, at, when)
		case quiet(channel, when):
			t.Fatalf("%s at %s: sent in quiet hours, at %s", channel, at, when)
		case when.Sub(at) > 11*24*time.Hour:
			t.Fatalf("%s at %s: waits until %s", channel, at, when)
		}
		for hour := at; hour.Before(when); hour = hour.Add(time.Hour) {
			if !quiet(channel, hour) {
				t.Fatalf("%s at %s: could have gone at %s, goes at %s", channel, at, hour, when)
			}
		}
	})
}

// However long a text is, its parts hold it, and one part fewer would not.
func TestPartsHoldTheirText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Repeat(rapid.SampledFrom([]string{"字", "a", "😀"}).Draw(t, "letter"), rapid.IntRange(0, 400).Draw(t, "n"))
		n, p := letters(text), parts(text)
		if p == 1 && n > onePart || p > 1 && (n > p*eachPart || n <= onePart || p > 2 && n <= (p-1)*eachPart) {
			t.Fatalf("%d characters in %d parts", n, p)
		}
	})
}
