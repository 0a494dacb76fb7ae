package collect

import "testing"

func TestTheDemonstrationShowsWorkInHand(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		for range 2 { // seeding twice changes nothing
			if err := w.SeedDemo(ctx, "152921112", wuyun); err != nil {
				t.Fatal(err)
			}
		}
		if hints, err := w.store.hints(ctx, here, 0, 9); err != nil || len(hints) > 2 {
			t.Errorf("hints %+v, %v", hints, err)
		}
		for id := range map[int64]bool{71: true, 72: true, 81: true, 91: true} {
			if list := w.needs(id); len(list) > 2 || len(list) > 0 && (list[len(list)-1].Able != nil || list[len(list)-1].Doing == "") {
				t.Errorf("%d said %+v", id, list)
			}
		}
	})
}

func TestWhatLooksDrawnStaysInItsRange(t *testing.T) {
	for id := int64(912165304828690838); id < 912165304828690838+1000; id++ {
		if n := spread(id, 6); n < 0 || n >= 6 {
			t.Fatalf("%d of 6", n)
		}
	}
}
