package intake

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// What somebody says of a cluster.
const (
	ChoiceSame  = "same"  // all rows are about 甲
	ChoiceSome  = "some"  // row by row
	ChoiceOther = "other" // none of them is
	ChoiceLater = "later" // cannot tell
	ChoiceSent  = "sent"  // the township is asked
	ChoiceNew   = "new"   // one person whom the register does not know yet: 建档
)

// Cluster is one person of the register (甲) and waiting rows that are probably about that person; or rows that probably
// belong together and to nobody in the register.
type Cluster struct {
	ID         int64
	Area       string
	State      string
	Why        string
	Kind       string // template of the first row
	PersonID   int64
	Rows       int64
	Likely     int64 // ten-thousandths
	Benefit    int64
	BlindOf    int64
	Turn       int64
	SentTo     string
	TaskID     int64
	Answer     string
	MadePerson int64
	Choice     string
	Reason     string
	DecidedAt  int64 // unix ms
	DecidedBy  int64
	Decider    string
	CreatedAt  int64
	Version    int64
	Members    []Member

	firstBy int64
	known   string
	made    string
}

// Member is a row of a cluster.
type Member struct {
	ReviewID int64
	Place    int64
	Answer   string // "same", "other" or "" when nobody has said

	sealed []byte // the row, where no review item holds it
	review Review
	row    *record
	pair   linked
}

// hidden reports whether the cluster only measures clerks: a decision on it changes nothing.
func (c *Cluster) hidden() bool { return c.BlindOf != 0 || c.known != "" }

// Undecided reports whether somebody can still decide.
func (c *Cluster) Undecided() bool {
	return c.State == ClusterOpen || c.State == ClusterLater || c.State == ClusterSent
}

// Undoable reports whether the decision can be taken back.
func (c *Cluster) Undoable() bool {
	return c.State == ClusterDone || c.State == ClusterAuto
}

// fill opens the rows of a cluster and the pairs by which they came in.
func (r *Room) fill(ctx context.Context, q db.Querier, c *Cluster) error {
	ids := make([]int64, len(c.Members))
	for i := range c.Members {
		ids[i] = c.Members[i].ReviewID
	}
	pairs, err := candidatesOf(ctx, q, ids)
	if err != nil {
		return err
	}
	for i := range c.Members {
		m := &c.Members[i]
		if len(m.sealed) > 0 {
			m.review = Review{ID: m.ReviewID, Kind: c.Kind, State: ReviewOpen, Row: 2 + m.ReviewID%900, FileName: r.kindName(c.Kind), sealed: m.sealed, CreatedAt: c.CreatedAt}
		} else if m.review, err = findReview(ctx, q, m.ReviewID); err != nil {
			return err
		}
		if m.row, err = r.reread(&m.review); err != nil {
			return err
		}
		for _, l := range pairs[m.ReviewID] {
			if l.PersonID == c.PersonID {
				m.pair = l
				break
			}
		}
	}
	return nil
}

// base is 甲: the person of the register, nil where there is none.
func (r *Room) base(ctx context.Context, c *Cluster) (*person.Person, error) {
	if c.PersonID == 0 {
		return nil, nil
	}
	p, err := r.People.Get(ctx, c.PersonID)
	return &p, err
}
