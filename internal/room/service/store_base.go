package service

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const storyColumns = `story_id, area, sector, title, founder, firm, jobs, body, helped, state, reason, by_id, by_name, created_at, version, person_id`

func (s *Story) fields() []any {
	return []any{&s.ID, &s.Area, &s.Sector, &s.Title, &s.Founder, &s.Firm, &s.Jobs, &s.Body, &s.Helped, &s.State, &s.Reason, &s.ByID, &s.ByName, &s.At, &s.Version, &s.PersonID}
}

func addStory(ctx context.Context, tx *db.Tx, s *Story) error {
	_, err := tx.Exec(ctx, `INSERT INTO service_story (`+storyColumns+`) VALUES (`+db.In(1, 16)+`)`, s.ID, s.Area, s.Sector, s.Title, s.Founder, s.Firm, s.Jobs, s.Body, s.Helped,
		s.State, s.Reason, s.ByID, s.ByName, s.At, s.Version, s.PersonID)
	return err
}

// decideStory moves a story that waits, and says whether it did.
func decideStory(ctx context.Context, tx *db.Tx, id int64, state, reason string) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE service_story SET state = $2, reason = $3, version = version + 1 WHERE story_id = $1 AND state = 'waiting'`, id, state, reason)
	return n > 0, err
}

// noWords is what becomes of a story that nobody may read any more.
const noWords = `state = 'withdrawn', title = '已撤下的案例', founder = '', firm = '', body = '', helped = '', version = version + 1`

func emptyStory(ctx context.Context, tx *db.Tx, s *Story, reason string) error {
	n, err := tx.Exec(ctx, `UPDATE service_story SET `+noWords+`, reason = $3 WHERE story_id = $1 AND version = $2`, s.ID, s.Version, reason)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这个案例刚刚被别人办理过，请看过现在的样子再办")
	}
	return err
}

// storiesOf are a person's stories that wait or are public.
func storiesOf(ctx context.Context, q db.Querier, personID int64) ([]Story, error) {
	return db.All(ctx, q, (*Story).fields, `SELECT `+storyColumns+` FROM service_story WHERE person_id = $1 AND person_id <> 0 AND state IN ('waiting', 'published') ORDER BY story_id`, personID)
}

func (r *Room) story(ctx context.Context, id int64) (Story, error) {
	s, found, err := db.One(ctx, r.DB, (*Story).fields, `SELECT `+storyColumns+` FROM service_story WHERE story_id = $1 ORDER BY story_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个案例，可能尚未发布")
	}
	return s, err
}

// listStories reads an area's stories in a state, the newest first, below an id; sector "" for all.
func (r *Room) listStories(ctx context.Context, area, state, sector string, below int64, limit int) ([]Story, error) {
	low, high := db.Under(area)
	return db.All(ctx, r.DB, (*Story).fields, `SELECT `+storyColumns+` FROM service_story
		WHERE state = $1 AND area >= $2 AND area < $3 AND ($4 = '' OR sector = $5) AND story_id < $6 ORDER BY story_id DESC LIMIT $7`, state, low, high, sector, sector, below, limit)
}

const demandColumns = `employer_id, demand_id, area, project, department, occupation, people, needed_on, note, state, vacancy_id, by_id, by_name, created_at, version`

func (d *Demand) fields() []any {
	return []any{&d.EmployerID, &d.ID, &d.Area, &d.Project, &d.Department, &d.Occupation, &d.People, &d.NeededOn, &d.Note, &d.State, &d.VacancyID, &d.ByID, &d.ByName, &d.At, &d.Version}
}

func addDemand(ctx context.Context, tx *db.Tx, d *Demand) error {
	_, err := tx.Exec(ctx, `INSERT INTO service_demand (`+demandColumns+`) VALUES (`+db.In(1, 15)+`)`, d.EmployerID, d.ID, d.Area, d.Project, d.Department, d.Occupation, d.People,
		d.NeededOn, d.Note, d.State, d.VacancyID, d.ByID, d.ByName, d.At, d.Version)
	return err
}

func setDemand(ctx context.Context, tx *db.Tx, d *Demand, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE service_demand SET state = $4, vacancy_id = $5, version = version + 1 WHERE employer_id = $1 AND demand_id = $2 AND version = $3`,
		d.EmployerID, d.ID, version, d.State, d.VacancyID)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这条需求刚刚被别人办理过，请看过现在的样子再办")
	}
	return err
}

func demandByID(ctx context.Context, q db.Querier, id int64) (Demand, error) {
	d, found, err := db.One(ctx, q, (*Demand).fields, `SELECT `+demandColumns+` FROM service_demand WHERE demand_id = $1 ORDER BY demand_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这条用工需求")
	}
	return d, err
}

// listDemand reads an area's demand that is needed from a day on (and before another), the soonest first, behind the last
// one seen; occupation "" for all.
func (r *Room) listDemand(ctx context.Context, area, occupation string, from, before, after db.Date, afterID int64, limit int) ([]Demand, error) {
	low, high := db.Under(area)
	return db.All(ctx, r.DB, (*Demand).fields, `SELECT `+demandColumns+` FROM service_demand
		WHERE area >= $1 AND area < $2 AND ($3 = '' OR occupation = $4) AND needed_on >= $5 AND needed_on < $6 AND (needed_on, demand_id) > ($7, $8)
		ORDER BY needed_on, demand_id LIMIT $9`, low, high, occupation, occupation, from, before, after, afterID, limit)
}
