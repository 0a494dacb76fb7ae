package intake

import (
	"context"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
)

// How clerks are measured: of a hundred decided clusters three are shown to a second clerk, and two hidden known pairs are
// laid among a hundred new ones. Which ones follows from their numbers, so that it can be checked.
const (
	doubleKeyed = 300 // of 10,000
	knownPairs  = 200 // of 10,000
)

// picked says whether a number is among so many of 10,000, for a purpose.
func picked(id int64, purpose string, share uint64) bool {
	h := fnv.New64a()
	_, _ = h.Write([]byte(purpose + itoa(id))) // a hash takes everything
	return h.Sum64()%10000 < share
}

// verdict is what was said of a cluster row by row: s same, o other, u cannot tell.
func (c *Cluster) verdict() string {
	var b strings.Builder
	for i := range c.Members {
		switch c.Members[i].Answer {
		case ChoiceSame:
			b.WriteByte('s')
		case ChoiceOther:
			b.WriteByte('o')
		default:
			b.WriteByte('u')
		}
	}
	return b.String()
}

// Judgement is what somebody said of a cluster, for comparing clerks.
type Judgement struct {
	ClusterID int64
	OriginID  int64
	Turn      int64
	Known     string
	Area      string
	ByID      int64
	ByName    string
	Verdict   string
	OK        string // yes, no; "" nobody to compare with yet
	Seconds   int64
	DecidedAt int64
}

const (
	okYes = "yes"
	okNo  = "no"
)

func okOf(right bool) string {
	if right {
		return okYes
	}
	return okNo
}

// judge notes a decision, has some repeated by another clerk, and settles disagreements.
func (r *Room) judge(ctx context.Context, tx *db.Tx, who Actor, c *Cluster, seconds int64) error {
	if !c.hidden() && c.State != ClusterDone {
		return nil
	}
	j := Judgement{ClusterID: c.ID, OriginID: c.ID, Turn: c.Turn, Known: c.known, Area: c.Area, ByID: who.ID, ByName: who.Name, Verdict: c.verdict(),
		Seconds: min(max(seconds, 0), 1800), DecidedAt: c.DecidedAt}
	switch {
	case c.known != "":
		j.OK = okOf(j.Verdict == strings.Repeat(map[string]string{"same": "s", "different": "o"}[c.known], len(c.Members)))
	case c.Turn == 1 && picked(c.ID, "double", doubleKeyed):
		if err := addClusters(ctx, tx, []*Cluster{r.repeat(c, 2)}); err != nil {
			return err
		}
	case c.Turn == 2:
		j.OriginID = c.BlindOf
		first, err := firstJudgement(ctx, tx, c.BlindOf)
		if err != nil {
			return err
		}
		if first.Verdict == j.Verdict {
			j.OK = okYes
			err = setOK(ctx, tx, c.BlindOf, 1, okYes)
		} else if first.Verdict != "" {
			err = addClusters(ctx, tx, []*Cluster{r.repeat(c, 3)})
		}
		if err != nil {
			return err
		}
	case c.Turn == 3:
		j.OriginID, j.OK = c.BlindOf, okYes
		if err := r.overrule(ctx, tx, who, c, j.Verdict); err != nil {
			return err
		}
	}
	return addJudgement(ctx, tx, &j)
}

// repeat shows a decided cluster to somebody else, as if nobody had decided.
func (r *Room) repeat(c *Cluster, turn int64) *Cluster {
	again := *c
	again.ID, again.State, again.Turn, again.Version, again.BlindOf = r.IDs.Next(), ClusterOpen, turn, 1, c.ID
	if c.BlindOf != 0 {
		again.BlindOf = c.BlindOf
	}
	again.firstBy, again.Choice, again.Reason, again.Decider, again.DecidedAt, again.DecidedBy, again.MadePerson, again.made = c.DecidedBy, "", "", "", 0, 0, 0, ""
	again.SentTo, again.TaskID, again.Answer, again.CreatedAt = "", 0, "", r.Clock.Now().UnixMilli()
	again.Members = slices.Clone(c.Members)
	for i := range again.Members {
		again.Members[i].Answer = ""
	}
	return &again
}

// overrule compares two disagreeing clerks with the third, and where the first was wrong puts the register right.
func (r *Room) overrule(ctx context.Context, tx *db.Tx, who Actor, c *Cluster, verdict string) error {
	said, err := judgementsOf(ctx, tx, c.BlindOf)
	if err != nil {
		return err
	}
	wrong := false
	for _, j := range said {
		if j.Turn > 2 {
			continue
		}
		right := j.Verdict == verdict
		wrong = wrong || j.Turn == 1 && !right
		if err := setOK(ctx, tx, c.BlindOf, j.Turn, okOf(right)); err != nil {
			return err
		}
	}
	if !wrong || strings.Contains(verdict, "u") {
		return nil
	}
	first, err := findCluster(ctx, tx, c.BlindOf)
	if err != nil || first.State != ClusterDone {
		return err
	}
	if err := r.fill(ctx, tx, &first); err != nil {
		return err
	}
	if err := r.retract(ctx, tx, who, &first); err != nil {
		return err
	}
	if first, err = findCluster(ctx, tx, first.ID); err != nil {
		return err
	}
	if err := r.fill(ctx, tx, &first); err != nil {
		return err
	}
	d := ClusterDecision{Choice: ChoiceSome, Rows: map[int64]string{}, Reason: "两人意见不一，由管理人员裁定。" + c.Reason}
	for i := range c.Members {
		d.Rows[c.Members[i].ReviewID] = c.Members[i].Answer
	}
	if first.PersonID == 0 {
		d.Choice = ChoiceOther
		if !strings.Contains(verdict, "o") {
			d.Choice = ChoiceNew
		}
	}
	if err := first.answer(d); err != nil {
		return err
	}
	if err := r.carryOut(ctx, tx, who, &first, d); err != nil {
		return err
	}
	first.State, first.Choice, first.Reason, first.DecidedAt, first.DecidedBy, first.Decider = ClusterDone, d.Choice, d.Reason, c.DecidedAt, who.ID, who.Name
	if err := setAnswers(ctx, tx, &first); err != nil {
		return err
	}
	return setCluster(ctx, tx, &first)
}

// Clerk is how one clerk has decided.
type Clerk struct {
	ByID           int64
	Name           string
	Decided        int64
	Agreed, Double int64 // of the double-keyed ones those that agree, and all that are settled
	Right, Known   int64 // of the hidden known pairs
	Median         int64 // seconds; 0: none
	Low, High      int64 // of the agreement, 95 % interval in ten-thousandths (Wilson)
}

// Clerks are the figures of everybody who decided in an area's subtree since an instant; me ≠ 0: of one person alone.
func (r *Room) Clerks(ctx context.Context, who Actor, place string, me, since int64) ([]Clerk, error) {
	if err := mayUse(who, place); err != nil {
		return nil, err
	}
	list, err := clerks(ctx, r.DB, place, me, since)
	if err != nil {
		return nil, err
	}
	times, err := timesOf(ctx, r.DB, place, me, since)
	for i := range list {
		c := &list[i]
		c.Low, c.High = wilson(c.Agreed, c.Double)
		if t := times[c.ByID]; len(t) > 0 {
			slices.Sort(t)
			c.Median = t[len(t)/2]
		}
	}
	return list, err
}

// wilson is the 95 % interval of a share of yes among n, in ten-thousandths (Wilson 1927); all of it where n is 0.
func wilson(yes, n int64) (low, high int64) {
	if n == 0 {
		return 0, 10000
	}
	const z = 1.959964
	p, m := float64(yes)/float64(n), float64(n)
	mid, half := p+z*z/(2*m), z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return int64(math.Round(10000 * max(0, (mid-half)/(1+z*z/m)))), int64(math.Round(10000 * min(1, (mid+half)/(1+z*z/m))))
}
