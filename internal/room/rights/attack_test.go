package rights

import (
	"sync"
	"testing"

	"jiuye/internal/ground/fault"
	"jiuye/internal/register/approval"
)

func TestOfManyWhoAskForTheSameCorrectionAtOnceOneIsTaken(t *testing.T) {
	run(t, func(w *world) {
		taken := func() (n int) {
			errs := make([]error, 4)
			var all sync.WaitGroup
			for i := range errs {
				key := once()
				all.Go(func() {
					_, errs[i] = w.Ask(ctx, suriya, Asked{PersonID: 71, Field: "phone", Value: "13900001111", Why: "x", Evidence: "y"}, key)
				})
			}
			all.Wait()
			for _, err := range errs {
				if err == nil {
					n++
				} else if !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			}
			return n
		}
		for range 2 {
			if n := taken(); n != 1 {
				t.Errorf("%d requests wait", n)
			}
			list, err := w.Approvals.List(ctx, approval.Filter{Kind: KindCorrect, PersonID: 71, States: []approval.State{approval.Waiting}}, 0, 10)
			if err != nil || len(list) != 1 {
				t.Fatal(list, err)
			}
			w.Must(w.Approvals.Decide(ctx, bater, list[0].ID, 1, false, "请附证明", once())) // then it may be asked for again
		}
	})
}
