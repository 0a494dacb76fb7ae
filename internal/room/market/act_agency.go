package market

import (
	"context"
	"slices"
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
)

// checkAgency says what is missing of an agency's data.
func checkAgency(a *Agency) error {
	switch {
	case a.Name == "" || a.Licence == "":
		return fault.New(fault.Invalid, "请填写机构名称和许可证编号")
	case !area.Exists(a.Area):
		return fault.New(fault.Invalid, "请选择机构所在地区")
	case a.From.IsZero() || a.Until.Before(a.From.Time):
		return fault.New(fault.Invalid, "许可证有效期的截止日期应在起始日期以后")
	}
	if _, err := identity.ParseCreditCode(a.CreditCode); err != nil {
		return fault.Wrap(fault.Invalid, err, "统一社会信用代码应为 18 位并通过校验，请核对营业执照")
	}
	for s := range strings.FieldsSeq(a.Services) {
		if !slices.Contains(services, s) {
			return fault.New(fault.Invalid, "服务项目里有不认识的一项，请重新选择")
		}
	}
	return nil
}

// AddAgency puts an agency on the register of licensed agencies.
func (r *Room) AddAgency(ctx context.Context, who web.User, a Agency, key string) (int64, error) {
	if err := MayAct(who, a.Area); err != nil {
		return 0, err
	}
	if err := checkAgency(&a); err != nil {
		return 0, err
	}
	a.ID = r.IDs.Next()
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		known, err := r.Employers.Resolve(ctx, tx, []string{a.CreditCode})
		if err != nil {
			return err
		}
		a.EmployerID = known[a.CreditCode]
		if err := r.insertAgency(ctx, tx, &a); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "agency", "agency", a.ID, a.Area, "登记人力资源服务机构："+a.Name)
	})
	return a.ID, err
}

// about does something about an agency within a transaction, and counts the change.
func (r *Room) about(ctx context.Context, who web.User, id, version int64, key, what string, do func(tx *db.Tx, a *Agency) error) error {
	a, err := agencyByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayAct(who, a.Area); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := do(tx, &a); err != nil {
			return err
		}
		if err := updateAgency(ctx, tx, &a, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "agency", "agency", a.ID, a.Area, what+"："+a.Name)
	})
}

// ChangeAgency changes an agency's licence, services, park and telephone.
func (r *Room) ChangeAgency(ctx context.Context, who web.User, change Agency, version int64, key string) error {
	return r.about(ctx, who, change.ID, version, key, "修改机构资料", func(_ *db.Tx, a *Agency) error {
		a.Licence, a.From, a.Until, a.Services, a.ParkID, a.Backbone, a.Phone = change.Licence, change.From, change.Until, change.Services, change.ParkID, change.Backbone, change.Phone
		return checkAgency(a)
	})
}

// AddEvent puts an event into an agency's honesty file, with the points in force on its day.
func (r *Room) AddEvent(ctx context.Context, who web.User, e Event, version int64, key string) error {
	s, ok := scoreOf(e.Code, e.On.Time)
	if !ok || e.On.After(r.Clock.Today()) || e.Text == "" || e.Source == "" {
		return fault.New(fault.Invalid, "请选择信用事项，填写发生日期（不晚于今天）、情况和依据文书")
	}
	e.ID, e.Points, e.Until, e.By = r.IDs.Next(), s.Points, db.On(e.On.AddDate(0, s.Months, 0)), account.Signature(who)
	return r.about(ctx, who, e.AgencyID, version, key, "记入信用档案“"+s.Zh+"”", func(tx *db.Tx, _ *Agency) error { return addEvent(ctx, tx, &e) })
}

// AddAnnual takes an agency's report on a year; a second one replaces the first.
func (r *Room) AddAnnual(ctx context.Context, who web.User, y Annual, version int64, key string) error {
	if y.Year < 2000 || y.Year >= r.Clock.Today().Year() || y.Output < 0 {
		return fault.New(fault.Invalid, "年度报告的年份应早于今年，您填了 %d", y.Year)
	}
	y.On, y.By = r.today(), account.Signature(who)
	return r.about(ctx, who, y.AgencyID, version, key, "登记年度报告", func(tx *db.Tx, _ *Agency) error { return putAnnual(ctx, tx, &y) })
}

// AddInspection puts a check on file.
func (r *Room) AddInspection(ctx context.Context, who web.User, i Inspection, version int64, key string) error {
	if i.On.IsZero() || i.On.After(r.Clock.Today()) || i.People == "" || i.Findings == "" {
		return fault.New(fault.Invalid, "请填写检查日期（不晚于今天）、检查人员（两人以上）和检查情况")
	}
	i.ID = r.IDs.Next()
	return r.about(ctx, who, i.AgencyID, version, key, "登记监督检查", func(tx *db.Tx, _ *Agency) error { return addInspection(ctx, tx, &i) })
}

// listing is what a request to list, or to take off, carries.
type listing struct {
	On  bool
	Why string
}

// AskListing asks for an agency to be put on the list of the seriously dishonest, or taken off it. Another person decides.
func (r *Room) AskListing(ctx context.Context, who web.User, id int64, why string, key string) error {
	a, err := agencyByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayAct(who, a.Area); err != nil {
		return err
	}
	on := a.Listed.IsZero()
	title := map[bool]string{true: "列入严重失信名单：", false: "移出严重失信名单："}[on] + a.Name
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Approvals.Cancel(ctx, tx, kindList, "agency", id, "同一机构重新提出"); err != nil {
			return err
		}
		_, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: kindList, Object: "agency", ObjectID: id, Area: a.Area, Title: title, Why: why, Href: agencyAt(id),
			Lines:   []approval.Line{{Label: "严重失信名单", Before: map[bool]string{true: "未列入", false: "已列入"}[on], After: map[bool]string{true: "列入", false: "移出"}[on]}},
			Payload: listing{on, why}, By: who})
		return err
	})
}

// listed does what another person has approved.
func (r *Room) listed(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var in listing
	if err := d.Payload(&in); err != nil {
		return err
	}
	a, err := agencyByID(ctx, tx, d.ObjectID)
	if err != nil {
		return err
	}
	a.Listed, a.ListedWhy = db.On(time.Time{}), ""
	if in.On {
		a.Listed, a.ListedWhy = r.today(), in.Why
	}
	if err := updateAgency(ctx, tx, &a, a.Version); err != nil {
		return err
	}
	return r.note(ctx, tx, d.By, "list", "agency", a.ID, a.Area, map[bool]string{true: "列入严重失信名单：", false: "移出严重失信名单："}[in.On]+a.Name)
}

// AddPark puts a park on the list.
func (r *Room) AddPark(ctx context.Context, who web.User, p Park, key string) error {
	if err := MayKeep(who, p.Area); err != nil {
		return err
	}
	if p.Name == "" || !slices.Contains(levels, p.Level) {
		return fault.New(fault.Invalid, "请填写产业园名称和级别")
	}
	p.ID, p.By = r.IDs.Next(), account.Signature(who)
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := addPark(ctx, tx, &p); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "park", "park", p.ID, p.Area, "登记产业园："+p.Name)
	})
}

// rated is an agency with its rating.
type rated struct {
	Agency
	Rating Rating
	Annual []Annual
	Events []Event
}

// rate rates agencies of a list on today.
func (r *Room) rate(ctx context.Context, list []Agency) ([]rated, error) {
	events, err := r.events(ctx, list)
	if err != nil {
		return nil, err
	}
	annuals, err := r.annuals(ctx, list)
	if err != nil {
		return nil, err
	}
	out := make([]rated, len(list))
	for i, a := range list {
		reported := slices.ContainsFunc(annuals[a.ID], func(y Annual) bool { return y.Year == r.Clock.Today().Year()-1 })
		out[i] = rated{a, Rate(&a, events[a.ID], reported, r.today()), annuals[a.ID], events[a.ID]}
	}
	return out, nil
}
