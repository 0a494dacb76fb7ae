package plan

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// stale is what somebody reads whose form is older than what is kept.
func stale(what string) error {
	return fault.New(fault.Conflict, "您打开页面以后，别人改过%s，这次没有保存。请返回上一页看看现在的内容，再决定是否修改", what)
}

// saveTask sets a task's status if its version is the state's, and keeps the note.
func (s store) saveTask(ctx context.Context, tx *db.Tx, t TaskState, n TaskNote) error {
	if t.Version == 0 {
		err := tx.Copy(ctx, "plan_task", []string{"area", "task", "status", "at", "by_name", "version"},
			[][]any{{t.Area, t.Task, string(t.Status), t.At, t.ByName, int64(1)}})
		if db.IsDuplicate(err) {
			return stale("这项任务")
		}
		if err != nil {
			return err
		}
	} else {
		changed, err := tx.Exec(ctx, `UPDATE plan_task SET status = $1, at = $2, by_name = $3, version = version + 1
			WHERE area = $4 AND task = $5 AND version = $6`, string(t.Status), t.At, t.ByName, t.Area, t.Task, t.Version)
		if err != nil {
			return err
		}
		if changed == 0 {
			return stale("这项任务")
		}
	}
	return tx.Copy(ctx, "plan_task_note", []string{"note_id", "area", "task", "status", "text", "by_id", "by_name", "at"},
		[][]any{{n.ID, n.Area, n.Task, string(n.Status), n.Text, n.ByID, n.ByName, n.At}})
}

// tasks reads how far an area is with the tasks it has written about.
func (s store) tasks(ctx context.Context, area string) ([]TaskState, error) {
	return db.All(ctx, s.db, func(t *TaskState) []any { return []any{&t.Area, &t.Task, &t.Status, &t.At, &t.ByName, &t.Version} },
		`SELECT area, task, status, at, by_name, version FROM plan_task WHERE area = $1 ORDER BY task`, area)
}

// notes reads a task's log in an area, newest first, below an id (0: from the newest).
func (s store) notes(ctx context.Context, area, task string, below int64, limit int) ([]TaskNote, error) {
	if below == 0 {
		below = 1<<63 - 1
	}
	return db.All(ctx, s.db, func(n *TaskNote) []any {
		return []any{&n.ID, &n.Area, &n.Task, &n.Status, &n.Text, &n.ByID, &n.ByName, &n.At}
	}, `SELECT note_id, area, task, status, text, by_id, by_name, at FROM plan_task_note
		WHERE area = $1 AND task = $2 AND note_id < $3 ORDER BY note_id DESC LIMIT $4`, area, task, below, limit)
}
