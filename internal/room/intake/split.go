package intake

import (
	"context"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// Where records go that do not belong to a person.
const (
	SplitNew    = "new"    // a file of their own
	SplitOther  = "other"  // another person's file
	SplitReview = "review" // back to the review list
)

// Split is the decision that some records of a person's file are not about that person (分出). It is taken back by
// moving them back with SplitOther.
type Split struct {
	PersonID int64
	Records  []int64
	To       string
	IDNumber string // for SplitOther: whose file
	Reason   string
}

// Split carries the decision out, and returns the other person: 0 for SplitReview.
func (r *Room) Split(ctx context.Context, who Actor, s Split, once string) (to int64, err error) {
	if strings.TrimSpace(s.Reason) == "" {
		return 0, fault.New(fault.Invalid, "请写明理由，例如“户籍底册核对：同号不同人”")
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		list, err := r.People.ListIn(ctx, tx, []int64{s.PersonID})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.New(fault.NotFound, "没有这份档案，可能已经合并到另一份")
		}
		if err := mayUse(who, list[0].Area); err != nil {
			return err
		}
		chosen, err := r.chosen(ctx, tx, s)
		if err != nil {
			return err
		}
		switch s.To {
		case SplitNew:
			to, err = r.splitNew(ctx, tx, who, s, chosen)
		case SplitOther:
			to, err = r.splitOther(ctx, tx, who, s)
		case SplitReview:
			err = r.splitReview(ctx, tx, s, chosen, list[0].Area)
		default:
			err = fault.New(fault.Invalid, "请选择这些记录分到哪里")
		}
		if err == nil {
			err = r.tell(ctx, tx)
		}
		if err != nil {
			return err
		}
		said := map[string]string{SplitNew: "分出 %d 条来源记录，另建档案", SplitOther: "把 %d 条来源记录移到另一份档案", SplitReview: "分出 %d 条来源记录，交回待核"}[s.To]
		entry := audit.Entry{ActorID: who.ID, Actor: who.Name, Act: "intake.split", Object: "person", ObjectID: s.PersonID, Area: list[0].Area,
			What: strings.Replace(said, "%d", itoa(int64(len(chosen))), 1) + "。理由：" + s.Reason}
		entries := []audit.Entry{entry}
		if to != 0 {
			entry.ObjectID, entry.What = to, "由另一份档案移入 "+itoa(int64(len(chosen)))+" 条来源记录。理由："+s.Reason
			entries = append(entries, entry)
		}
		return r.Audit.Write(ctx, tx, entries...)
	})
	return to, err
}

// chosen are the live records that are to go.
func (r *Room) chosen(ctx context.Context, tx *db.Tx, s Split) (out []Said, err error) {
	all, err := ofPeople.of(ctx, tx, r.openSaid, []int64{s.PersonID})
	if err != nil {
		return nil, err
	}
	wanted := map[int64]bool{}
	for _, id := range s.Records {
		wanted[id] = true
	}
	for _, one := range all[s.PersonID] {
		switch {
		case !wanted[one.ID] || one.EndedAt != 0:
		case one.Kind == KindCorrection || one.Kind == KindOrigin:
			return nil, fault.New(fault.Invalid, "“更正”和“原档案”不是部门交来的记录，不能分出去")
		default:
			out = append(out, one)
		}
	}
	if len(out) == 0 || len(out) != len(wanted) {
		err = fault.New(fault.Conflict, "选定的记录里有的刚刚被别人移走或撤回，请刷新后再选")
	}
	return out, err
}

// splitNew makes a file of the records. One of them must have a number that nobody has.
func (r *Room) splitNew(ctx context.Context, tx *db.Tx, who Actor, s Split, chosen []Said) (int64, error) {
	for _, one := range chosen {
		id, err := identity.ParseIDNumber(one.Cells["idnumber"])
		if err != nil {
			continue
		}
		if owner, err := r.People.ByIDNumber(ctx, tx, id.Number); err != nil || owner != 0 {
			if err == nil {
				err = fault.New(fault.Conflict, "这些记录上的证件号已经有档案，不能再建一份。请选“移到另一份档案”，或“交回待核”")
			}
			return 0, err
		}
		to := r.IDs.Next()
		start := r.written(to, SourceCentre, KindOrigin, map[string]string{"name": one.Cells["name"], "idnumber": id.Number, "area": r.homeFor(id.Number, who)}, one.ValidFrom)
		if _, err := ofPeople.add(ctx, tx, []Said{start}); err != nil {
			return 0, err
		}
		return to, r.move(ctx, tx, s.PersonID, to, s.Records, EndedMoved)
	}
	return 0, fault.New(fault.Invalid, "这些记录上没有有效的证件号，不能另建档案。请选“交回待核”")
}

// homeFor is where somebody lives who is in no 户籍: where the number says, or else in the area of whoever decides.
func (r *Room) homeFor(number string, who Actor) string {
	home := homeOf(number)
	if mayUse(who, home) != nil {
		home = twelve(who.Area)
	}
	return home
}

func (r *Room) splitOther(ctx context.Context, tx *db.Tx, who Actor, s Split) (int64, error) {
	id, err := identity.ParseIDNumber(s.IDNumber)
	if err != nil {
		return 0, fault.New(fault.Invalid, "证件号不对：%s", codeFlaw("id.", err).text)
	}
	to, err := r.People.ByIDNumber(ctx, tx, id.Number)
	if err != nil {
		return 0, err
	}
	list, err := r.People.ListIn(ctx, tx, []int64{to})
	if err != nil {
		return 0, err
	}
	if len(list) == 0 {
		return 0, fault.New(fault.NotFound, "没有这个证件号的档案，请核对号码，或选“另建档案”")
	}
	if err := mayUse(who, list[0].Area); err != nil {
		return 0, err
	}
	return to, r.move(ctx, tx, s.PersonID, to, s.Records, EndedMoved)
}

// splitReview ends the records and puts their rows on the review list again.
func (r *Room) splitReview(ctx context.Context, tx *db.Tx, s Split, chosen []Said, place string) error {
	w := r.newWriting(tx, &Batch{Area: place}, nil, newKnown(1))
	for i := range chosen {
		one := &chosen[i]
		rec, err := r.restore(one)
		if err != nil {
			return err
		}
		rec.Row = sheet.Row{Number: int(one.Row), Cells: rec.rewritten()}
		rec.cellOf = make([]int, len(rec.t.Columns))
		for i := range rec.cellOf {
			rec.cellOf[i] = i
		}
		ref := personRef{id: s.PersonID}
		copy(ref.area[:], place)
		w.review(rec, WhyName, ref)
		name := "分出的记录"
		if files, err := listFiles(ctx, tx, one.Batch); err == nil {
			for i := range files {
				if files[i].ID == one.File {
					name = files[i].Label()
				}
			}
		}
		if err := reopenRow(ctx, tx, r, w.reviews[len(w.reviews)-1], one, name); err != nil {
			return err
		}
	}
	return r.detach(ctx, tx, s.PersonID, s.Records, EndedDetached)
}

// rewritten are the cells of a record as a department would have written them.
func (rec *record) rewritten() []string {
	cells := make([]string, len(rec.t.Columns))
	for i := range cells {
		if col := &rec.t.Columns[i]; rec.values[i].set {
			cells[i] = col.label(canonical(col.Type, rec.values[i]))
		}
	}
	return cells
}
