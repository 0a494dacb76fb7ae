package gig

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// Announce puts an enterprise's surplus or need on the list. Faults: Denied, Invalid, Repeat.
func (r *Room) Announce(ctx context.Context, who web.User, p Post, once string) (int64, error) {
	if who.Role != account.Employer || who.EmployerID == 0 {
		return 0, fault.New(fault.Denied, "共享用工的富余和需求由企业自己发布")
	}
	switch {
	case p.Side != Offer && p.Side != Need || p.Occupation == "" || p.People < 1 || p.People > 5000:
		return 0, fault.New(fault.Invalid, "请选择富余还是需要，填写工种和人数（1 到 5,000 人）")
	case p.From.IsZero() || p.Until.Before(p.From.Time) || p.Until.Before(r.today()):
		return 0, fault.New(fault.Invalid, "截止日期应不早于起始日期和今天")
	case !area.Exists(p.Area) || p.Pay <= 0:
		return 0, fault.New(fault.Invalid, "请选择地区，填写月工资")
	}
	p.ID, p.EmployerID, p.Version = r.IDs.Next(), who.EmployerID, 1
	return p.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := insertPost(ctx, tx, &p); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "announce", "gigpost", p.ID, p.Area, "发布共享用工信息："+p.Occupation)
	})
}

// Unannounce takes an enterprise's own post off the list. Faults: NotFound, Conflict, Repeat.
func (r *Room) Unannounce(ctx context.Context, who web.User, id, version int64, once string) error {
	p, err := postByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if who.EmployerID == 0 || p.EmployerID != who.EmployerID {
		return fault.New(fault.NotFound, "没有这条共享用工信息")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := closePost(ctx, tx, id, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "announce", "gigpost", id, p.Area, "撤下共享用工信息："+p.Occupation)
	})
}

// Propose asks the other enterprise of a post for an agreement: who answers an offer borrows, who answers a need lends. Faults:
// NotFound, Denied, Invalid, Conflict, Repeat.
func (r *Room) Propose(ctx context.Context, who web.User, post int64, s Share, once string) (int64, error) {
	p, err := postByID(ctx, r.DB, post)
	if err != nil {
		return 0, err
	}
	switch {
	case who.Role != account.Employer || who.EmployerID == 0:
		return 0, fault.New(fault.Denied, "共享用工协议由企业双方自己商定")
	case p.Closed || p.Until.Before(r.today()):
		return 0, fault.New(fault.Conflict, "这条信息已经撤下")
	case p.EmployerID == who.EmployerID:
		return 0, fault.New(fault.Invalid, "这是本单位发布的信息，不能与自己签协议")
	}
	if s.LenderID, s.BorrowerID = who.EmployerID, p.EmployerID; p.Side == Offer {
		s.LenderID, s.BorrowerID = p.EmployerID, who.EmployerID
	}
	if err := r.checkShare(&s); err != nil {
		return 0, err
	}
	s.ID, s.AskedBy, s.State, s.By, s.Version = r.IDs.Next(), who.EmployerID, Proposed, account.Signature(who), 1
	return s.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := insertShare(ctx, tx, &s); err != nil {
			return err
		}
		if err := r.tell(ctx, tx, told(kindShare, message.To{EmployerID: p.EmployerID}, shareAt(s.ID), "propose "+number(s.ID), "有企业提出共享用工协议："+s.Occupation, number(s.People)+" 人，"+s.From.String()+" 至 "+s.Until.String()+"。请看过条件后答复。",
			"An agreement on shared labour is proposed: "+s.Occupation, "Please answer.")); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "propose", "gigshare", s.ID, s.Area, "提出共享用工协议："+s.Occupation)
	})
}

var sides = []string{"lender", "borrower"}

func (r *Room) checkShare(s *Share) error {
	switch {
	case s.Occupation == "" || s.People < 1 || s.People > 5000 || s.Place == "":
		return fault.New(fault.Invalid, "请填写工种、人数和工作地点")
	case s.From.IsZero() || s.From.Before(r.today()) || s.Until.Before(s.From.Time):
		return fault.New(fault.Invalid, "共享用工的起始日期应为今天或以后，截止日期应不早于起始日期")
	case !area.Exists(s.Area) || s.Pay <= 0 || !slices.Contains(sides, s.Payer) || !slices.Contains(sides, s.Insurer):
		return fault.New(fault.Invalid, "请选择地区、由谁发工资、由谁缴社会保险，填写月工资")
	case s.Terms == "":
		return fault.New(fault.Invalid, "请写明工作时间、休息休假、劳动保护和食宿安排（人社厅发〔2020〕98 号）")
	}
	return nil
}

// agreement does something about an agreement within a transaction, and writes where it stands.
func (r *Room) agreement(ctx context.Context, who web.User, id, version int64, once, what string, do func(tx *db.Tx, s *Share) error) error {
	s, err := shareByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayShare(who, &s); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := do(tx, &s); err != nil {
			return err
		}
		if err := moveShare(ctx, tx, &s, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "share", "gigshare", id, s.Area, what+"："+s.Occupation)
	})
}

// Answer is the other enterprise's yes or no to a proposal. Faults: NotFound, Conflict, Invalid, Repeat.
func (r *Room) Answer(ctx context.Context, who web.User, id, version int64, yes bool, why, once string) error {
	why = identity.Veil(why)
	return r.agreement(ctx, who, id, version, once, map[bool]string{true: "同意共享用工协议", false: "不同意共享用工协议"}[yes], func(tx *db.Tx, s *Share) error {
		switch {
		case s.State != Proposed || who.EmployerID == 0 || s.AskedBy == who.EmployerID:
			return fault.New(fault.Conflict, "由另一方企业答复，而且只答复一次")
		case yes && s.Until.Before(r.today()):
			return fault.New(fault.Late, "约定的期限（到 %s）已经过去，请另行商定", s.Until)
		case !yes && why == "":
			return fault.New(fault.Invalid, "请写明不同意的原因，对方会看到")
		}
		if s.State = Agreed; !yes {
			s.State, s.Why = Declined, why
		}
		return r.tell(ctx, tx, told(kindShare, message.To{EmployerID: s.AskedBy}, shareAt(id), "answer "+number(id), map[bool]string{true: "共享用工协议已同意：", false: "共享用工协议没有同意："}[yes]+s.Occupation, map[bool]string{true: "下一步由输出企业提名职工，职工本人同意后才能借出。", false: why}[yes],
			map[bool]string{true: "Agreement accepted: ", false: "Agreement declined: "}[yes]+s.Occupation, why))
	})
}

// Name lets the lender name people of its own, by identity number; each is asked for consent. That they are the lender's, the register
// of insurance says. It returns how many were asked. Faults: NotFound, Denied, Invalid (with the lines), Conflict, Repeat.
func (r *Room) Name(ctx context.Context, who web.User, id, version int64, numbers []string, once string) (asked int, err error) {
	err = r.agreement(ctx, who, id, version, once, "提名借出职工", func(tx *db.Tx, s *Share) error {
		if who.EmployerID != s.LenderID {
			return fault.New(fault.Denied, "由输出企业提名自己的职工")
		}
		found, err := r.People.Resolve(ctx, tx, numbers)
		if err != nil {
			return err
		}
		var people []int64
		for _, n := range numbers {
			people = append(people, found[n])
		}
		staff, err := insuredBy(ctx, tx, s.LenderID, person.MonthOf(r.asOf()), people)
		if err != nil {
			return err
		}
		var strange []string
		for i, id := range people { // whether somebody else is in the register at all is not told
			if !staff[id] {
				strange = append(strange, number(int64(i+1)))
			}
		}
		if len(strange) > 0 {
			return fault.New(fault.Invalid, "第 %s 行不是由本单位缴纳养老保险的职工，不能借出，请核对号码。劳务派遣人员不能以共享用工名义再安排到其他单位（人社厅发〔2020〕98 号）", strings.Join(strange, "、"))
		}
		asked, err = r.name(ctx, tx, s, people)
		return err
	})
	return asked, err
}

// name asks people of the lender's for their consent.
func (r *Room) name(ctx context.Context, tx *db.Tx, s *Share, people []int64) (int, error) {
	here, err := lentIn(ctx, tx, s.ID)
	if err != nil {
		return 0, err
	}
	if s.State != Agreed || s.Until.Before(r.today()) {
		return 0, fault.New(fault.Conflict, "双方企业都同意、还没有到期的协议才能提名职工")
	}
	slices.Sort(people)
	people = slices.Compact(people)
	people = slices.DeleteFunc(people, func(id int64) bool {
		return slices.ContainsFunc(here, func(l Lent) bool { return l.PersonID == id })
	})
	elsewhere, err := lentElsewhere(ctx, tx, s, people)
	if err != nil {
		return 0, err
	}
	live := int64(0)
	for _, l := range here {
		if l.State == Waiting || l.State == Consented {
			live++
		}
	}
	switch {
	case len(people) == 0:
		return 0, fault.New(fault.Invalid, "没有新的职工可提名")
	case len(elsewhere) > 0:
		return 0, fault.New(fault.Conflict, "有 %d 人在同一时间已有别的共享用工协议", len(elsewhere))
	case live+int64(len(people)) > s.People:
		return 0, fault.New(fault.Conflict, "协议约定最多 %d 人，已提名 %d 人，这次又提名 %d 人", s.People, live, len(people))
	}
	var list []Lent
	var letters []message.Message
	for _, id := range people {
		list = append(list, Lent{PersonID: id, ShareID: s.ID, State: Waiting})
		letters = append(letters, told(kindShare, message.To{PersonID: id}, atMine, "ask "+number(s.ID), "单位想安排您共享用工："+s.Occupation, s.From.String()+" 至 "+s.Until.String()+"，"+s.Place+"。去不去由您决定，不同意不影响劳动关系。",
			"Your employer asks whether you would work elsewhere for a time: "+s.Occupation, "It is for you to decide. Your labour relation does not change."))
	}
	if err := putLent(ctx, tx, list); err != nil {
		return 0, err
	}
	return len(list), r.tell(ctx, tx, letters...)
}

// Consent is a person's own yes or no, or taking the yes back before the work begins. Faults: NotFound, Conflict, Repeat.
func (r *Room) Consent(ctx context.Context, who web.User, id int64, yes bool, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		s, err := shareByID(ctx, tx, id)
		if err != nil {
			return err
		}
		list, err := lentIn(ctx, tx, id)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(l Lent) bool { return l.PersonID == who.PersonID })
		if who.PersonID == 0 || at < 0 {
			return fault.New(fault.NotFound, "没有请您参加这份共享用工协议")
		}
		l := list[at]
		switch {
		case s.State != Agreed || s.Until.Before(r.today()):
			return fault.New(fault.Conflict, "这份协议已经不再需要答复")
		case l.State == Waiting && yes:
			l.State = Consented
		case l.State == Waiting:
			l.State = Refused
		case l.State == Consented && !yes && !r.today().Before(s.From.Time):
			return fault.New(fault.Conflict, "共享用工已经开始，不能撤回同意。想回原单位请告诉单位，由两家企业确认返回；有困难请联系就业服务中心")
		case l.State == Consented && !yes:
			l.State = Withdrawn
		default:
			return fault.New(fault.Conflict, "您已经答复过")
		}
		l.At = r.now()
		if err := putLent(ctx, tx, []Lent{l}); err != nil {
			return err
		}
		what := map[string]string{Consented: "有职工同意共享用工", Refused: "有职工不同意共享用工", Withdrawn: "有职工撤回共享用工同意"}[l.State]
		letters := []message.Message{told(kindShare, message.To{EmployerID: s.LenderID}, shareAt(id), fmt.Sprint("consent ", id, " ", who.PersonID, " ", l.State), what+"："+s.Occupation, "请打开协议查看。", "An answer to shared labour: "+s.Occupation, "Please open the agreement.")}
		if l.State != Refused {
			letters = append(letters, told(kindShare, message.To{EmployerID: s.BorrowerID}, shareAt(id), fmt.Sprint("consent ", id, " ", who.PersonID, " ", l.State), what+"："+s.Occupation, "请打开协议查看。", "An answer to shared labour: "+s.Occupation, "Please open the agreement."))
		}
		if err := r.tell(ctx, tx, letters...); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "consent", "gigshare", id, s.Area, what+"："+s.Occupation)
	})
}

// Back lets one side say that people are back: the lender that they have returned, the borrower that it has let them go. Who both say it
// of is returned; when everybody is, the agreement has ended. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Back(ctx context.Context, who web.User, id, version int64, people []int64, once string) error {
	return r.agreement(ctx, who, id, version, once, "确认共享用工职工返回", func(tx *db.Tx, s *Share) error {
		if who.EmployerID != s.LenderID && who.EmployerID != s.BorrowerID {
			return fault.New(fault.Denied, "由输出企业和用工企业分别确认返回")
		}
		if s.Stage(r.today()) == "coming" || s.State != Agreed && s.State != Halted {
			return fault.New(fault.Conflict, "还没有开始或者已经结束的协议不用确认返回")
		}
		list, err := lentIn(ctx, tx, id)
		if err != nil {
			return err
		}
		var changed []Lent
		var letters []message.Message
		left := 0
		for _, l := range list {
			if l.State == Consented && slices.Contains(people, l.PersonID) {
				day := &l.Back
				if who.EmployerID == s.BorrowerID {
					day = &l.Sent
				}
				if day.IsZero() {
					*day = db.On(r.today())
				}
				if !l.Back.IsZero() && !l.Sent.IsZero() {
					l.State = Returned
					letters = append(letters, told(kindShare, message.To{PersonID: l.PersonID}, atMine, "back "+number(id), "共享用工结束，您已返回原单位", "两家企业都已确认。工资、社会保险和工龄照原劳动合同连续计算。", "You are back with your employer", "Both enterprises have confirmed it."))
				}
				changed = append(changed, l)
			}
			if l.State == Consented {
				left++
			}
		}
		if len(changed) == 0 {
			return fault.New(fault.Invalid, "请勾选要确认返回的职工")
		}
		if left == 0 && s.State == Agreed {
			s.State = Ended
		}
		if err := putLent(ctx, tx, changed); err != nil {
			return err
		}
		return r.tell(ctx, tx, letters...)
	})
}

// Halt stops an agreement, by an officer, with the reason. Everybody is told. Faults: NotFound, Denied, Invalid, Conflict, Repeat.
func (r *Room) Halt(ctx context.Context, who web.User, id, version int64, why, once string) error {
	why = identity.Veil(why)
	return r.agreement(ctx, who, id, version, once, "叫停共享用工协议", func(tx *db.Tx, s *Share) error {
		switch {
		case who.Role == account.Employer:
			return fault.New(fault.Denied, "由就业服务机构叫停。企业之间要提前结束，请双方确认职工返回")
		case s.State != Proposed && s.State != Agreed:
			return fault.New(fault.Conflict, "这份协议已经结束")
		case why == "":
			return fault.New(fault.Invalid, "请写明叫停的理由")
		}
		s.State, s.Why = Halted, why
		return r.tellShare(ctx, tx, s, "halt", "共享用工协议被叫停："+s.Occupation, "理由："+why+"。职工返回原单位，劳动关系不变。", "Agreement halted: "+s.Occupation, why)
	})
}

// tellShare tells both enterprises and whoever has consented.
func (r *Room) tellShare(ctx context.Context, tx *db.Tx, s *Share, once, zh, zhBody, en, enBody string) error {
	list, err := lentIn(ctx, tx, s.ID)
	if err != nil {
		return err
	}
	var letters []message.Message
	for _, e := range []int64{s.LenderID, s.BorrowerID} {
		letters = append(letters, told(kindShare, message.To{EmployerID: e}, shareAt(s.ID), once+" "+number(s.ID), zh, zhBody, en, enBody))
	}
	for _, l := range list {
		if l.State == Waiting || l.State == Consented {
			letters = append(letters, told(kindShare, message.To{PersonID: l.PersonID}, atMine, once+" "+number(s.ID), zh, zhBody, en, enBody))
		}
	}
	return r.tell(ctx, tx, letters...)
}

// Remind tells both sides and the people of agreements that end within a week, once. It returns for how many.
func (r *Room) Remind(ctx context.Context) (int64, error) {
	list, err := sharesEnding(ctx, r.DB, db.On(r.today().AddDate(0, 0, remindDays)), 1000)
	if err != nil {
		return 0, err
	}
	for i := range list {
		s := &list[i]
		err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			s.Reminded = db.On(r.today())
			if err := moveShare(ctx, tx, s, s.Version); err != nil {
				return err
			}
			return r.tellShare(ctx, tx, s, "ends", "共享用工快到期："+s.Occupation, "到 "+s.Until.String()+" 期满。期满职工返回原单位，双方请确认返回；要继续须另签协议并再征得本人同意。", "Shared labour ends soon: "+s.Occupation, "It ends on "+s.Until.String())
		})
		if err != nil {
			return int64(i), err
		}
	}
	return int64(len(list)), nil
}

// numbersIn are the identity numbers of a text, one on a line.
func numbersIn(text string) (list []string) {
	for _, n := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" ,，;；、\r\n\t", c) }) {
		list = append(list, strings.ToUpper(n))
	}
	return list
}
