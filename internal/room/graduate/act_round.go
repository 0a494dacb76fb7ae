package graduate

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// Plan puts a recruitment on file; nobody sees it before it is announced.
func (r *Room) Plan(ctx context.Context, who web.User, p Round, key string) (int64, error) {
	if err := MayAct(who, p.Area); err != nil {
		return 0, err
	}
	if area.Level(p.Area) > area.Banner || !slices.Contains(programmes, p.Programme) || p.Year < 2000 || p.Year > 2100 {
		return 0, fault.New(fault.Invalid, "请选择项目、年度和地区（自治区、盟市或旗县）")
	}
	if err := p.Valid(); err != nil {
		return 0, err
	}
	p.ID, p.State, p.By, p.ByID = r.IDs.Next(), Draft, account.Signature(who), who.ID
	return p.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := insertRound(ctx, tx, &p); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "plan", "round", p.ID, p.Area, "拟定招募："+p.Title)
	})
}

// within does something about a round in one of its states within a transaction, and counts the change.
func (r *Room) within(ctx context.Context, who web.User, id, version int64, key, act, what string, states []string, do func(tx *db.Tx, p *Round) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := held(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayAct(who, p.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if !slices.Contains(states, p.State) {
			return fault.New(fault.Conflict, "这次招募现在的状态不能%s，请看过现在的样子再办", what)
		}
		if err := do(tx, &p); err != nil {
			return err
		}
		if err := updateRound(ctx, tx, &p, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, act, "round", p.ID, p.Area, what+"："+p.Title)
	})
}

// AddPost adds a post to a draft.
func (r *Room) AddPost(ctx context.Context, who web.User, post Post, version int64, key string) error {
	return r.within(ctx, who, post.RoundID, version, key, "post", "增加岗位", []string{Draft}, func(tx *db.Tx, p *Round) error {
		if !area.Within(post.Area, p.Area) {
			return fault.New(fault.Invalid, "岗位所在地应在%s范围内", area.Name(p.Area))
		}
		if err := post.Valid(); err != nil {
			return err
		}
		post.ID = r.IDs.Next()
		return insertPost(ctx, tx, &post)
	})
}

// RemovePost takes a post out of a draft.
func (r *Room) RemovePost(ctx context.Context, who web.User, id, post, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "post", "删除岗位", []string{Draft}, func(tx *db.Tx, _ *Round) error {
		n, err := removePost(ctx, tx, id, post)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "没有这个岗位")
		}
		return err
	})
}

// Publish announces a round. Its posts must be within the year's quota of every area they lie in, where there is one.
func (r *Room) Publish(ctx context.Context, who web.User, id, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "publish", "发布公告", []string{Draft}, func(tx *db.Tx, p *Round) error {
		list, err := posts(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.New(fault.Conflict, "还没有岗位，请先增加岗位再发布")
		}
		if r.today().After(p.Closes.Time) {
			return fault.New(fault.Late, "报名截止日期 %s 已过，没有人能报名，请另拟一次招募", p.Closes)
		}
		if err := holdQuotas(ctx, tx, p.Programme, p.Year); err != nil {
			return err
		}
		quota, err := quotas(ctx, tx, p.Programme, p.Year, region)
		if err != nil {
			return err
		}
		seats, err := seatsPosted(ctx, tx, p.Programme, p.Year)
		if err != nil {
			return err
		}
		for i := range list {
			seats[list[i].Area] += int64(list[i].Seats)
		}
		for _, q := range quota {
			if !slices.ContainsFunc(list, func(x Post) bool { return area.Within(x.Area, q.Area) }) {
				continue
			}
			if sum := under(seats, q.Area); sum > q.Seats {
				return fault.New(fault.Conflict, "%s %d 年名额 %d 个，连同这次共 %d 个，请减少岗位名额或请上级增加名额", area.Name(q.Area), p.Year, q.Seats, sum)
			}
		}
		p.State = Open
		return nil
	})
}

// Close ends applications. All must have been checked, and the time must be over.
func (r *Room) Close(ctx context.Context, who web.User, id, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "close", "结束报名", []string{Open}, func(tx *db.Tx, p *Round) error {
		if !r.today().After(p.Closes.Time) {
			return fault.New(fault.Late, "报名到 %s 截止，截止以后才能结束报名", p.Closes)
		}
		all, err := sumsOf(ctx, tx, []Round{*p})
		if err != nil {
			return err
		}
		if n := all[id].Waiting; n > 0 {
			return fault.New(fault.Conflict, "还有 %d 人的资格没有审核，请先审核", n)
		}
		p.State = Exam
		return nil
	})
}

// Score is a line of the scores' file.
type Score struct {
	PersonID           int64
	Written, Interview int // hundredths of a point; -1: absent from the file
}

// Scores takes exam scores, of qualified people only.
func (r *Room) Scores(ctx context.Context, who web.User, id int64, list []Score, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "scores", "登记成绩", []string{Exam}, func(tx *db.Tx, p *Round) error {
		entries, err := r.entriesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		qualified := map[int64]Entry{}
		for _, e := range entries {
			if e.State == Qualified {
				qualified[e.PersonID] = e
			}
		}
		var changed []Entry
		for _, s := range list {
			e, ok := qualified[s.PersonID]
			if !ok {
				return fault.New(fault.Invalid, "名单中有人没有通过这次招募的资格审核")
			}
			if s.Written >= 0 {
				e.Written = s.Written
			}
			if s.Interview >= 0 {
				e.Interview = s.Interview
			}
			changed = append(changed, e)
		}
		return r.saveEntries(ctx, tx, changed)
	})
}

// judges say who may have which post of a round, and who may take a reserved seat. Who has died or serves elsewhere may have none.
func (r *Room) judges(ctx context.Context, p *Round, list []Post, ranked []Ranked) (may func(person, post int64) bool, group func(person int64) bool, err error) {
	facts, said, day := map[int64]*person.Facts{}, map[int64]Said{}, r.Clock.Today()
	var ids []int64
	for _, e := range ranked {
		ids, said[e.PersonID] = append(ids, e.PersonID), e.Said
	}
	slices.Sort(ids)
	for part := range chunks(ids) {
		some, err := r.People.FactsOf(ctx, part)
		if err != nil {
			return nil, nil, err
		}
		busy, err := serving(ctx, r.DB, part)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range some {
			if !f.Dead(day) && busy[f.ID] == "" {
				facts[f.ID] = f
			}
		}
	}
	may = func(id, post int64) bool {
		at := slices.IndexFunc(list, func(x Post) bool { return x.ID == post })
		return facts[id] != nil && at >= 0 && Verdict(Check(p, &list[at], facts[id], said[id])) != No
	}
	return may, func(id int64) bool { return facts[id] != nil && InGroup(facts[id], p.Closes) }, nil
}

// blocking counts, over a round's assignment as it stands, the pairs of a person and a post that would both gain by another one.
func (r *Room) blocking(ctx context.Context, p *Round, list []Post, ranked []Ranked) (int, error) {
	may, group, err := r.judges(ctx, p, list, ranked)
	if err != nil {
		return 0, err
	}
	d, err := dispatch(list, ranked, may, group)
	if err != nil {
		return 0, err
	}
	match := map[int64]int64{}
	for _, e := range ranked {
		if e.PostID != 0 {
			match[e.PersonID] = e.PostID
		}
	}
	return d.BlockingPairs(match), nil
}

// Assign gives the posts by deferred acceptance; again after somebody was found unfit or dropped out, which brings in who is next.
func (r *Room) Assign(ctx context.Context, who web.User, id, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "assign", "分配岗位", []string{Exam, Assigned}, func(tx *db.Tx, p *Round) error {
		entries, err := r.entriesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(entries, func(e Entry) bool { return e.State == Appealed }) {
			return fault.New(fault.Conflict, "还有人的申诉没有复核，请先复核；复核通过的，登记成绩后再分配")
		}
		if slices.ContainsFunc(entries, func(e Entry) bool { return e.State == Qualified && (e.Written < 0 || e.Interview < 0) }) {
			return fault.New(fault.Conflict, "还有人缺笔试或面试成绩（缺考记 0 分），请先登记成绩")
		}
		list, err := posts(ctx, tx, id)
		if err != nil {
			return err
		}
		ranked := Rank(p, entries)
		may, group, err := r.judges(ctx, p, list, ranked)
		if err != nil {
			return err
		}
		dealt, err := Deal(list, ranked, may, group)
		if err != nil {
			return err
		}
		if dealt.Blocking != 0 {
			return fault.New(fault.Internal, "岗位分配没有通过核对，请联系管理员")
		}
		var changed []Entry
		var letters []message.Message
		for _, e := range entries {
			if to := dealt.Of[e.PersonID]; to != e.PostID {
				e.PostID = to
				changed = append(changed, e)
				if to != 0 {
					letters = append(letters, result(e.PersonID, fmt.Sprintf("round %d", id), "您已进入“"+p.Title+"”体检环节", "You are asked to the medical check", "请按通知参加体检；有效期内的体检结果可以直接使用，不用再做。"))
				}
			}
		}
		p.State = Assigned
		if err := r.saveEntries(ctx, tx, changed); err != nil {
			return err
		}
		return r.tell(ctx, tx, letters)
	})
}

// Show begins the publicity of those who have a post. All must have passed the medical check.
func (r *Room) Show(ctx context.Context, who web.User, id, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "show", "公示", []string{Assigned}, func(tx *db.Tx, p *Round) error {
		entries, err := r.entriesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		n := 0
		for _, e := range entries {
			if e.PostID == 0 {
				continue
			}
			if n++; e.Medical != Fit {
				return fault.New(fault.Conflict, "还有人没有体检合格的记录；不合格的，登记后请重新分配岗位")
			}
		}
		if n == 0 {
			return fault.New(fault.Conflict, "没有人分到岗位，不能公示")
		}
		p.State, p.ShownOn, p.ShownUntil = Shown, r.today(), db.On(workday.Add(r.Clock.Today(), p.Days))
		return nil
	})
}

// payload is what a request for the hire needs.
type payload struct{ Round int64 }

// Ask asks a second person to decide the hire, once the publicity is over.
func (r *Room) Ask(ctx context.Context, who web.User, id int64, why string, version int64, key string) error {
	return r.within(ctx, who, id, version, key, "ask", "申请录用", []string{Shown}, func(tx *db.Tx, p *Round) error {
		if !r.today().After(p.ShownUntil.Time) {
			return fault.New(fault.Late, "公示到 %s 结束，结束以后才能申请录用", p.ShownUntil)
		}
		entries, err := r.entriesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		n := 0
		for _, e := range entries {
			if e.State == Qualified && e.PostID != 0 {
				n++
			}
		}
		if n == 0 {
			return fault.New(fault.Conflict, "公示名单上已经没有人，不能申请录用")
		}
		p.State = Deciding
		p.Request, err = r.Approvals.Request(ctx, tx, approval.Request{Kind: kindHire, Object: "round", ObjectID: id, Area: p.Area, Title: fmt.Sprintf("%s：拟录用 %d 人", p.Title, n), Why: why, Href: deskAt(id),
			Lines: []approval.Line{{Label: "录用人数", After: fmt.Sprint(n)}, {Label: "上岗日期", After: p.Starts.String()}}, Payload: payload{id}, By: who})
		return err
	})
}

// hired begins the service periods, in the transaction of the second person's yes.
func (r *Room) hired(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var in payload
	if err := d.Payload(&in); err != nil {
		return err
	}
	p, err := held(ctx, tx, in.Round)
	if err != nil {
		return err
	}
	list, err := posts(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	entries, err := r.entriesOf(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	var taken []Entry
	var begin []Service
	var letters []message.Message
	for _, e := range entries {
		if e.State != Qualified || e.PostID == 0 {
			continue
		}
		i := slices.IndexFunc(list, func(x Post) bool { return x.ID == e.PostID })
		if i < 0 {
			return fault.New(fault.Conflict, "有人的岗位已不在这次招募中，请退回重新分配")
		}
		post := list[i]
		e.State = Taken
		taken = append(taken, e)
		begin = append(begin, Service{PersonID: e.PersonID, ID: r.IDs.Next(), RoundID: p.ID, PostID: post.ID, Programme: p.Programme, Year: p.Year, Area: post.Area, Unit: post.Unit, Title: post.Title,
			Starts: p.Starts, Ends: db.On(p.Starts.AddDate(post.Years, 0, -1)), State: Serving, Allowance: post.Allowance})
		letters = append(letters, result(e.PersonID, fmt.Sprintf("round %d", p.ID), "您已被录用："+post.Unit, "You are hired", fmt.Sprintf("%s，%s，%s 上岗，服务期 %d 年。", p.Title, post.Title, p.Starts, post.Years)))
	}
	if err := r.free(ctx, tx, taken); err != nil {
		return err
	}
	if err := r.saveEntries(ctx, tx, taken); err != nil {
		return err
	}
	if err := insertServices(ctx, tx, begin); err != nil {
		return err
	}
	p.State = Hired
	if err := updateRound(ctx, tx, &p, p.Version); err != nil {
		return err
	}
	return r.tell(ctx, tx, letters)
}

// free asks whether everybody to be hired is alive and serves nowhere else: both may have changed since the posts were given.
func (r *Room) free(ctx context.Context, tx *db.Tx, list []Entry) error {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].PersonID
	}
	slices.Sort(ids)
	n := 0
	for part := range chunks(ids) {
		busy, err := serving(ctx, tx, part)
		if err != nil {
			return err
		}
		people, err := r.People.ListIn(ctx, tx, part)
		if err != nil {
			return err
		}
		n += len(busy)
		for i := range people {
			if people[i].Dead(r.Clock.Today()) {
				n++
			}
		}
	}
	if n > 0 {
		return fault.New(fault.Conflict, "有 %d 人已登记死亡或已在别的项目服务，不能录用；请退回申请，取消其资格后再申请", n)
	}
	return nil
}

// notHired puts a round back before the decision.
func (r *Room) notHired(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var in payload
	if err := d.Payload(&in); err != nil {
		return err
	}
	p, err := held(ctx, tx, in.Round)
	if err != nil {
		return err
	}
	p.State, p.Request = Shown, 0
	return updateRound(ctx, tx, &p, p.Version)
}
