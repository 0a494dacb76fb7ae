package supervise

import (
	"context"
	"testing"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, account.Schema, person.Schema, approval.Schema, message.Schema, evidence.Schema, indicator.Schema, Schema}

	suriya = web.User{ID: 11, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	mergen = web.User{ID: 15, Name: "莫日根", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	bold   = web.User{ID: 12, Name: "宝力德", Role: account.Officer, RoleName: "经办", Area: "152923", AreaName: "额济纳旗"}
	chief  = web.User{ID: 13, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	second = web.User{ID: 14, Name: "陈处", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
	region = web.User{ID: 16, Name: "刘处", Role: account.Manager, RoleName: "管理", Area: "15", AreaName: "内蒙古自治区"}

	paper = &Proof{[]byte("%PDF-1.4"), "application/pdf"}
)

type world struct {
	*registertest.World
	*Room
	clock *clock.Fake
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	base := registertest.New(t, d)
	c := clock.NewFake("2025-09-01 09:00")
	in, err := indicator.New(ctx, indicator.Deps{DB: d, Clock: c})
	base.Must(err)
	messages := message.New(message.Deps{DB: d, People: base.People, Sealer: base.Sealer, Clock: c, IDs: base.IDs})
	w := &world{World: base, clock: c}
	w.Room, err = New(Deps{DB: d, Indicators: in, Sealer: base.Sealer, Clock: c, IDs: base.IDs, Audit: base.Audit, Messages: messages,
		Approvals: approval.New(approval.Deps{DB: d, Sealer: base.Sealer, Clock: c, IDs: base.IDs, Audit: base.Audit}), Evidence: &evidence.Store{DB: d, Sealer: base.Sealer, Clock: c, IDs: base.IDs}})
	base.Must(err)
	return w
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

// to moves the clock to nine o'clock of a day.
func (w *world) to(day string) { *w.clock = *clock.NewFake(day + " 09:00") }

// duty gives the banner's bureau a duty whose milestone is due on a day.
func (w *world) duty(due db.Date) (Duty, Milestone) {
	w.T.Helper()
	u, err := w.AddUnit(ctx, chief, "152921", "阿拉善左旗人力资源和社会保障局", w.Once())
	w.Must(err)
	id, err := w.Give(ctx, chief, Duty{Source: ByHand, UnitID: u.ID, Title: "公益性岗位核查"}, Milestone{Text: "核查名单上报", Due: due}, w.Once())
	w.Must(err)
	return w.again(id)
}

func (w *world) again(id int64) (Duty, Milestone) {
	w.T.Helper()
	d, err := dutyByID(ctx, w.Room.DB, id)
	w.Must(err)
	all, err := milestonesOf(ctx, w.Room.DB, []Duty{d})
	w.Must(err)
	return d, all[id][0]
}

func (w *world) night(want map[string]int) {
	w.T.Helper()
	got, err := w.Night(ctx)
	w.Must(err)
	for _, s := range stages {
		if got[s] != want[s] {
			w.T.Errorf("%s: the night did %v, want %v", w.clock.Today().Format("2006-01-02"), got, want)
		}
	}
}

// approve lets somebody say yes to the only request of a kind.
func (w *world) approve(who web.User, kind string) error {
	w.T.Helper()
	list, err := w.Approvals.List(ctx, approval.Filter{Kind: kind, Area: "15", States: []approval.State{approval.Waiting}}, newest, 2)
	w.Must(err)
	if len(list) != 1 {
		w.T.Fatalf("%d requests of kind %s wait", len(list), kind)
	}
	return w.Approvals.Decide(ctx, who, list[0].ID, list[0].Version, true, "同意", w.Once())
}

func (w *world) refused(kind fault.Kind, err error) {
	w.T.Helper()
	w.Refused(kind, "", err)
}
