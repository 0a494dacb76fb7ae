package employer

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/feed"
	"jiuye/internal/register/person"
)

// changes is the change feed of employers.
var changes = feed.Log{Table: "employer_change", IDs: "employers"}

// What a change was.
const (
	ChangeNew     = "new"
	ChangeWritten = "employer"
	ChangeRemoved = "removed"
)

// Changes reads the feed behind a mark, oldest change first: at most limit employers, each once (see feed.Log.Read).
func (s *Store) Changes(ctx context.Context, after feed.Mark, limit int) (list []feed.Change, next feed.Mark, more bool, err error) {
	return changes.Read(ctx, s.DB, after, limit)
}

// End is behind everything in the feed that cannot grow any more.
func (s *Store) End(ctx context.Context) (feed.Mark, error) { return changes.End(ctx, s.DB) }

// touchMoved notes which employers differ from what they were, and touches the people whose facts hang on that: the founders
// before and now, and where it is another kind or industry everybody who ever worked there. Where more has changed than
// the comparison knows, somebody else has written meanwhile, and all are touched.
func touchMoved(ctx context.Context, tx *db.Tx, before, after []Employer, changed int64) error {
	was := make(map[int64]*Employer, len(before))
	for i := range before {
		was[before[i].ID] = &before[i]
	}
	var m moved
	for i := range after {
		now := &after[i]
		old := was[now.ID]
		delete(was, now.ID)
		if old == nil {
			m.of(&Employer{}, now)
			m.fresh = append(m.fresh, now.ID)
		} else if *old != *now {
			m.of(old, now)
			m.written = append(m.written, now.ID)
		}
	}
	if after == nil {
		for id, old := range was {
			m.of(old, &Employer{})
			m.removed = append(m.removed, id)
		}
	}
	if int64(len(m.fresh)+len(m.written)+len(m.removed)) < changed {
		for i := range after {
			m.written, m.staffed, m.founders = append(m.written, after[i].ID), append(m.staffed, after[i].ID), append(m.founders, after[i].FounderID)
		}
	}
	for what, ids := range map[string][]int64{ChangeNew: m.fresh, ChangeWritten: m.written, ChangeRemoved: m.removed} {
		if err := changes.Touch(ctx, tx, what, ids); err != nil {
			return err
		}
	}
	return person.TouchAround(ctx, tx, m.staffed, slices.DeleteFunc(m.founders, func(id int64) bool { return id == 0 }))
}

// moved is what has changed of employers, and whose people feel it.
type moved struct {
	fresh, written, removed []int64
	staffed                 []int64 // those whose workers feel it
	founders                []int64
}

func (m *moved) of(old, now *Employer) {
	if old.FounderID != now.FounderID || old.Kind != now.Kind {
		m.founders = append(m.founders, old.FounderID, now.FounderID)
	}
	if old.Kind != now.Kind || old.Industry != now.Industry {
		m.staffed = append(m.staffed, max(old.ID, now.ID))
	}
}
