package outwork

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const brandColumns = `brand_id, area, name, trade, skill, jobs, classes, income, year, source, intro, version`

func (b *Brand) fields() []any {
	return []any{&b.ID, &b.Area, &b.Name, &b.Trade, &b.Skill, &b.Jobs, &b.Classes, &b.Income, &b.Year, &b.Source, &b.Intro, &b.Version}
}

func insertBrand(ctx context.Context, tx *db.Tx, b *Brand) error {
	_, err := tx.Exec(ctx, `INSERT INTO outwork_brand (`+brandColumns+`) VALUES (`+db.In(1, 12)+`)`, b.ID, b.Area, b.Name, b.Trade, b.Skill, b.Jobs, b.Classes, b.Income, b.Year, b.Source, b.Intro, b.Version)
	return err
}

func updateBrand(ctx context.Context, tx *db.Tx, b *Brand, version int64) error {
	return changed(tx.Exec(ctx, `UPDATE outwork_brand SET name = $2, trade = $3, skill = $4, jobs = $5, classes = $6, income = $7, year = $8, source = $9, intro = $10, version = version + 1 WHERE brand_id = $1 AND version = $11`,
		b.ID, b.Name, b.Trade, b.Skill, b.Jobs, b.Classes, b.Income, b.Year, b.Source, b.Intro, version))
}

func brandByID(ctx context.Context, q db.Querier, id int64) (Brand, error) {
	b, found, err := db.One(ctx, q, (*Brand).fields, `SELECT `+brandColumns+` FROM outwork_brand WHERE brand_id = $1 ORDER BY brand_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个劳务品牌")
	}
	return b, err
}

// brands lists an area's, by place.
func (r *Room) brands(ctx context.Context, area string, limit int) ([]Brand, error) {
	low, high := db.Under(area)
	return db.All(ctx, r.DB, (*Brand).fields, `SELECT `+brandColumns+` FROM outwork_brand WHERE area >= $1 AND area < $2 ORDER BY area, brand_id LIMIT $3`, low, high, limit)
}

// brandPeople counts the members of an area's brands. A withdrawn consent takes people out at once, see [Room.ConsentWithdrawn].
func (r *Room) brandPeople(ctx context.Context, area string) (map[int64]int64, error) {
	type pair struct{ id, n int64 }
	out := map[int64]int64{}
	low, high := db.Under(area)
	err := db.Each(ctx, r.DB, func(p *pair) []any { return []any{&p.id, &p.n} }, func(p *pair) error { out[p.id] = p.n; return nil },
		`SELECT m.brand_id, count(*) FROM outwork_brand_member m JOIN outwork_brand b ON b.brand_id = m.brand_id WHERE b.area >= $1 AND b.area < $2 GROUP BY m.brand_id ORDER BY m.brand_id`, low, high)
	return out, err
}

func joinBrand(ctx context.Context, tx *db.Tx, brandID int64, people []int64, on db.Date) error {
	rows := make([][]any, len(people))
	for i, id := range people {
		rows[i] = []any{id, brandID, on}
	}
	return tx.Upsert(ctx, "outwork_brand_member", []string{"person_id", "brand_id", "at"}, []string{"person_id", "brand_id"}, rows)
}

func leaveBrand(ctx context.Context, tx *db.Tx, brandID, personID int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM outwork_brand_member WHERE person_id = $1 AND brand_id = $2`, personID, brandID)
	return err
}

func inBrand(ctx context.Context, q db.Querier, brandID, personID int64) (bool, error) {
	n, err := db.Value[int64](ctx, q, `SELECT count(*) FROM outwork_brand_member WHERE person_id = $1 AND brand_id = $2`, personID, brandID)
	return n > 0, err
}
