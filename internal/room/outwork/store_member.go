package outwork

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
)

const memberColumns = `person_id, batch_id, area, state, self, trip_id, pickup, training, reason, note, joined_on, arrived, returned, work_from, months, by_name, version`

type storedMember struct {
	Member
	note []byte
}

func (s *storedMember) fields() []any {
	return []any{&s.PersonID, &s.BatchID, &s.Area, &s.State, &s.Self, &s.TripID, &s.Pickup, &s.Training, &s.Reason, &s.note, &s.JoinedOn, &s.Arrived, &s.Returned, &s.WorkFrom, &s.Months, &s.By, &s.Version}
}

func (r *Room) openMembers(rows []storedMember, err error) ([]Member, error) {
	list := make([]Member, len(rows))
	for i := range rows {
		if err == nil {
			rows[i].Note, err = r.Sealer.Open(rows[i].note)
		}
		list[i] = rows[i].Member
	}
	return list, err
}

// insertMembers adds people to a batch; who is in it already stays as they are. It returns how many are new.
func (r *Room) insertMembers(ctx context.Context, tx *db.Tx, list []Member) (added int64, err error) {
	for part := range slices.Chunk(list, chunk) {
		var values []string
		var args []any
		for _, m := range part {
			values = append(values, "("+db.In(len(args)+1, 17)+")")
			args = append(args, m.PersonID, m.BatchID, m.Area, m.State, m.Self, m.TripID, m.Pickup, m.Training, m.Reason, r.Sealer.Seal(m.Note), m.JoinedOn, m.Arrived, m.Returned, m.WorkFrom, m.Months, m.By, m.Version)
		}
		n, err := tx.Exec(ctx, `INSERT INTO outwork_member (`+memberColumns+`) VALUES `+strings.Join(values, ", ")+` ON CONFLICT (person_id, batch_id) DO NOTHING`, args...)
		if err != nil {
			return added, err
		}
		added += n
	}
	return added, nil
}

// updateMember writes where somebody stands; what the register shows of them is saved by saveSeen alone.
func (r *Room) updateMember(ctx context.Context, tx *db.Tx, m *Member, version int64) error {
	return changed(tx.Exec(ctx, `UPDATE outwork_member SET state = $3, self = $4, trip_id = $5, pickup = $6, training = $7, reason = $8, note = $9, joined_on = $10, arrived = $11, returned = $12, by_name = $13, version = version + 1
		WHERE person_id = $1 AND batch_id = $2 AND version = $14`, m.PersonID, m.BatchID, m.State, m.Self, m.TripID, m.Pickup, m.Training, m.Reason, r.Sealer.Seal(m.Note), m.JoinedOn, m.Arrived, m.Returned, m.By, version))
}

// members lists those of a batch who live in an area, behind a person.
func (r *Room) members(ctx context.Context, q db.Querier, batchID int64, area string, after int64, limit int) ([]Member, error) {
	low, high := db.Under(area)
	return r.openMembers(db.All(ctx, q, (*storedMember).fields, `SELECT `+memberColumns+` FROM outwork_member WHERE batch_id = $1 AND area >= $2 AND area < $3 AND person_id > $4 ORDER BY person_id LIMIT $5`,
		batchID, low, high, after, limit))
}

// membersOf reads some people of a batch.
func (r *Room) membersOf(ctx context.Context, q db.Querier, batchID int64, people []int64) ([]Member, error) {
	if len(people) == 0 {
		return nil, nil
	}
	return r.openMembers(db.All(ctx, q, (*storedMember).fields, `SELECT `+memberColumns+` FROM outwork_member WHERE batch_id = $1 AND person_id IN (`+db.In(2, len(people))+`) ORDER BY person_id`,
		append([]any{batchID}, db.Args(people)...)...))
}

// onTrip lists who travels on a journey.
func (r *Room) onTrip(ctx context.Context, q db.Querier, batchID, tripID int64) ([]Member, error) {
	return r.openMembers(db.All(ctx, q, (*storedMember).fields, `SELECT `+memberColumns+` FROM outwork_member WHERE batch_id = $1 AND trip_id = $2 AND state <> 'dropped' ORDER BY pickup, person_id`, batchID, tripID))
}

// batchesOf lists somebody's batches, the latest first.
func (r *Room) batchesOf(ctx context.Context, personID int64, limit int) ([]Member, error) {
	return r.openMembers(db.All(ctx, r.DB, (*storedMember).fields, `SELECT `+memberColumns+` FROM outwork_member WHERE person_id = $1 ORDER BY batch_id DESC LIMIT $2`, personID, limit))
}

func (r *Room) trips(ctx context.Context, q db.Querier, batchID int64) ([]Trip, error) {
	type stored struct {
		Trip
		phone []byte
	}
	var out []Trip
	err := db.Each(ctx, q, func(s *stored) []any {
		return []any{&s.BatchID, &s.ID, &s.Day, &s.Vehicle, &s.Leader, &s.phone, &s.Pickups}
	}, func(s *stored) (err error) {
		s.Phone, err = r.Sealer.Open(s.phone)
		out = append(out, s.Trip)
		return err
	}, `SELECT batch_id, trip_id, day, vehicle, leader, phone, pickups FROM outwork_trip WHERE batch_id = $1 ORDER BY day, trip_id`, batchID)
	return out, err
}

func (r *Room) insertTrip(ctx context.Context, tx *db.Tx, t *Trip) error {
	_, err := tx.Exec(ctx, `INSERT INTO outwork_trip (batch_id, trip_id, day, vehicle, leader, phone, pickups) VALUES (`+db.In(1, 7)+`)`, t.BatchID, t.ID, t.Day, t.Vehicle, t.Leader, r.Sealer.Seal(t.Phone), t.Pickups)
	return err
}

// seen is what the register shows of a member.
type seen struct {
	PersonID, BatchID int64
	Area              string
	WorkFrom          db.Date
	Months            int
	From              db.Date // first day of the batch
	EmployerID        int64   // that asked for people; 0: none
}

// followed lists members whose work is looked up, behind (person, batch): all but those who dropped out, of batches that began since a day.
func followed(ctx context.Context, q db.Querier, since db.Date, person, batch int64, limit int) ([]seen, error) {
	return db.All(ctx, q, func(s *seen) []any {
		return []any{&s.PersonID, &s.BatchID, &s.Area, &s.WorkFrom, &s.Months, &s.From, &s.EmployerID}
	}, `SELECT m.person_id, m.batch_id, m.area, m.work_from, m.months, b.from_day, b.employer_id FROM outwork_member m JOIN outwork_batch b ON b.batch_id = m.batch_id
		WHERE m.state IN ('confirmed', 'booked', 'arrived', 'returned') AND b.from_day >= $1 AND (m.person_id, m.batch_id) > ($2, $3) ORDER BY m.person_id, m.batch_id LIMIT $4`, since, person, batch, limit)
}

// saveSeen writes what the register shows of members.
func saveSeen(ctx context.Context, tx *db.Tx, list []seen) error {
	for _, s := range list {
		if _, err := tx.Exec(ctx, `UPDATE outwork_member SET work_from = $3, months = $4 WHERE person_id = $1 AND batch_id = $2`, s.PersonID, s.BatchID, s.WorkFrom, s.Months); err != nil {
			return err
		}
	}
	return nil
}

// Held tells of whom the room keeps something.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	for _, one := range []struct{ text, query string }{
		{"参加过劳务输出", `SELECT DISTINCT person_id FROM outwork_member WHERE person_id IN ({ids}) ORDER BY person_id`},
		{"登记过外出务工", `SELECT DISTINCT person_id FROM outwork_away WHERE person_id IN ({ids}) ORDER BY person_id`},
		{"提出过外出务工服务请求", `SELECT DISTINCT person_id FROM outwork_request WHERE person_id IN ({ids}) ORDER BY person_id`},
	} {
		found, err := db.Told(ctx, q, ids, one.text, one.query)
		if err != nil {
			return nil, err
		}
		for id, text := range found {
			if out[id] == "" {
				out[id] = text
			}
		}
	}
	return out, nil
}

// Forget drops what tells of people whose data are anonymised; who went with a batch stays as a number, who has not gone goes no more.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for part := range slices.Chunk(personIDs, chunk) {
		in := ` WHERE person_id IN (` + db.In(1, len(part)) + `)`
		for _, query := range []string{`DELETE FROM outwork_brand_member`, `DELETE FROM outwork_away`, `DELETE FROM outwork_request`} {
			if _, err := tx.Exec(ctx, query+in, db.Args(part)...); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `UPDATE outwork_member SET area = substr(area, 1, 6) || '000000', state = CASE WHEN state IN ('arrived', 'returned') THEN state ELSE 'dropped' END, pickup = '', training = '', note = $1, by_name = '' WHERE person_id IN (`+db.In(2, len(part))+`)`,
			append([]any{r.Sealer.Seal("")}, db.Args(part)...)...); err != nil {
			return err
		}
	}
	return nil
}

// withdrawn takes somebody who withdraws the consent to be recommended out of brands, and out of batches that they have not said yes to.
func withdrawn(ctx context.Context, tx *db.Tx, personID int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM outwork_brand_member WHERE person_id = $1`, personID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM outwork_member WHERE person_id = $1 AND state = 'recruited'`, personID)
	return err
}
