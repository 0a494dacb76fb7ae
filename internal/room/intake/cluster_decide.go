package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
)

// ClusterDecision is what somebody says about a cluster.
type ClusterDecision struct {
	ClusterID int64
	Version   int64            // of the cluster that was seen
	Choice    string           // ChoiceSame …
	Rows      map[int64]string // ChoiceSome: review item → "same" or "other"
	Reason    string
	Seconds   int64  // from opening to deciding, for the clerk's figures; 0: not known
	WorkDays  int    // ChoiceSent
	SendTo    string // ChoiceSent: township
}

// whatChosen tells a decision for the audit log.
var whatChosen = map[string]string{ChoiceSame: "判为同一人，全部写入档案", ChoiceSome: "逐行判定", ChoiceOther: "判为不是同一人，以后不再配成一组",
	ChoiceLater: "看不出来，留待以后再定", ChoiceSent: "交苏木乡镇核实", ChoiceNew: "判为同一人，新建档案"}

// DecideCluster carries out a decision: rows go into the file, or are never put beside this person again. Two people at
// once: the second gets a fault of kind Conflict. once is the idempotency key. On a repetition or a hidden known pair it
// only notes what was said.
func (r *Room) DecideCluster(ctx context.Context, who Actor, d ClusterDecision, once string) error {
	if strings.TrimSpace(d.Reason) == "" {
		return fault.New(fault.Invalid, "请写明理由，例如“与本人电话核实”")
	}
	d.Reason = identity.Veil(d.Reason) // it is kept as it is written
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		c, err := r.clusterToDecide(ctx, tx, who, d)
		if err != nil {
			return err
		}
		if err := c.answer(d); err != nil {
			return err
		}
		if err := r.carryOut(ctx, tx, who, &c, d); err != nil {
			return err
		}
		if c.wrote() {
			if err := r.tell(ctx, tx); err != nil {
				return err
			}
		}
		c.Choice, c.Reason, c.DecidedAt, c.DecidedBy, c.Decider = d.Choice, d.Reason, r.Clock.Now().UnixMilli(), who.ID, who.Name
		if c.State = stateAfter[d.Choice]; c.State == "" || c.hidden() {
			c.State = ClusterDone
		}
		if c.State != ClusterSent {
			if err := r.callOff(ctx, tx, &c, "已由交办单位自行判定，不用再核实"); err != nil {
				return err
			}
		}
		if err := setAnswers(ctx, tx, &c); err != nil {
			return err
		}
		if err := setCluster(ctx, tx, &c); err != nil {
			return err
		}
		if err := r.judge(ctx, tx, who, &c, d.Seconds); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, c.entry(who, "intake.decide", "核对疑似同一人："+whatChosen[d.Choice]+"。理由："+d.Reason))
	})
}

var stateAfter = map[string]string{ChoiceLater: ClusterLater, ChoiceSent: ClusterSent}

// clusterToDecide reads a cluster inside the transaction and checks that it is still the one that was seen.
func (r *Room) clusterToDecide(ctx context.Context, tx *db.Tx, who Actor, d ClusterDecision) (Cluster, error) {
	c, err := findCluster(ctx, tx, d.ClusterID)
	if err != nil {
		return c, err
	}
	if err := mayUse(who, c.Area); err != nil {
		return c, err
	}
	if c.BlindOf != 0 && c.firstBy == who.ID {
		return c, fault.New(fault.Denied, "这一组已经由您判过，复核须由另一位同事办理")
	}
	if c.Version != d.Version || !c.Undecided() {
		by := c.Decider
		if by == "" {
			by = "别人"
		}
		return c, fault.New(fault.Conflict, "%s刚刚处理了这一组，您的决定没有写入。请刷新后看现在的结果", by)
	}
	return c, r.fill(ctx, tx, &c)
}

// answer writes a choice down row by row.
func (c *Cluster) answer(d ClusterDecision) error {
	switch d.Choice {
	case ChoiceSame, ChoiceOther, ChoiceNew, ChoiceLater, ChoiceSent:
	case ChoiceSome:
		for i := range c.Members {
			if a := d.Rows[c.Members[i].ReviewID]; c.asks(i) && a != ChoiceSame && a != ChoiceOther {
				return fault.New(fault.Invalid, "请对每一行都选“是甲”或“不是甲”")
			}
		}
	default:
		return fault.New(fault.Invalid, "请选择一项决定")
	}
	if c.PersonID == 0 && (d.Choice == ChoiceSame || d.Choice == ChoiceSome) {
		return fault.New(fault.Invalid, "实名库里没有这个人。请选“新建档案”、“不是同一人”或“看不出来”")
	}
	if c.PersonID != 0 && d.Choice == ChoiceNew {
		return fault.New(fault.Invalid, "实名库里有很像的人。如果都不是，请选“不是同一人”")
	}
	for i := range c.Members {
		m := &c.Members[i]
		switch {
		case !c.asks(i):
			m.Answer = ""
		case d.Choice == ChoiceSome:
			m.Answer = d.Rows[m.ReviewID]
		case d.Choice == ChoiceSame || d.Choice == ChoiceNew:
			m.Answer = ChoiceSame
		case d.Choice == ChoiceOther:
			m.Answer = ChoiceOther
		default:
			m.Answer = ""
		}
	}
	return nil
}

// asks reports whether the i-th row is still to be decided: another way may have settled it meanwhile.
func (c *Cluster) asks(i int) bool {
	v := &c.Members[i].review
	return c.hidden() || v.Undecided() && v.ClusterID == c.ID
}

// wrote reports whether the answers to a cluster put rows into somebody's file.
func (c *Cluster) wrote() bool {
	return !c.hidden() && slices.ContainsFunc(c.Members, func(m Member) bool { return m.Answer == ChoiceSame })
}

// carryOut does to the register what was said; nothing for clusters that only measure clerks.
func (r *Room) carryOut(ctx context.Context, tx *db.Tx, who Actor, c *Cluster, d ClusterDecision) error {
	if c.hidden() {
		return nil
	}
	switch d.Choice {
	case ChoiceSent:
		return r.sendDown(ctx, tx, who, c, d)
	case ChoiceNew:
		return r.found(ctx, tx, who, c, d.Reason)
	}
	for i := range c.Members {
		m := &c.Members[i]
		switch m.Answer {
		case ChoiceSame:
			if err := r.takeIn(ctx, tx, who, m, c.PersonID, ReviewSame, d.Reason); err != nil {
				return err
			}
		case ChoiceOther:
			if err := r.turnAway(ctx, tx, who, c, m, d.Reason); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeIn writes a row into somebody's file.
func (r *Room) takeIn(ctx context.Context, tx *db.Tx, who Actor, m *Member, owner int64, state, reason string) (err error) {
	v := &m.review
	if m.row.flaw != nil {
		return fault.New(fault.Invalid, "%s 第 %d 行按现在的规则有错，不能写入：%s", v.FileName, v.Row, veil(m.row.flaw.text))
	}
	if v.Added, err = r.applyOne(ctx, tx, who, v, m.row, owner); err != nil {
		return err
	}
	v.State, v.PersonID, v.Reason = state, owner, reason
	return r.setReview(ctx, tx, who, v, v.Version)
}

// turnAway remembers that a row is not about the cluster's person, and puts the row beside its next candidate, if any.
func (r *Room) turnAway(ctx context.Context, tx *db.Tx, who Actor, c *Cluster, m *Member, reason string) error {
	if c.Why == ClusterNew { // nobody else could be meant: the row is dropped
		v := &m.review
		v.State, v.Reason = ReviewOther, reason
		return r.setReview(ctx, tx, who, v, v.Version)
	}
	now := r.Clock.Now().UnixMilli()
	key := m.review.key
	if c.PersonID == 0 {
		if m.Place == 0 {
			return putIn(ctx, tx, m.ReviewID, 0)
		}
		key = r.pairKey(c.Members[0].review.key, m.review.key)
	}
	if err := keepNever(ctx, tx, c.PersonID, key, c.ID, who.ID, now); err != nil {
		return err
	}
	if err := putIn(ctx, tx, m.ReviewID, 0); err != nil {
		return err
	}
	return r.nextCandidate(ctx, tx, m)
}

// nextCandidate makes the cluster of a row with the likeliest of its other candidates that nobody has ruled out.
func (r *Room) nextCandidate(ctx context.Context, tx *db.Tx, m *Member) error {
	never, err := neverLinked(ctx, tx, [][]byte{m.review.key})
	if err != nil {
		return err
	}
	all, err := candidatesOf(ctx, tx, []int64{m.ReviewID})
	if err != nil {
		return err
	}
	for _, l := range all[m.ReviewID] {
		if l.PersonID == 0 || never[string(m.review.key)][l.PersonID] {
			continue
		}
		p, err := r.People.Get(ctx, l.PersonID)
		if fault.Is(err, fault.NotFound) {
			continue
		} else if err != nil {
			return err
		}
		next := &Cluster{ID: r.IDs.Next(), Area: area.At(area.Normal(p.Area), area.Banner), State: ClusterOpen, Why: ClusterTwo, Kind: m.review.Kind, PersonID: p.ID, Turn: 1,
			CreatedAt: r.Clock.Now().UnixMilli(), Version: 1}
		next.take([]asked{{review: m.review, recipe: m.row.t.Becomes, found: []linked{l}}}, false)
		return addClusters(ctx, tx, []*Cluster{next})
	}
	return nil
}

// entry is a cluster's line in the audit log.
func (c *Cluster) entry(who Actor, act, what string) audit.Entry {
	e := audit.Entry{ActorID: who.ID, Actor: who.Name, Act: act, Object: "cluster", ObjectID: c.ID, Area: c.Area, What: what}
	if id := max(c.PersonID, c.MadePerson); id != 0 && !c.hidden() {
		e.Object, e.ObjectID = "person", id
	}
	return e
}

// applySure writes the sure rows of a person without anybody, one transaction for each person. A row that somebody decided
// on meanwhile stays as it was decided.
func (l *linking) applySure(ctx context.Context, g *about) error {
	if len(g.sure) == 0 {
		return nil
	}
	c := l.cluster(g, g.sure, ClusterAuto)
	program := Actor{Name: "自动比对", Area: l.place, AreaName: area.Name(l.place)}
	err := l.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := keepAll(ctx, tx, g.sure); err != nil {
			return err
		}
		c.Choice, c.Reason, c.DecidedAt, c.Decider = ChoiceSame, l.reasonFor(g.sure), l.Clock.Now().UnixMilli(), program.Name
		for i := range c.Members {
			c.Members[i].Answer = ChoiceSame
		}
		if err := addClusters(ctx, tx, []*Cluster{c}); err != nil {
			return err
		}
		if err := l.fill(ctx, tx, c); err != nil {
			return err
		}
		for i := range c.Members {
			if err := l.takeIn(ctx, tx, program, &c.Members[i], g.base.ID, ReviewSettled, c.Reason); err != nil {
				return err
			}
		}
		return l.Audit.Write(ctx, tx, c.entry(program, "intake.link", "自动比对为同一人，写入 "+itoa(c.Rows)+" 行。"+c.Reason))
	})
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Denied) || fault.Is(err, fault.Invalid) { // an officer will see why
		g.rows = append(g.rows, g.sure...)
		for range g.sure {
			g.whys = append(g.whys, ClusterWeak)
		}
		return nil
	}
	if err == nil {
		l.sum.Auto += c.Rows
	}
	return err
}

// reasonFor says why rows went in by themselves, so that each can be computed again.
func (l *linking) reasonFor(rows []asked) string {
	best := rows[0].found[0]
	why := "规则“" + best.Rule + "”"
	if best.Rule == "" {
		why = fmt.Sprintf("得分 %+.1f，同一人概率 %.2f%%", best.Bits, best.Probability*100)
	}
	return "自动比对：" + why + "，模型 " + best.Model[:12]
}
