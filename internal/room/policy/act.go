package policy

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
)

// Kinds of two-person decisions.
const (
	KindVersion   = "policy.version"
	KindWithdraw  = "policy.withdraw"
	KindParameter = "policy.parameter"
)

// region is the code of the region, whose documents the program brings.
const region = "15"

// settingStamp is the setting that changes whenever a policy or a parameter does, for other processes to see.
const settingStamp = "policy.changed"

// shelved is the catalogue of a day, and the stamp it was made at.
type shelved struct {
	*catalogue
	stamp string
}

// catalogue is the policies in force as of the last refresh.
func (r *Room) catalogue() *catalogue { return r.shelf.Load().catalogue }

// refresh makes the catalogue anew when the day or anything of it has changed, here or in another process.
func (r *Room) refresh(ctx context.Context) error {
	stamp, err := db.Setting(ctx, r.DB, settingStamp)
	if err != nil {
		return err
	}
	stamp += " " + r.Clock.Today().Format(time.DateOnly)
	if r.shelf.Load().stamp == stamp {
		return nil
	}
	c, err := r.on(ctx, r.Clock.Today())
	if err == nil {
		r.shelf.Store(&shelved{c, stamp})
	}
	return err
}

// on makes the catalogue as it stood, or will stand, on a day.
func (r *Room) on(ctx context.Context, day time.Time) (*catalogue, error) {
	versions, err := r.store.versions(ctx)
	if err != nil {
		return nil, err
	}
	set, err := r.store.settings(ctx, "")
	if err != nil {
		return nil, err
	}
	return r.past.make(r.library, current(versions, day), set)
}

// handle names what two people decide together.
func (r *Room) handle() {
	if r.Approvals == nil {
		return
	}
	r.Approvals.Handle(approval.Kind{Code: KindVersion, Zh: "复核政策", En: "Review of a policy", Do: r.reviewed, Ended: r.returned})
	r.Approvals.Handle(approval.Kind{Code: KindWithdraw, Zh: "撤回政策", En: "Withdrawal of a policy", Do: r.withdrawn})
	r.Approvals.Handle(approval.Kind{Code: KindParameter, Zh: "设置政策参数", En: "Setting of a policy's parameter", Do: r.parameterSet})
}

// changed lets every process make its catalogue anew, and screens everybody again.
func (r *Room) changed(ctx context.Context, tx *db.Tx) error {
	stamp := fmt.Sprint(r.IDs.Next())
	if err := tx.SetSetting(ctx, settingStamp, stamp); err != nil {
		return err
	}
	if r.queue == nil {
		return nil
	}
	// A key of its own: a screening that already runs began with the catalogue of before.
	_, err := r.queue.Enqueue(ctx, tx, queue.Job{Kind: ScreenJob, Key: stamp})
	return err
}

func (r *Room) log(ctx context.Context, tx *db.Tx, who web.User, act, area, what string) error {
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: act, Object: "policy", Area: area, What: what})
}

// version reads one wording, what the program brings as well. Faults: NotFound.
func (r *Room) version(ctx context.Context, policy string, n int64) (Version, error) {
	if n == 1 {
		for i := range r.library.entries {
			if e := &r.library.entries[i]; e.ID == policy && e.Kind == Rule {
				return r.shipped(e), nil
			}
		}
	}
	return readVersion(ctx, r.DB, policy, n)
}

// shipped is what the program brings, as a version.
func (r *Room) shipped(e *Entry) Version {
	v := Version{PolicyID: e.ID, Version: 1, State: Published, Subject: e.Subject, Text: e.Text, Cases: e.Cases, Area: region, Row: 1}
	if p, err := r.library.load([]byte(e.Text), r.library.params); err == nil {
		v.Name, v.From = p.Name.Zh, db.On(p.From.Time())
	}
	return v
}

// history are all wordings of a policy, the latest first. Faults: NotFound.
func (r *Room) history(ctx context.Context, policy string) ([]Version, error) {
	list, err := r.store.versionsOf(ctx, policy)
	if err != nil {
		return nil, err
	}
	if first, err := r.version(ctx, policy, 1); err == nil && (len(list) == 0 || list[len(list)-1].Version > 1) {
		list = append(list, first)
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "没有编号为 %s 的政策", policy)
	}
	return list, nil
}

// Begin writes the first draft of a new policy, or the next version of one that there is. It returns where it stands.
// Faults: Invalid, Denied, Conflict (somebody is at it already).
func (r *Room) Begin(ctx context.Context, who web.User, v Version, once string) (string, int64, error) {
	now := r.Clock.Now().UnixMilli()
	v.State, v.Area, v.AuthorID, v.Author, v.Made, v.Changed = Draft, who.Area, who.ID, account.Signature(who), now, now
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if v.PolicyID == "" {
			n, err := countNew(ctx, tx)
			if err != nil {
				return err
			}
			v.PolicyID, v.Version = fmt.Sprintf("N%02d", n+1), 1
			v.Text = strings.Replace(v.Text, "编号: "+fresh, "编号: "+v.PolicyID, 1)
		} else {
			last, err := lastVersion(ctx, tx, v.PolicyID)
			if err != nil {
				return err
			}
			v.Version = max(last, r.brings(v.PolicyID)) + 1
		}
		if err := insertVersion(ctx, tx, &v); err != nil {
			return err
		}
		return r.log(ctx, tx, who, "policy.draft", v.Area, fmt.Sprintf("起草政策 %s 第 %d 版：%s", v.PolicyID, v.Version, v.Name))
	})
	return v.PolicyID, v.Version, err
}

// brings is the number of the version that the program brings of a policy, 0 when it brings none.
func (r *Room) brings(policy string) int64 {
	if r.library.brings(policy) {
		return 1
	}
	return 0
}

// Save writes a draft anew. Faults: NotFound, Denied, Conflict.
func (r *Room) Save(ctx context.Context, who web.User, v Version, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		held, err := readVersion(ctx, tx, v.PolicyID, v.Version)
		if err != nil {
			return err
		}
		if err := mayWrite(who, &held); err != nil {
			return err
		}
		held.Subject, held.Name, held.Text, held.Cases, held.From, held.Changed, held.Row = v.Subject, v.Name, v.Text, v.Cases, v.From, r.Clock.Now().UnixMilli(), v.Row
		if err := saveVersion(ctx, tx, &held); err != nil {
			return err
		}
		return r.log(ctx, tx, who, "policy.save", held.Area, fmt.Sprintf("修改政策草稿 %s 第 %d 版：%s", v.PolicyID, v.Version, v.Name))
	})
}

// named is a version in the payload of a request.
type versionRef struct {
	PolicyID string
	Version  int64
}

// Submit asks a colleague to review a draft, whose cases must all come out right. Faults: Invalid, Denied, Conflict.
func (r *Room) Submit(ctx context.Context, who web.User, policy string, n int64, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		v, err := readVersion(ctx, tx, policy, n)
		if err != nil {
			return err
		}
		if err := mayWrite(who, &v); err != nil {
			return err
		}
		if err := r.fit(&v); err != nil {
			return err
		}
		v.State, v.Changed = Waiting, r.Clock.Now().UnixMilli()
		if err := saveVersion(ctx, tx, &v); err != nil {
			return err
		}
		_, err = r.Approvals.Request(ctx, tx, approval.Request{Kind: KindVersion, Object: "policy", ObjectID: objectID(policy, n), Area: v.Area,
			Title: fmt.Sprintf("%s 第 %d 版（%s）", v.Name, n, policy), Why: fmt.Sprintf("自 %s 起实施，验证例全部相符", v.From), Href: versionHref(policy, n),
			Lines: r.changes(ctx, &v), Payload: versionRef{policy, n}, By: who})
		return err
	})
}

// objectID stands for a version in the register of approvals.
func objectID(policy string, n int64) int64 {
	id := int64(0)
	for _, c := range policy {
		id = id*31 + int64(c)
	}
	return id<<12 + n
}

// changes are the lines in which a version differs from the one before it.
func (r *Room) changes(ctx context.Context, v *Version) (out []approval.Line) {
	if v.Version < 2 {
		return nil
	}
	before, err := r.version(ctx, v.PolicyID, v.Version-1)
	if err != nil {
		return nil
	}
	const most = 40
	for _, l := range compare(before.Text, v.Text) {
		if l.Kind != same && len(out) < most {
			out = append(out, approval.Line{Label: fmt.Sprintf("第 %d 行", max(l.OldLine, l.NewLine)), Before: l.Old, After: l.New})
		}
	}
	return out
}

// fit says what keeps a version from being reviewed or published: its text, its cases, its first day, its area.
func (r *Room) fit(v *Version) error {
	c := r.catalogue()
	p, err := r.library.load([]byte(v.Text), c.params)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "这一版的条件还读不通，请在编辑页按提示改正")
	}
	if v.From.Before(r.Clock.Today()) {
		return fault.New(fault.Invalid, "生效日期 %s 已经过去，请改成今天或以后的日期：已经公布的判断不能往前改", v.From)
	}
	if err := within(p, v); err != nil {
		return err
	}
	list, err := r.library.try(v.Text, v.Cases, c.params)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fault.New(fault.Invalid, "还没有验证例。请至少写一个应能享受和一个不应享受的例子，全部相符后才能提交")
	}
	wrong, seen := 0, map[string]bool{}
	for _, o := range list {
		seen[o.Want] = true
		if !o.OK {
			wrong++
		}
	}
	switch {
	case wrong > 0:
		return fault.New(fault.Invalid, "验证例 %d 个中有 %d 个不相符，请改正条件或例子后再提交", len(list), wrong)
	case !seen[answers[rule.Eligible]] || len(seen) < 2:
		return fault.New(fault.Invalid, "验证例里至少要有一个应能享受和一个不应享受的例子，请补上后再提交")
	}
	return nil
}

// reviewed is the colleague's yes.
func (r *Room) reviewed(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	return r.move(ctx, tx, d, Waiting, func(v *Version) error {
		v.State, v.Reviewer = Reviewed, account.Signature(d.By)
		return r.fit(v)
	})
}

// returned is the colleague's no: the draft is its author's again.
func (r *Room) returned(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	return r.move(ctx, tx, d, Waiting, func(v *Version) error { v.State = Draft; return nil })
}

func (r *Room) move(ctx context.Context, tx *db.Tx, d approval.Decided, from State, change func(v *Version) error) error {
	var ref versionRef
	if err := d.Payload(&ref); err != nil {
		return err
	}
	v, err := readVersion(ctx, tx, ref.PolicyID, ref.Version)
	if err != nil {
		return err
	}
	if v.State != from {
		return fault.New(fault.Conflict, "%s 第 %d 版的状态已经变了，请刷新后再看", ref.PolicyID, ref.Version)
	}
	if err := change(&v); err != nil {
		return err
	}
	v.Changed = r.Clock.Now().UnixMilli()
	return saveVersion(ctx, tx, &v)
}

// Publish puts a reviewed version in force from its day on. Whoever wrote it may not. Faults: Denied, Invalid, Conflict.
func (r *Room) Publish(ctx context.Context, who web.User, policy string, n int64, once string) error {
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		v, err := readVersion(ctx, tx, policy, n)
		if err != nil {
			return err
		}
		if err := mayPublish(who, &v); err != nil {
			return err
		}
		if err := r.fit(&v); err != nil {
			return err
		}
		v.State, v.Publisher, v.Changed = Published, account.Signature(who), r.Clock.Now().UnixMilli()
		if err := saveVersion(ctx, tx, &v); err != nil {
			return err
		}
		if err := r.log(ctx, tx, who, "policy.publish", v.Area, fmt.Sprintf("发布政策 %s 第 %d 版：%s，自 %s 起", policy, n, v.Name, v.From)); err != nil {
			return err
		}
		return r.changed(ctx, tx)
	})
	if err != nil {
		return err
	}
	return r.refresh(ctx)
}

// Withdraw asks a colleague to agree that a published version ends tomorrow. Faults: Denied, Invalid.
func (r *Room) Withdraw(ctx context.Context, who web.User, policy string, n int64, why, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		v, err := readVersion(ctx, tx, policy, n)
		if err != nil {
			return err
		}
		if v.State != Published {
			return fault.New(fault.Invalid, "只有已发布的版本可以撤回，这一版是%s", stateZh[v.State])
		}
		if err := account.CanSeeArea(who, v.Area); err != nil {
			return err
		}
		_, err = r.Approvals.Request(ctx, tx, approval.Request{Kind: KindWithdraw, Object: "policy", ObjectID: objectID(policy, n), Area: v.Area,
			Title: fmt.Sprintf("撤回 %s 第 %d 版（%s）", v.Name, n, policy), Why: why, Href: versionHref(policy, n), Payload: versionRef{policy, n}, By: who})
		return err
	})
}

func (r *Room) withdrawn(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	if err := r.move(ctx, tx, d, Published, func(v *Version) error {
		v.State, v.Until = Withdrawn, db.On(r.Clock.Today().AddDate(0, 0, 1))
		return nil
	}); err != nil {
		return err
	}
	return r.changed(ctx, tx)
}

// SetParameter asks a colleague to agree to a value of a parameter. Faults: Invalid, Denied.
func (r *Room) SetParameter(ctx context.Context, who web.User, s setting, once string) error {
	p := r.catalogue().params[s.Name]
	if p == nil {
		return fault.New(fault.NotFound, "没有名为“%s”的参数", s.Name)
	}
	if err := s.sound(p); err != nil {
		return err
	}
	if err := maySet(who, s.Area); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		s.By = account.Signature(who)
		where := "全自治区"
		if s.Area != "" {
			where = r.AreaName(s.Area)
		}
		area := s.Area
		if area == "" {
			area = region
		}
		_, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: KindParameter, Object: "parameter", ObjectID: objectID(s.Name, 0), Area: area,
			Title: "参数“" + s.Name + "”设为 " + s.Value, Why: "依据：" + s.Source, Href: parameterHref(s.Name),
			Lines: []approval.Line{{Label: p.Name.Zh, Before: valueText(p, rule.DayOf(s.From.Time), s.Key, s.Area), After: s.Value}, {Label: "地区", After: where},
				{Label: "类别", After: s.Key}, {Label: "自", After: s.From.String()}},
			Payload: s, By: who})
		return err
	})
}

// valueText is a parameter's value of a day in words.
func valueText(p *rule.Parameter, on rule.Day, key, area string) string {
	n, ok := p.At(on, key, area)
	if !ok {
		return "尚未设定"
	}
	f := rule.Field{Type: rule.Number, Unit: p.Unit}
	if p.Unit.Zh == "" && n > 0 && n < rule.Scale {
		f.Unit, n = rule.Word{Zh: "%", En: "%"}, n*100
	}
	return f.Say(rule.Parts(n), false)
}

func (r *Room) parameterSet(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var s setting
	if err := d.Payload(&s); err != nil {
		return err
	}
	s.ID, s.Approver, s.At = r.IDs.Next(), account.Signature(d.By), r.Clock.Now().UnixMilli()
	if err := insertSetting(ctx, tx, &s); err != nil {
		return err
	}
	return r.changed(ctx, tx)
}

// mistakes are the errors of a policy's text, one a line.
func mistakes(err error) (list []*rule.Error) {
	if err == nil {
		return nil
	}
	var one *rule.Error
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			list = append(list, mistakes(e)...)
		}
	} else if errors.As(err, &one) {
		list = append(list, one)
	}
	return list
}
