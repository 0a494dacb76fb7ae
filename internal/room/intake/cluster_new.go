package intake

import (
	"context"
	"encoding/json"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// found makes a file (建档) for the person that a cluster's rows are about and puts the rows into it. One row must have a
// valid ID number that nobody has, and no two rows different ones.
func (r *Room) found(ctx context.Context, tx *db.Tx, who Actor, c *Cluster, reason string) error {
	first, err := c.numbered()
	if err != nil {
		return err
	}
	members := []*Member{&c.Members[first]}
	for i := range c.Members {
		if i != first && c.Members[i].Answer == ChoiceSame {
			members = append(members, &c.Members[i])
		}
	}
	recs, from := make([]*record, len(members)), make([]origin, len(members))
	for i, m := range members {
		recs[i], from[i] = m.row, origin{m.review.BatchID, m.review.FileID, m.review.Row}
	}
	id, records, err := r.newPerson(ctx, tx, who, recs, from)
	if err != nil {
		return err
	}
	text, _ := json.Marshal(records) // integers always can
	c.MadePerson, c.made = id, string(text)
	for _, m := range members {
		v := &m.review
		v.State, v.PersonID, v.Added, v.Reason = ReviewSame, id, true, reason
		if err := r.setReview(ctx, tx, who, v, v.Version); err != nil {
			return err
		}
	}
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: who.Name, Act: "intake.newperson", Object: "person", ObjectID: id, Area: c.Area, What: "核对导入记录后新建档案"})
}

// numbered is the first row with a valid ID number.
func (c *Cluster) numbered() (int, error) {
	first, number := -1, ""
	for i := range c.Members {
		id, err := identity.ParseIDNumber(c.Members[i].row.written())
		switch {
		case err != nil || !c.asks(i):
		case first < 0:
			first, number = i, id.Number
		case number != id.Number:
			return 0, fault.New(fault.Invalid, "这几行的有效证件号不一致，不能建成一份档案。请逐行判定")
		}
	}
	if first < 0 {
		return 0, fault.New(fault.Invalid, "这几行都没有有效的证件号，不能建档。请先向本人或来源部门核对证件号，或交苏木乡镇核实")
	}
	return first, nil
}

// unfound takes the records of a file that a decision made out again: with them goes the file.
func (r *Room) unfound(ctx context.Context, tx *db.Tx, who Actor, c *Cluster) error {
	var records []int64
	if err := json.Unmarshal([]byte(c.made), &records); err != nil {
		return err
	}
	if err := r.detach(ctx, tx, c.MadePerson, records, EndedDetached); err != nil {
		return err
	}
	for i := range c.Members {
		m := &c.Members[i]
		if v := &m.review; m.Answer == ChoiceSame {
			v.State, v.Reason, v.Added, v.PersonID = ReviewOpen, "", false, 0
			if err := r.setReview(ctx, tx, who, v, v.Version); err != nil {
				return err
			}
		}
		m.Answer = ""
	}
	return nil
}
