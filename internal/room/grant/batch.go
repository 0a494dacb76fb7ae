package grant

import (
	"context"
	"fmt"
	"strings"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
)

// States of a batch.
const (
	BatchWaiting = "waiting" // two people have to approve
	BatchRefused = "refused"
	BatchSent    = "sent"
	BatchDone    = "done" // the bank has answered for every line
)

var batchWords = map[string]struct {
	Label
	Tag string
}{
	BatchWaiting: {Label{"待审批", "Waiting for approval"}, "warn"}, BatchRefused: {Label{"没有批准", "Not approved"}, "stop"},
	BatchSent: {Label{"银行发放中", "At the bank"}, "group"}, BatchDone: {Label{"已核对完", "Reconciled"}, "ok"},
}

// batchMost is how many grants go into one batch.
const batchMost = 5000

// PayBatch is grants of one fund that are paid together.
type PayBatch struct {
	ID                int64
	Number            string
	FundID            int64
	Area, State       string
	N, Fen            int64
	PaidN, Paid       int64
	BouncedN, Bounced int64
	RequestID, MadeBy int64
	MadeOn, SentOn    db.Date
	DoneOn            db.Date
	Digest            string
	file              []byte
}

// MakeBatch gathers what is payable from one fund in the officer's area, and asks two people to approve it. Faults: Denied, Conflict when there is
// nothing, Repeat.
func (r *Room) MakeBatch(ctx context.Context, who web.User, fundID int64, key string) (id int64, err error) {
	if who.Role != account.Officer {
		return 0, fault.New(fault.Denied, "发放批次由旗县（市、区）经办人员编制")
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		f, err := r.store.fund(ctx, tx, fundID)
		if err != nil {
			return err
		}
		today := r.Clock.Today()
		b := PayBatch{ID: r.IDs.Next(), FundID: fundID, Area: who.Area, State: BatchWaiting, MadeBy: who.ID, MadeOn: db.On(today)}
		if b.N, err = r.store.takeLines(ctx, tx, b.ID, fundID, who.Area, b.MadeOn, batchMost); err != nil {
			return err
		}
		if b.N == 0 {
			return fault.New(fault.Conflict, "资金“%s”现在没有待发放的补贴", f.Name)
		}
		lines, err := r.store.linesIn(ctx, tx, b.ID)
		if err != nil {
			return err
		}
		list, err := r.store.inBatch(ctx, tx, b.ID)
		if err != nil {
			return err
		}
		b.Number, b.Fen = fmt.Sprintf("%s-%s-%d", who.Area, today.Format("20060102"), b.ID), total(lines)
		if b.RequestID, err = r.Approvals.Request(ctx, tx, approval.Request{Kind: KindBatch, Object: "grantbatch", ObjectID: b.ID, Area: who.Area, By: who,
			Title: fmt.Sprintf("发放批次 %s：%d 笔 %s 元", b.MadeOn, b.N, lang.Fen(b.Fen)), Why: "公示期满或到期，复核无变化，按批准的金额发放", Href: batchAt(b.ID), Payload: b.ID,
			Lines: []approval.Line{{Label: "资金", After: f.Name}, {Label: "笔数", After: fmt.Sprint(b.N)}, {Label: "金额（元）", After: lang.Fen(b.Fen)}}}); err != nil {
			return err
		}
		if err := r.store.insertBatch(ctx, tx, &b); err != nil {
			return err
		}
		id = b.ID
		return r.moveAll(ctx, tx, who, list, Batch, &b)
	})
	return id, err
}

// moveAll moves many applications of one batch that stand in the same state, with one statement for each table.
func (r *Room) moveAll(ctx context.Context, tx *db.Tx, who web.User, list []Application, act Act, b *PayBatch) error {
	if len(list) == 0 {
		return nil
	}
	m, ok := moveOf(act, list[0].State)
	if !ok {
		return stale()
	}
	deadline := db.Date{}
	if m.Days > 0 {
		deadline = db.On(workday.Add(r.Clock.Today(), m.Days))
	}
	batch := b.ID
	if act == Unbatch || act == PayPart {
		batch = 0
	}
	n, err := r.store.moveAll(ctx, tx, list, list[0].State, m.To, deadline, batch)
	if err != nil {
		return err
	}
	if n != int64(len(list)) {
		return stale()
	}
	now := r.Clock.Now().UnixMilli()
	steps, entries := make([][]any, len(list)), make([]audit.Entry, len(list))
	for i := range list {
		a := &list[i]
		steps[i] = []any{a.OwnerID, a.ID, r.IDs.Next(), string(act), string(a.State), string(m.To), now, who.ID, sign(who), r.Sealer.Seal("批次 " + b.Number)}
		entries[i] = entry(who, string(act), a, "“"+a.PolicyName+"”申请："+m.Zh)
	}
	if err := tx.Copy(ctx, "grant_step", []string{"owner_id", "grant_id", "step_id", "act", "was", "now", "at", "by_id", "by_name", "note"}, steps); err != nil {
		return err
	}
	if err := r.tell(ctx, tx, act, list, ""); err != nil {
		return err
	}
	return r.Audit.Write(ctx, tx, entries...)
}

// sendBatch is approval's Do: two people have approved. The bank's file is made and sealed, the money is on its way, and every fact is marked as
// gone: a fact that another batch has taken stops the whole batch. Faults: Denied for who made it, Conflict.
func (r *Room) sendBatch(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var id int64
	if err := d.Payload(&id); err != nil {
		return err
	}
	b, err := r.store.batch(ctx, tx, id)
	if err != nil {
		return err
	}
	list, err := r.store.inBatch(ctx, tx, id)
	if err != nil {
		return err
	}
	due, err := r.store.linesIn(ctx, tx, id)
	if err != nil {
		return err
	}
	by := map[int64]*Application{}
	for i := range list {
		a := &list[i]
		if err := r.open(a); err != nil {
			return err
		}
		if a.Account == "" {
			return fault.New(fault.Conflict, "批次里有一笔没有收款账户，请先补全再审批")
		}
		if err := r.recuse(ctx, tx, d.By, a); err != nil {
			return err
		}
		by[a.ID] = a
	}
	lines := make([]Payment, len(due))
	for i := range due {
		a := by[due[i].GrantID]
		lines[i] = Payment{NumberOf(&due[i]), a.Holder, a.Account, a.Bank, due[i].Fen, a.PolicyName + " " + due[i].Period()}
	}
	if err := r.earlier(ctx, tx, &d, list); err != nil {
		return err
	}
	marked, err := r.store.markSent(ctx, tx, id, due)
	switch {
	case err != nil:
		return err
	case int64(len(due)) != b.N || total(due) != b.Fen:
		return fault.New(fault.Conflict, "批次里的笔数或金额有变化，请退回后重新编制")
	case marked != b.N:
		return fault.New(fault.Conflict, "批次里有事项已经由别的批次发放，一件事只发一次，请退回后重新编制")
	}
	content, digest, err := BankFile(b.Number, lines)
	if err != nil {
		return err
	}
	if err := r.moveMoney(ctx, tx, d.By, "send", b.FundID, b.Fen, shares(due), "批次 "+b.Number); err != nil {
		return err
	}
	if err := r.store.turnLines(ctx, tx, id, LineBatched, LineSent, true); err != nil {
		return err
	}
	b.State, b.SentOn, b.file, b.Digest = BatchSent, db.On(r.Clock.Today()), r.Sealer.Seal(string(content)), digest
	if err := r.store.saveBatch(ctx, tx, &b); err != nil {
		return err
	}
	return r.moveAll(ctx, tx, d.By, list, Send, &b)
}

// dropBatch is approval's Ended: the grants wait for another batch.
func (r *Room) dropBatch(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var id int64
	if err := d.Payload(&id); err != nil {
		return err
	}
	b, err := r.store.batch(ctx, tx, id)
	if err != nil {
		return err
	}
	list, err := r.store.inBatch(ctx, tx, id)
	if err != nil {
		return err
	}
	b.State = BatchRefused
	if err := r.store.saveBatch(ctx, tx, &b); err != nil {
		return err
	}
	if err := r.store.turnLines(ctx, tx, id, LineBatched, LineDue, false); err != nil {
		return err
	}
	return r.moveAll(ctx, tx, d.By, list, Unbatch, &b)
}

// Reconcile takes the bank's answer to a batch: what it paid is paid, what it sent back goes to be corrected. An answer that was taken before changes
// nothing; one that contradicts it is refused. Faults: Denied, Invalid with the lines that are wrong (and then nothing is taken), Repeat.
func (r *Room) Reconcile(ctx context.Context, who web.User, id int64, answers []Answer, key string) (paid, bounced int, err error) {
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		paid, bounced = 0, 0
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		b, err := r.store.batch(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := account.CanManageArea(who, b.Area); err != nil {
			return err
		}
		if b.State != BatchSent {
			return fault.New(fault.Conflict, "这个批次现在是“%s”，不等银行回单", batchWords[b.State].Zh)
		}
		list, err := r.store.linesIn(ctx, tx, id)
		if err != nil {
			return err
		}
		by := map[string]*Line{}
		for i := range list {
			by[NumberOf(&list[i])] = &list[i]
		}
		var wrong []string
		whys := map[int64]string{} // by grant: why the bank sent it back
		var ok, back []Line
		for i := range answers {
			x := &answers[i]
			l := by[x.Number]
			switch {
			case l == nil:
				wrong = append(wrong, fmt.Sprintf("第 %d 行：流水号 %s 不在这个批次", x.Line, x.Number))
			case x.fits(l.Fen) != nil:
				wrong = append(wrong, fault.TextOf(x.fits(l.Fen)))
			case l.State != LineSent && !l.PaidOn.IsZero() != x.Paid:
				wrong = append(wrong, fmt.Sprintf("第 %d 行：流水号 %s 与先前的回单矛盾，现在是“%s”", x.Line, x.Number, lineWords[l.State].Zh))
			case l.State != LineSent: // taken before
			case x.Paid:
				if l.State, l.PaidOn = LinePaid, x.On; l.PaidOn.IsZero() {
					l.PaidOn = db.On(r.Clock.Today())
				}
				ok = append(ok, *l)
			default:
				l.State, whys[l.GrantID] = LineBounced, x.Why
				back = append(back, *l)
			}
		}
		if err := judged(wrong, max(1, len(answers))); err != nil {
			return err
		}
		paid, bounced = len(ok), len(back)
		return r.settle(ctx, tx, who, &b, list, ok, back, whys)
	})
	return paid, bounced, err
}

// settle writes a bank's answer: on the lines, in the ledger, and on every grant whose lines in the batch are all answered.
func (r *Room) settle(ctx context.Context, tx *db.Tx, who web.User, b *PayBatch, all, ok, back []Line, whys map[int64]string) error {
	if err := r.moveMoney(ctx, tx, who, "pay", b.FundID, total(ok), shares(ok), "批次 "+b.Number); err != nil {
		return err
	}
	for i := range ok {
		if err := r.store.payLine(ctx, tx, &ok[i]); err != nil {
			return err
		}
	}
	for i := range back {
		l := &back[i]
		if err := r.moveMoney(ctx, tx, who, "return", b.FundID, l.Fen, []share{l.share()}, strings.TrimSpace("批次 "+b.Number+"："+whys[l.GrantID])); err != nil {
			return err
		}
		if err := r.store.unsend(ctx, tx, l); err != nil {
			return err
		}
		if err := r.store.saveLine(ctx, tx, l); err != nil {
			return err
		}
	}
	if err := r.answered(ctx, tx, who, b, all, whys); err != nil {
		return err
	}
	b.PaidN, b.Paid, b.BouncedN, b.Bounced = b.PaidN+int64(len(ok)), b.Paid+total(ok), b.BouncedN+int64(len(back)), b.Bounced+total(back)
	if b.PaidN+b.BouncedN == b.N {
		b.State, b.DoneOn = BatchDone, db.On(r.Clock.Today())
	}
	return r.store.saveBatch(ctx, tx, b)
}

// answered moves the grants of a batch on: to be corrected when the bank sent a line back, paid when nothing is left, otherwise to the next line.
func (r *Room) answered(ctx context.Context, tx *db.Tx, who web.User, b *PayBatch, all []Line, whys map[int64]string) error {
	open, bounced := map[int64]bool{}, map[int64]bool{}
	for i := range all {
		open[all[i].GrantID] = open[all[i].GrantID] || all[i].State == LineSent
		bounced[all[i].GrantID] = bounced[all[i].GrantID] || all[i].State == LineBounced
	}
	rest, err := r.store.unpaidBeside(ctx, tx, b.ID)
	if err != nil {
		return err
	}
	later := map[int64][]Line{}
	for _, l := range rest {
		later[l.GrantID] = append(later[l.GrantID], l)
	}
	list, err := r.store.inBatch(ctx, tx, b.ID)
	if err != nil {
		return err
	}
	var done, part []Application
	for i := range list {
		a := &list[i]
		switch {
		case open[a.ID] || a.State != Sent:
		case bounced[a.ID]:
			if err := r.open(a); err != nil {
				return err
			}
			if err := r.move(ctx, tx, who, a, Bounce, whys[a.ID]); err != nil {
				return err
			}
		case len(later[a.ID]) > 0:
			part = append(part, *a)
		default:
			done = append(done, *a)
		}
	}
	if err := r.moveAll(ctx, tx, who, done, Pay, b); err != nil {
		return err
	}
	if err := r.moveAll(ctx, tx, who, part, PayPart, b); err != nil {
		return err
	}
	for i := range part {
		if err := r.store.dueBy(ctx, tx, &part[i], r.dueNext(later[part[i].ID], 10)); err != nil {
			return err
		}
	}
	return nil
}

// File opens the bank's file of a batch and writes the look into the log. Faults: Denied, Conflict before two people have approved.
func (r *Room) File(ctx context.Context, who web.User, id int64) (b PayBatch, content string, err error) {
	if b, err = r.store.batch(ctx, r.DB, id); err != nil {
		return b, "", err
	}
	if err := account.CanManageArea(who, b.Area); err != nil {
		return b, "", err
	}
	if len(b.file) == 0 {
		return b, "", fault.New(fault.Conflict, "这个批次还没有经两人审批，没有银行文件")
	}
	if content, err = r.Sealer.Open(b.file); err != nil {
		return b, "", err
	}
	return b, content, r.Audit.Note(ctx, audit.Entry{ActorID: who.ID, Actor: sign(who), Act: "grant.file", Object: "grantbatch", ObjectID: id, Area: b.Area, What: "下载了发放批次 " + b.Number + " 的银行文件"})
}
