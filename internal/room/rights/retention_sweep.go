package rights

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// RetentionKind is the queue's kind of the nightly look for data that are due.
const RetentionKind = "rights.retention"

const (
	batch      = 500 // people in memory at once
	perRequest = 200 // people of one request
)

// Tasks registers the room's background work.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(RetentionKind, func(ctx context.Context, job *queue.Running) error {
		sum, err := r.Retain(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("到期数据：新告知 %d 人，移出 %d 人，提请匿名化 %d 人", sum.Noticed, sum.Back, sum.Proposed), sum)
	})
	q.Every(RetentionKind, "night", queue.Daily(210*time.Minute))
}

// Retained is what one run did, in people.
type Retained struct{ Noticed, Back, Proposed int }

// Retain takes off whoever came back, gives notice to whose data have become due, and asks two people about those whose
// notice has run out. Running it twice changes nothing more.
func (r *Room) Retain(ctx context.Context) (sum Retained, err error) {
	rules, err := r.Rules(ctx)
	if err != nil {
		return sum, err
	}
	for _, state := range []string{noticed, proposed} {
		n, err := r.takeBack(ctx, rules, state)
		if err != nil {
			return sum, err
		}
		sum.Back += n
	}
	for _, u := range rules {
		n, err := r.notice(ctx, u)
		if err != nil {
			return sum, err
		}
		sum.Noticed += n
	}
	for _, u := range rules {
		if !u.Confirmed() {
			continue
		}
		n, err := r.propose(ctx, u)
		if err != nil {
			return sum, err
		}
		sum.Proposed += n
	}
	return sum, nil
}

func ruleOf(rules []Rule, id string) (Rule, bool) {
	for _, u := range rules {
		if u.ID == id {
			return u, true
		}
	}
	return Rule{}, false
}

// stillDue are those of the people whom a rule still finds: person → since when it counts.
func (r *Room) stillDue(ctx context.Context, q db.Querier, u Rule, ids []int64) (map[int64]time.Time, error) {
	facts, err := r.People.FactsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	needs, err := r.People.LastNeeds(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	keptOnes, err := r.store.noticesOf(ctx, q, ids, kept)
	if err != nil {
		return nil, err
	}
	held := map[int64]string{}
	if r.Held != nil {
		if held, err = r.Held(ctx, q, ids); err != nil {
			return nil, err
		}
	}
	out := make(map[int64]time.Time, len(facts))
	for _, f := range facts {
		if f.Name == person.Anonymous || held[f.ID] != "" {
			continue
		}
		heard := needs[f.ID].Asked.Time
		if k := keptOnes[f.ID].EndedOn.Time; k.After(heard) {
			heard = k
		}
		since, ok := u.since(f, heard)
		if k := keptOnes[f.ID].EndedOn.Time; u.From == "died" && k.After(since) {
			since = k
		}
		if ok && since.Before(u.cutoff(r.Clock.Today())) {
			out[f.ID] = since
		}
	}
	return out, nil
}

func idsOf(list []Notice) []int64 {
	ids := make([]int64, len(list))
	for i, n := range list {
		ids[i] = n.PersonID
	}
	return ids
}

// takeBack ends the notices of those who are not due any more.
func (r *Room) takeBack(ctx context.Context, rules []Rule, state string) (n int, err error) {
	for after := int64(0); ; {
		list, err := r.store.openNotices(ctx, r.DB, state, db.Date{}, after, batch)
		if err != nil || len(list) == 0 {
			return n, err
		}
		after = list[len(list)-1].PersonID
		var gone []Notice
		for _, u := range rules {
			var mine []Notice
			for _, x := range list {
				if x.Rule == u.ID {
					mine = append(mine, x)
				}
			}
			due, err := r.stillDue(ctx, r.DB, u, idsOf(mine))
			if err != nil {
				return n, err
			}
			for _, x := range mine {
				if _, still := due[x.PersonID]; !still {
					gone = append(gone, x)
				}
			}
		}
		if len(gone) == 0 {
			continue
		}
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			return r.store.setNotices(ctx, tx, gone, back, "有了新的记录，移出名单", 0, db.On(r.Clock.Today()))
		}); err != nil {
			return n, err
		}
		n += len(gone)
	}
}

// notice finds whose data a rule makes due, and writes the notices.
func (r *Room) notice(ctx context.Context, u Rule) (n int, err error) {
	today := r.Clock.Today()
	cut := u.cutoff(today)
	for after := int64(0); ; {
		var found []person.Person
		if u.From == "died" {
			found, err = r.People.Dead(ctx, db.On(cut), after, batch)
		} else {
			found, err = r.People.Quiet(ctx, time.Date(cut.Year(), cut.Month(), cut.Day(), 0, 0, 0, 0, clock.Zone).UnixMilli(), after, batch)
		}
		if err != nil || len(found) == 0 {
			return n, err
		}
		after = found[len(found)-1].ID
		ids := make([]int64, len(found))
		for i := range found {
			ids[i] = found[i].ID
		}
		due, err := r.stillDue(ctx, r.DB, u, ids)
		if err != nil {
			return n, err
		}
		open, err := r.store.noticesOf(ctx, r.DB, ids, noticed, proposed)
		if err != nil {
			return n, err
		}
		var list []Notice
		for i := range found {
			since, is := due[found[i].ID]
			if _, has := open[found[i].ID]; !is || has {
				continue
			}
			list = append(list, Notice{PersonID: found[i].ID, ID: r.IDs.Next(), Rule: u.ID, State: noticed, Area: found[i].Area, Since: db.On(since),
				NoticedOn: db.On(today), DueOn: db.On(today.AddDate(0, 0, noticeDays))})
		}
		if len(list) == 0 {
			continue
		}
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { _, err := r.store.addNotices(ctx, tx, list); return err }); err != nil {
			return n, err
		}
		n += len(list)
	}
}

// payload is what a request to anonymise carries; who it is about stands in the notices.
type payload struct {
	Rule string `json:"rule"`
}

// propose asks two people of each banner about those whose notice has run out.
func (r *Room) propose(ctx context.Context, u Rule) (n int, err error) {
	type group struct{ banner string }
	groups := map[group][]Notice{}
	for after := int64(0); ; {
		list, err := r.store.openNotices(ctx, r.DB, noticed, db.On(r.Clock.Today()), after, batch)
		if err != nil {
			return n, err
		}
		if len(list) == 0 {
			break
		}
		after = list[len(list)-1].PersonID
		for _, x := range list {
			if x.Rule != u.ID {
				continue
			}
			g := group{area.At(x.Area, area.Banner)}
			if groups[g] = append(groups[g], x); len(groups[g]) == perRequest {
				if err := r.ask(ctx, u, g.banner, groups[g]); err != nil {
					return n, err
				}
				n, groups[g] = n+perRequest, nil
			}
		}
	}
	for g, list := range groups {
		if len(list) == 0 {
			continue
		}
		if err := r.ask(ctx, u, g.banner, list); err != nil {
			return n, err
		}
		n += len(list)
	}
	return n, nil
}

func (r *Room) ask(ctx context.Context, u Rule, banner string, list []Notice) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		id, err := r.Approvals.Propose(ctx, tx, approval.Request{Kind: KindAnonymise, Object: "retention", Area: banner, Href: "/rights/retention?state=proposed",
			Title: fmt.Sprintf("%s %d 人", u.Zh, len(list)),
			Why:   fmt.Sprintf("保存满 %d 年，依据：%s。已于 %d 天前告知，期间没有新的记录", u.Years, u.Source, noticeDays),
			Lines: []approval.Line{{Label: "姓名、证件号、联系电话", Before: "加密保存", After: "删除，不能恢复"}, {Label: "来源记录、证明材料、采集意愿", Before: "加密保存", After: "删除，不能恢复"},
				{Label: "出生日期", Before: "年月日", After: "只留年份"}, {Label: "居住地", Before: "嘎查村（社区）", After: "只留苏木乡镇（街道）"},
				{Label: "家庭关系", Before: "户号与关系", After: "删除，不能恢复"}, {Label: "就业、参保、培训记录", Before: "保留", After: "保留，用于统计"}},
			Payload: payload{u.ID}})
		if err != nil {
			return err
		}
		return r.store.setNotices(ctx, tx, list, proposed, "", id, db.Date{})
	})
}

// anonymise does what two people have agreed to, for those who are still due.
func (r *Room) anonymise(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var p payload
	if err := d.Payload(&p); err != nil {
		return err
	}
	rules, err := r.Rules(ctx)
	if err != nil {
		return err
	}
	u, known := ruleOf(rules, p.Rule)
	if !known || !u.Confirmed() {
		return fault.New(fault.Conflict, "保存期限规则“%s”的依据还没有确认，不能匿名化。请先由管理员写明依据", p.Rule)
	}
	list, err := r.store.ofRequest(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	due, err := r.stillDue(ctx, tx, u, idsOf(list))
	if err != nil {
		return err
	}
	var gone, stay []Notice
	for _, n := range list {
		if _, still := due[n.PersonID]; still {
			gone = append(gone, n)
		} else {
			stay = append(stay, n)
		}
	}
	today := db.On(r.Clock.Today())
	if err := r.store.setNotices(ctx, tx, stay, back, "有了新的记录，移出名单", d.ID, today); err != nil {
		return err
	}
	if err := r.store.setNotices(ctx, tx, gone, done, "两人同意后匿名化", d.ID, today); err != nil {
		return err
	}
	if err := r.store.forget(ctx, tx, idsOf(gone)); err != nil {
		return err
	}
	for _, f := range slices.Concat([]Forgetter{r.Evidence}, r.Forget, []Forgetter{r.People}) {
		if err := f.Forget(ctx, tx, idsOf(gone)); err != nil {
			return err
		}
	}
	entries := make([]audit.Entry, len(gone))
	for i, n := range gone {
		entries[i] = entry(d.By, "anonymise", n.PersonID, n.Area, "保存期满，档案已匿名化："+u.Zh)
	}
	return r.Audit.Write(ctx, tx, entries...)
}

// spared ends the notices of a request that was refused; one that nobody decided is asked anew.
func (r *Room) spared(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	list, err := r.store.ofRequest(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	if d.State == approval.Refused {
		return r.store.setNotices(ctx, tx, list, kept, "审批不同意", d.ID, db.On(r.Clock.Today()))
	}
	return r.store.setNotices(ctx, tx, list, noticed, "", 0, db.Date{})
}

// Keep takes somebody off the list because the person, or an officer who knows why, asks for it. Faults: NotFound, Denied,
// Conflict when there is no notice, Repeat.
func (r *Room) Keep(ctx context.Context, who web.User, personID int64, why, once string) error {
	p, err := r.People.Get(ctx, personID)
	if err != nil {
		return err
	}
	if who.Role == account.Seeker {
		err = account.CanSeePerson(who, p.Area, p.ID)
	} else {
		err = account.CanManagePerson(who, p.Area, p.ID)
	}
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		open, err := r.store.noticesOf(ctx, tx, []int64{personID}, noticed, proposed)
		if err != nil {
			return err
		}
		n, has := open[personID]
		if !has {
			return fault.New(fault.Conflict, "这份档案不在到期名单里，不用办理")
		}
		if err := r.store.setNotices(ctx, tx, []Notice{n}, kept, why, n.RequestID, db.On(r.Clock.Today())); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entry(who, "keep", p.ID, p.Area, "要求继续保存档案"))
	})
}
