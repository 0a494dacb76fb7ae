package intake

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/register/person"
)

// linkJob is the queue's kind of linkage after an import.
const linkJob = "intake.link"

type linkPayload struct {
	Area string `json:"area"`
}

// A register larger than indexPeople is gone through in parts of whole banners, one index in memory at a time; every row is
// compared with every part, and the best candidates are kept. So memory is bounded by a part (400,000 people take about
// 400 MB while the weights are learnt), time grows with the people, and nobody is left out because they live elsewhere.
const (
	indexPeople   = 400_000
	linkChunk     = 50_000 // waiting rows in memory at once
	candidatesMax = 5      // kept for each row
)

// LinkSummary is what a linkage came to.
type LinkSummary struct {
	Rows     int64   `json:"rows"`     // waiting rows compared
	People   int64   `json:"people"`   // with so many people
	Auto     int64   `json:"auto"`     // rows applied without a person
	Clusters int64   `json:"clusters"` // new clusters for the desk
	InThem   int64   `json:"in_them"`  // rows in new and old clusters
	Alone    int64   `json:"alone"`    // rows without candidate
	Model    string  `json:"model"`    // hash of the last trained model
	Seconds  float64 `json:"seconds"`
}

// Text says it in a sentence.
func (s LinkSummary) Text() string {
	return fmt.Sprintf("比对待核 %d 行与实名库 %d 人：自动并入 %d 行，组成疑似同一人 %d 组（%d 行），没有候选 %d 行，用时 %.1f 秒",
		s.Rows, s.People, s.Auto, s.Clusters, s.InThem, s.Alone, s.Seconds)
}

// asked is a waiting row with what linkage needs of it.
type asked struct {
	review Review
	cells  []string
	recipe string
	found  []linked
}

// Link compares the rows of an area's subtree that wait in no cluster with the people of the same area: the sure ones are
// applied, the likely ones go to the desk, the others stay without candidate. What people once said never to link is kept apart.
func (r *Room) Link(ctx context.Context, place string, p progress.Reporter) (s LinkSummary, err error) {
	began := r.Clock.Now()
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error { _, err := sweepGone(ctx, tx, place); return err }); err != nil {
		return s, err
	}
	l := &linking{Room: r, place: place, progress: p, sum: &s}
	if l.parts, err = r.parts(ctx, place); err != nil {
		return s, err
	}
	for after := int64(0); ; {
		list, err := loose(ctx, r.DB, place, after, linkChunk)
		if err != nil {
			return s, err
		}
		if len(list) == 0 {
			break
		}
		after = list[len(list)-1].ID
		if err := l.chunk(ctx, list); err != nil {
			return s, err
		}
	}
	if err == nil && s.Clusters > 0 {
		err = r.hide(ctx, l)
	}
	s.Seconds = r.Clock.Now().Sub(began).Seconds()
	return s, err
}

// linking is one run.
type linking struct {
	*Room
	place    string
	parts    [][]person.Place
	last     *taught // of the last part
	progress progress.Reporter
	sum      *LinkSummary
	fresh    []*Cluster // made by this run
	people   [][]string // cells of the last part, for hidden known pairs
}

// parts packs the banners of an area into parts of at most indexPeople, unless one banner is larger.
func (r *Room) parts(ctx context.Context, place string) (out [][]person.Place, err error) {
	banners, err := r.People.ByBanner(ctx, place)
	n := int64(0)
	for _, b := range banners {
		if len(out) == 0 || n+b.People > indexPeople {
			out, n = append(out, nil), 0
		}
		out[len(out)-1] = append(out[len(out)-1], b)
		n += b.People
	}
	return out, err
}

// teachPart loads the people of a part and learns from them; the only part of a small register is learnt from once.
func (l *linking) teachPart(ctx context.Context, part []person.Place) (*taught, error) {
	if len(l.parts) == 1 && l.last != nil {
		return l.last, nil
	}
	l.last, l.people = nil, nil
	m, err := linkModel()
	if err != nil {
		return nil, err
	}
	var ids []int64
	total := int64(0)
	for _, b := range part {
		total += b.People
	}
	l.progress.Step("读取实名库", total)
	for _, b := range part {
		err := l.People.Every(ctx, b.Area, func(p person.Person) error {
			ids, l.people = append(ids, p.ID), append(l.people, cellsOf(&p))
			if len(ids)%10000 == 0 {
				l.progress.Add(10000)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	l.sum.People += int64(len(ids))
	l.progress.Step("学习比对权重", int64(len(ids)))
	t, err := teach(m, ids, l.people)
	if err != nil {
		return nil, err
	}
	l.last, l.sum.Model = t, t.hash
	return t, l.DB.Tx(ctx, func(tx *db.Tx) error { return keepModel(ctx, tx, t, l.place, l.Clock.Now().UnixMilli()) })
}

// chunk links some waiting rows.
func (l *linking) chunk(ctx context.Context, list []Review) error {
	rows, err := l.open(ctx, list)
	if err != nil || len(rows) == 0 {
		return err
	}
	var keys [][]byte
	for i := range rows {
		keys = append(keys, rows[i].review.key)
	}
	never, err := neverLinked(ctx, l.DB, keys)
	if err != nil {
		return err
	}
	for _, part := range l.parts {
		t, err := l.teachPart(ctx, part)
		if err != nil {
			return err
		}
		l.progress.Step("逐行比对", int64(len(rows)))
		for i := range rows {
			row := &rows[i]
			barred := never[string(row.review.key)]
			row.found = append(row.found, t.ask(row.review.ID, row.cells, func(person int64) bool { return barred[person] })...)
			slices.SortStableFunc(row.found, func(a, b linked) int {
				return cmp.Or(cmp.Compare(b.Probability, a.Probability), cmp.Compare(b.Bits, a.Bits))
			})
			row.found = row.found[:min(len(row.found), candidatesMax)]
			l.progress.Add(1)
		}
	}
	l.sum.Rows += int64(len(rows))
	return l.sort(ctx, rows)
}

// open reads the rows again; those that are wrong by the present rules wait for an officer as they are.
func (l *linking) open(ctx context.Context, list []Review) (rows []asked, err error) {
	for i := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rec, err := l.reread(&list[i])
		if err != nil || rec.flaw != nil || !recipes[rec.t.Becomes].joins {
			continue
		}
		rows = append(rows, asked{review: list[i], cells: rec.linkCells(), recipe: rec.t.Becomes})
	}
	return rows, nil
}

// pairKey is the name of two rows that people found not to be the same, whichever comes first.
func (r *Room) pairKey(a, b []byte) []byte {
	if bytes.Compare(a, b) > 0 {
		a, b = b, a
	}
	return r.Sealer.Hash("rows", string(a)+"\x00"+string(b))
}

// linkLater lets the queue link an area's rows, in the transaction that ends a batch.
func (r *Room) linkLater(ctx context.Context, tx *db.Tx, place string) error {
	if r.Queue == nil {
		return nil
	}
	_, err := r.Queue.Enqueue(ctx, tx, queue.Job{Kind: linkJob, Key: place, Payload: linkPayload{place}})
	return err
}

// linkTasks registers linkage as background work.
func (r *Room) linkTasks(q *queue.Queue) {
	q.Handle(linkJob, func(ctx context.Context, job *queue.Running) error {
		var p linkPayload
		if err := job.Payload(&p); err != nil {
			return err
		}
		s, err := r.Link(ctx, p.Area, job.Progress())
		if err != nil {
			return err
		}
		return job.Report(s.Text(), s)
	})
}
