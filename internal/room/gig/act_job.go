package gig

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/message"
)

// Household is somebody who hires for the household, brought in by an officer.
type Household struct{ Name, Phone string }

// mostLate is for how many jobs a hirer may owe overdue pay before nothing new is taken from it.
const mostLate = 2

// Publish puts a job on the market: an employer its own, an officer a household's. Nothing is ever charged for it. Faults: Denied,
// Invalid (with the rule, also of the minimum wage), Conflict while too much pay is overdue, Repeat.
func (r *Room) Publish(ctx context.Context, who web.User, j Job, h Household, once string) (int64, error) {
	hirer, err := r.hirerFor(ctx, who, &j, &h)
	if err != nil {
		return 0, err
	}
	if err := checkJob(&j, r.today(), r.Wages.MinimumWage(ctx, j.Area, j.From.Time)); err != nil {
		return 0, err
	}
	j.ID, j.State, j.Taken, j.ByID, j.By, j.Version = r.IDs.Next(), Open, 0, who.ID, account.Signature(who), 1
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if hirer.EmployerID == 0 {
			if hirer.ID, err = callerOf(ctx, tx, r.Sealer.Hash("gig.phone", h.Phone), hirer.ID); err != nil {
				return err
			}
		}
		j.HirerID = hirer.ID
		if err := keepHirer(ctx, tx, &hirer); err != nil {
			return err
		}
		if err := r.mayPost(ctx, tx, hirer.ID); err != nil {
			return err
		}
		if j.MarketID != 0 {
			if m, err := marketByID(ctx, tx, j.MarketID); err != nil {
				return err
			} else if m.Closed || bannerOf(m.Area) != bannerOf(j.Area) {
				return fault.New(fault.Invalid, "请选择用工地点所在旗县（市、区）正在开放的市场")
			}
		}
		if err := insertJobs(ctx, tx, []Job{j}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "publish", "gigjob", j.ID, j.Area, "发布零工用工："+j.Title)
	})
	return j.ID, err
}

// hirerFor is who hires, and fills in what the job shows of it.
func (r *Room) hirerFor(ctx context.Context, who web.User, j *Job, h *Household) (Hirer, error) {
	if who.Role == account.Employer {
		unit, err := r.Employers.Get(ctx, who.EmployerID)
		if err != nil {
			return Hirer{}, err
		}
		j.EmployerID, j.Hirer = unit.ID, unit.Name
		return Hirer{ID: unit.ID, EmployerID: unit.ID, Area: unit.Area, Name: unit.Name, who: r.Sealer.Seal("")}, nil
	}
	if err := MayKeep(who, j.Area); err != nil {
		return Hirer{}, err
	}
	phone, err := identity.ParsePhone(h.Phone)
	if h.Name == "" || err != nil {
		return Hirer{}, fault.New(fault.Invalid, "请填写用工人的姓名和联系电话（11 位手机号）")
	}
	h.Phone = phone
	j.EmployerID, j.Hirer = 0, identity.MaskName(h.Name)
	return Hirer{ID: r.IDs.Next(), Area: j.Area, Name: j.Hirer, who: r.Sealer.Seal(h.Name + "\n" + h.Phone)}, nil
}

// household opens what is sealed of a household.
func (r *Room) household(h *Hirer) (Household, error) {
	text, err := r.Sealer.Open(h.who)
	name, phone, _ := strings.Cut(text, "\n")
	return Household{name, phone}, err
}

// mayPost refuses whoever owes too much overdue pay, unless an officer has allowed it.
func (r *Room) mayPost(ctx context.Context, q db.Querier, hirer int64) error {
	n, err := lateJobs(ctx, q, hirer, db.On(r.today()))
	if err != nil || n < mostLate {
		return err
	}
	h, err := hirerByID(ctx, q, hirer)
	if err != nil || !h.Allowed.Before(r.today()) && !h.Allowed.IsZero() {
		return err
	}
	return fault.New(fault.Conflict, "有 %d 个零工的报酬过了支付日还没有付清，付清以前不能再发布。已经付了的请登记付款；确有困难请到旗县（市、区）就业服务中心说明", n)
}

// Allow lets a hirer post for 30 days in spite of arrears. Faults: Denied, Invalid, Repeat.
func (r *Room) Allow(ctx context.Context, who web.User, hirer int64, why, once string) error {
	why = identity.Veil(why)
	h, err := hirerByID(ctx, r.DB, hirer)
	if err != nil {
		return err
	}
	if err := MayKeep(who, h.Area); err != nil {
		return err
	}
	if why == "" {
		return fault.New(fault.Invalid, "请写明解除限制的理由")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := allowHirer(ctx, tx, hirer, db.On(r.today().AddDate(0, 0, 30)), why, account.Signature(who)); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "allow", "gighirer", hirer, h.Area, "解除零工发布限制 30 天："+h.Name+"；"+why)
	})
}

// End calls a job off: the hirer's own (before anybody has worked), or any by an officer. Who had a place is told, and what was worked
// stays owed. Faults: NotFound, Denied, Invalid, Conflict, Repeat.
func (r *Room) End(ctx context.Context, who web.User, id, version int64, why, once string) error {
	why = identity.Veil(why)
	j, err := jobByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayRun(who, &j); err != nil {
		return err
	}
	begun, state := !r.Clock.Now().Before(j.Begins()), Stopped
	if who.Role == account.Employer || who.ID == j.ByID && !begun {
		state = Cancelled
	}
	switch {
	case why == "":
		return fault.New(fault.Invalid, "请写明取消的原因，会告诉已录用的劳动者")
	case state == Cancelled && begun:
		return fault.New(fault.Late, "已经开工，不能取消。没有干完的部分请按实际出勤登记")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := endJob(ctx, tx, id, version, state, why); err != nil {
			return err
		}
		list, err := r.takesAt(ctx, tx, id)
		if err != nil {
			return err
		}
		var gone []Take
		var letters []message.Message
		for _, t := range list {
			if (t.State == Asked || t.State == Taken) && t.Pay == Unpaid {
				t.State, t.Version = Left, t.Version+1
				gone = append(gone, t)
				letters = append(letters, told(kindPlace, message.To{PersonID: t.PersonID}, jobAt(id), "end "+number(id), "零工取消："+j.Title, j.Hirer+" 的零工“"+j.Title+"”取消了，原因："+why+"。可以另找别的零工。",
					"Day work called off: "+j.Title, j.Title+" is called off: "+why))
			}
		}
		if err := r.putTakes(ctx, tx, gone); err != nil {
			return err
		}
		if err := r.tell(ctx, tx, letters...); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "end", "gigjob", id, j.Area, "取消零工用工："+j.Title+"；"+why)
	})
}

// AddMarket registers a market. Faults: Denied, Invalid, Repeat.
func (r *Room) AddMarket(ctx context.Context, who web.User, m Market, once string) (int64, error) {
	if err := MayKeep(who, m.Area); err != nil {
		return 0, err
	}
	if err := checkMarket(&m); err != nil {
		return 0, err
	}
	m.ID, m.By, m.Version = r.IDs.Next(), account.Signature(who), 1
	return m.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := insertMarket(ctx, tx, &m); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "market", "gigmarket", m.ID, m.Area, "登记零工市场："+m.Name)
	})
}

func checkMarket(m *Market) error {
	switch {
	case m.Name == "" || m.Address == "" || m.Hours == "" || m.Officer == "":
		return fault.New(fault.Invalid, "请填写市场名称、地址、开放时间和负责人")
	case !slices.Contains(marketKinds, m.Kind):
		return fault.New(fault.Invalid, "请选择市场类型")
	case !area.Exists(m.Area) || area.Level(m.Area) < area.Banner:
		return fault.New(fault.Invalid, "请选择市场所在的旗县（市、区）")
	case m.Capacity < 0 || m.Capacity > 100_000:
		return fault.New(fault.Invalid, "同时可容纳人数应为 0 到 100,000")
	}
	for s := range strings.FieldsSeq(m.Services) {
		if !slices.Contains(services, s) {
			return fault.New(fault.Invalid, "服务项目里有不认识的一项，请重新选择")
		}
	}
	return nil
}

// ChangeMarket changes what is said of a market, or closes and opens it. Faults: NotFound, Denied, Invalid, Conflict, Repeat.
func (r *Room) ChangeMarket(ctx context.Context, who web.User, m Market, version int64, once string) error {
	old, err := marketByID(ctx, r.DB, m.ID)
	if err != nil {
		return err
	}
	m.Area, m.By = old.Area, account.Signature(who)
	if err := MayKeep(who, m.Area); err != nil {
		return err
	}
	if err := checkMarket(&m); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := updateMarket(ctx, tx, &m, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "market", "gigmarket", m.ID, m.Area, "修改零工市场："+m.Name)
	})
}

// AddSession puts a day on a market's calendar, or counts who came. Faults: NotFound, Denied, Invalid, Repeat.
func (r *Room) AddSession(ctx context.Context, who web.User, s Session, once string) error {
	m, err := marketByID(ctx, r.DB, s.MarketID)
	if err != nil {
		return err
	}
	if err := MayKeep(who, m.Area); err != nil {
		return err
	}
	if s.Day.IsZero() || s.Theme == "" || s.Came > 100_000 {
		return fault.New(fault.Invalid, "请填写日期和内容，到场人数应在 100,000 以内")
	}
	if s.Came >= 0 && s.Day.After(r.today()) {
		return fault.New(fault.Invalid, "还没有到这一天，到场人数请以后再填")
	}
	s.By = account.Signature(who)
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := putSession(ctx, tx, &s); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "session", "gigmarket", m.ID, m.Area, "登记市场日程："+m.Name+" "+s.Day.String())
	})
}
