package cycle

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
)

// nameless is the title of a case whose person is not told of any more.
const nameless = "典型人物（内容已删除）"

// Forget takes down the cases about people whose data are anonymised, and deletes what they tell. What a briefing quoted and was issued stays as it
// was issued.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for part := range slices.Chunk(personIDs, 500) {
		if err := r.takeDown(ctx, tx, web.User{}, part, "本人档案已匿名化"); err != nil {
			return err
		}
	}
	return nil
}

// ConsentWithdrawn takes down what rests on a person's consent to be named in public, and deletes it.
func (r *Room) ConsentWithdrawn(ctx context.Context, tx *db.Tx, who web.User, personID int64) error {
	return r.takeDown(ctx, tx, who, []int64{personID}, "本人撤回同意")
}

// noteCase writes what was done about a case into the log: under the person that it is about, who may read there who told what.
func (r *Room) noteCase(ctx context.Context, tx *db.Tx, who web.User, c *Case, what string) error {
	if c.PersonID != 0 {
		return r.note(ctx, tx, who, "case", "person", c.PersonID, c.Area, what)
	}
	return r.note(ctx, tx, who, "case", "case", c.ID, c.Area, what)
}

func (r *Room) takeDown(ctx context.Context, tx *db.Tx, who web.User, personIDs []int64, why string) error {
	list, err := r.casesOf(ctx, tx, personIDs)
	if err != nil {
		return err
	}
	for i := range list {
		c := &list[i]
		if err := r.Evidence.Forget(ctx, tx, []int64{c.ID}); err != nil {
			return err
		}
		if err := r.noteCase(ctx, tx, who, c, "撤下典型："+why); err != nil {
			return err
		}
		c.Title, c.Said, c.State, c.Agreed, c.Reason, c.PersonID, c.Day = nameless, CaseSaid{}, Withdrawn, false, why, 0, db.On(r.today())
		if err := r.saveCase(ctx, tx, c, c.Version); err != nil {
			return err
		}
	}
	return nil
}
