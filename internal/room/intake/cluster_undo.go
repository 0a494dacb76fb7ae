package intake

import (
	"context"
	"errors"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// ReopenCluster takes a decision back: rows come out of the file again, what was ruled out may come up again, a file that
// the decision made goes. The fault of kind Conflict says what stands against it.
func (r *Room) ReopenCluster(ctx context.Context, who Actor, clusterID, version int64, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		c, err := findCluster(ctx, tx, clusterID)
		if err != nil {
			return err
		}
		if err := mayUse(who, c.Area); err != nil {
			return err
		}
		if c.Version != version || !c.Undoable() {
			return fault.New(fault.Conflict, "%s", "这一组现在不在“已决定”之列，不能撤销。请刷新后看现在的结果")
		}
		if err := r.fill(ctx, tx, &c); err != nil {
			return err
		}
		if c.withdrawn() {
			return fault.New(fault.Conflict, "%s", "这一组各行所在的批次已撤回，没有可以重新判定的行")
		}
		entry := c.entry(who, "intake.reopen", "撤销对一组疑似同一人的决定（"+whatChosen[c.Choice]+"）")
		wrote := c.wrote()
		if err := r.retract(ctx, tx, who, &c); err != nil {
			return err
		}
		if wrote {
			if err := r.tell(ctx, tx); err != nil {
				return err
			}
		}
		if err := unjudge(ctx, tx, c.ID); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entry)
	})
}

// retract brings a cluster and its rows back to where nobody had decided.
func (r *Room) retract(ctx context.Context, tx *db.Tx, who Actor, c *Cluster) error {
	if c.MadePerson != 0 {
		if err := r.unfound(ctx, tx, who, c); err != nil {
			return err
		}
	}
	for i := range c.Members {
		m := &c.Members[i]
		var err error
		switch {
		case c.hidden():
		case m.Answer == ChoiceSame:
			err = r.takeBack(ctx, tx, who, c, m)
		case m.Answer == ChoiceOther:
			err = r.callBack(ctx, tx, who, c, m)
		}
		if err != nil {
			return err
		}
		m.Answer = ""
	}
	if err := dropNever(ctx, tx, c.ID); err != nil {
		return err
	}
	c.State, c.Choice, c.Reason, c.Decider, c.DecidedAt, c.DecidedBy, c.MadePerson, c.made = ClusterOpen, "", "", "", 0, 0, 0, ""
	if err := setAnswers(ctx, tx, c); err != nil {
		return err
	}
	return setCluster(ctx, tx, c)
}

// takeBack takes a row out of the file it went into.
func (r *Room) takeBack(ctx context.Context, tx *db.Tx, who Actor, c *Cluster, m *Member) error {
	v := &m.review
	if v.State != ReviewSame && v.State != ReviewSettled { // told apart without a file, or settled elsewhere
		return putIn(ctx, tx, v.ID, c.ID)
	}
	if v.Added { // else the file had it word for word already
		if err := r.takeOut(ctx, tx, v); err != nil {
			return err
		}
	}
	if v.Why == WhyUnknown {
		v.PersonID = 0
	}
	v.State, v.Reason, v.Added = ReviewOpen, "", false
	if err := r.setReview(ctx, tx, who, v, v.Version); err != nil {
		return err
	}
	return putIn(ctx, tx, v.ID, c.ID)
}

// callBack brings a row that was turned away back, out of the cluster of its next candidate.
func (r *Room) callBack(ctx context.Context, tx *db.Tx, who Actor, c *Cluster, m *Member) error {
	v := &m.review
	if c.Why == ClusterNew && v.State == ReviewOther {
		v.State, v.Reason = ReviewOpen, ""
		return r.setReview(ctx, tx, who, v, v.Version)
	}
	if !v.Undecided() {
		return fault.New(fault.Conflict, "%s 第 %d 行后来已另行核对，请先撤销那一次决定", v.FileName, v.Row)
	}
	if v.ClusterID != 0 && v.ClusterID != c.ID {
		if err := r.leave(ctx, tx, v.ClusterID, v.ID); err != nil {
			return err
		}
	}
	return putIn(ctx, tx, v.ID, c.ID)
}

// leave takes a row out of an undecided cluster, which goes when it was the last.
func (r *Room) leave(ctx context.Context, tx *db.Tx, clusterID, reviewID int64) error {
	c, err := findCluster(ctx, tx, clusterID)
	if err != nil {
		return err
	}
	if c.Rows > 1 {
		c.Rows--
		if err := dropMember(ctx, tx, clusterID, reviewID); err != nil {
			return err
		}
		return setCluster(ctx, tx, &c)
	}
	return dropCluster(ctx, tx, clusterID)
}

// withdrawn reports whether the batches of all its rows were taken back.
func (c *Cluster) withdrawn() bool {
	return !c.hidden() && !slices.ContainsFunc(c.Members, func(m Member) bool { return m.review.State != ReviewWithdrawn })
}

// closeClusters ends the undecided clusters that a withdrawn batch leaves without a row.
func (r *Room) closeClusters(ctx context.Context, tx *db.Tx, batchID int64) error {
	list, err := clustersOf(ctx, tx, batchID, nil)
	return errors.Join(err, r.closeAll(ctx, tx, list))
}

// abandon ends the undecided clusters about people who leave the register: their rows are compared with the others anew.
func (r *Room) abandon(ctx context.Context, tx *db.Tx, people []int64) error {
	for part := range slices.Chunk(people, 500) {
		list, err := clustersOf(ctx, tx, 0, part)
		if err := errors.Join(err, r.closeAll(ctx, tx, list)); err != nil {
			return err
		}
	}
	return nil
}

func (r *Room) closeAll(ctx context.Context, tx *db.Tx, list []Cluster) error {
	for i := range list {
		if err := r.callOff(ctx, tx, &list[i], "所在批次已撤回，不用再核实"); err != nil {
			return err
		}
		if err := closeCluster(ctx, tx, &list[i]); err != nil {
			return err
		}
	}
	return nil
}
