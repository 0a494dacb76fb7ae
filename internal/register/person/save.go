package person

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Hash is the keyed search value of an ID number (HMAC-SM3).
type Hash [32]byte

// HashOf is the search value of a valid ID number.
func (s *Store) HashOf(number string) Hash { return Hash(s.Sealer.Hash("id", number)) }

// Sealed is what the tables hold instead of an ID number and a phone.
type Sealed struct {
	Hash      Hash
	ID, Phone []byte // Phone is nil when there is none
}

// Seal seals one person's numbers. It touches no database, so that bulk writers can do it beside the transaction.
func (s *Store) Seal(p *Person) Sealed {
	out := Sealed{Hash: s.HashOf(p.IDNumber), ID: s.Sealer.Seal(p.IDNumber)}
	if p.Phone != "" {
		out.Phone = s.Sealer.Seal(p.Phone)
	}
	return out
}

// SavePeople writes people: new ones are added, existing ones overwritten and their version raised. Several rows for
// one person in one call are the caller's to fold together first. ID numbers and phones are sealed here, and their
// hashes lead to the person from now on; a hash that already leads to somebody else stays with that person.
func (s *Store) SavePeople(ctx context.Context, tx *db.Tx, people []Person) error {
	seals := make([]Sealed, len(people))
	for i := range people {
		seals[i] = s.Seal(&people[i])
	}
	if _, err := s.Claim(ctx, tx, people, seals); err != nil {
		return err
	}
	return s.SaveSealed(ctx, tx, people, seals)
}

// Claim leads the hashes to the people, and returns those that lead to somebody else already: hash → that person.
// Two programs that bring the same newcomer at once both call it before they write: the second waits for the first
// and then learns the id that the first has given.
func (s *Store) Claim(ctx context.Context, tx *db.Tx, people []Person, seals []Sealed) (taken map[Hash]int64, err error) {
	owner := make(map[Hash]int64, len(people))
	rows := make([][]any, 0, len(people))
	for i := range people {
		h := seals[i].Hash
		if _, twice := owner[h]; !twice {
			owner[h] = people[i].ID
			rows = append(rows, []any{"id", h[:], people[i].ID})
		}
	}
	// In the order of the key, so that two claims at once cannot wait for each other.
	slices.SortFunc(rows, func(a, b []any) int { return slices.Compare(a[1].([]byte), b[1].([]byte)) })
	columns := []string{"kind", "hash", "person_id"}
	added, err := tx.Merge(ctx, "person_identity", columns, columns[:2], rows, db.KeepOld)
	if err != nil || added == int64(len(rows)) {
		return nil, err
	}
	hashes := make([]Hash, 0, len(owner))
	for h := range owner {
		hashes = append(hashes, h)
	}
	taken = map[Hash]int64{}
	err = eachIdentity(ctx, tx, hashes, func(h Hash, id int64) {
		if owner[h] != id {
			taken[h] = id
		}
	})
	return taken, err
}

var columnsOfPerson = []string{"person_id", "name", "name_key", "sex", "birth", "ethnic", "education", "id_seal", "phone_seal", "area", "rural",
	"household_id", "relation", "student", "able", "willing", "train", "died", "version", "updated_at"}

// SaveSealed is SavePeople for people whose numbers are sealed and whose hashes are claimed.
func (s *Store) SaveSealed(ctx context.Context, tx *db.Tx, people []Person, seals []Sealed) error {
	rows := s.personRows(people, seals)
	if err := tx.Upsert(ctx, "person", columnsOfPerson, columnsOfPerson[:1], rows); err != nil {
		return err
	}
	return touchRows(ctx, tx, "person", rows)
}

// AddSealed is SaveSealed for newcomers: on PostgreSQL it costs half as much. It fails as a whole when one is there already.
func (s *Store) AddSealed(ctx context.Context, tx *db.Tx, people []Person, seals []Sealed) error {
	rows := s.personRows(people, seals)
	if err := tx.Copy(ctx, "person", columnsOfPerson, rows); err != nil {
		return err
	}
	return touchRows(ctx, tx, "person", rows)
}

func (s *Store) personRows(people []Person, seals []Sealed) [][]any {
	now := s.Clock.Now().UnixMilli()
	rows := make([][]any, len(people))
	for i := range people {
		p := &people[i]
		rows[i] = []any{p.ID, p.Name, NameKey(p.Name), p.Sex, db.On(p.Birth), p.Ethnic, p.Education, seals[i].ID, seals[i].Phone, p.Area, p.Rural,
			p.HouseholdID, p.Relation, p.Student, p.Able, p.Willing, p.Train, p.Died, p.Version + 1, now}
	}
	return rows
}

// SaveHouseholds writes households and leads their numbers to them. Several rows for one household in one call are the
// caller's to fold together first.
func (s *Store) SaveHouseholds(ctx context.Context, tx *db.Tx, list []Household) error {
	if _, err := s.ClaimHouseholds(ctx, tx, list); err != nil {
		return err
	}
	return s.SaveClaimedHouseholds(ctx, tx, list)
}

// SaveClaimedHouseholds writes households whose numbers lead to them already.
func (s *Store) SaveClaimedHouseholds(ctx context.Context, tx *db.Tx, list []Household) error {
	rows := make([][]any, len(list))
	for i, h := range list {
		rows[i] = []any{h.ID, h.Number, h.Area, h.Rural}
	}
	columns := []string{"household_id", "number", "area", "rural"}
	_, err := tx.Merge(ctx, "household", columns, columns[:1], rows, db.TakeNew)
	return err
}

// ClaimHouseholds leads household numbers (户号) to households, and returns those that lead to another one already.
func (s *Store) ClaimHouseholds(ctx context.Context, tx *db.Tx, list []Household) (taken map[string]int64, err error) {
	owner := make(map[string]int64, len(list))
	rows, numbers := make([][]any, len(list)), make([]string, len(list))
	for i, h := range list {
		owner[h.Number], numbers[i], rows[i] = h.ID, h.Number, []any{h.Number, h.ID}
	}
	slices.SortFunc(rows, func(a, b []any) int { return slices.Compare([]byte(a[0].(string)), []byte(b[0].(string))) })
	columns := []string{"number", "household_id"}
	added, err := tx.Merge(ctx, "household_identity", columns, columns[:1], rows, db.KeepOld)
	if err != nil || added == int64(len(rows)) {
		return nil, err
	}
	found, err := s.ResolveHouseholds(ctx, tx, numbers)
	taken = map[string]int64{}
	for number, id := range found {
		if owner[number] != id {
			taken[number] = id
		}
	}
	return taken, err
}

// Batch is facts about any number of people, to be written together.
type Batch struct {
	Registrations []Registration
	Insurances    []Insurance
	Spells        []Spell
	Groups        []Group
	Graduates     []Graduate
	Trainings     []Training
	Certificates  []Certificate
	Surveys       []Survey
}

// SaveFacts writes facts: a row whose key exists is overwritten. It returns how many were new or different; the rest
// were known word for word. Two facts of one batch must not share a key.
func (s *Store) SaveFacts(ctx context.Context, tx *db.Tx, b *Batch) (changed int64, err error) {
	return b.write(ctx, tx, db.TakeNew)
}

// AddFacts writes those facts whose key does not exist, and returns how many they were.
func (s *Store) AddFacts(ctx context.Context, tx *db.Tx, b *Batch) (added int64, err error) {
	return b.write(ctx, tx, db.KeepOld)
}

func (b *Batch) write(ctx context.Context, tx *db.Tx, on db.Meeting) (changed int64, err error) {
	for _, save := range []func() (int64, error){
		func() (int64, error) { return registrations.save(ctx, tx, b.Registrations, on) },
		func() (int64, error) { return insurances.save(ctx, tx, b.Insurances, on) },
		func() (int64, error) { return spells.save(ctx, tx, b.Spells, on) },
		func() (int64, error) { return groups.save(ctx, tx, b.Groups, on) },
		func() (int64, error) { return graduates.save(ctx, tx, b.Graduates, on) },
		func() (int64, error) { return trainings.save(ctx, tx, b.Trainings, on) },
		func() (int64, error) { return certificates.save(ctx, tx, b.Certificates, on) },
		func() (int64, error) { return surveys.save(ctx, tx, b.Surveys, on) },
	} {
		n, err := save()
		if err != nil {
			return changed, err
		}
		changed += n
	}
	return changed, nil
}

// RemoveFacts takes facts out again, each only if it still stands exactly as given. It returns how many it took out.
func (s *Store) RemoveFacts(ctx context.Context, tx *db.Tx, b *Batch) (removed int64, err error) {
	for _, remove := range []func() (int64, error){
		func() (int64, error) { return registrations.remove(ctx, tx, b.Registrations) },
		func() (int64, error) { return insurances.remove(ctx, tx, b.Insurances) },
		func() (int64, error) { return spells.remove(ctx, tx, b.Spells) },
		func() (int64, error) { return groups.remove(ctx, tx, b.Groups) },
		func() (int64, error) { return graduates.remove(ctx, tx, b.Graduates) },
		func() (int64, error) { return trainings.remove(ctx, tx, b.Trainings) },
		func() (int64, error) { return certificates.remove(ctx, tx, b.Certificates) },
		func() (int64, error) { return surveys.remove(ctx, tx, b.Surveys) },
	} {
		n, err := remove()
		if err != nil {
			return removed, err
		}
		removed += n
	}
	return removed, nil
}

// SaveRegistrations writes registrations of unemployment; a row with the same person and first day is overwritten.
func (s *Store) SaveRegistrations(ctx context.Context, tx *db.Tx, list []Registration) error {
	_, err := registrations.save(ctx, tx, list, db.TakeNew)
	return err
}

// SaveInsurances writes runs of insured months.
func (s *Store) SaveInsurances(ctx context.Context, tx *db.Tx, list []Insurance) error {
	_, err := insurances.save(ctx, tx, list, db.TakeNew)
	return err
}

// SaveSpells writes spells of employment.
func (s *Store) SaveSpells(ctx context.Context, tx *db.Tx, list []Spell) error {
	_, err := spells.save(ctx, tx, list, db.TakeNew)
	return err
}

// SaveGroups writes memberships of key groups.
func (s *Store) SaveGroups(ctx context.Context, tx *db.Tx, list []Group) error {
	_, err := groups.save(ctx, tx, list, db.TakeNew)
	return err
}

// SaveGraduates writes leavings of college.
func (s *Store) SaveGraduates(ctx context.Context, tx *db.Tx, list []Graduate) error {
	_, err := graduates.save(ctx, tx, list, db.TakeNew)
	return err
}

// SaveTrainings writes courses taken.
func (s *Store) SaveTrainings(ctx context.Context, tx *db.Tx, list []Training) error {
	_, err := trainings.save(ctx, tx, list, db.TakeNew)
	return err
}

// SaveCertificates writes vocational skill certificates.
func (s *Store) SaveCertificates(ctx context.Context, tx *db.Tx, list []Certificate) error {
	_, err := certificates.save(ctx, tx, list, db.TakeNew)
	return err
}

// SaveSurveys writes answers to the labour-force survey.
func (s *Store) SaveSurveys(ctx context.Context, tx *db.Tx, list []Survey) error {
	_, err := surveys.save(ctx, tx, list, db.TakeNew)
	return err
}
