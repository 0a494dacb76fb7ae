package intake

import (
	"context"
	"encoding/json"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// keepModel writes a trained model that is not there yet.
func keepModel(ctx context.Context, tx *db.Tx, t *taught, area string, now int64) error {
	var names [][2]string
	for _, c := range t.comparisons {
		names = append(names, [2]string{c.Column, c.Label})
	}
	columns, _ := json.Marshal(names) // strings always can
	return tx.InsertNew(ctx, "intake_model", []string{"model_hash", "canonical", "columns", "auto_line", "review_line", "area", "people", "made_at"}, []string{"model_hash"},
		[][]any{{t.hash, t.trained.Canonical(), string(columns), bitsOf(t.lines.auto), bitsOf(t.lines.review), area, int64(len(t.ids)), now}})
}

// keptModel is a trained model as it is kept.
type keptModel struct {
	hash         string
	canonical    []byte
	columns      string
	auto, review float64 // bits
	area         string
	people, at   int64
}

func (m *keptModel) fields() []any {
	return []any{&m.hash, &m.canonical, &m.columns, &m.auto, &m.review, &m.area, &m.people, &m.at}
}

func findModel(ctx context.Context, q db.Querier, hash string) (keptModel, error) {
	m, found, err := db.One(ctx, q, (*keptModel).fields, `SELECT model_hash, canonical, columns, auto_line, review_line, area, people, made_at FROM intake_model
		WHERE model_hash = $1 ORDER BY model_hash`, hash)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "比对模型 %.8s 没有留存，得分无法重算", hash)
	}
	return m, err
}

var candidateColumns = []string{"review_id", "person_id", "other_id", "probability", "bits", "rule", "levels", "model_hash"}

const selectCandidate = `SELECT review_id, person_id, other_id, probability, bits, rule, levels, model_hash FROM intake_candidate `

// candidate is a linked pair as the table holds it.
type candidate struct {
	linked
	levels string
}

func (c *candidate) fields() []any {
	return []any{&c.ReviewID, &c.PersonID, &c.OtherID, &c.Probability, &c.Bits, &c.Rule, &c.levels, &c.Model}
}

// keepCandidates puts what was found about rows in the place of what was found before.
func keepCandidates(ctx context.Context, tx *db.Tx, list []linked) error {
	rows := make([][]any, len(list))
	for i, l := range list {
		levels, _ := json.Marshal(l.Levels) // integers always can
		rows[i] = []any{l.ReviewID, l.PersonID, l.OtherID, l.Probability, l.Bits, l.Rule, string(levels), l.Model}
	}
	return tx.Upsert(ctx, "intake_candidate", candidateColumns, candidateColumns[:3], rows)
}

// candidatesOf reads the candidates of rows, the likeliest first within each.
func candidatesOf(ctx context.Context, q db.Querier, reviews []int64) (map[int64][]linked, error) {
	out := map[int64][]linked{}
	if len(reviews) == 0 {
		return out, nil
	}
	return out, db.Each(ctx, q, (*candidate).fields, func(c *candidate) error {
		out[c.ReviewID] = append(out[c.ReviewID], c.linked)
		return json.Unmarshal([]byte(c.levels), &out[c.ReviewID][len(out[c.ReviewID])-1].Levels)
	}, selectCandidate+`WHERE review_id IN (`+db.In(1, len(reviews))+`) ORDER BY review_id, probability DESC, bits DESC, person_id`, db.Args(reviews)...)
}

var clusterColumns = []string{"cluster_id", "area", "state", "why", "kind", "person_id", "row_count", "likely", "benefit", "blind_of", "first_by", "turn", "known",
	"sent_to", "task_id", "answer", "made_person", "made", "choice", "reason", "decided_at", "decided_by", "decider", "created_at", "version"}

const selectCluster = `SELECT cluster_id, area, state, why, kind, person_id, row_count, likely, benefit, blind_of, first_by, turn, known,
	sent_to, task_id, answer, made_person, made, choice, reason, decided_at, decided_by, decider, created_at, version FROM intake_cluster `

func (c *Cluster) fields() []any {
	return []any{&c.ID, &c.Area, &c.State, &c.Why, &c.Kind, &c.PersonID, &c.Rows, &c.Likely, &c.Benefit, &c.BlindOf, &c.firstBy, &c.Turn, &c.known,
		&c.SentTo, &c.TaskID, &c.Answer, &c.MadePerson, &c.made, &c.Choice, &c.Reason, &c.DecidedAt, &c.DecidedBy, &c.Decider, &c.CreatedAt, &c.Version}
}

func (c *Cluster) values() []any {
	return []any{c.ID, c.Area, c.State, c.Why, c.Kind, c.PersonID, c.Rows, c.Likely, c.Benefit, c.BlindOf, c.firstBy, c.Turn, c.known,
		c.SentTo, c.TaskID, c.Answer, c.MadePerson, c.made, c.Choice, c.Reason, c.DecidedAt, c.DecidedBy, c.Decider, c.CreatedAt, c.Version}
}

// addClusters writes new clusters with their members.
func addClusters(ctx context.Context, tx *db.Tx, list []*Cluster) error {
	var rows, members [][]any
	for _, c := range list {
		rows = append(rows, c.values())
		for _, m := range c.Members {
			members = append(members, []any{c.ID, m.ReviewID, m.Place, m.Answer, m.sealed})
		}
	}
	if err := tx.Upsert(ctx, "intake_cluster", clusterColumns, clusterColumns[:1], rows); err != nil {
		return err
	}
	if err := tx.Upsert(ctx, "intake_member", []string{"cluster_id", "review_id", "place", "answer", "row_seal"}, []string{"cluster_id", "review_id"}, members); err != nil {
		return err
	}
	for _, c := range list {
		if c.hidden() {
			continue
		}
		for _, m := range c.Members {
			if err := putIn(ctx, tx, m.ReviewID, c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// putIn notes in which cluster a row waits; 0: in none.
func putIn(ctx context.Context, tx *db.Tx, reviewID, clusterID int64) error {
	_, err := tx.Exec(ctx, `UPDATE intake_review SET cluster_id = $2 WHERE review_id = $1`, reviewID, clusterID)
	return err
}

// setCluster writes a cluster over the version that was seen.
func setCluster(ctx context.Context, tx *db.Tx, c *Cluster) error {
	n, err := tx.Exec(ctx, `UPDATE intake_cluster SET state = $3, row_count = $4, likely = $5, benefit = $6, sent_to = $7, task_id = $8, answer = $9, made_person = $10, choice = $11,
			reason = $12, decided_at = $13, decided_by = $14, decider = $15, why = $16, made = $17, version = version + 1
		WHERE cluster_id = $1 AND version = $2`, c.ID, c.Version, c.State, c.Rows, c.Likely, c.Benefit, c.SentTo, c.TaskID, c.Answer, c.MadePerson, c.Choice,
		c.Reason, c.DecidedAt, c.DecidedBy, c.Decider, c.Why, c.made)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "%s", "这一组刚刚被别人处理，您的决定没有写入。请刷新后看现在的结果")
	}
	c.Version++
	return err
}

// setAnswers writes what was said of the members.
func setAnswers(ctx context.Context, tx *db.Tx, c *Cluster) error {
	for _, m := range c.Members {
		if _, err := tx.Exec(ctx, `UPDATE intake_member SET answer = $3 WHERE cluster_id = $1 AND review_id = $2`, c.ID, m.ReviewID, m.Answer); err != nil {
			return err
		}
	}
	return nil
}

// findCluster reads a cluster with its members.
func findCluster(ctx context.Context, q db.Querier, id int64) (Cluster, error) {
	c, found, err := db.One(ctx, q, (*Cluster).fields, selectCluster+`WHERE cluster_id = $1 ORDER BY cluster_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这一组疑似同一人")
	}
	if err != nil {
		return c, err
	}
	c.Members, err = membersOf(ctx, q, id)
	return c, err
}

func membersOf(ctx context.Context, q db.Querier, clusterID int64) ([]Member, error) {
	return db.All(ctx, q, func(m *Member) []any { return []any{&m.ReviewID, &m.Place, &m.Answer, &m.sealed} },
		`SELECT review_id, place, answer, row_seal FROM intake_member WHERE cluster_id = $1 ORDER BY place, review_id`, clusterID)
}

// waitingFor reads the undecided clusters of people: person → cluster.
func waitingFor(ctx context.Context, q db.Querier, people []int64) (map[int64]Cluster, error) {
	out := map[int64]Cluster{}
	for len(people) > 0 {
		part := people[:min(len(people), 500)]
		people = people[len(part):]
		err := db.Each(ctx, q, (*Cluster).fields, func(c *Cluster) error { out[c.PersonID] = *c; return nil }, selectCluster+
			`WHERE person_id IN (`+db.In(1, len(part))+`) AND state IN ('open', 'later') AND blind_of = 0 AND known = '' ORDER BY person_id, cluster_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// deskFilter narrows the desk's list; "" means any.
type deskFilter struct {
	area, state, why, kind string
	low, high              int64 // likely, ten-thousandths; high excluded
	me                     int64 // whose first decisions must not come back to them
	manager                bool
	mine                   int64 // who decided; 0: whoever
}

// args are the filter's arguments from $1 on, for deskWhere.
func (f deskFilter) args() []any {
	low, high := db.Under(f.area)
	turns := int64(2)
	if f.manager {
		turns = 3
	}
	return []any{f.state, low, high, f.why, f.why, f.kind, f.kind, f.low, f.high, f.me, turns, f.mine, f.mine}
}

const deskWhere = `state = $1 AND area >= $2 AND area < $3 AND (why = $4 OR $5 = '') AND (kind = $6 OR $7 = '') AND likely >= $8 AND likely < $9
	AND (first_by = 0 OR first_by <> $10) AND turn <= $11 AND (decided_by = $12 OR $13 = 0) `

// listClusters reads a part of the desk, the largest benefit first, behind a cluster.
func listClusters(ctx context.Context, q db.Querier, f deskFilter, benefit, after int64, limit int) ([]Cluster, error) {
	return db.All(ctx, q, (*Cluster).fields, selectCluster+`WHERE `+deskWhere+`AND (benefit < $14 OR benefit = $15 AND cluster_id > $16)
		ORDER BY benefit DESC, cluster_id LIMIT $17`, append(f.args(), benefit, benefit, after, limit)...)
}

func countClusters(ctx context.Context, q db.Querier, f deskFilter) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT count(*) FROM intake_cluster WHERE `+deskWhere, f.args()...)
}

// neverLinked reads the people whom rows must not be linked with: row key → people.
func neverLinked(ctx context.Context, q db.Querier, keys [][]byte) (map[string]map[int64]bool, error) {
	out := map[string]map[int64]bool{}
	type row struct {
		person int64
		key    []byte
	}
	for len(keys) > 0 {
		part := keys[:min(len(keys), 500)]
		keys = keys[len(part):]
		args := make([]any, len(part))
		for i, k := range part {
			args[i] = k
		}
		err := db.Each(ctx, q, func(r *row) []any { return []any{&r.person, &r.key} }, func(r *row) error {
			if out[string(r.key)] == nil {
				out[string(r.key)] = map[int64]bool{}
			}
			out[string(r.key)][r.person] = true
			return nil
		}, `SELECT person_id, row_key FROM intake_never WHERE row_key IN (`+db.In(1, len(part))+`) ORDER BY row_key, person_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// keepNever remembers that a row and a person (0: two rows, by their common key) are not the same.
func keepNever(ctx context.Context, tx *db.Tx, personID int64, key []byte, clusterID, by, at int64) error {
	return tx.InsertNew(ctx, "intake_never", []string{"person_id", "row_key", "cluster_id", "by_id", "at"}, []string{"person_id", "row_key"}, [][]any{{personID, key, clusterID, by, at}})
}

// dropNever forgets what a cluster's decision said never to link.
func dropNever(ctx context.Context, tx *db.Tx, clusterID int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM intake_never WHERE cluster_id = $1`, clusterID)
	return err
}

// loose reads undecided rows of an area that wait in no cluster, in the order of their ids, above an id.
func loose(ctx context.Context, q db.Querier, area string, after int64, limit int) ([]Review, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Review).fields, selectReview+`WHERE state = 'open' AND area >= $1 AND area < $2 AND cluster_id = 0 AND review_id > $3
		ORDER BY review_id LIMIT $4`, low, high, after, limit)
}

// sweepGone closes undecided clusters of an area all of whose rows were settled in another way.
func sweepGone(ctx context.Context, tx *db.Tx, area string) (int64, error) {
	low, high := db.Under(area)
	return tx.Exec(ctx, `UPDATE intake_cluster SET state = 'gone', version = version + 1 WHERE state IN ('open', 'later', 'sent') AND area >= $1 AND area < $2 AND known = '' AND NOT EXISTS (
		SELECT 1 FROM intake_member m JOIN intake_review v ON v.review_id = m.review_id WHERE m.cluster_id = intake_cluster.cluster_id AND v.state IN ('open', 'later'))`, low, high)
}

// clustersOf lists undecided clusters about people, or with waiting rows of a batch none of whose rows waits any more.
func clustersOf(ctx context.Context, q db.Querier, batchID int64, people []int64) ([]Cluster, error) {
	const open = `WHERE state IN ('open', 'later', 'sent') AND `
	if batchID == 0 {
		return db.All(ctx, q, (*Cluster).fields, selectCluster+open+`person_id IN (`+db.In(1, len(people))+`) ORDER BY cluster_id`, db.Args(people)...)
	}
	return db.All(ctx, q, (*Cluster).fields, selectCluster+open+`known = '' AND cluster_id IN (SELECT cluster_id FROM intake_review WHERE batch_id = $1 AND cluster_id <> 0)
		AND NOT EXISTS (SELECT 1 FROM intake_member m JOIN intake_review v ON v.review_id = m.review_id WHERE m.cluster_id = intake_cluster.cluster_id AND v.state IN ('open', 'later'))
		ORDER BY cluster_id`, batchID)
}

// closeCluster ends a cluster that there is nothing to decide on any more; its rows are free for another one.
func closeCluster(ctx context.Context, tx *db.Tx, c *Cluster) error {
	if _, err := tx.Exec(ctx, `UPDATE intake_review SET cluster_id = 0 WHERE cluster_id = $1 AND state IN ('open', 'later')`, c.ID); err != nil {
		return err
	}
	c.State = ClusterGone
	return setCluster(ctx, tx, c)
}

func dropMember(ctx context.Context, tx *db.Tx, clusterID, reviewID int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM intake_member WHERE cluster_id = $1 AND review_id = $2`, clusterID, reviewID)
	return err
}

// dropCluster deletes a cluster that nobody has decided on, with its members.
func dropCluster(ctx context.Context, tx *db.Tx, clusterID int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM intake_member WHERE cluster_id = $1`, clusterID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM intake_cluster WHERE cluster_id = $1`, clusterID)
	return err
}

// clusterBefore is the cluster that stands before one on the desk; 0: none.
func clusterBefore(ctx context.Context, q db.Querier, f deskFilter, benefit, id int64) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT cluster_id FROM intake_cluster WHERE `+deskWhere+`AND (benefit > $14 OR benefit = $15 AND cluster_id < $16)
		ORDER BY benefit, cluster_id DESC LIMIT 1`, append(f.args(), benefit, benefit, id)...)
}
