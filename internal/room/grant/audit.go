package grant

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/emmansun/gmsm/sm3"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
)

// Why a grant was drawn.
const (
	ByChance = "random"
	ByRisk   = "risk"
	ByRule   = "rule"
)

// States of an audit.
const (
	AuditAsked    = "asked"    // evidence is due from the banner
	AuditAnswered = "answered" // somebody has to say what it shows
	AuditViewed   = "viewed"   // another person has to argue against it
	AuditClosed   = "closed"
)

// Views, and sanctions that follow from the view that it was wrong.
const (
	Clean = "clean"
	Wrong = "wrong"
)

var (
	auditWords = map[string]Label{AuditAsked: {"等待旗县举证", "Evidence due"}, AuditAnswered: {"已举证，待初审", "First view due"}, AuditViewed: {"已初审，待复审", "Second view due"}, AuditClosed: {"已办结", "Closed"}}
	whyWords   = map[string]Label{ByChance: {"随机抽取", "By chance"}, ByRisk: {"风险较高", "By risk"}, ByRule: {"规则发现", "By rule"}}
	viewWords  = map[string]Label{Clean: {"没有问题", "In order"}, Wrong: {"不应发放", "Should not have been paid"}}
	// Sanctions in the order of weight.
	Sanctions = []struct {
		Code string
		Label
	}{{"none", Label{"不处理", "None"}}, {"warn", Label{"责令改正、提醒", "Warning"}}, {"recover", Label{"追回补贴", "Recovery"}}, {"bar", Label{"追回补贴，三年内不得申请", "Recovery, and barred for three years"}}}
	auditResults = []assignment.Result{{Code: "proven", Zh: "材料齐全，可以证明", En: "Proven"}, {Code: "partly", Zh: "材料不全", En: "Partly"}, {Code: "cannot", Zh: "无法证明", En: "Cannot be proven"}}
)

// barYears is how long who was barred may not apply.
const barYears = 3

// Inspection is one grant looked at again.
type Inspection struct {
	OwnerID, ID, GrantID             int64
	Area, PolicyName                 string
	Why                              string
	Score, Seed                      int64
	State                            string
	TaskID, DrawnBy                  int64
	FirstBy                          int64
	FirstView                        string
	SecondBy                         int64
	SecondView, Sanction             string
	OpenedOn, ClosedOn               db.Date
	Version                          int64
	Reasons                          []string
	Evidence, FirstSaid, AgainstSaid string
	sealed                           []byte
}

type inspected struct {
	Reasons                          []string
	Evidence, FirstSaid, AgainstSaid string
}

// Signals are what raises the risk of a grant.
type Signals struct {
	Asks, Sharers   int  // checks that somebody had to look at; others paid into the same account
	SameDay         bool // decided on the day it was submitted
	Large           bool // among the largest tenth of its policy
	Window, Bounced bool // written down at the window; the bank sent it back once
	Rules           []string
}

// Score is the risk in points, 0 to 100, with a reason for every part.
func (s Signals) Score() (points int64, reasons []string) {
	add := func(n int64, text string) {
		points, reasons = points+n, append(reasons, fmt.Sprintf("%s（+%d）", text, n))
	}
	if len(s.Rules) > 0 {
		add(60, "规则发现："+s.Rules[0])
	}
	if s.Sharers > 0 {
		add(25, fmt.Sprintf("另有 %d 人用同一账户", s.Sharers))
	}
	if s.Large {
		add(15, "金额在同类中居前十分之一")
	}
	if s.SameDay {
		add(15, "提交当日即批准")
	}
	if s.Bounced {
		add(10, "银行退回后改过账户")
	}
	if s.Window {
		add(5, "窗口代填")
	}
	if s.Asks > 0 {
		add(int64(min(20, 5*s.Asks)), fmt.Sprintf("核验时有 %d 项需要核实", s.Asks))
	}
	return min(100, points), reasons
}

// Drawn says whether chance draws a grant: the same seed draws the same grants whatever their order and whatever else there is.
func Drawn(seed, grantID int64, perMille int64) bool {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(seed))
	binary.BigEndian.PutUint64(b[8:], uint64(grantID))
	sum := sm3.Sum(b[:])
	return binary.BigEndian.Uint64(sum[:8])%1000 < uint64(perMille)
}

// Sample says what to draw.
type Sample struct {
	From, To db.Date // paid in this time
	PerMille int64   // by chance
	Risk     int64   // everything with at least so many points
	Seed     int64   // 0: of the day
	WorkDays int
}

// Draw takes a sample of what was paid in the manager's area: a share by chance, everything risky, and what the rules found. For each the banner is
// asked for evidence. What is being looked at already is left out. Faults: Denied, Invalid, Repeat.
func (r *Room) Draw(ctx context.Context, who web.User, in Sample, key string) (drawn int, err error) {
	switch {
	case who.Role != account.Manager:
		return 0, fault.New(fault.Denied, "事后核查由盟市或自治区管理人员抽取")
	case in.From.IsZero() || in.To.IsZero() || in.To.Before(in.From.Time):
		return 0, fault.New(fault.Invalid, "请填写发放时间的起止，结束不早于开始")
	case in.PerMille < 0 || in.PerMille > 1000:
		return 0, fault.New(fault.Invalid, "随机比例应为 0 至 1000 千分点，填的是 %d", in.PerMille)
	}
	if in.Seed == 0 {
		in.Seed = int64(r.Clock.Today().Year()*10000 + int(r.Clock.Today().Month())*100 + r.Clock.Today().Day())
	}
	list, err := r.store.paidBetween(ctx, who.Area, in.From, in.To)
	if err != nil {
		return 0, err
	}
	picked, err := r.pick(ctx, list, in)
	if err != nil {
		return 0, err
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		open, err := r.store.underAudit(ctx, tx, who.Area)
		if err != nil {
			return err
		}
		var tasks []assignment.Task
		var fresh []*Inspection
		for _, x := range picked {
			if open[x.GrantID] {
				continue
			}
			x.DrawnBy = who.ID
			fresh = append(fresh, x)
			tasks = append(tasks, assignment.Task{Kind: KindAudit, Object: "grantaudit", ObjectID: x.ID, PersonID: 0, From: who.Area, To: area.At(x.Area, area.Banner), By: who,
				Title: "补贴核查举证：" + x.PolicyName, Body: "请提供这笔补贴的申请材料、核实记录和发放凭证，并说明是否属实。", Href: auditAt(x), WorkDays: max(1, in.WorkDays)})
		}
		ids, err := r.Assign.GiveAll(ctx, tx, tasks)
		if err != nil {
			return err
		}
		rows := make([][]any, len(fresh))
		for i, x := range fresh {
			x.TaskID = ids[i]
			if err := r.sealInspection(x); err != nil {
				return err
			}
			rows[i] = x.values()
		}
		drawn = len(rows)
		if err := r.store.insertInspections(ctx, tx, rows); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: sign(who), Act: "grant.draw", Object: "grantaudit", Area: who.Area,
			What: fmt.Sprintf("抽取事后核查 %d 件（种子 %d，随机 %d‰）", drawn, in.Seed, in.PerMille)})
	})
	return drawn, err
}

// pick chooses by rule, by risk and by chance, in this order.
func (r *Room) pick(ctx context.Context, list []Application, in Sample) ([]*Inspection, error) {
	shares, err := r.store.sharers(ctx, list)
	if err != nil {
		return nil, err
	}
	rules, err := r.store.findingsOf(ctx, list)
	if err != nil {
		return nil, err
	}
	large := topTenth(list)
	var out []*Inspection
	for i := range list {
		a := &list[i]
		if err := r.open(a); err != nil {
			return nil, err
		}
		s := Signals{Sharers: int(shares[string(a.accountHash)]) - 1, SameDay: !a.DecidedOn.IsZero() && a.DecidedOn.Equal(a.SubmittedOn.Time), Large: a.Granted > 0 && a.Granted >= large[a.PolicyID], Window: a.Origin == FromWindow}
		for _, f := range a.Checks {
			if f.Outcome == "ask" {
				s.Asks++
			}
		}
		for _, id := range rules[a.ID] {
			s.Rules = append(s.Rules, r.rules.ruleOf(id).Name.Zh)
		}
		score, reasons := s.Score()
		why := ""
		switch {
		case len(s.Rules) > 0:
			why = ByRule
		case in.Risk > 0 && score >= in.Risk:
			why = ByRisk
		case Drawn(in.Seed, a.ID, in.PerMille):
			why = ByChance
		default:
			continue
		}
		out = append(out, &Inspection{OwnerID: a.OwnerID, ID: r.IDs.Next(), GrantID: a.ID, Area: a.Area, PolicyName: a.PolicyName, Why: why, Score: score, Seed: in.Seed, State: AuditAsked,
			OpenedOn: db.On(r.Clock.Today()), Version: 1, Reasons: reasons})
	}
	return out, nil
}

// topTenth is from which amount on a grant belongs to the largest tenth of its policy; policies with fewer than ten grants, or with one amount for all, have none.
func topTenth(list []Application) map[string]int64 {
	by := map[string][]int64{}
	for _, a := range list {
		by[a.PolicyID] = append(by[a.PolicyID], a.Granted)
	}
	out := map[string]int64{}
	for id, amounts := range by {
		sortDown(amounts)
		out[id] = 1<<63 - 1
		if n := len(amounts); n >= 10 && amounts[n/10] < amounts[0] {
			out[id] = amounts[max(0, n/10-1)]
		}
	}
	return out
}

// auditAnswered is the register of assignments' Told: the banner has brought its evidence.
func (r *Room) auditAnswered(ctx context.Context, tx *db.Tx, a assignment.Answer) error {
	x, err := r.store.inspectionOfTask(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	if x.State != AuditAsked && x.State != AuditAnswered {
		return fault.New(fault.Conflict, "这件核查已经有初审意见，不能再改举证")
	}
	if err := r.openInspection(&x); err != nil {
		return err
	}
	x.State = AuditAnswered
	for _, w := range auditResults {
		if w.Code == a.Result {
			x.Evidence = w.Zh + "：" + a.Text
		}
	}
	return r.saveInspection(ctx, tx, &x)
}

// View is what somebody says of a grant that is audited: first the one who looks at the evidence, then another one who argues against it. Both must say Wrong
// for a sanction; who doubts decides for the beneficiary. Faults: NotFound, Denied (the same person twice, who decided the grant, relatives), Invalid, Conflict, Repeat.
func (r *Room) View(ctx context.Context, who web.User, owner, id, version int64, view, said, sanction, key string) error {
	if viewWords[view].Zh == "" {
		return fault.New(fault.Invalid, "请选择核查意见")
	}
	if said == "" {
		return fault.New(fault.Invalid, "请写明理由：依据哪份材料、与哪项登记一致或不一致")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := r.store.inspection(ctx, tx, owner, id)
		if err != nil {
			return err
		}
		if err := mayAudit(who, x.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if x.Version != version {
			return stale()
		}
		a, err := r.read(ctx, tx, owner, x.GrantID)
		if err != nil {
			return err
		}
		if who.ID == a.DecidedBy || who.ID == a.CheckedBy || who.ID == a.TakenBy {
			return fault.New(fault.Denied, "这笔补贴由您经办或审批过，核查请由另一位同事办理")
		}
		if err := r.recuse(ctx, tx, who, &a); err != nil {
			return err
		}
		if err := r.openInspection(&x); err != nil {
			return err
		}
		if err := x.take(who.ID, view, said, sanction); err != nil {
			return err
		}
		if x.State == AuditClosed {
			x.ClosedOn = db.On(r.Clock.Today())
			if x.Sanction == "bar" {
				if err := r.store.bar(ctx, tx, owner, db.On(r.Clock.Today().AddDate(barYears, 0, 0)), id); err != nil {
					return err
				}
			}
		}
		if err := r.saveInspection(ctx, tx, &x); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entry(who, "audit", &a, "“"+a.PolicyName+"”事后核查："+auditWords[x.State].Zh+"，"+viewWords[view].Zh))
	})
}

// take takes the next view.
func (x *Inspection) take(by int64, view, said, sanction string) error {
	switch x.State {
	case AuditAnswered:
		x.FirstBy, x.FirstView, x.FirstSaid, x.State = by, view, said, AuditViewed
		return nil
	case AuditViewed:
	default:
		return fault.New(fault.Conflict, "这件核查现在是“%s”，不能提意见", auditWords[x.State].Zh)
	}
	if by == x.FirstBy {
		return fault.New(fault.Denied, "初审是您提的意见，复审要由另一位同事从相反的角度审查")
	}
	x.SecondBy, x.SecondView, x.AgainstSaid, x.State, x.Sanction = by, view, said, AuditClosed, "none"
	if x.FirstView == Wrong && view == Wrong {
		ok := false
		for _, s := range Sanctions {
			ok = ok || s.Code == sanction
		}
		if !ok {
			return fault.New(fault.Invalid, "两次意见都认为不应发放，请选择怎样处理")
		}
		x.Sanction = sanction
	}
	return nil
}

// mayAudit asks whether somebody may judge an audit: managers of the area.
func mayAudit(who web.User, at string) error {
	if err := account.CanSeeArea(who, at); err != nil {
		return err
	}
	if who.Role != account.Manager {
		return fault.New(fault.Denied, "事后核查由盟市或自治区管理人员审查，旗县在“交办”里举证")
	}
	return nil
}

func (r *Room) sealInspection(x *Inspection) error {
	text, err := json.Marshal(inspected{x.Reasons, x.Evidence, x.FirstSaid, x.AgainstSaid})
	x.sealed = r.Sealer.Seal(string(text))
	return err
}

func (r *Room) openInspection(x *Inspection) error {
	text, err := r.Sealer.Open(x.sealed)
	if err != nil {
		return err
	}
	var c inspected
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return err
	}
	x.Reasons, x.Evidence, x.FirstSaid, x.AgainstSaid = c.Reasons, c.Evidence, c.FirstSaid, c.AgainstSaid
	return nil
}

func (r *Room) saveInspection(ctx context.Context, tx *db.Tx, x *Inspection) error {
	if err := r.sealInspection(x); err != nil {
		return err
	}
	return r.store.saveInspection(ctx, tx, x)
}
