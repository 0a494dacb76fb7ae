package roster

import (
	"context"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
)

// seeded is what the demonstration's officers have done for members: of so many in a hundred, within so many days.
var seeded = []struct {
	list, item    string
	share, within int
	text          string
}{
	{"S26", "visit", 62, 28, "电话联系本人，正在找工作"}, {"S26", "refer", 40, 60, "推荐岗位 2 个"}, {"S26", "evidence", 70, 90, "毕业证书复印件"},
	{"S27", "visit", 71, 29, "入户见到本人"}, {"S27", "helper", 80, 90, "社区就业协理员"}, {"S27", "plan", 64, 90, "先参加家政培训，再推荐岗位"},
	{"S28", "visit", 85, 20, "入户见到本人"}, {"S28", "helper", 90, 30, "旗就业服务中心"},
	{"S29", "visit", 55, 80, "入户走访"}, {"S29", "destination", 48, 90, "本旗务工"}, {"S31", "survey", 66, 150, "入户调查"},
	{"S32", "visit", 58, 85, "电话回访"}, {"S34", "refer", 30, 80, "推荐保洁、门卫岗位"}, {"S35", "visit", 52, 29, "电话联系本人"}, {"S35", "practice", 20, 120, "到企业参观见习"},
	{"S36", "visit", 75, 25, "电话回访"}, {"S36", "destination", 60, 90, "正在找工作"}, {"S43", "visit", 57, 80, "入户走访"}, {"S43", "helper", 83, 200, "驻村工作队"},
}

// RefreshDemo is Refresh that also writes what the demonstration's officers have done so far. A second call changes nothing.
func (r *Room) RefreshDemo(ctx context.Context, p progress.Reporter) (Summary, error) {
	return r.refresh(ctx, p, r.pretend)
}

// pretend writes notes of the demonstration's officers about members of lists.
func (r *Room) pretend(ctx context.Context, sh shelf, places []standing) error {
	today := r.Clock.Today()
	var rows [][]any
	for i := range places {
		st := &places[i]
		for n, seed := range seeded {
			x := mixed(uint64(st.of.owner) + uint64(n)<<48)
			if st.gone || st.list.ID != seed.list || int(x%100) >= seed.share {
				continue
			}
			day := today.AddDate(0, 0, -int(x/100%uint64(seed.within)))
			st.of.learn(seed.item, day)
			rows = append(rows, []any{st.of.owner, int64(n + 1), seed.list, seed.item, db.On(day), seed.text, day.In(clock.Zone).UnixMilli(), int64(0), "演示数据"})
		}
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		return tx.InsertNew(ctx, sh.notes, []string{sh.key, "note_id", "list", "item", "day", "text", "at", "by_id", "by_name"}, []string{sh.key, "note_id"}, rows)
	})
}

// mixed spreads an identifier's bits (splitmix64).
func mixed(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
