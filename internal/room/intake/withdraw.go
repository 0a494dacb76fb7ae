package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
)

// Where a batch stands that is taken back.
const (
	Withdrawing = "withdrawing"
	Withdrawn   = "withdrawn"
)

// ReviewWithdrawn is a review item whose batch was withdrawn: the row may be delivered again.
const ReviewWithdrawn = "withdrawn"

const (
	withdrawJob     = "intake.withdraw"
	withdrawAtOnce  = 500  // people, or employers, of one transaction
	withdrawInquiry = 2000 // rows up to which a withdrawal is carried out while whoever asked for it waits
)

// Withdrawal is how far the withdrawal of a batch has come.
type Withdrawal struct {
	BatchID     int64
	Reason      string
	ByID        int64
	ByName      string
	AskedAt     int64 // unix ms
	EndedAt     int64 // 0: still going on
	personAfter int64
	unitAfter   int64
	Records     int64 // ended
	People      int64 // drawn anew
	Removed     int64 // of these: out of the register
	Held        int64 // of these: without a record, but they stay
	Units       int64 // employers out of the register
	Reviews     int64 // waiting rows closed
	WhyHeld     map[string]int64
}

// Text says it in a sentence.
func (w *Withdrawal) Text() string {
	s := fmt.Sprintf("撤回 %d 条记录，重新汇总 %d 人，其中 %d 人不再有任何来源、已移出实名库", w.Records, w.People, w.Removed)
	if w.Held > 0 {
		var why []string
		for reason, n := range w.WhyHeld {
			why = append(why, fmt.Sprintf("%s %d 人", reason, n))
		}
		slices.Sort(why)
		s += fmt.Sprintf("，%d 人仍保留（%s）", w.Held, strings.Join(why, "，"))
	}
	return s + fmt.Sprintf("；移出单位 %d 家，关闭待核 %d 行", w.Units, w.Reviews)
}

// WithdrawBatch takes a batch back whole: its records end, people and employers are drawn anew from what is left, waiting
// rows are closed, and the same files may be delivered again. A large batch goes through the queue; after any break it goes
// on where it stopped. A batch that is withdrawn already is left alone.
func (r *Room) WithdrawBatch(ctx context.Context, who Actor, batchID int64, reason, once string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.New(fault.Invalid, "请写明撤回的理由，例如“公安局来函：本批为错发”")
	}
	small, done := false, false
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		b, err := r.visible(ctx, tx, who, batchID)
		if done = b.State == Withdrawn; err != nil || done {
			return err
		}
		switch {
		case b.Trial():
			return fault.New(fault.Invalid, "试读的批次没有写入实名库，不需要撤回")
		case b.Unfinished() && !b.Stuck():
			return fault.New(fault.Conflict, "这一批正在导入。请先停止，再撤回")
		}
		files, err := listFiles(ctx, tx, b.ID)
		if err != nil {
			return err
		}
		rows := int64(0)
		for i := range files {
			rows += files[i].Read
		}
		small = rows <= withdrawInquiry || r.Queue == nil
		if b.State != Withdrawing {
			w := Withdrawal{BatchID: b.ID, Reason: identity.Veil(reason), ByID: who.ID, ByName: who.Name, AskedAt: r.Clock.Now().UnixMilli(), WhyHeld: map[string]int64{}}
			if err := addWithdrawal(ctx, tx, &w); err != nil {
				return err
			}
			b.State, b.Note = Withdrawing, ""
			if err := setBatch(ctx, tx, &b); err != nil {
				return err
			}
			err := r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: who.Name, Act: "intake.withdraw", Object: "batch", ObjectID: b.ID, Area: b.Area,
				What: "撤回导入批次 " + b.Title + "。理由：" + reason})
			if err != nil {
				return err
			}
		}
		if !small {
			_, err = r.Queue.Enqueue(ctx, tx, queue.Job{Kind: withdrawJob, Key: itoa(b.ID), Payload: importPayload{b.ID}})
		}
		return err
	})
	if err != nil || done {
		return err
	}
	if !small {
		r.Queue.Wake()
		return nil
	}
	_, err = r.withdraw(ctx, batchID, progress.None{})
	return err
}

// withdraw carries a withdrawal on from wherever it stands to its end.
func (r *Room) withdraw(ctx context.Context, batchID int64, p progress.Reporter) (w Withdrawal, err error) {
	p.Step("撤回", 0)
	for _, stage := range []func(context.Context, *db.Tx, *Withdrawal) (more bool, err error){r.withdrawPeople, r.withdrawUnits, r.withdrawRest} {
		for more := true; more; {
			err := r.DB.Tx(ctx, func(tx *db.Tx) (err error) {
				found := false
				if w, found, err = findWithdrawal(ctx, tx, batchID); err != nil || !found || w.EndedAt != 0 {
					more = false
					return err
				}
				was := w
				if more, err = stage(ctx, tx, &w); err != nil {
					return err
				}
				return setWithdrawal(ctx, tx, &was, &w)
			})
			if err != nil {
				return w, err
			}
			p.Add(withdrawAtOnce)
		}
	}
	p.End()
	return w, nil
}

// withdrawPeople ends the batch's records of some people and draws them anew.
func (r *Room) withdrawPeople(ctx context.Context, tx *db.Tx, w *Withdrawal) (more bool, err error) {
	ids, err := ofPeople.ownersIn(ctx, tx, w.BatchID, w.personAfter, withdrawAtOnce)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	n, err := r.endOfBatch(ctx, tx, ofPeople, w.BatchID, ids)
	if err != nil {
		return false, err
	}
	d, err := r.project(ctx, tx, ids)
	if err != nil {
		return false, err
	}
	w.personAfter = ids[len(ids)-1]
	w.Records, w.People = w.Records+n, w.People+int64(len(ids))
	w.Removed, w.Held = w.Removed+int64(len(d.removed)), w.Held+int64(len(d.held))
	for _, why := range d.held {
		w.WhyHeld[why]++
	}
	return true, nil
}

func (r *Room) endOfBatch(ctx context.Context, tx *db.Tx, t recordTable, batchID int64, owners []int64) (int64, error) {
	at, err := t.instant(ctx, tx, owners, r.Clock.Now().UnixMilli())
	if err != nil {
		return 0, err
	}
	return t.end(ctx, tx, EndedWithdrawn, at, owners, `batch_id IN (`, batchID)
}

// withdrawUnits does the same with employers.
func (r *Room) withdrawUnits(ctx context.Context, tx *db.Tx, w *Withdrawal) (more bool, err error) {
	ids, err := ofUnits.ownersIn(ctx, tx, w.BatchID, w.unitAfter, withdrawAtOnce)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	n, err := r.endOfBatch(ctx, tx, ofUnits, w.BatchID, ids)
	if err != nil {
		return false, err
	}
	d, err := r.drawUnits(ctx, tx, ids)
	if err != nil {
		return false, err
	}
	w.unitAfter = ids[len(ids)-1]
	w.Records, w.Units = w.Records+n, w.Units+d.removed
	return true, nil
}

// withdrawRest closes what waits, ends what was written while the people were gone through, frees the files for another
// delivery and ends the batch. Rows are closed first: whoever decides on one after that is refused, so that nothing of the
// batch can come in behind the last look.
func (r *Room) withdrawRest(ctx context.Context, tx *db.Tx, w *Withdrawal) (more bool, err error) {
	b, err := findBatch(ctx, tx, w.BatchID)
	if err != nil {
		return false, err
	}
	closed, err := closeReviews(ctx, tx, b.ID, r.Clock.Now().UnixMilli())
	if err != nil {
		return false, err
	}
	w.Reviews += closed
	if err := r.closeClusters(ctx, tx, b.ID); err != nil {
		return false, err
	}
	w.personAfter, w.unitAfter = 0, 0
	for _, again := range []func(context.Context, *db.Tx, *Withdrawal) (bool, error){r.withdrawPeople, r.withdrawUnits} {
		if more, err := again(ctx, tx, w); more || err != nil {
			return more, err
		}
	}
	b.State, b.Note, w.EndedAt = Withdrawn, w.Text(), r.Clock.Now().UnixMilli()
	if b.EndedAt == 0 {
		b.EndedAt = w.EndedAt
	}
	if err := setBatch(ctx, tx, &b); err != nil {
		return false, err
	}
	if err := r.tell(ctx, tx); err != nil {
		return false, err
	}
	return false, r.Audit.Write(ctx, tx, audit.Entry{ActorID: w.ByID, Actor: w.ByName, Act: "intake.withdrawn", Object: "batch", ObjectID: b.ID, Area: b.Area, What: w.Text()})
}

// Withdrawal reads how far the withdrawal of a batch has come; found is false when nobody has asked for one.
func (r *Room) Withdrawal(ctx context.Context, batchID int64) (w Withdrawal, found bool, err error) {
	return findWithdrawal(ctx, r.DB, batchID)
}

func (w *Withdrawal) why() string {
	text, _ := json.Marshal(w.WhyHeld) // strings and integers always can
	return string(text)
}
