package person

import (
	"context"
	"embed"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/seal"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the register's tables.
var Schema = db.Schema{Room: "person", FS: files}

// Store reads and writes the register.
type Store struct {
	DB     *db.DB
	Sealer *seal.Sealer
	Clock  clock.Clock
}

const personColumns = `p.person_id, p.name, p.sex, p.birth, p.ethnic, p.education, p.id_seal, p.phone_seal, p.area, p.rural,
	p.household_id, p.relation, p.student, p.able, p.willing, p.train, p.died, p.version, p.updated_at`

// sealed is a person as the table holds it.
type sealed struct {
	Person
	birth     db.Date
	id, phone []byte
	updated   int64
}

func (s *sealed) fields() []any {
	p := &s.Person
	return []any{&p.ID, &p.Name, &p.Sex, &s.birth, &p.Ethnic, &p.Education, &s.id, &s.phone, &p.Area, &p.Rural,
		&p.HouseholdID, &p.Relation, &p.Student, &p.Able, &p.Willing, &p.Train, &p.Died, &p.Version, &s.updated}
}

// open fills the plain fields; withNumbers says whether ID number and phone are to be unsealed too.
func (s *Store) open(row *sealed, withNumbers bool) (Person, error) {
	p := row.Person
	p.Birth, p.UpdatedAt = row.birth.Time, time.UnixMilli(row.updated).In(clock.Zone)
	if !withNumbers {
		return p, nil
	}
	var err error
	if p.IDNumber, err = s.Sealer.Open(row.id); err != nil {
		return p, err
	}
	if len(row.phone) > 0 {
		p.Phone, err = s.Sealer.Open(row.phone)
	}
	return p, err
}

// Get reads one person, numbers unsealed. It is a fault of kind NotFound when there is none.
func (s *Store) Get(ctx context.Context, id int64) (Person, error) {
	row, found, err := db.One(ctx, s.DB, (*sealed).fields, `SELECT `+personColumns+` FROM person p WHERE p.person_id = $1 ORDER BY p.person_id`, id)
	if err != nil {
		return Person{}, err
	}
	if !found {
		return Person{}, fault.New(fault.NotFound, "没有这份档案，可能已经合并到另一份")
	}
	return s.open(&row, true)
}

// Names reads the names of many people at once, for lists.
func (s *Store) Names(ctx context.Context, ids []int64) (map[int64]string, error) {
	out := make(map[int64]string, len(ids))
	type row struct {
		id   int64
		name string
	}
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, s.DB, func(r *row) []any { return []any{&r.id, &r.name} }, func(r *row) error { out[r.id] = r.name; return nil },
			`SELECT person_id, name FROM person WHERE person_id IN (`+db.In(1, len(part))+`) ORDER BY person_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// List reads many people at once, in the order of their ids, numbers unsealed.
func (s *Store) List(ctx context.Context, ids []int64) ([]Person, error) {
	return s.ListIn(ctx, s.DB, ids)
}

// ListIn is List as a transaction sees it.
func (s *Store) ListIn(ctx context.Context, q db.Querier, ids []int64) ([]Person, error) {
	var out []Person
	for part := range slices.Chunk(ids, 1000) {
		err := s.eachIn(ctx, q, true, func(p Person) error { out = append(out, p); return nil },
			`SELECT `+personColumns+` FROM person p WHERE p.person_id IN (`+db.In(1, len(part))+`) ORDER BY p.person_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Store) each(ctx context.Context, numbers bool, yield func(Person) error, query string, args ...any) error {
	return s.eachIn(ctx, s.DB, numbers, yield, query, args...)
}

func (s *Store) eachIn(ctx context.Context, q db.Querier, numbers bool, yield func(Person) error, query string, args ...any) error {
	return db.Each(ctx, q, (*sealed).fields, func(row *sealed) error {
		p, err := s.open(row, numbers)
		if err != nil {
			return err
		}
		return yield(p)
	}, query, args...)
}

// ByIDNumber finds the person with a valid ID number; 0 when there is none.
func (s *Store) ByIDNumber(ctx context.Context, q db.Querier, number string) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT person_id FROM person_identity WHERE kind = 'id' AND hash = $1 ORDER BY person_id`, s.Sealer.Hash("id", number))
}

// Resolve finds the people behind many ID numbers at once: number → person.
func (s *Store) Resolve(ctx context.Context, q db.Querier, numbers []string) (map[string]int64, error) {
	byHash := make(map[Hash]string, len(numbers))
	hashes := make([]Hash, len(numbers))
	for i, n := range numbers {
		hashes[i] = s.HashOf(n)
		byHash[hashes[i]] = n
	}
	out := make(map[string]int64, len(numbers))
	err := eachIdentity(ctx, q, hashes, func(h Hash, id int64) { out[byHash[h]] = id })
	return out, err
}

// eachIdentity goes through those of the hashes that lead to somebody.
func eachIdentity(ctx context.Context, q db.Querier, hashes []Hash, yield func(Hash, int64)) error {
	type row struct {
		hash []byte
		id   int64
	}
	for part := range slices.Chunk(hashes, 1000) {
		err := db.Each(ctx, q, func(r *row) []any { return []any{&r.hash, &r.id} },
			func(r *row) error { yield(Hash(r.hash), r.id); return nil },
			`SELECT hash, person_id FROM person_identity WHERE kind = 'id' AND hash IN (`+db.In(1, len(part))+`) ORDER BY hash`, hashArgs(part)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// Ref is what joining a department's row needs of somebody.
type Ref struct {
	ID      int64
	NameKey string // see NameKey
	Area    string // 12 digits
	Housed  bool   // belongs to a household
}

// Find finds people by the hashes of their ID numbers, many at once.
func (s *Store) Find(ctx context.Context, q db.Querier, hashes []Hash) (map[Hash]Ref, error) {
	out := make(map[Hash]Ref, len(hashes))
	type row struct {
		hash []byte
		Ref
	}
	for part := range slices.Chunk(hashes, 1000) {
		err := db.Each(ctx, q, func(r *row) []any { return []any{&r.hash, &r.ID, &r.NameKey, &r.Area, &r.Housed} },
			func(r *row) error { out[Hash(r.hash)] = r.Ref; return nil },
			`SELECT i.hash, p.person_id, p.name_key, p.area, p.household_id <> 0 FROM person_identity i JOIN person p ON p.person_id = i.person_id
				WHERE i.kind = 'id' AND i.hash IN (`+db.In(1, len(part))+`) ORDER BY i.hash`, hashArgs(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func hashArgs(part []Hash) []any {
	args := make([]any, len(part))
	for i := range part {
		args[i] = part[i][:]
	}
	return args
}

// Household reads a household and its members, the head first.
func (s *Store) Household(ctx context.Context, id int64) (Household, []Person, error) {
	h, found, err := db.One(ctx, s.DB, func(h *Household) []any { return []any{&h.ID, &h.Number, &h.Area, &h.Rural} },
		`SELECT household_id, number, area, rural FROM household WHERE household_id = $1 ORDER BY household_id`, id)
	if err != nil || !found {
		if err == nil {
			err = fault.New(fault.NotFound, "没有这一户")
		}
		return h, nil, err
	}
	var members []Person
	err = s.each(ctx, true, func(p Person) error { members = append(members, p); return nil },
		`SELECT `+personColumns+` FROM person p WHERE p.household_id = $1 ORDER BY p.relation <> '户主', p.birth, p.person_id`, id)
	return h, members, err
}

// ResolveHouseholds finds households by their numbers (户号): number → household.
func (s *Store) ResolveHouseholds(ctx context.Context, q db.Querier, numbers []string) (map[string]int64, error) {
	out := make(map[string]int64, len(numbers))
	type row struct {
		number string
		id     int64
	}
	for part := range slices.Chunk(numbers, 1000) {
		err := db.Each(ctx, q, func(r *row) []any { return []any{&r.number, &r.id} }, func(r *row) error { out[r.number] = r.id; return nil },
			`SELECT number, household_id FROM household_identity WHERE number IN (`+db.In(1, len(part))+`) ORDER BY number`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Search finds people in an area's subtree by the beginning of a name or by a whole ID number, in the order of names;
// after is the name key and id that the last page ended with.
func (s *Store) Search(ctx context.Context, area, text, afterKey string, afterID int64, limit int) ([]Person, error) {
	low, high := db.Under(area)
	var out []Person
	collect := func(p Person) error { out = append(out, p); return nil }
	text = strings.TrimSpace(text)
	if len(text) >= 15 && text[0] >= '0' && text[0] <= '9' { // a name of five characters is as long
		err := s.each(ctx, true, collect, `SELECT `+personColumns+` FROM person p JOIN person_identity i ON i.person_id = p.person_id
			WHERE i.kind = 'id' AND i.hash = $1 AND p.area >= $2 AND p.area < $3 ORDER BY p.person_id`, s.Sealer.Hash("id", strings.ToUpper(text)), low, high)
		return out, err
	}
	key := NameKey(text)
	err := s.each(ctx, true, collect, `SELECT `+personColumns+` FROM person p
		WHERE p.name_key >= $1 AND p.name_key < $2 AND p.area >= $3 AND p.area < $4 AND (p.name_key, p.person_id) > ($5, $6)
		ORDER BY p.name_key, p.person_id LIMIT $7`, key, key+"\U0010FFFF", low, high, max(afterKey, key), afterID, limit)
	return out, err
}

// Count is the number of people in an area's subtree.
func (s *Store) Count(ctx context.Context, area string) (int64, error) {
	low, high := db.Under(area)
	return db.Value[int64](ctx, s.DB, `SELECT count(*) FROM person WHERE area >= $1 AND area < $2`, low, high)
}

// CountHouseholds is the number of households in an area's subtree.
func (s *Store) CountHouseholds(ctx context.Context, area string) (int64, error) {
	low, high := db.Under(area)
	return db.Value[int64](ctx, s.DB, `SELECT count(*) FROM household WHERE area >= $1 AND area < $2`, low, high)
}
