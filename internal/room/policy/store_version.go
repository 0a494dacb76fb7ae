package policy

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const versionRow = `policy_id, version, state, subject, name, text, cases, from_day, until_day, area, author_id, author, reviewer, publisher, made, changed, row_version`

// versions are all wordings that were ever published, withdrawn ones with them.
func (s store) versions(ctx context.Context) ([]Version, error) {
	return db.All(ctx, s.db, (*Version).fields, `SELECT `+versionRow+` FROM policy_version WHERE state IN ('published', 'withdrawn') ORDER BY policy_id, version`)
}

// versionsOf are the wordings of one policy, the latest first.
func (s store) versionsOf(ctx context.Context, policy string) ([]Version, error) {
	return db.All(ctx, s.db, (*Version).fields, `SELECT `+versionRow+` FROM policy_version WHERE policy_id = $1 ORDER BY version DESC`, policy)
}

// unfinished are the wordings under work that somebody of an area's subtree writes, the latest first.
func (s store) unfinished(ctx context.Context, area string, limit int) ([]Version, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, (*Version).fields, `SELECT `+versionRow+` FROM policy_version
		WHERE state IN ('draft', 'waiting', 'reviewed') AND area >= $1 AND area < $2 ORDER BY changed DESC, policy_id, version LIMIT $3`, low, high, limit)
}

func readVersion(ctx context.Context, q db.Querier, policy string, version int64) (Version, error) {
	v, found, err := db.One(ctx, q, (*Version).fields, `SELECT `+versionRow+` FROM policy_version WHERE policy_id = $1 AND version = $2`, policy, version)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有 %s 的第 %d 版", policy, version)
	}
	return v, err
}

// lastVersion is the highest number of a policy's wordings, 0 when it has none here.
func lastVersion(ctx context.Context, q db.Querier, policy string) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT coalesce(max(version), 0) FROM policy_version WHERE policy_id = $1`, policy)
}

// countNew is how many policies were begun here, drafts with them: new ones are numbered N01, N02, …
func countNew(ctx context.Context, q db.Querier) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT count(DISTINCT policy_id) FROM policy_version WHERE policy_id LIKE 'N%'`)
}

func insertVersion(ctx context.Context, tx *db.Tx, v *Version) error {
	_, err := tx.Exec(ctx, `INSERT INTO policy_version (`+versionRow+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1)`,
		v.PolicyID, v.Version, v.State, v.Subject, v.Name, v.Text, v.Cases, v.From, v.Until, v.Area, v.AuthorID, v.Author, v.Reviewer, v.Publisher, v.Made, v.Changed)
	if db.IsDuplicate(err) {
		return fault.Wrap(fault.Conflict, err, "同事刚刚新建了一项，请再试一次")
	}
	return err
}

// saveVersion writes everything of a version that may change; the row must be as it was read.
func saveVersion(ctx context.Context, tx *db.Tx, v *Version) error {
	n, err := tx.Exec(ctx, `UPDATE policy_version SET state = $1, subject = $2, name = $3, text = $4, cases = $5, from_day = $6, until_day = $7,
		reviewer = $8, publisher = $9, changed = $10, row_version = row_version + 1 WHERE policy_id = $11 AND version = $12 AND row_version = $13`,
		v.State, v.Subject, v.Name, v.Text, v.Cases, v.From, v.Until, v.Reviewer, v.Publisher, v.Changed, v.PolicyID, v.Version, v.Row)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这一版刚刚被别人改过，请刷新后再改")
	}
	v.Row++
	return err
}

const settingRow = `setting_id, name, from_day, class, area, value, source, by_name, approver, at`

// settings are the values of parameters, in the order in which they were set; of one name, or of all ("").
func (s store) settings(ctx context.Context, name string) ([]setting, error) {
	return db.All(ctx, s.db, (*setting).fields, `SELECT `+settingRow+` FROM policy_parameter WHERE $1 = '' OR name = $1 ORDER BY setting_id`, name)
}

func insertSetting(ctx context.Context, tx *db.Tx, s *setting) error {
	_, err := tx.Exec(ctx, `INSERT INTO policy_parameter (`+settingRow+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		s.ID, s.Name, s.From, s.Key, s.Area, s.Value, s.Source, s.By, s.Approver, s.At)
	return err
}
