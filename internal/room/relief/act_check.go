package relief

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// Designate puts a hospital on the list of those designated for checks.
func (r *Room) Designate(ctx context.Context, who web.User, h Hospital, credit, key string) error {
	if err := MayAct(who, h.Area); err != nil {
		return err
	}
	if h.Name == "" || h.Phone == "" || h.From.IsZero() || h.Until.Before(h.From.Time) {
		return fault.New(fault.Invalid, "请填写医院名称、电话和定点起止日期（截止应在起始以后）")
	}
	if credit != "" {
		known, err := r.Employers.Resolve(ctx, r.DB, []string{credit})
		if err != nil {
			return err
		}
		if h.EmployerID = known[credit]; h.EmployerID == 0 {
			return fault.New(fault.Invalid, "登记库中没有统一社会信用代码 %s，请核对，或不填", credit)
		}
	}
	h.ID, h.By = r.IDs.Next(), account.Signature(who)
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := insertHospital(ctx, tx, &h); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "hospital", "hospital", h.ID, h.Area, "登记定点体检医院："+h.Name)
	})
}

// Result is a check as a hospital tells it. Items are looked at and not kept.
type Result struct {
	HospitalID int64
	Number     string // of the identity card
	Class      string
	On         db.Date
	Fit        bool
	Months     int
	Items      string // added to the class's own; "" for none
	Again      string // why, when a valid check is there
}

// Record keeps a check: class, fit or unfit, validity. While one of the same class is valid no other is asked for, unless the person
// wishes it or their health has changed. Faults: Denied, Invalid, Conflict, Late, Repeat.
func (r *Room) Record(ctx context.Context, who web.User, in Result, key string) error {
	h, err := hospitalByID(ctx, r.DB, in.HospitalID)
	if err != nil {
		return err
	}
	if err := MayRecord(who, &h); err != nil {
		return err
	}
	n, err := identity.ParseIDNumber(in.Number)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, err.Error())
	}
	if err := Lawful(in.Items); err != nil {
		return err
	}
	if _, ok := classOf(in.Class); !ok || in.Months < 1 || in.Months > 24 {
		return fault.New(fault.Invalid, "请选择职业类别；有效期应为 1～24 个月，您填了 %d", in.Months)
	}
	if in.On.After(r.Clock.Today()) || !h.Valid(in.On) {
		return fault.New(fault.Invalid, "体检日期应在今天以前、医院定点期间（%s 至 %s）", h.From, h.Until)
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		one, err := r.known(ctx, tx, n.Number, in.On)
		if err != nil {
			return err
		}
		before, err := checksOf(ctx, tx, one.ID)
		if err != nil {
			return err
		}
		for i, c := range before {
			if c.Class == in.Class && recognised(before, i, in.On) && !slices.Contains(again, in.Again) {
				return fault.New(fault.Conflict, "此人 %s 已有同类合格体检，有效至 %s，结果互认，不用再做；本人要求或健康状况变化时请选择重做原因", c.On, c.Until)
			}
		}
		c := Checkup{PersonID: one.ID, ID: r.IDs.Next(), HospitalID: h.ID, Class: in.Class, On: in.On, Fit: in.Fit, Until: db.On(in.On.AddDate(0, in.Months, -1)), By: account.Signature(who)}
		if err := insertCheck(ctx, tx, &c); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "check", "person", one.ID, one.Area, "登记入职体检结论（合格与否和有效期）")
	})
}

// Show makes a code by which others may see one of one's checks for a week: making it is the consent. Earlier codes of the check end.
func (r *Room) Show(ctx context.Context, who web.User, checkID int64, key string) (string, error) {
	c, err := r.own(ctx, who, checkID)
	if err != nil {
		return "", err
	}
	code, err := newCode()
	if err != nil {
		return "", err
	}
	return code, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := endShows(ctx, tx, who.PersonID, c.ID); err != nil {
			return err
		}
		if err := insertShow(ctx, tx, &Shown{Code: code, PersonID: who.PersonID, CheckID: c.ID, Until: db.On(r.Clock.Today().AddDate(0, 0, showDays))}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "show", "person", who.PersonID, who.Area, "本人同意出示体检结果")
	})
}

// Hide takes the codes of a check back.
func (r *Room) Hide(ctx context.Context, who web.User, checkID int64, key string) error {
	if _, err := r.own(ctx, who, checkID); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := endShows(ctx, tx, who.PersonID, checkID); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "hide", "person", who.PersonID, who.Area, "本人收回体检出示码")
	})
}

func (r *Room) own(ctx context.Context, who web.User, checkID int64) (Checkup, error) {
	if who.Role != account.Seeker || who.PersonID == 0 {
		return Checkup{}, fault.New(fault.Denied, "体检结果由本人出示")
	}
	list, err := checksOf(ctx, r.DB, who.PersonID)
	if err != nil {
		return Checkup{}, err
	}
	if i := slices.IndexFunc(list, func(c Checkup) bool { return c.ID == checkID }); i >= 0 {
		return list[i], nil
	}
	return Checkup{}, fault.New(fault.NotFound, "没有这次体检")
}

// Seen is what somebody sees of a check by its code.
type Seen struct {
	Checkup
	Name     string // masked
	Hospital string
	Valid    bool
}

// Look shows a check by the code that its person made; the look is told to the person. Wrong, ended and late codes are answered alike.
func (r *Room) Look(ctx context.Context, who web.User, text, key string) (Seen, error) {
	gone := fault.New(fault.Invalid, "出示码不对、已过期或已收回，请本人重新出示")
	s, found, err := showByCode(ctx, r.DB, readCode(text))
	if err != nil {
		return Seen{}, err
	}
	if !found || s.Ended || s.Until.Before(r.Clock.Today()) {
		return Seen{}, gone
	}
	list, err := checksOf(ctx, r.DB, s.PersonID)
	if err != nil {
		return Seen{}, err
	}
	i := slices.IndexFunc(list, func(c Checkup) bool { return c.ID == s.CheckID })
	if i < 0 {
		return Seen{}, gone
	}
	out := Seen{Checkup: list[i], Valid: recognised(list, i, r.today())}
	h, err := hospitalByID(ctx, r.DB, out.HospitalID)
	if err != nil {
		return Seen{}, err
	}
	p, err := r.People.Get(ctx, s.PersonID)
	if err != nil {
		return Seen{}, err
	}
	out.Name, out.Hospital = identity.MaskName(p.Name), h.Name
	by := who.Name
	if who.Role == account.Officer || who.Role == account.Manager {
		by = fmt.Sprintf("%s就业服务机构", area.Name(who.Area))
	}
	return out, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := addLook(ctx, tx, s.PersonID, r.IDs.Next(), Look{CheckID: s.CheckID, By: by, At: r.Clock.Now().UnixMilli()}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "look", "person", s.PersonID, p.Area, "凭出示码查看体检结果")
	})
}
