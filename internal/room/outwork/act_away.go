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
	"jiuye/internal/register/area"
	"jiuye/internal/register/message"
)

// AddCenter registers a service centre.
func (r *Room) AddCenter(ctx context.Context, who web.User, v Center, key string) (int64, error) {
	if err := MayKeep(who, v.Area); err != nil {
		return 0, err
	}
	if strings.TrimSpace(v.Name) == "" || strings.TrimSpace(v.Place) == "" || strings.TrimSpace(v.Phone) == "" {
		return 0, fault.New(fault.Invalid, "请填写服务中心名称、地址和电话")
	}
	v.ID, v.Version = r.IDs.Next(), 1
	return v.ID, r.act(ctx, key, func(tx *db.Tx) error {
		if err := insertCenter(ctx, tx, &v); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "center", "center", v.ID, v.Area, "登记外出务工服务中心："+v.Name)
	})
}

// mayWriteAway asks whether somebody may write down that a person works away: the person, and officers and coordinators where they live.
func mayWriteAway(u web.User, personArea string, personID int64) error {
	if u.Role == account.Seeker && u.PersonID == personID && personID != 0 {
		return nil
	}
	return account.CanVisit(u, personArea)
}

// GoAway writes down that somebody works away. An earlier time that is still open ends with it.
func (r *Room) GoAway(ctx context.Context, who web.User, a Away, key string) (int64, error) {
	today := r.today()
	switch {
	case strings.TrimSpace(a.Place) == "" || strings.TrimSpace(a.Work) == "":
		return 0, fault.New(fault.Invalid, "请填写务工地点和从事的工作")
	case a.PlaceCode != "" && !area.Exists(a.PlaceCode):
		return 0, fault.New(fault.Invalid, "务工地点的地区不在区划表内，区外的请选“自治区外”")
	case a.Since.IsZero() || a.Since.After(today):
		return 0, fault.New(fault.Invalid, "外出日期不能晚于今天")
	case a.Expected.After(today.AddDate(10, 0, 0)):
		return 0, fault.New(fault.Invalid, "预计返乡日期应在十年以内，不确定请留空")
	case !a.Expected.IsZero() && a.Expected.Before(a.Since.Time):
		return 0, fault.New(fault.Invalid, "预计返乡日期不能早于外出日期")
	case !slices.Contains(contactWays, a.Contact):
		return 0, fault.New(fault.Invalid, "请选择本人愿意的联系方式")
	}
	a.ID, a.By, a.Version = r.IDs.Next(), account.Signature(who), 1
	return a.ID, r.act(ctx, key, func(tx *db.Tx) error {
		found, err := r.People.ListIn(ctx, tx, []int64{a.PersonID})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.New(fault.NotFound, "登记库中没有这个人，请先建档")
		}
		a.Area = found[0].Area
		if err := mayWriteAway(who, a.Area, a.PersonID); err != nil {
			return err
		}
		if found[0].Dead(today) || a.Since.Before(found[0].Birth) {
			return fault.New(fault.Invalid, "外出日期与登记库中的出生或者死亡日期不符，请核对人员和日期")
		}
		before, err := awaysOf(ctx, tx, a.PersonID, 1)
		if err != nil {
			return err
		}
		if len(before) > 0 && before[0].Returned.IsZero() && a.Since.Before(before[0].Since.Time) {
			return fault.New(fault.Invalid, "上一次外出从 %s 开始，还没有登记返乡，新的外出日期不能早于这一天", before[0].Since)
		}
		if err := insertAway(ctx, tx, &a); err != nil {
			return err
		}
		return r.noteOf(ctx, tx, who, "away", a.Area, "登记外出务工："+a.Place, a.PersonID)
	})
}

// ComeBack writes down that somebody has come back.
func (r *Room) ComeBack(ctx context.Context, who web.User, personID, id int64, on db.Date, version int64, key string) error {
	return r.act(ctx, key, func(tx *db.Tx) error {
		a, err := awayByID(ctx, tx, personID, id)
		if err != nil {
			return err
		}
		if err := mayWriteAway(who, a.Area, personID); err != nil {
			return err
		}
		if on.IsZero() || on.After(r.today()) || on.Before(a.Since.Time) {
			return fault.New(fault.Invalid, "返乡日期应在 %s 到今天之间", a.Since)
		}
		if err := endAway(ctx, tx, personID, id, on, account.Signature(who), version); err != nil {
			return err
		}
		return r.noteOf(ctx, tx, who, "back", a.Area, "登记返乡", personID)
	})
}

// Ask takes a request of somebody who works away, and gives it to the banner whose business it is.
func (r *Room) Ask(ctx context.Context, who web.User, v Request, key string) (int64, error) {
	kind, known := requestKindOf(v.Kind)
	if !known || strings.TrimSpace(v.Text) == "" {
		return 0, fault.New(fault.Invalid, "请选择事项并写明情况")
	}
	v.ID, v.State, v.On, v.By, v.Version = r.IDs.Next(), Waiting, db.On(r.today()), account.Signature(who), 1
	v.Due = kind.due(r.today())
	return v.ID, r.act(ctx, key, func(tx *db.Tx) error {
		found, err := r.People.ListIn(ctx, tx, []int64{v.PersonID})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.New(fault.NotFound, "登记库中没有这个人，请先建档")
		}
		home := found[0].Area
		if err := mayWriteAway(who, home, v.PersonID); err != nil {
			return err
		}
		aways, err := awaysOf(ctx, tx, v.PersonID, 1)
		if err != nil {
			return err
		}
		place := ""
		if len(aways) > 0 && aways[0].Returned.IsZero() {
			place = aways[0].PlaceCode
		}
		v.Area = kind.rightBanner(home, place)
		if err := r.insertRequest(ctx, tx, &v); err != nil {
			return err
		}
		if err := r.tellOfficers(ctx, tx, &v); err != nil {
			return err
		}
		return r.noteOf(ctx, tx, who, "ask", v.Area, "提出外出务工服务请求", v.PersonID)
	})
}

func (r *Room) tellOfficers(ctx context.Context, tx *db.Tx, v *Request) error {
	return r.tell(ctx, tx, message.Message{Kind: kindRequest, To: message.To{Officers: v.Area}, About: number(v.ID), Area: v.Area, Href: requestAt(v),
		Title: message.Text{Zh: "外出务工人员请求待办，" + v.Due.String() + "前办结", En: "A request of somebody working away, due on " + v.Due.String()}, Body: message.Text{Zh: "请点开查看并办理。", En: "Please open it."}})
}

// Answer closes a request with what was done.
func (r *Room) Answer(ctx context.Context, who web.User, personID, id int64, text string, version int64, key string) error {
	if strings.TrimSpace(text) == "" {
		return fault.New(fault.Invalid, "请写明办理结果，本人会收到")
	}
	return r.handle(ctx, who, personID, id, version, key, "answer", func(tx *db.Tx, v *Request) error {
		v.State, v.DoneOn, v.Answer = Done, db.On(r.today()), text
		return r.tell(ctx, tx, message.Message{Kind: kindRequest, To: message.To{PersonID: personID}, About: number(id), Href: atMine, Title: message.Text{Zh: "您的外出务工服务请求已办结", En: "Your request has been dealt with"}, Body: message.Text{Zh: text, En: text}})
	})
}

// Hand gives a request to another banner, with the reason. The deadline stays.
func (r *Room) Hand(ctx context.Context, who web.User, personID, id int64, to, why string, version int64, key string) error {
	why = identity.Veil(why)
	if !area.Exists(to) || area.Level(to) != area.Banner || strings.TrimSpace(why) == "" {
		return fault.New(fault.Invalid, "请选择转给哪个旗县（市、区）并写明原因")
	}
	return r.handle(ctx, who, personID, id, version, key, "hand", func(tx *db.Tx, v *Request) error {
		if v.Area == to {
			return fault.New(fault.Invalid, "这件请求已经在%s，请选择其他旗县", area.Name(to))
		}
		v.Handed = strings.TrimPrefix(v.Handed+"；"+area.Name(v.Area)+"转来："+why, "；")
		v.Area = to
		return r.tellOfficers(ctx, tx, v)
	})
}

func (r *Room) handle(ctx context.Context, who web.User, personID, id, version int64, key, act string, work func(tx *db.Tx, v *Request) error) error {
	return r.act(ctx, key, func(tx *db.Tx) error {
		v, err := r.requestByID(ctx, tx, personID, id)
		if err != nil {
			return err
		}
		if err := MayAnswer(who, &v); err != nil {
			return err
		}
		if v.State != Waiting {
			return fault.New(fault.Conflict, "这件请求已于 %s 办结", v.DoneOn)
		}
		if err := work(tx, &v); err != nil {
			return err
		}
		v.By = account.Signature(who)
		if err := r.updateRequest(ctx, tx, &v, version); err != nil {
			return err
		}
		return r.noteOf(ctx, tx, who, act, v.Area, map[string]string{"answer": "办结外出务工服务请求", "hand": "转办外出务工服务请求"}[act], personID)
	})
}
