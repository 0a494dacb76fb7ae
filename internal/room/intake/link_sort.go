package intake

import (
	"context"
	"maps"
	"slices"

	"jiuye/internal/engine/linkage"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// sort divides rows by what becomes of them: applied, onto the desk beside somebody, onto the desk with each other, alone.
func (l *linking) sort(ctx context.Context, rows []asked) error {
	ids := map[int64]bool{}
	for i := range rows {
		if len(rows[i].found) > 0 {
			ids[rows[i].found[0].PersonID] = true
		}
	}
	people, err := l.standing(ctx, slices.Sorted(maps.Keys(ids)))
	if err != nil {
		return err
	}
	groups := map[int64]*about{}
	var alone []asked
	for i := range rows {
		row := &rows[i]
		if len(row.found) == 0 {
			alone = append(alone, *row)
			continue
		}
		p := people[row.found[0].PersonID]
		what, why := verdictOn(row.cells, &p.Person, row.found, l.linesOf())
		if what == "" || p.ID == 0 {
			alone = append(alone, *row)
			continue
		}
		g := groups[p.ID]
		if g == nil {
			g = &about{base: p}
			groups[p.ID] = g
		}
		if what == "auto" {
			g.sure = append(g.sure, *row)
		} else {
			g.rows, g.whys = append(g.rows, *row), append(g.whys, why)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(groups)) {
		if err := l.applySure(ctx, groups[id]); err != nil {
			return err
		}
	}
	if err := l.lay(ctx, groups); err != nil {
		return err
	}
	return l.together(ctx, alone)
}

func (l *linking) linesOf() lines { return l.last.lines }

// standing is a person with whether anything depends on a decision today.
type standing struct {
	person.Person
	needy bool
}

func (l *linking) standing(ctx context.Context, ids []int64) (map[int64]standing, error) {
	out := make(map[int64]standing, len(ids))
	list, err := l.People.List(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		out[p.ID] = standing{Person: p}
	}
	facts, err := l.People.FactsOf(ctx, ids)
	today := l.Clock.Today()
	for _, f := range facts {
		s := out[f.ID]
		s.needy = f.Registered(today) != nil || slices.ContainsFunc(f.Groups, func(g person.Group) bool { return g.Until.IsZero() || !g.Until.Before(today) })
		out[f.ID] = s
	}
	return out, err
}

// about is what is to be decided about one person.
type about struct {
	base standing
	sure []asked
	rows []asked
	whys []string
}

// cluster makes the desk's entry of rows beside somebody.
func (l *linking) cluster(g *about, rows []asked, state string) *Cluster {
	c := &Cluster{ID: l.IDs.Next(), Area: area.At(area.Normal(g.base.Area), area.Banner), State: state, Kind: rows[0].review.Kind, PersonID: g.base.ID, Turn: 1,
		CreatedAt: l.Clock.Now().UnixMilli(), Version: 1, Why: ClusterWeak}
	c.take(rows, g.base.needy)
	for i := range c.Members {
		c.Members[i].Place = int64(i + 1)
	}
	return c
}

// take counts rows into a cluster.
func (c *Cluster) take(rows []asked, needy bool) {
	var pairs []linked
	var kinds []string
	for i := range rows {
		pairs, kinds = append(pairs, rows[i].found[0]), append(kinds, rows[i].recipe)
		c.Members = append(c.Members, Member{ReviewID: rows[i].review.ID, Place: c.Rows + int64(i) + 1})
		c.Likely = max(c.Likely, tenThousandths(rows[i].found[0].Probability))
	}
	c.Rows += int64(len(rows))
	c.Benefit += benefitOf(pairs, kinds, needy)
}

// lay brings rows to the desk: into the cluster that waits for their person, or a new one.
func (l *linking) lay(ctx context.Context, groups map[int64]*about) error {
	ids := slices.DeleteFunc(slices.Sorted(maps.Keys(groups)), func(id int64) bool { return len(groups[id].rows) == 0 })
	for part := range slices.Chunk(ids, 200) {
		var made []*Cluster
		err := l.DB.Tx(ctx, func(tx *db.Tx) error {
			made = nil
			old, err := waitingFor(ctx, tx, part)
			if err != nil {
				return err
			}
			for _, id := range part {
				g := groups[id]
				if err := keepAll(ctx, tx, g.rows); err != nil {
					return err
				}
				if c, waits := old[id]; waits {
					if err := l.join(ctx, tx, &c, g); err != nil {
						return err
					}
					continue
				}
				c := l.cluster(g, g.rows, ClusterOpen)
				c.Why = g.whys[0]
				made = append(made, c)
			}
			return addClusters(ctx, tx, made)
		})
		if err != nil {
			return err
		}
		l.fresh = append(l.fresh, made...)
		l.sum.Clusters += int64(len(made))
		for _, id := range part {
			l.sum.InThem += int64(len(groups[id].rows))
		}
	}
	return nil
}

func keepAll(ctx context.Context, tx *db.Tx, rows []asked) error {
	var list []linked
	for i := range rows {
		list = append(list, rows[i].found...)
	}
	return keepCandidates(ctx, tx, list)
}

// join puts rows into a cluster that waits already.
func (l *linking) join(ctx context.Context, tx *db.Tx, c *Cluster, g *about) error {
	c.take(g.rows, g.base.needy)
	var members [][]any
	for _, m := range c.Members {
		members = append(members, []any{c.ID, m.ReviewID, m.Place, "", nil})
		if err := putIn(ctx, tx, m.ReviewID, c.ID); err != nil {
			return err
		}
	}
	if err := tx.InsertNew(ctx, "intake_member", []string{"cluster_id", "review_id", "place", "answer", "row_seal"}, []string{"cluster_id", "review_id"}, members); err != nil {
		return err
	}
	return setCluster(ctx, tx, c)
}

// together finds rows that are probably about one person whom the register does not know.
func (l *linking) together(ctx context.Context, rows []asked) error {
	l.sum.Alone += int64(len(rows))
	groups, d, err := l.alike(ctx, rows)
	if err != nil {
		return err
	}
	var made []*Cluster
	var pairs []linked
	for _, list := range groups {
		first := &rows[list[0]]
		c := &Cluster{ID: l.IDs.Next(), Area: area.At(first.review.Area, area.Banner), State: ClusterOpen, Why: ClusterRows, Kind: first.review.Kind, Turn: 1,
			CreatedAt: l.Clock.Now().UnixMilli(), Version: 1}
		if len(list) == 1 {
			c.Why = ClusterNew
		}
		var in []asked
		for _, i := range list {
			row := rows[i]
			pair := linked{ReviewID: row.review.ID, OtherID: first.review.ID, Levels: []int{}}
			if i != list[0] {
				why := l.last.trained.Explain(d, list[0], i)
				pair.Model = l.last.hash
				pair.Probability, pair.Bits, pair.Rule, pair.Levels = why.Probability, why.Bits, why.Rule, levelsOf(why)
				pairs = append(pairs, pair)
			}
			row.found = []linked{pair}
			in = append(in, row)
		}
		c.take(in, false)
		for i := range c.Members {
			c.Members[i].Place = int64(i)
		}
		made = append(made, c)
	}
	if len(made) == 0 {
		return nil
	}
	err = l.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := keepCandidates(ctx, tx, pairs); err != nil {
			return err
		}
		return addClusters(ctx, tx, made)
	})
	l.fresh = append(l.fresh, made...)
	l.sum.Clusters += int64(len(made))
	for _, c := range made {
		l.sum.InThem, l.sum.Alone = l.sum.InThem+c.Rows, l.sum.Alone-c.Rows
	}
	return err
}

// alike puts rows together that are probably about one person; a row about a newcomer that is like no other stands alone.
func (l *linking) alike(ctx context.Context, rows []asked) (groups [][]int, d *linkage.Data, err error) {
	byGroup := map[uint32][]int{}
	if len(rows) > 1 && l.last != nil {
		d = l.last.trained.NewData()
		d.Header(linkTitles)
		for i := range rows {
			d.Add([][]string{rows[i].cells})
		}
		for i, g := range linkage.Apply(d, l.last.trained).Clusters {
			byGroup[g] = append(byGroup[g], i)
		}
		if err := l.part(ctx, rows, byGroup); err != nil {
			return nil, nil, err
		}
	} else {
		for i := range rows {
			byGroup[uint32(i)] = []int{i}
		}
	}
	grouped := make([]bool, len(rows))
	for _, at := range slices.Sorted(maps.Keys(byGroup)) {
		if list := byGroup[at]; len(list) > 1 {
			groups = append(groups, list)
			for _, i := range list {
				grouped[i] = true
			}
		}
	}
	for i := range rows {
		if t := l.Kinds.Of(rows[i].review.Kind); !grouped[i] && t != nil && t.Newcomers {
			groups = append(groups, []int{i})
		}
	}
	return groups, d, nil
}

func levelsOf(e linkage.Explanation) []int {
	out := make([]int, len(e.Terms))
	for i, t := range e.Terms {
		out[i] = t.Level
	}
	return out
}

// part takes rows out of groups that people once found not to belong with the group's first row.
func (l *linking) part(ctx context.Context, rows []asked, groups map[uint32][]int) error {
	key := func(a, b int) []byte { return l.pairKey(rows[a].review.key, rows[b].review.key) }
	var keys [][]byte
	for _, list := range groups {
		for _, i := range list[1:] {
			keys = append(keys, key(list[0], i))
		}
	}
	never, err := neverLinked(ctx, l.DB, keys)
	for g, list := range groups {
		groups[g] = slices.DeleteFunc(list, func(i int) bool { return i != list[0] && never[string(key(list[0], i))] != nil })
	}
	return err
}
