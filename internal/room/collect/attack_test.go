package collect

import (
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

func TestAPhoneOfSomebodyWhoMovedAwayIsNotSettledWhereTheyLived(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		taken := &desk{}
		w.Register = taken
		w.send(wuyun, need(1, 71, map[string]string{"phone": "13947380000"}))
		hints, err := w.store.hints(ctx, "152921", 0, 10)
		if err != nil || len(hints) != 1 {
			t.Fatal(hints, err)
		}
		if err := w.DB.Tx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE person SET area = '152923102001' WHERE person_id = 71`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := w.DecideHint(ctx, suriya, 71, hints[0].ID, 1, true, "电话核实", key(50)); !fault.Is(err, fault.Denied) || len(taken.phones) != 0 {
			t.Errorf("the banner where the person lived: %v, taken %v", err, taken.phones)
		}
		if err := w.DecideHint(ctx, suriya, 71, hints[0].ID, 1, false, "人已迁走", key(51)); err != nil {
			t.Errorf("putting it aside: %v", err)
		}
	})
}

func TestANewcomerOfAnotherBannerIsToldWithoutAName(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		enter := func(who web.User, n int, area string) Result {
			return w.send(who, Item{Key: key(n), Kind: KindNew, Area: area, Answers: map[string]string{"name": "孟和", "idnumber": mended("152921199003070020")}})[0]
		}
		far := web.User{ID: 16, Name: "额济纳", Role: account.Officer, Area: "152923"}
		enter(wuyun, 1, here)
		if got := enter(far, 2, "152923102001"); got.Result != Saved || strings.Contains(got.Found, "孟") || got.Found == "" {
			t.Errorf("%+v", got)
		}
	})
}
