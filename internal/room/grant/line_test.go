package grant

import (
	"testing"

	"pgregory.net/rapid"
)

// Whatever is granted of whatever plan, the lines come to exactly that, each in its own month, and only this year's have a fund.
func TestThePlannedLinesComeToWhatWasGranted(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a := Application{OwnerID: 1, ID: 2, FundID: 3, DecidedOn: day("2025-09-24")}
		month := rapid.SampledFrom([]int{202401, 202506, 202511, 202512}).Draw(r, "from")
		for range rapid.IntRange(0, 30).Draw(r, "months") {
			a.Plan = append(a.Plan, Period{month, rapid.Int64Range(0, 1_000_000).Draw(r, "fen")})
			a.Amount += a.Plan[len(a.Plan)-1].Fen
			month = nextMonth(month)
		}
		if len(a.Plan) == 0 {
			a.Amount = rapid.Int64Range(0, 1_000_000).Draw(r, "once")
		}
		a.Granted = rapid.Int64Range(0, a.Amount).Draw(r, "granted")
		list := a.plan()
		seen := map[string]bool{}
		for i := range list {
			l := &list[i]
			if l.Fen <= 0 || seen[l.Fact] || (l.FundID != 0) != (l.Year == 2025) || l.Year < 2025 {
				r.Fatalf("%+v", l)
			}
			seen[l.Fact] = true
		}
		if total(list) != a.Granted {
			r.Fatalf("%d of %d: %+v", total(list), a.Granted, list)
		}
	})
}
