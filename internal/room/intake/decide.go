package intake

import (
	"context"
	"errors"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// Waiting is how many review items of an area's subtree nobody has decided.
func (r *Room) Waiting(ctx context.Context, area string) (int64, error) {
	return countReviews(ctx, r.DB, area, ReviewOpen, "")
}

// Review reads one item with its row, for somebody who may decide it.
func (r *Room) Review(ctx context.Context, who Actor, id int64) (Review, *record, error) {
	v, err := findReview(ctx, r.DB, id)
	if err != nil {
		return v, nil, err
	}
	if err := mayUse(who, v.Area); err != nil {
		return v, nil, err
	}
	rec, err := r.reread(&v)
	return v, rec, err
}

// reread checks a kept row again, by the template as it is now.
func (r *Room) reread(v *Review) (*record, error) {
	cells, err := r.openCells(v.sealed)
	if err != nil {
		return nil, err
	}
	t := r.Kinds.Of(v.Kind)
	if t == nil || len(cells) != len(t.Columns) {
		return nil, fault.New(fault.Invalid, "这类表的模板改过，这一行对不上了。请选“不是同一人”，再重新上传原表")
	}
	at := make([]int, len(cells))
	for i := range at {
		at[i] = i
	}
	rec := t.check(sheet.Row{Number: int(v.Row), Cells: cells}, at, make([]value, len(cells)), r.Clock.Today())
	if rec.flaw != nil {
		return &rec, nil // shown as it stands; it cannot be applied
	}
	rec.hash, rec.nameKey = r.People.HashOf(rec.text("idnumber")), person.NameKey(rec.text("name"))
	if t.Becomes == "person" {
		rec.person = personOf(&rec)
	}
	return &rec, nil
}

// Decide carries out an officer's decision. Two officers at once: the second gets a fault of kind Conflict. once is the
// idempotency key.
func (r *Room) Decide(ctx context.Context, who Actor, d Decision, once string) error {
	if d.Reason == "" {
		return fault.New(fault.Invalid, "请写明理由，例如“与本人电话核实”")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		v, rec, err := r.toDecide(ctx, tx, who, d)
		if err != nil {
			return err
		}
		what := map[string]string{ReviewSame: "判为同一人，已写入档案", ReviewOther: "判为不是同一人，这一行不采用", ReviewLater: "留待以后再定"}[d.Choice]
		switch d.Choice {
		case ReviewSame:
			if v.Added, err = r.applyOne(ctx, tx, who, &v, rec, d.PersonID); err != nil {
				return err
			}
			v.PersonID = d.PersonID
			if err := r.tell(ctx, tx); err != nil {
				return err
			}
		case ReviewOther, ReviewLater:
		default:
			return fault.New(fault.Invalid, "请选择一项：同一人、不是同一人或稍后再定")
		}
		v.State, v.Reason = d.Choice, identity.Veil(d.Reason)
		if err := r.setReview(ctx, tx, who, &v, d.Version); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, v.entry(who, "intake.decide", "核对"+v.FileName+"第 "+itoa(v.Row)+" 行："+what+"。理由："+d.Reason))
	})
}

// toDecide reads an item inside the transaction and checks that it is still the one the officer saw.
func (r *Room) toDecide(ctx context.Context, tx *db.Tx, who Actor, d Decision) (Review, *record, error) {
	v, err := findReview(ctx, tx, d.ReviewID)
	if err != nil {
		return v, nil, err
	}
	if err := mayUse(who, v.Area); err != nil {
		return v, nil, err
	}
	if v.Version != d.Version || !v.Undecided() {
		return v, nil, changedMeanwhile(&v)
	}
	rec, err := r.reread(&v)
	return v, rec, err
}

func changedMeanwhile(v *Review) error {
	by := v.Decider
	if by == "" {
		by = "别人"
	}
	return fault.New(fault.Conflict, "%s 刚刚处理了这一条，您的决定没有写入。请刷新后看现在的结果", by)
}

func (v *Review) entry(who Actor, act, what string) audit.Entry {
	e := audit.Entry{ActorID: who.ID, Actor: who.Name, Act: act, Object: "review", ObjectID: v.ID, Area: v.Area, What: what}
	if v.PersonID != 0 {
		e.Object, e.ObjectID = "person", v.PersonID
	}
	return e
}

// applyOne writes a kept row into somebody's file, and reports whether the file did not have it yet.
func (r *Room) applyOne(ctx context.Context, tx *db.Tx, who Actor, v *Review, rec *record, owner int64) (added bool, err error) {
	id, err := r.apply(ctx, tx, who, rec, owner, v.origin())
	return id != 0, err
}

func (v *Review) origin() origin { return origin{v.BatchID, v.FileID, v.Row} }

// Reopen takes a decision back. A row that went into a file comes out again, if nobody has changed it since and it did not
// overwrite anything; otherwise the fault of kind Conflict says so.
func (r *Room) Reopen(ctx context.Context, who Actor, reviewID, version int64, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		v, err := findReview(ctx, tx, reviewID)
		if err != nil {
			return err
		}
		if err := mayUse(who, v.Area); err != nil {
			return err
		}
		if v.Version != version {
			return changedMeanwhile(&v)
		}
		if !v.Undoable() {
			return fault.New(fault.Conflict, "这个决定改写了原有内容，不能直接撤销。请由数据来源部门更正后重新导入")
		}
		if v.State == ReviewSame {
			if err := errors.Join(r.takeOut(ctx, tx, &v), r.tell(ctx, tx)); err != nil {
				return err
			}
		}
		entry := v.entry(who, "intake.reopen", "撤销对"+v.FileName+"第 "+itoa(v.Row)+" 行的核对决定")
		if v.Why == WhyUnknown {
			v.PersonID = 0
		}
		v.State, v.Reason, v.Added = ReviewOpen, "", false
		if err := r.setReview(ctx, tx, who, &v, version); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entry)
	})
}

// takeOut takes a row out of the file it went into.
func (r *Room) takeOut(ctx context.Context, tx *db.Tx, v *Review) error {
	ids, err := ofPeople.at(ctx, tx, v.PersonID, v.origin())
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return fault.New(fault.Conflict, "这一行已经不在这份档案里：它被移到了别处，或所在批次已撤回")
	}
	return r.detach(ctx, tx, v.PersonID, ids, EndedDetached)
}

// settle lets rows in that waited only because their people were not in the register yet.
func (r *Room) settle(ctx context.Context, b *Batch) error {
	who := Actor{ID: b.ByID, Name: b.ByName, Area: b.Area, AreaName: b.AreaName}
	for after := int64(0); ; {
		list, err := openReviews(ctx, r.DB, b.Area, WhyUnknown, after, 500)
		if err != nil || len(list) == 0 {
			return err
		}
		after = list[len(list)-1].ID
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.settleSome(ctx, tx, who, list) }); err != nil {
			return err
		}
	}
}

func (r *Room) settleSome(ctx context.Context, tx *db.Tx, who Actor, list []Review) error {
	rows := make([]*record, len(list))
	var hashes []person.Hash
	for i := range list {
		rec, err := r.reread(&list[i])
		if err != nil || rec.flaw != nil {
			continue // an officer will see why
		}
		rows[i] = rec
		hashes = append(hashes, rec.hash)
	}
	found, err := r.People.Find(ctx, tx, hashes)
	if err != nil {
		return err
	}
	var links []link
	var settled []Review
	for i, rec := range rows {
		if rec == nil {
			continue
		}
		ref, has := found[rec.hash]
		if !has || ref.NameKey != rec.nameKey || !area.Within(ref.Area, who.Area) {
			continue
		}
		rec.from = list[i].origin()
		links = append(links, link{rec, ref.ID})
		settled = append(settled, list[i])
	}
	ids, err := r.attach(ctx, tx, links)
	if err != nil {
		return err
	}
	people := make([]int64, len(links))
	for i := range settled {
		v := &settled[i]
		people[i] = links[i].person
		v.Added, v.State, v.PersonID, v.Reason = ids[i] != 0, ReviewSettled, people[i], "户籍到库后自动比对上"
		if err := r.setReview(ctx, tx, who, v, v.Version); err != nil {
			return err
		}
	}
	return r.recompute(ctx, tx, people)
}
