package outwork

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

func (b *Brand) check() error {
	switch {
	case strings.TrimSpace(b.Name) == "" || strings.TrimSpace(b.Trade) == "" || strings.TrimSpace(b.Skill) == "":
		return fault.New(fault.Invalid, "请填写品牌名称、行业和技能")
	case b.Income > 0 && (b.Year < 2000 || b.Year > 2100 || strings.TrimSpace(b.Source) == ""):
		return fault.New(fault.Invalid, "填了人均年收入，就要写明年份和数据来源")
	case b.Jobs < 0 || b.Classes < 0 || b.Income < 0:
		return fault.New(fault.Invalid, "岗位数、培训班次和收入不能小于 0")
	}
	return nil
}

// AddBrand registers a labour brand.
func (r *Room) AddBrand(ctx context.Context, who web.User, b Brand, key string) (int64, error) {
	if err := MayKeep(who, b.Area); err != nil {
		return 0, err
	}
	if err := b.check(); err != nil {
		return 0, err
	}
	b.ID, b.Version = r.IDs.Next(), 1
	return b.ID, r.act(ctx, key, func(tx *db.Tx) error {
		if err := insertBrand(ctx, tx, &b); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "brand", "brand", b.ID, b.Area, "登记劳务品牌："+b.Name)
	})
}

// ChangeBrand writes a brand's words and figures anew.
func (r *Room) ChangeBrand(ctx context.Context, who web.User, b Brand, version int64, key string) error {
	if err := b.check(); err != nil {
		return err
	}
	return r.act(ctx, key, func(tx *db.Tx) error {
		old, err := brandByID(ctx, tx, b.ID)
		if err != nil {
			return err
		}
		if err := MayKeep(who, old.Area); err != nil {
			return err
		}
		if err := updateBrand(ctx, tx, &b, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "brand", "brand", b.ID, old.Area, "修改劳务品牌："+b.Name)
	})
}

// Enlist counts somebody among a brand's people: the person themself, or an officer who gives the identity number of somebody who
// agrees to be recommended.
func (r *Room) Enlist(ctx context.Context, who web.User, brandID int64, idNumber, key string) error {
	personID := who.PersonID
	if who.Role != account.Seeker {
		id, err := r.People.ByIDNumber(ctx, r.DB, strings.ToUpper(strings.TrimSpace(idNumber)))
		if fault.Is(err, fault.NotFound) || err == nil && id == 0 {
			return fault.New(fault.Invalid, "登记库中没有这个身份证号，请核对")
		}
		if err != nil {
			return err
		}
		p, err := r.People.Get(ctx, id)
		if err != nil {
			return err
		}
		if err := account.CanSeePerson(who, p.Area, id); err != nil { // before anything is said of the consent
			return err
		}
		allowed, err := r.Consents.Allowed(ctx, []int64{id})
		if err != nil {
			return err
		}
		if !allowed[id] {
			return fault.New(fault.Conflict, "本人没有同意“向用人单位推荐”，请先征得同意并登记")
		}
		personID = id
	}
	return r.act(ctx, key, func(tx *db.Tx) error {
		b, err := brandByID(ctx, tx, brandID)
		if err != nil {
			return err
		}
		found, err := r.People.ListIn(ctx, tx, []int64{personID})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.New(fault.NotFound, "登记库中没有这个人，请先建档")
		}
		if who.Role != account.Seeker {
			if err := MayKeep(who, b.Area); err != nil {
				return err
			}
		}
		if err := joinBrand(ctx, tx, b.ID, []int64{personID}, db.On(r.today())); err != nil {
			return err
		}
		return r.noteOf(ctx, tx, who, "enlist", b.Area, "加入劳务品牌："+b.Name, personID)
	})
}

// Leave takes somebody out of a brand.
func (r *Room) Leave(ctx context.Context, who web.User, brandID int64, key string) error {
	return r.act(ctx, key, func(tx *db.Tx) error {
		b, err := brandByID(ctx, tx, brandID)
		if err != nil {
			return err
		}
		if err := leaveBrand(ctx, tx, brandID, who.PersonID); err != nil {
			return err
		}
		return r.noteOf(ctx, tx, who, "leave", b.Area, "退出劳务品牌："+b.Name, who.PersonID)
	})
}
