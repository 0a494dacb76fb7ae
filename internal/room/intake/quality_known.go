package intake

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
)

// knownTries bounds the search for somebody who makes a good hidden pair.
const knownTries = 400

// hide lays hidden known pairs among the clusters of a run: somebody of the register beside their own echo, and beside
// somebody else's who is much like them. They look like the others, and deciding on them changes nothing.
func (r *Room) hide(ctx context.Context, l *linking) error {
	if l.last == nil || len(l.people) < 2 {
		return nil
	}
	e := newEchoes(l.people)
	var made []*Cluster
	var pairs []linked
	for i, like := range l.fresh {
		if !picked(int64(i)+int64(len(l.people)), "known", knownPairs) || like.PersonID == 0 {
			continue
		}
		known := []string{"same", "different"}[(i+len(made))%2]
		c, pair, err := l.knownPair(ctx, e, like, known)
		if err != nil {
			return err
		}
		if c != nil {
			made, pairs = append(made, c), append(pairs, pair)
		}
	}
	return l.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := keepCandidates(ctx, tx, pairs); err != nil {
			return err
		}
		return addClusters(ctx, tx, made)
	})
}

// knownPair makes one pair in the manner of an ordinary cluster; nil when nobody fits.
func (l *linking) knownPair(ctx context.Context, e *echoes, like *Cluster, known string) (*Cluster, linked, error) {
	v, err := findReview(ctx, l.DB, like.Members[0].ReviewID)
	if err != nil {
		return nil, linked{}, err
	}
	cells, err := l.openCells(v.sealed)
	if err != nil {
		return nil, linked{}, err
	}
	t := l.Kinds.Of(v.Kind)
	for range knownTries {
		at := e.IntN(len(l.people))
		if !area.Within(l.people[at][cellArea], like.Area) {
			continue
		}
		row := e.one(l.people[at], l.people[e.IntN(len(l.people))])
		if row[cellID] == l.people[at][cellID] || known == "different" {
			row[cellID] = ""
		}
		pair, found := l.likeness(row, l.ids()[at], known == "same")
		if !found {
			continue
		}
		c := &Cluster{ID: l.IDs.Next(), Area: like.Area, State: ClusterOpen, Why: map[bool]string{true: ClusterNoID, false: ClusterID}[row[cellID] == ""], Kind: v.Kind, Turn: 1,
			PersonID: pair.PersonID, known: known, CreatedAt: like.CreatedAt, Version: 1, Rows: 1, Likely: tenThousandths(pair.Probability), Benefit: like.Benefit}
		pair.ReviewID = l.IDs.Next()
		c.Members = []Member{{ReviewID: pair.ReviewID, Place: 1, sealed: l.sealCells(t.dress(slices.Clone(cells), row))}}
		return c, pair, nil
	}
	return nil, linked{}, nil
}

func (l *linking) ids() []int64 { return l.last.ids }

// likeness finds the pair of a row with its owner, or with the likeliest other person.
func (l *linking) likeness(row []string, owner int64, same bool) (linked, bool) {
	for _, c := range l.last.ask(0, row, func(int64) bool { return false }) {
		if (c.PersonID == owner) == same && !c.conflict {
			return c, true
		}
	}
	return linked{}, false
}

// dress writes a person's cells over those of a row that say who it is.
func (t *Template) dress(cells, person []string) []string {
	for field, at := range map[string]int{"name": cellName, "idnumber": cellID, "birth": cellBirth, "sex": cellSex, "phone": cellPhone, "address": cellAddress, "area": cellArea} {
		if i, has := t.index[field]; has {
			cells[i] = person[at]
		}
	}
	return cells
}
