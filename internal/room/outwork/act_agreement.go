package outwork

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/evidence"
)

func (a *Agreement) check() error {
	switch {
	case !slices.Contains(agreementKinds, a.Kind):
		return fault.New(fault.Invalid, "请选择协议类别")
	case strings.TrimSpace(a.Partner) == "" || strings.TrimSpace(a.Number) == "":
		return fault.New(fault.Invalid, "请填写对方地区（单位）和协议编号")
	case a.Signed.IsZero() || !a.Until.After(a.Signed.Time):
		return fault.New(fault.Invalid, "到期日应在签订日之后，请核对两个日期")
	case a.Promised < 0:
		return fault.New(fault.Invalid, "每年约定人数不能小于 0")
	}
	return nil
}

// AddAgreement puts an agreement on file.
func (r *Room) AddAgreement(ctx context.Context, who web.User, a Agreement, key string) (int64, error) {
	if err := MayKeep(who, a.Area); err != nil {
		return 0, err
	}
	if err := a.check(); err != nil {
		return 0, err
	}
	a.ID, a.By, a.Version = r.IDs.Next(), account.Signature(who), 1
	return a.ID, r.act(ctx, key, func(tx *db.Tx) error {
		if err := r.insertAgreement(ctx, tx, &a); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "agreement", "agreement", a.ID, a.Area, "登记劳务协作协议："+a.Partner)
	})
}

// ChangeAgreement writes an agreement anew: prolonged, or corrected.
func (r *Room) ChangeAgreement(ctx context.Context, who web.User, a Agreement, version int64, key string) error {
	if err := a.check(); err != nil {
		return err
	}
	return r.act(ctx, key, func(tx *db.Tx) error {
		old, err := r.agreementByID(ctx, tx, a.ID)
		if err != nil {
			return err
		}
		if err := MayKeep(who, old.Area); err != nil {
			return err
		}
		a.By = account.Signature(who)
		if err := r.updateAgreement(ctx, tx, &a, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "agreement", "agreement", a.ID, old.Area, "修改劳务协作协议："+a.Partner)
	})
}

// Scan is a file that was handed in.
type Scan struct {
	Content []byte
	Type    string
}

// AddScan keeps a scan of an agreement.
func (r *Room) AddScan(ctx context.Context, who web.User, id int64, scan Scan, key string) error {
	return r.act(ctx, key, func(tx *db.Tx) error {
		a, err := r.agreementByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayKeep(who, a.Area); err != nil {
			return err
		}
		if _, err := r.Evidence.Add(ctx, tx, evidence.File{OwnerID: id, Object: "outwork", ObjectID: id, Name: "协议扫描件", Type: scan.Type, Content: scan.Content, ByID: who.ID}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "scan", "agreement", id, a.Area, "上传协议扫描件："+a.Partner)
	})
}

// AddBroker registers a labour broker, with the mark B.
func (r *Room) AddBroker(ctx context.Context, who web.User, b Broker, key string) (int64, error) {
	if err := MayKeep(who, b.Area); err != nil {
		return 0, err
	}
	if strings.TrimSpace(b.Name) == "" || strings.TrimSpace(b.Phone) == "" {
		return 0, fault.New(fault.Invalid, "请填写劳务经纪人姓名和电话")
	}
	today := db.On(r.today())
	b.ID, b.Mark, b.Why, b.MarkedOn, b.Since, b.By, b.Version = r.IDs.Next(), "B", "新登记", today, today, account.Signature(who), 1
	return b.ID, r.act(ctx, key, func(tx *db.Tx) error {
		if err := r.insertBroker(ctx, tx, &b); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "broker", "broker", b.ID, b.Area, "登记劳务经纪人："+web.MaskName(b.Name))
	})
}

// MarkBroker gives a broker another credit mark, with the reason.
func (r *Room) MarkBroker(ctx context.Context, who web.User, id int64, mark, why string, version int64, key string) error {
	why = identity.Veil(why)
	if !slices.Contains(marks, mark) || strings.TrimSpace(why) == "" {
		return fault.New(fault.Invalid, "请选择信用等级并写明依据")
	}
	return r.act(ctx, key, func(tx *db.Tx) error {
		b, err := r.brokerByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayKeep(who, b.Area); err != nil {
			return err
		}
		b.Mark, b.Why, b.MarkedOn, b.By = mark, why, db.On(r.today()), account.Signature(who)
		if err := markBroker(ctx, tx, &b, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "mark", "broker", id, b.Area, "劳务经纪人信用等级改为 "+mark+"："+why)
	})
}
