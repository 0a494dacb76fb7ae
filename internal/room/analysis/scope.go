package analysis

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// MayLook asks whether somebody may see an area's market: staff of the area or above. No finer than a banner: there would be
// few people in each number.
func MayLook(u web.User, where string) error {
	if !area.Exists(where) || area.Level(where) > area.Banner || !area.Within(where, region) {
		return fault.New(fault.NotFound, "没有这个地区的供求数，可以选自治区、盟市或旗县（市、区）")
	}
	return account.CanSeeArea(u, where)
}

// MayWrite asks whether somebody may draft an area's report: its staff or that above, no administrators.
func MayWrite(u web.User, where string) error {
	if err := MayLook(u, where); err != nil {
		return err
	}
	if u.Role != account.Officer && u.Role != account.Manager || account.Coordinator(u) {
		return fault.New(fault.Denied, "供求分析报告由旗县（市、区）以上就业服务机构编写")
	}
	return nil
}

// MayRead asks whether somebody may read a report: everybody once it is published, otherwise staff of its area and above.
func MayRead(u web.User, r *Report) error {
	if r.State == Published || r.State == Replaced || MayWrite(u, r.Area) == nil {
		return nil
	}
	return fault.New(fault.NotFound, "没有这份报告，或者还没有发布")
}

// MayAsk asks whether somebody may note what came of asking an employer of an area.
func MayAsk(u web.User, employerArea string) error {
	if u.Role != account.Officer && u.Role != account.Manager || account.Coordinator(u) {
		return fault.New(fault.Denied, "走访结果由旗县（市、区）以上就业服务机构登记")
	}
	return account.CanSeeArea(u, employerArea)
}
